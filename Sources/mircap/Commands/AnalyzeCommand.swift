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

      Members of the workspace are told in detail, with --verbose all crates. docs/formats.md describes the forms: text and \
      markdown for people, dot and svg drawings of the paths, json, sarif, capslock and cyclonedx for programs, graphml the \
      whole graph.
      """)

  /// The forms of the report.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html, sarif, markdown, dot, svg, graphml, capslock, cyclonedx
  }

  @OptionGroup var input: InputOptions
  @OptionGroup(title: "Policy") var rules: RuleOptions

  @Option(help: "The form of the report.") var format = Format.text

  @Option(help: ArgumentHelp("Write the report to a file.", valueName: "file")) var output: String?

  @Flag(
    help: """
      Only what acquires by itself (opens by path, connects by address), with a list by module: for a review for least \
      authority.
      """)
  var ambient = false

  @Flag(help: "Say how long each part took.") var timing = false

  @Option(
    help: ArgumentHelp(
      """
      Analyse these sets of features and say what each brings; the report is that of the first. Separated by semicolons: \
      default, none, all, each, or features separated by commas.
      """, valueName: "sets"))
  var featureMatrix: String?

  func validate() throws {
    guard featureMatrix != nil else { return }
    if input.dumps != nil {
      throw ValidationError("--feature-matrix compiles the project: it cannot be read from dumps.")
    }
    if !input.dumping.features.isEmpty || input.dumping.allFeatures || input.dumping.noDefaultFeatures {
      throw ValidationError("--feature-matrix says which features are on: give no other choice of features.")
    }
  }

  func run() throws {
    if format == .svg { try Graphviz.check() }
    var input = input
    let sets = try featureMatrix.map { try FeatureSets($0) }
    sets?.choices.first?.apply(to: &input.dumping)
    let policy = try rules.load(for: input)
    let analysis = try AnalysisPipeline(input: input, policy: policy).run(notCompiled: true, ambientOnly: ambient)
    var context = ReportContext(
      toolVersion: mircapVersion, timing: timing ? analysis.timing : nil, ambientOnly: ambient, input: input.shown,
      notCompiled: analysis.notCompiled)
    if let sets { context.featureMatrix = try matrix(sets, first: analysis, policy) }
    let destination = ResultOutput(file: output)
    try destination.write { try write(analysis, context, destination, to: &$0) }
    if timing, format == .text { Console.print(Self.line(analysis.timing), to: STDERR_FILENO) }
    try analysis.checkCompleteness()
    if let matrix = context.featureMatrix, matrix.rows.contains(where: { !$0.failure.isEmpty }) { throw ExitCode(3) }
  }

  private func write(
    _ analysis: CompletedAnalysis, _ context: ReportContext, _ destination: ResultOutput, to output: inout ByteOutput
  ) throws {
    let result = analysis.result
    let allCrates = input.messages.verbose
    switch format {
    case .text:
      let style = destination.style(input.messages)
      TextReport.write(result, context: context, style: style, to: &output)
    case .json: JSONReport.write(result, context: context, to: &output)
    case .html:
      let sources = SourceText(workspaceFolder: analysis.workspaceFolder)
      try HtmlReport.write(result, context: context, sources: sources, to: &output)
    case .sarif: SarifReport.write(result, context: context, allCrates: allCrates, to: &output)
    case .markdown: MarkdownReport.write(result, context: context, to: &output)
    case .dot: EvidenceDrawing.write(result, context: context, allCrates: allCrates, to: &output)
    case .svg:
      try Graphviz.draw(to: &output) {
        EvidenceDrawing.write(result, context: context, allCrates: allCrates, to: &$0)
      }
    case .graphml: CallGraphReport.writeGraphML(result, withCapabilities: true, to: &output)
    case .capslock: CapslockReport.write(result, context: context, allCrates: allCrates, to: &output)
    case .cyclonedx: CycloneDXReport.write(result, context: context, build: analysis.build, to: &output)
    }
  }

  /// Analyses the other sets of features, one after the other in the same dump folder: what they share is compiled once.
  private func matrix(
    _ sets: FeatureSets, first: CompletedAnalysis, _ policy: LoadedPolicy?
  ) throws -> FeatureMatrix {
    let members = (first.build?.packages ?? []).filter { package in
      package.isWorkspaceMember && (input.selection.package.isEmpty || input.selection.package.contains(package.name))
    }
    let choices = try sets.choices + sets.each(of: members)
    let rows = choices.enumerated().map { index, choice -> FeatureMatrix.Row in
      if index == 0 { return FeatureMatrix.Row(name: choice.name, result: first.result) }
      var input = input
      choice.apply(to: &input.dumping)
      do {
        return FeatureMatrix.Row(
          name: choice.name, result: try AnalysisPipeline(input: input, policy: policy).run().result)
      } catch {
        if let failure = error as? Failure { Console.error("\(choice.name): \(failure.description)") }
        return FeatureMatrix.Row(
          name: choice.name,
          failure: "it could not be analysed with these features; the messages on standard error say why")
      }
    }
    return FeatureMatrix(rows)
  }

  private static func line(_ timing: ReportContext.Timing) -> String {
    let parts = [
      ("dump", timing.dump), ("parse", timing.parse), ("graph", timing.graph), ("propagate", timing.propagate),
    ]
    return "seconds: " + parts.map { "\($0.0) \(($0.1 * 1000).rounded() / 1000)" }.joined(separator: ", ")
  }
}
