import ArgumentParser
import Capabilities
import Project
import Reports
import SyntacticScan

extension ScanRules: ExpressibleByArgument {}

/// `mircap scan`: the built-in syntactic scanner.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Say what the text of sources shows, as syntactic scanners do.",
    discussion: """
      The baseline for mircap compare: tokens and `use` imports, no types, no calls followed. PATH is a cargo project \
      (with what it depends on, as cargo metadata --offline tells), a plain folder, or a Rust file. Nothing is compiled, \
      and no code of the project runs. docs/scan.md says what is looked for and what cannot be seen.
      """)

  /// The forms of the findings.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
  }

  @Argument(help: "A cargo project, a folder, or a Rust file. (default: the current folder)", completion: .file())
  var path: String?

  @Option(help: ArgumentHelp("Scan the sources of the packages that were dumped.", valueName: "dir"))
  var dumps: String?

  @Option(
    help: """
      What is told: known (functions that the tables know), calls (called names of modules that touch the system, too), \
      names (any mention of them).
      """)
  var rules = ScanRules.calls

  @Flag(help: "Look at tests, benchmarks and examples, too.") var tests = false
  @Flag(help: "Only the packages of the workspace.") var noDependencies = false

  @Option(help: "The form of the findings.") var format = Format.text

  @Option(help: ArgumentHelp("Write the findings to a file.", valueName: "file")) var output: String?

  @Option(help: ArgumentHelp("Work on so many packages at a time. (default: one a processor)", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  @OptionGroup(title: "Messages") var messages: MessageOptions

  func validate() throws {
    if dumps != nil, path != nil { throw ValidationError("Give a path or --dumps, not both.") }
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  func run() throws {
    let files = try DataFiles(folder: data)
    let tables = try CapabilityTables(read: files.read)
    let sources = try packages()
    let scan = SourceScan(
      tables, modules: try ScanModules.read(files, tables.taxonomy), rules: rules, includesTests: tests)
    Console(verbosity: messages.verbosity).progress("scanning \(sources.packages.count) packages")
    let found = try scan.scan(
      sources.packages, workspace: sources.workspaceFolder, jobs: jobs ?? ParallelWork.processorCount)
    let report = ScanReport(
      found, taxonomy: tables.taxonomy, rules: rules, includesTests: tests, toolVersion: mircapVersion)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text: report.writeText(destination.style(messages), to: &output)
      case .json: report.writeJSON(to: &output)
      case .sarif: report.writeSarif(allPackages: messages.verbose, to: &output)
      }
    }
  }

  private func packages() throws -> CargoMetadata.Packages {
    if let dumps {
      let folder = try DumpFolder(path: dumps)
      let all = ScanPackage.packages(of: folder.units)
      return CargoMetadata.Packages(
        packages: noDependencies ? all.filter(\.isWorkspaceMember) : all,
        workspaceFolder: AnalysisPipeline.workspaceFolder(of: folder))
    }
    let path = path ?? "."
    guard FileSystem.exists(path) else { throw Failure("there is no such file or folder", file: path) }
    let manifest = path.split(separator: "/").last == "Cargo.toml" ? path : path + "/Cargo.toml"
    if FileSystem.isFile(manifest) {
      return try CargoMetadata.read(manifest: manifest, withDependencies: !noDependencies)
    }
    let package = ScanPackage.plain(path)
    return CargoMetadata.Packages(packages: [package], workspaceFolder: package.folder)
  }
}

extension ScanModules {
  /// The modules of the data files.
  static func read(_ files: DataFiles, _ taxonomy: Taxonomy) throws -> ScanModules {
    guard let file = try files.read(ScanModules.fileName) else {
      throw Failure("the file is missing", file: ScanModules.fileName)
    }
    return try ScanModules(bytes: file.bytes, file: file.file, taxonomy: taxonomy)
  }
}
