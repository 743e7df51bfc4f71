import ArgumentParser
import Capabilities
import MachineCode
import Project
import Reports
import SyntacticScan

/// `mircap compare`: scanners scored by evidence.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Score a syntactic scanner by mircap's evidence, and say why they differ.",
    discussion: """
      --with scan runs the built-in scanner (scan:known, scan:calls, scan:names choose its rules); --with FILE reads what \
      another tool has printed: cargo-geiger JSON, cargo-scan CSV, capsec JSON, cackle's summary, Capslock JSON, SARIF, or \
      CSV with columns for file, line and capability. With --bin and --binary a linked program is the referee. \
      docs/comparison.md says what counts and what the figures mean.
      """)

  /// The forms of the comparison.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
  }

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp(
      "scan, scan:RULES, or a file that a scanner has printed; may be repeated.", valueName: "scan|file"))
  var with: [String] = []

  @Option(help: ArgumentHelp("The linked program that is the referee; needs --bin.", valueName: "file"))
  var binary: String?

  @Option(help: "The form of the comparison.") var format = Format.text

  @Option(help: ArgumentHelp("Write the comparison to a file.", valueName: "file")) var output: String?

  func validate() throws {
    if with.isEmpty { throw ValidationError("Say what to compare with: --with scan, or --with FILE.") }
    for name in with where name.hasPrefix("scan:") && ScanRules(rawValue: String(name.dropFirst(5))) == nil {
      throw ValidationError("--with \(name): the rules are known, calls, names.")
    }
    if binary != nil, input.selection.bin.count != 1 { throw ValidationError("--binary needs --bin NAME, once.") }
  }

  func run() throws {
    let files = try DataFiles(folder: input.data)
    let tables = try CapabilityTables(read: files.read)
    let categories = try ScannerCategories.read(files, tables.taxonomy)
    // Reports first: a mistake in them must not come after minutes of work.
    let reports = try with.map { name in
      rules(name) == nil ? try ScannerReportReader(categories, taxonomy: tables.taxonomy).read(file: name) : nil
    }
    let analysis = try AnalysisPipeline(input: input, linkerNames: binary != nil).run()
    let packages = ScanPackage.packages(of: analysis.units)
    var builder = ComparisonBuilder(
      analysis.result, units: analysis.units, packages: packages, workspace: analysis.workspaceFolder,
      isProgram: !input.selection.bin.isEmpty, kept: try keptCode(analysis), program: binary ?? "")
    let console = Console(verbosity: input.messages.verbosity)
    var comparisons: [ScannerComparison] = []
    for (name, report) in zip(with, reports) {
      console.progress("comparing with \(name)")
      let report = try report ?? scan(rules(name) ?? .calls, packages, analysis, tables, files)
      if !report.unknownWords.isEmpty {
        console.warning(
          "\(name): words that are not known are not compared: \(report.unknownWords.keys.sorted().joined(separator: ", "))"
        )
      }
      comparisons.append(builder.compare(report, scope: categories.scope(of: report)))
    }
    let report = CompareReport(
      comparisons, taxonomy: analysis.result.taxonomy, isComplete: analysis.result.isComplete,
      toolVersion: mircapVersion)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text: report.writeText(destination.style(input.messages), to: &output)
      case .json: report.writeJSON(to: &output)
      case .html:
        let sources = SourceText(workspaceFolder: analysis.workspaceFolder, units: analysis.result.units)
        try report.writeHtml(sources: sources, to: &output)
      }
    }
    try analysis.checkCompleteness()
  }

  /// What the linked program says; `nil` without one.
  private func keptCode(_ analysis: CompletedAnalysis) throws -> KeptCode? {
    guard let binary else { return nil }
    let name = input.selection.bin[0]
    guard let root = analysis.units.firstIndex(where: { $0.target == .binary && $0.targetName == name }) else {
      throw Failure.usage("there is no binary \(name)")
    }
    return KeptCode(
      graph: analysis.result.graph, units: analysis.units, root: root, binary: try LinkedBinary(path: binary),
      linked: try LinkedCrate.read(besideProgram: binary))
  }

  /// The rules of the built-in scanner; `nil` for a file.
  private func rules(_ name: String) -> ScanRules? {
    if name == "scan" { return .calls }
    return name.hasPrefix("scan:") ? ScanRules(rawValue: String(name.dropFirst(5))) : nil
  }

  private func scan(
    _ rules: ScanRules, _ packages: [ScanPackage], _ analysis: CompletedAnalysis, _ tables: CapabilityTables,
    _ files: DataFiles
  ) throws -> ScannerReport {
    let scan = SourceScan(tables, modules: try ScanModules.read(files, tables.taxonomy), rules: rules)
    let found = try scan.scan(packages, workspace: analysis.workspaceFolder, jobs: input.dumping.threads)
    return SourceScan.report(of: found, rules: rules, taxonomy: tables.taxonomy)
  }
}

extension ScannerCategories {
  /// The translation of the data files.
  static func read(_ files: DataFiles, _ taxonomy: Taxonomy) throws -> ScannerCategories {
    guard let file = try files.read(ScannerCategories.fileName) else {
      throw Failure("the file is missing", file: ScannerCategories.fileName)
    }
    return try ScannerCategories(bytes: file.bytes, file: file.file, taxonomy: taxonomy)
  }
}
