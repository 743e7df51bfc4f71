import ArgumentParser
import Glibc
import Project
import Reports

/// `mircap analyze`: what each crate can do, and the evidence.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Report what each crate can do, and how that is reached.",
    discussion: """
      Capabilities are direct (the crate's own code), transitive (through other crates) or contained (anywhere in its \
      code, reached or not), for each phase in which the code runs: run, build-script, proc-macro.
      """)

  /// The forms of the report.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, markdown
  }

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Policy") var rules: RuleOptions

  @Option(help: "The form of the report.") var format = Format.text

  @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file")) var output: String?

  @Flag(help: "Only evidence of functions that acquire by themselves: open by path, connect by address.")
  var ambient = false

  @Flag(help: "Say how long each part took.") var timing = false

  func run() throws {
    let analysis = try AnalysisPipeline(input: input, policy: rules.load(for: input)).run()
    let context = ReportContext(
      toolVersion: mircapVersion, timing: timing ? analysis.timing : nil, ambientOnly: ambient, input: input.shown)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text:
        let style = destination.style(verbose: input.messages.verbose)
        TextReport.write(analysis.result, context: context, style: style, to: &output)
      case .json: JSONReport.write(analysis.result, context: context, to: &output)
      case .sarif:
        SarifReport.write(
          analysis.result, context: context, allCrates: input.messages.verbose, to: &output)
      case .markdown: MarkdownReport.write(analysis.result, context: context, to: &output)
      }
    }
    if timing, format == .text { Console.print(Self.line(analysis.timing), to: STDERR_FILENO) }
    try analysis.checkCompleteness()
  }

  private static func line(_ timing: ReportContext.Timing) -> String {
    let parts = [
      ("dump", timing.dump), ("parse", timing.parse), ("graph", timing.graph), ("propagate", timing.propagate),
    ]
    return "seconds: " + parts.map { "\($0.0) \(($0.1 * 1000).rounded() / 1000)" }.joined(separator: ", ")
  }
}
