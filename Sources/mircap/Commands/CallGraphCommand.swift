import ArgumentParser
import Project
import Reports

/// `mircap callgraph`: the whole graph.
struct CallGraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "callgraph", abstract: "Write the call graph: every instance of every function, and every edge.")

  /// The forms of the graph.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case json, dot, graphml
  }

  @OptionGroup var input: InputOptions

  @Option(help: "The form of the graph.") var format = Format.json

  @Option(help: ArgumentHelp("Write the graph to a file.", valueName: "file")) var output: String?

  func run() throws {
    let analysis = try AnalysisPipeline(input: input, followsAllOfStandard: true).run()
    var result = analysis.result
    result.graph = result.graph.withoutTwins()
    try ResultOutput(file: output).write { output in
      switch format {
      case .json: CallGraphReport.writeJSON(result, to: &output)
      case .dot: CallGraphReport.writeDOT(result, to: &output)
      case .graphml: CallGraphReport.writeGraphML(result, to: &output)
      }
    }
    try analysis.checkCompleteness()
  }
}
