import Capabilities
import Project
import Settings

extension SettingsHelp {
  /// For `mircap.toml`.
  package static let policy = SettingsHelp(
    missing: "mircap policy init writes one", form: "docs/policy.md shows the form")
}

extension Policy {
  /// Reads a policy file.
  ///
  /// - Parameter taxonomy: without the file's own labels.
  /// - Throws: a `Failure` that names file and line and says what to do.
  public static func read(file: String, taxonomy: Taxonomy) throws -> Policy {
    var reader = PolicyReader(document: try SettingsDocument.read(file: file, help: .policy), taxonomy: taxonomy)
    return try reader.read()
  }

  /// The same for a text.
  public init(text: [UInt8], file: String, taxonomy: Taxonomy) throws {
    var reader = PolicyReader(document: try SettingsDocument(text: text, file: file, help: .policy), taxonomy: taxonomy)
    self = try reader.read()
  }
}

/// Makes a policy of a settings file.
struct PolicyReader {
  let document: SettingsDocument
  let reader: SettingsReader
  var policy: Policy
  /// Without the file's labels.
  private let taxonomy: Taxonomy
  /// The user's groups and aliases.
  private var groups: [String: CapabilitySet] = [:]

  private static let keys = [
    "policy", "default", "crate", "group", "alias", "require", "tag", "unsafe-label", "safe", "sink", "allowlist",
  ]

  init(document: SettingsDocument, taxonomy: Taxonomy) {
    self.document = document
    self.taxonomy = taxonomy
    reader = SettingsReader(file: document.file)
    policy = Policy(file: document.file, taxonomy: taxonomy)
  }

  /// Labels and groups first: all other parts may name them, wherever they stand.
  mutating func read() throws -> Policy {
    for field in document.root where !Self.keys.contains(field.name) {
      throw reader.unknownKey(field, in: "a policy", known: Self.keys)
    }
    try forEach(["tag", "unsafe-label"]) { try $0.readRules($1) }
    policy.taxonomy = try asUsage { try policy.rules.taxonomy(extending: taxonomy) }
    try readGroups()
    try forEach(["policy"]) { try $0.readPolicy($1) }
    try forEach(["default"]) { try $0.readDefaults($1) }
    try forEach(["crate"]) { try $0.readCrates($1) }
    try forEach(["require", "allowlist"]) { try $0.readClaims($1) }
    try forEach(["safe", "sink"]) { try $0.readRules($1) }
    try asUsage { try policy.rules.check(taxonomy) }
    return policy
  }

  /// A mistake in a rule is one of the policy.
  private func asUsage<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var failure as Failure {
      failure.kind = .usage
      throw failure
    }
  }

  private mutating func forEach(_ names: [String], _ body: (inout PolicyReader, SettingField) throws -> Void) throws {
    for field in document.root where names.contains(field.name) { try body(&self, field) }
  }

  private mutating func readPolicy(_ field: SettingField) throws {
    for field in try reader.table(field, shown: "policy") {
      switch field.name {
      case "scope": policy.scope = try reader.word(field, Policy.Scope.self)
      case "unsafe":
        policy.unsafeRule = try reader.word(field, Policy.UnsafeRule.self)
        policy.unsafeRuleLine = field.setting.line
      case "shipped-allowlist": policy.usesShippedAllowlist = try reader.boolean(field)
      default:
        throw reader.unknownKey(field, in: "[policy]", known: ["scope", "unsafe", "shipped-allowlist"])
      }
    }
  }
}

// Grants.
extension PolicyReader {
  private mutating func readDefaults(_ field: SettingField) throws {
    let phases = Phase.allCases.map(\.rawValue)
    let fields = try reader.table(field, shown: "default")
    let own = fields.filter { !phases.contains($0.name) }
    if !own.isEmpty || fields.isEmpty {
      policy.defaults[nil] = try section(own, name: "", key: nil, line: field.setting.line, more: phases)
    }
    for field in fields {
      guard let phase = Phase(rawValue: field.name) else { continue }
      let shown = "default.\(phase.rawValue)"
      policy.defaults[phase] = try section(
        try reader.table(field, shown: shown), name: phase.rawValue, key: nil, line: field.setting.line)
    }
  }

  private mutating func readCrates(_ field: SettingField) throws {
    var lines: [CrateKey: Int] = [:]
    for field in try reader.table(field, shown: "crate.NAME") {
      let line = field.setting.line
      guard let key = CrateKey(field.name) else {
        throw reader.failure(
          "`\(field.name)` is no crate: expected NAME, NAME:PHASE or USER>NAME", line: line,
          advice: "a phase is run, build-script or proc-macro; a version follows the name, as in \"serde@1.0.152\"")
      }
      if let former = lines.updateValue(line, forKey: key) {
        throw reader.failure("`\(field.name)` has a section already, in line \(former)", line: line)
      }
      let fields = try reader.table(field, shown: "crate.NAME")
      let section = try section(fields, name: field.name, key: key, line: line)
      if key.user != nil { try check(context: section) }
      policy.sections.append(section)
    }
  }

