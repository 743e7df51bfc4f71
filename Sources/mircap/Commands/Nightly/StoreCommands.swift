import ArgumentParser
import Capabilities
import Glibc
import Nightly
import NightlyStore
import Project
import Reports

/// Which store is asked.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The store. (default: mircap-nightly/store.sqlite)", valueName: "file"))
  var store = "mircap-nightly/store.sqlite"

  func open() throws -> NightlyDatabase { try NightlyDatabase(reading: store) }
}

/// The forms of answers.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `mircap history`: what runs said of a crate.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what nightly runs said of a crate, and when that changed.")

  @Argument(help: "The crate's name as in paths, or its package's.") var crate: String
  @OptionGroup var store: StoreOptions
  @Option(help: "The form of the answer.") var format = AnswerFormat.text

  func run() throws {
    let entries = try store.open().history(ofCrate: crate)
    guard !entries.isEmpty else {
      throw Failure("no run has seen a crate `\(crate)`", file: store.store)
    }
    try ResultOutput(file: nil).write { output in
      switch format {
      case .text: HistoryReport.writeText(entries, to: &output)
      case .json: HistoryReport.writeJSON(entries, to: &output)
      }
    }
  }
}

/// `mircap who-can`: which crates reach a capability.
struct WhoCanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who-can",
    abstract: "Show which crates reach a capability in the last nightly run, since when, and how.")

  @Argument(help: "A capability, or a group of them such as net.") var capability: String
  @OptionGroup var store: StoreOptions
  @Option(help: "The form of the answer.") var format = AnswerFormat.text

  func run() throws {
    let tables = try CapabilityTables(read: DataFiles(folder: nil).read)
    guard let members = tables.taxonomy.members(of: capability) else {
      throw Failure.usage("there is no capability `\(capability)`", advice: "mircap explain lists them")
    }
    let uses = try store.open().whoCan(tables.taxonomy.names(members))
    try ResultOutput(file: nil).write { output in
      switch format {
      case .text: WhoCanReport.writeText(uses, capability: capability, to: &output)
      case .json: WhoCanReport.writeJSON(uses, capability: capability, to: &output)
      }
    }
  }
}

/// `mircap trends`: what runs amount to.
struct TrendsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trends", abstract: "Show what nightly runs amount to, in numbers.")

  @OptionGroup var store: StoreOptions
  @Option(help: ArgumentHelp("So many runs, up to the last one.", valueName: "n")) var runs = 30
  @Option(help: "The form of the answer.") var format = AnswerFormat.text

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs takes a number from 1.") }
  }

  func run() throws {
    let trends = try store.open().trends(newest: runs)
    try ResultOutput(file: nil).write { output in
      switch format {
      case .text: TrendsReport.writeText(trends, to: &output)
      case .json: TrendsReport.writeJSON(trends, to: &output)
      }
    }
  }
}

/// `mircap digest`: what a run brought.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Show what a nightly run brought against the one before.")

  @OptionGroup var store: StoreOptions
  @Option(
    name: .customLong("run"), help: ArgumentHelp("The number of the run. (default: the last one)", valueName: "n"))
  var number: Int?
  @OptionGroup var form: DigestOptions

  func run() throws {
    let tables = try CapabilityTables(read: DataFiles(folder: nil).read)
    let database = try store.open()
    guard let number = try number ?? database.lastRun()?.number else {
      throw Failure("has no run", file: store.store)
    }
    try form.write(NightDigest(of: number, in: database, rules: nil, tables: tables))
  }
}

/// `mircap export`: the store as tables for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write what nightly runs found as tables: JSON Lines or CSV.")

  @OptionGroup var store: StoreOptions
  @Option(help: "The form of the tables.") var format = StoreExport.Format.jsonl
  @Option(help: ArgumentHelp("Only this table; may be repeated.", valueName: "table")) var table: [StoreExport.Table] =
    []
  @Flag(help: "With times and what was measured, which differ from run to run.") var measurements = false
  @Option(help: ArgumentHelp("The folder for the files.", valueName: "dir")) var output: String

  func run() throws {
    let export = StoreExport(try store.open(), format: format, withMeasurements: measurements)
    try FileSystem.makeFolder(output)
    for table in table.isEmpty ? StoreExport.Table.allCases : table {
      let file = try AtomicFile(path: "\(output)/\(table.rawValue).\(format.rawValue)")
      try export.write(table) { bytes in try bytes.withUnsafeBytes { try file.append($0) } }
      try file.commit()
    }
  }
}

extension StoreExport.Format: ExpressibleByArgument {}
extension StoreExport.Table: ExpressibleByArgument {}
