import ArgumentParser
import Policy
import Project
import Reports

/// `mircap check`: whether crates do only what a policy allows.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Hold crates to a policy: exit code 1, with the evidence, if one does more.",
    discussion: """
      The policy says what each crate's own code may do, at run time and while building. `mircap policy init` writes one \
      that accepts today's state; docs/policy.md explains the form. Grants that nothing needs are named, and no violation.
      """)

  /// The forms of the verdict.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
  }

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Policy") var policy: PolicyOptions

  @Option(help: "The form of the verdict.") var format = Format.text

  @Option(help: ArgumentHelp("Write the verdict to a file.", valueName: "file")) var output: String?

  func run() throws {
    let loaded = try policy.load(for: input)
    let analysis = try AnalysisPipeline(input: input, policy: loaded).run()
    let verdict = PolicyCheck.run(policy: loaded.policy, result: analysis.result, absolved: analysis.absolved)
    let report = CheckReport(
      verdict, policy: loaded.policy, result: analysis.result, toolVersion: mircapVersion)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text: report.writeText(destination.style(input.messages), to: &output)
      case .json: report.writeJSON(to: &output)
      case .sarif: report.writeSarif(to: &output)
      }
    }
    try analysis.checkCompleteness()
    guard verdict.passes else { throw ExitCode(1) }
  }
}