  /// A section `USER>NAME` says what is allowed there, and nothing else.
  private func check(context section: Policy.Section) throws {
    guard section.allow != nil, section.dependsOn == nil, section.unsafeRule == nil else {
      throw reader.failure("\(section.title) needs `allow`, and has no other key but `reason`", line: section.line)
    }
  }

  private func section(
    _ fields: [SettingField], name: String, key: CrateKey?, line: Int, more: [String] = []
  ) throws -> Policy.Section {
    var section = Policy.Section(name: name, key: key, line: line)
    let place = key == nil ? "[default]" : "[crate.NAME]"
    let known = ["allow", "unsafe", "reason"] + (key == nil ? more : ["depends-on"])
    for field in fields {
      guard known.contains(field.name) else { throw reader.unknownKey(field, in: place, known: known) }
      switch field.name {
      case "allow": section.allow = try grants(field)
      case "depends-on": section.dependsOn = try dependencies(field)
      case "unsafe": section.unsafeRule = try reader.word(field, Policy.UnsafeRule.self)
      default: section.reason = try reader.string(field)
      }
    }
    return section
  }

  private func grants(_ field: SettingField) throws -> [Policy.Grant] {
    try reader.strings(field).map {
      Policy.Grant(name: $0.text, capabilities: try capabilities($0), line: $0.line)
    }
  }

  private func dependencies(_ field: SettingField) throws -> [Policy.DependencyGrant] {
    try reader.strings(field).map { located in
      guard let crate = CrateName(Substring(located.text)) else {
        throw reader.failure("`\(located.text)` is no crate name", line: located.line)
      }
      return Policy.DependencyGrant(name: located.text, crate: crate, line: located.line)
    }
  }
}

// Names of capabilities.
extension PolicyReader {
  /// `[group.NAME] members = [..]` and `[alias] NAME = ".."`; groups may name groups.
  private mutating func readGroups() throws {
    var definitions: [String: [LocatedText]] = [:]
    var lines: [String: Int] = [:]
    for field in document.root where field.name == "group" || field.name == "alias" {
      for entry in try reader.table(field, shown: field.name == "group" ? "group.NAME" : "alias") {
        if policy.taxonomy.members(of: entry.name) != nil || definitions[entry.name] != nil {
          throw reader.failure("`\(entry.name)` is the name of something else already", line: entry.setting.line)
        }
        lines[entry.name] = entry.setting.line
        definitions[entry.name] =
          field.name == "group"
          ? try members(entry)
          : [
            LocatedText(text: try reader.string(entry), line: entry.setting.line)
          ]
      }
    }
    for name in definitions.keys.sorted() { try resolve(name, definitions, lines, path: []) }
  }

  private func members(_ field: SettingField) throws -> [LocatedText] {
    if case .array = field.setting.value { return try reader.strings(field) }
    let fields = try reader.table(field, shown: "group.NAME")
    let entry = try EntryReader(
      fields, line: field.setting.line, place: "[group.\(field.name)]", known: ["members", "reason"], reader: reader)
    return try entry.requiredList("members")
  }

  private mutating func resolve(
    _ name: String, _ definitions: [String: [LocatedText]], _ lines: [String: Int], path: [String]
  ) throws {
    guard groups[name] == nil else { return }
    guard !path.contains(name), path.count < 32 else {
      throw reader.failure("the group `\(name)` contains itself", line: lines[name] ?? 1)
    }
    var set = CapabilitySet()
    for member in definitions[name] ?? [] {
      if definitions[member.text] != nil { try resolve(member.text, definitions, lines, path: path + [name]) }
      set.formUnion(try capabilities(member))
    }
    groups[name] = set
  }

  /// What a name stands for.
  func capabilities(_ name: LocatedText) throws -> CapabilitySet {
    if let members = policy.taxonomy.members(of: name.text) ?? groups[name.text] { return members }
    let names = policy.taxonomy.capabilities.map(\.name) + policy.taxonomy.groups.map(\.name) + groups.keys.sorted()
    let aliases = policy.taxonomy.aliases.map(\.name)
    let nearest = Suggestion.nearest(name.text, among: names + aliases)
    throw reader.failure(
      "there is no capability `\(name.text)`", line: name.line,
      advice: (nearest.map { "did you mean `\($0)`? " } ?? "") + "there are: " + names.joined(separator: ", "))
  }

  func capabilities(_ names: [LocatedText]) throws -> CapabilitySet {
    try names.reduce(into: CapabilitySet()) { $0.formUnion(try capabilities($1)) }
  }

  /// The names of capabilities in the taxonomy: the user's groups are no names there.
  private func plainNames(_ names: [LocatedText]) throws -> [String] {
    policy.taxonomy.orderedNames(try capabilities(names))
  }
}

// Claims and rules.
extension PolicyReader {
  private mutating func readClaims(_ field: SettingField) throws {
    for (fields, line) in try reader.tables(field) {
      if field.name == "require" {
        policy.requirements.append(try requirement(fields, line))
      } else {
        policy.allowlist.append(try allowlistEntry(fields, line))
      }
    }
  }

