import ArgumentParser
import Project
import Reports

/// `mircap why`: the path that leads from an entry point of a crate to a capability.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Show the path of calls that gives a crate a capability, with its source lines.",
    discussion: """
      Without --entry it shows the best path of all entry points: fewest uncertain steps, then shortest. A capability is \
      a name such as fs.write, or a group such as net.
      """)

  /// The forms of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Policy") var rules: RuleOptions

  @Option(help: ArgumentHelp("The crate, as in paths; name@version if there are several.", valueName: "name"))
  var crate: String

  @Option(help: ArgumentHelp("The capability or group.", valueName: "cap")) var capability: String

  @Option(help: ArgumentHelp("Only from this entry point.", valueName: "function")) var entry: String?

  @Option(help: ArgumentHelp("Show so many paths for each capability, best first.", valueName: "k")) var paths = 1

  @Option(help: "The form of the answer.") var format = Format.text

  @Option(help: ArgumentHelp("Write the answer to a file.", valueName: "file")) var output: String?

  func validate() throws {
    if !(1...1000).contains(paths) { throw ValidationError("--paths takes a number from 1 to 1000.") }
  }

  func run() throws {
    let analysis = try AnalysisPipeline(input: input, policy: rules.load(for: input)).run()
    let query = WhyQuery(crate: crate, capability: capability, entry: entry, paths: paths)
    let answers = try WhyAnswers(query, analysis.result)
    let sources = SourceText(workspaceFolder: analysis.workspaceFolder)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text:
        let style = destination.style(input.messages)
        WhyReport.writeText(answers, analysis.result, query: query, style: style, sources: sources, to: &output)
      case .json: WhyReport.writeJSON(answers, analysis.result, query: query, sources: sources, to: &output)
      }
    }
    try analysis.checkCompleteness()
  }
}
