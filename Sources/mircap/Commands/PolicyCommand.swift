import ArgumentParser
import Capabilities
import Policy
import Project
import Reports

/// `mircap policy`: writes, updates and explains policies.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Write, update or explain a policy (mircap.toml).",
    subcommands: [Init.self, Update.self, Explain.self])

  /// `mircap policy init`.
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a policy that accepts today's state, and no more.",
      discussion: """
        Each crate gets a section with what its own code does, sorted, and behind each grant the first place that needs it.
        """)

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Policy") var options: PolicyOptions

    @Option(help: "Which code counts: what is reached, or all that is contained.")
    var scope = Policy.Scope.reachable

    @Flag(help: "List what each member of the workspace depends on.") var dependsOn = false

    @Flag(help: "Replace a file that is there.") var force = false

    func run() throws {
      let file = options.path(for: input)
      if !force, file != "-", FileSystem.exists(file) {
        throw Failure(
          "is there already", file: file, advice: "mircap policy update changes it; --force replaces it", kind: .usage)
      }
      let tables = try LoadedPolicy.Tables(input)
      var policy = Policy(file: file, taxonomy: tables.taxonomy)
      policy.scope = scope
      let loaded = LoadedPolicy(policy: policy, shipped: tables.shipped)
      let analysis = try AnalysisPipeline(input: input, policy: loaded).run()
      let writer = PolicyWriter(
        policy: policy, result: analysis.result, absolved: analysis.absolved, toolVersion: mircapVersion)
      let text = writer.text(withDependencies: dependsOn)
      try ResultOutput(file: file).write { $0.append(text) }
      if file != "-", !input.messages.quiet { try tell(text, file) }
      try analysis.checkCompleteness()
    }

    /// What was written, and what comes next.
    private func tell(_ text: String, _ file: String) throws {
      let lines = text.split(separator: "\n")
      let sections = lines.count { $0.hasPrefix("[crate.") }
      let grants = lines.count { $0.hasPrefix("  \"") }
      try ResultOutput().write {
        $0.append("\(file): \(sections) sections, \(grants) grants. Read it: it is what mircap check will allow.\n")
      }
    }
  }

  /// `mircap policy explain`.
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "Say what grants each crate what it does, and which entries silence what.")

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Policy") var options: PolicyOptions

    @Option(help: ArgumentHelp("Write the explanation to a file.", valueName: "file")) var output: String?

    func run() throws {
      let loaded = try options.load(for: input)
      let analysis = try AnalysisPipeline(input: input, policy: loaded).run()
      let explanation = PolicyExplanation(
        policy: loaded.policy, result: analysis.result, absolved: analysis.absolved)
      let destination = ResultOutput(file: output)
      try destination.write { output in
        PolicyExplainReport.write(
          explanation, policy: loaded.policy, result: analysis.result,
          style: destination.style(input.messages), to: &output)
      }
      try analysis.checkCompleteness()
    }
  }
}

extension Policy.Scope: ExpressibleByArgument {}