  private func requirement(_ fields: [SettingField], _ line: Int) throws -> Policy.Requirement {
    let entry = try EntryReader(
      fields, line: line, place: "[[require]]", known: ["function", "without", "reason"], reader: reader)
    let names = try entry.requiredList("without")
    guard !names.isEmpty else { throw reader.failure("[[require]]: `without` names nothing", line: line) }
    return Policy.Requirement(
      function: try pattern(entry.required("function")), names: names.map(\.text), without: try capabilities(names),
      reason: try entry.optional("reason"), line: line)
  }

  private func pattern(_ text: LocatedText) throws -> PathPattern {
    guard let pattern = PathPattern(text.text) else {
      throw reader.failure("`\(text.text)` names no function", line: text.line)
    }
    return pattern
  }

  private func allowlistEntry(_ fields: [SettingField], _ line: Int) throws -> AllowlistEntry {
    let entry = try EntryReader(
      fields, line: line, place: "[[allowlist]]",
      known: ["crate", "version", "checksum", "absolves", "reason", "note"], reader: reader)
    let name = try entry.required("crate")
    guard let crate = CrateName(Substring(name.text)), crate.version == nil else {
      throw reader.failure("`\(name.text)` is no crate name", line: name.line, advice: "versions go into `version`")
    }
    let range = try entry.required("version")
    guard let versions = VersionRange(range.text) else {
      throw reader.failure(
        "`\(range.text)` is no version requirement", line: range.line,
        advice: "as in Cargo.toml: \"^0.2\", \"~1.4\", \">=1.2, <1.5\", \"=1.0.5\"")
    }
    let names = try entry.requiredList("absolves")
    return AllowlistEntry(
      package: name.text, versions: versions, checksum: try entry.optional("checksum"), names: names.map(\.text),
      absolves: try capabilities(names), reason: try entry.required("reason").text, note: try entry.optional("note"),
      origin: origin(line), isShipped: false)
  }

  private func origin(_ line: Int) -> AnalysisRules.Origin { AnalysisRules.Origin(file: document.file, line: line) }

  private mutating func readRules(_ field: SettingField) throws {
    for (fields, line) in try reader.tables(field) {
      switch field.name {
      case "tag": try readTag(fields, line)
      case "unsafe-label": try readUnsafeLabel(fields, line)
      case "safe": try readSafe(fields, line)
      default: try readSink(fields, line)
      }
    }
  }

  private mutating func readTag(_ fields: [SettingField], _ line: Int) throws {
    let entry = try EntryReader(
      fields, line: line, place: "[[tag]]", known: ["path", "label", "reason"], reader: reader)
    _ = try entry.optional("reason")
    policy.rules.tags.append(
      AnalysisRules.Tag(
        path: try pattern(entry.required("path")).text, label: try entry.required("label").text, origin: origin(line)))
  }

  private mutating func readUnsafeLabel(_ fields: [SettingField], _ line: Int) throws {
    let entry = try EntryReader(
      fields, line: line, place: "[[unsafe-label]]", known: ["at", "operation", "label", "reason"], reader: reader)
    _ = try entry.optional("reason")
    policy.rules.unsafeLabels.append(
      AnalysisRules.UnsafeLabel(
        path: try pattern(entry.required("at")).text, operation: try entry.required("operation").text,
        label: try entry.required("label").text, origin: origin(line)))
  }

  private mutating func readSafe(_ fields: [SettingField], _ line: Int) throws {
    let entry = try EntryReader(
      fields, line: line, place: "[[safe]]", known: ["path", "caller", "capabilities", "reason"], reader: reader)
    let caller = try entry.field("caller").map { _ in try pattern(entry.required("caller")).text }
    policy.rules.safe.append(
      AnalysisRules.Safe(
        path: try pattern(entry.required("path")).text, caller: caller,
        capabilities: try plainNames(entry.optionalList("capabilities")),
        reason: try entry.required("reason").text, origin: origin(line)))
  }

  private mutating func readSink(_ fields: [SettingField], _ line: Int) throws {
    let entry = try EntryReader(
      fields, line: line, place: "[[sink]]", known: ["path", "capabilities", "authority", "reason"], reader: reader)
    var authority = Authority.ambient
    if let field = entry.field("authority") {
      let word = try reader.string(field)
      guard let known = [Authority.ambient, .handle].first(where: { $0.word == word }) else {
        throw reader.failure(
          "`authority`: there is no `\(word)`", line: field.setting.line,
          advice: Suggestion.advice(word, among: [Authority.ambient.word, Authority.handle.word]))
      }
      authority = known
    }
    policy.rules.sinks.append(
      AnalysisRules.AddedSink(
        path: try pattern(entry.required("path")).text,
        capabilities: try plainNames(entry.requiredList("capabilities")), authority: authority,
        reason: try entry.optional("reason"), origin: origin(line)))
  }
}
