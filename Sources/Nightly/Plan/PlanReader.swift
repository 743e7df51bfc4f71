import Capabilities
import Policy
import Project
import Settings

extension Plan {
  /// Reads a plan.
  ///
  /// - Parameter taxonomy: the names that rules may use.
  /// - Throws: a `Failure` that names file and line and says what to do.
  public static func read(file: String, taxonomy: Taxonomy) throws -> Plan {
    let help = SettingsHelp(missing: "docs/nightly.md shows a plan", form: "docs/nightly.md shows the form")
    var reader = PlanReader(document: try SettingsDocument.read(file: file, help: help), taxonomy: taxonomy)
    return try reader.read()
  }
}

/// Makes a plan of a settings file.
struct PlanReader {
  let document: SettingsDocument
  let reader: SettingsReader
  let taxonomy: Taxonomy
  var plan: Plan
  var defaults = TargetSettings()
  /// What relative paths start from.
  let base: String

  private static let keys = [
    "plan", "defaults", "mirror", "project", "git", "crate", "list", "rules", "cache", "slurm",
  ]

  init(document: SettingsDocument, taxonomy: Taxonomy) {
    self.document = document
    self.taxonomy = taxonomy
    reader = SettingsReader(file: document.file)
    base = document.file.lastIndex(of: "/").map { String(document.file[..<$0]) } ?? "."
    let fileName = document.file.split(separator: "/").last.map(String.init) ?? document.file
    plan = Plan(
      file: document.file, name: fileName.hasSuffix(".toml") ? String(fileName.dropLast(5)) : fileName,
      folder: base == "." ? "mircap-nightly" : base + "/mircap-nightly")
  }

  /// Defaults and mirrors first: all targets use them, wherever they stand.
  mutating func read() throws -> Plan {
    for field in document.root where !Self.keys.contains(field.name) {
      throw reader.unknownKey(field, in: "a plan", known: Self.keys)
    }
    try forEach("plan") { try $0.readPlan($1) }
    try forEach("defaults") { reader, field in
      let fields = try reader.reader.table(field, shown: "defaults")
      reader.defaults = try reader.settings(
        fields, known: PlanReader.settingKeys, place: "[defaults]", line: field.setting.line)
    }
    try forEach("mirror") { try $0.readMirrors($1) }
    for name in ["project", "git", "crate", "list"] { try forEach(name) { try $0.readTargets($1) } }
    try forEach("rules") { try $0.readRules($1) }
    try forEach("cache") { try $0.readCache($1) }
    try forEach("slurm") { try $0.readSlurm($1) }
    guard !plan.entries.isEmpty else {
      throw Failure(
        "names nothing to analyse", file: document.file, line: 1,
        advice: "[[project]], [[git]], [[crate]] or [[list]] do (docs/nightly.md)", kind: .usage)
    }
    plan.entries.sort { $0.line < $1.line }
    return plan
  }

  private mutating func forEach(_ name: String, _ body: (inout PlanReader, SettingField) throws -> Void) throws {
    for field in document.root where field.name == name { try body(&self, field) }
  }

  private mutating func readPlan(_ field: SettingField) throws {
    let known = ["name", "folder", "jobs", "keep-dumps", "minimum-disk"]
    for field in try reader.table(field, shown: "plan") {
      switch field.name {
      case "name": plan.name = try reader.string(field)
      case "folder": plan.folder = path(try reader.string(field))
      case "jobs": plan.jobs = try number(field, in: 1...1024)
      case "keep-dumps": plan.keepsDumps = try reader.boolean(field)
      case "minimum-disk": plan.minimumDisk = try bytes(field)
      default: throw reader.unknownKey(field, in: "[plan]", known: known)
      }
    }
  }

  private mutating func readMirrors(_ field: SettingField) throws {
    for mirror in try reader.table(field, shown: "mirror.NAME") {
      let fields = try reader.table(mirror, shown: "mirror.\(mirror.name)")
      guard let field = fields.first, fields.count == 1, ["vendor", "local-registry"].contains(field.name) else {
        throw reader.failure(
          "[mirror.\(mirror.name)] needs `vendor` or `local-registry`, and has no other key", line: mirror.setting.line)
      }
      let folder = path(try reader.string(field))
      plan.mirrors[mirror.name] = field.name == "vendor" ? .vendor(folder) : .registry(folder)
    }
  }

  private mutating func readRules(_ field: SettingField) throws {
    let known = ["new-capability", "new-build-script", "new-dependency", "new-gap", "broken"]
    for field in try reader.table(field, shown: "rules") {
      switch field.name {
      case "new-capability":
        for name in try reader.strings(field) { plan.rules.newCapabilities.formUnion(try capabilities(name)) }
      case "new-build-script": plan.rules.newBuildScript = try reader.boolean(field)
      case "new-dependency": plan.rules.newDependency = try reader.boolean(field)
      case "new-gap": plan.rules.newGap = try reader.boolean(field)
      case "broken": plan.rules.broken = try reader.boolean(field)
      default: throw reader.unknownKey(field, in: "[rules]", known: known)
      }
    }
  }

  private func capabilities(_ name: LocatedText) throws -> [String] {
    if let members = taxonomy.members(of: name.text) { return taxonomy.names(members) }
    let known = taxonomy.capabilities.map(\.name) + taxonomy.groups.map(\.name)
    throw reader.failure(
      "there is no capability `\(name.text)`", line: name.line, advice: Suggestion.advice(name.text, among: known))
  }

  private mutating func readSlurm(_ field: SettingField) throws {
    let known = ["shard-time", "unknown-time", "processors", "tasks", "options", "completion-options"]
    for field in try reader.table(field, shown: "slurm") {
      switch field.name {
      case "shard-time": plan.slurm.shardSeconds = try seconds(field)
      case "unknown-time": plan.slurm.unknownSeconds = try seconds(field)
      case "processors": plan.slurm.processors = try number(field, in: 1...1024)
      case "tasks": plan.slurm.mostTasks = try number(field, in: 1...100_000)
      case "options": plan.slurm.options = try reader.strings(field).map(\.text)
      case "completion-options": plan.slurm.completionOptions = try reader.strings(field).map(\.text)
      default: throw reader.unknownKey(field, in: "[slurm]", known: known)
      }
    }
  }

  private mutating func readCache(_ field: SettingField) throws {
    for field in try reader.table(field, shown: "cache") {
      switch field.name {
      case "facts-size": plan.cache.factsSize = try bytes(field)
      case "facts-age": plan.cache.factsAge = try seconds(field)
      case "results-age": plan.cache.resultsAge = try seconds(field)
      default: throw reader.unknownKey(field, in: "[cache]", known: ["facts-size", "facts-age", "results-age"])
      }
    }
  }
}

// Values.
extension PlanReader {
  /// A path as it is meant from the current folder.
  func path(_ text: String) -> String { text.hasPrefix("/") || base == "." ? text : base + "/" + text }

  func number(_ field: SettingField, in range: ClosedRange<Int>) throws -> Int {
    guard case .integer(let value) = field.setting.value, range.contains(value) else {
      throw reader.failure(
        "`\(field.name)`: expected a number from \(range.lowerBound) to \(range.upperBound)", line: field.setting.line)
    }
    return value
  }

  func bytes(_ field: SettingField) throws -> Int {
    guard let amount = Amounts.bytes(try reader.string(field)) else {
      throw reader.failure("`\(field.name)`: expected a size, such as \"3 GB\"", line: field.setting.line)
    }
    return amount
  }

  func seconds(_ field: SettingField) throws -> Int {
    guard let amount = Amounts.seconds(try reader.string(field)) else {
      throw reader.failure("`\(field.name)`: expected a time, such as \"15 min\"", line: field.setting.line)
    }
    return amount
  }
}
