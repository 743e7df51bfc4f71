import Policy
import Project
import Settings

extension PlanReader {
  /// What every target, and `[defaults]`, may say.
  static let settingKeys = ["time", "memory", "toolchain", "sandbox", "std", "offline"]
  private static let selectionKeys = ["package", "bin", "features", "all-features", "no-default-features"]

  /// Reads settings, starting from the defaults; keys that are not among them must be known.
  func settings(_ fields: [SettingField], known: [String], place: String, line: Int) throws -> TargetSettings {
    var settings = defaults
    for field in fields {
      guard known.contains(field.name) else { throw reader.unknownKey(field, in: place, known: known) }
      switch field.name {
      case "time": settings.time = try seconds(field)
      case "memory": settings.memory = try bytes(field)
      case "toolchain":
        let text = try reader.string(field)
        settings.toolchain = text.contains("/") ? path(text) : text
      case "sandbox": settings.sandbox = try reader.word(field, SandboxMode.self)
      case "std":
        settings.std = try reader.string(field)
        guard ["mir", "table"].contains(settings.std) else {
          throw reader.failure("`std`: expected \"mir\" or \"table\"", line: field.setting.line)
        }
      case "offline": settings.offline = try reader.boolean(field)
      case "package" where place == "[[project]]" || place == "[[git]]":
        settings.packages = try reader.strings(field).map(\.text)
      case "bin": settings.binaries = try reader.strings(field).map(\.text)
      case "features" where place != "[[crate]]": settings.features = try reader.strings(field).map(\.text)
      case "all-features" where place != "[[crate]]": settings.allFeatures = try reader.boolean(field)
      case "no-default-features": settings.noDefaultFeatures = try reader.boolean(field)
      default: break
      }
    }
    return settings
  }

  mutating func readTargets(_ field: SettingField) throws {
    for (fields, line) in try reader.tables(field) {
      switch field.name {
      case "project": try readProject(fields, line)
      case "git": try readRevision(fields, line)
      case "crate": try readPackage(fields, line)
      default: try readList(fields, line)
      }
    }
  }

  private mutating func readProject(_ fields: [SettingField], _ line: Int) throws {
    let known = ["path", "name"] + Self.selectionKeys + Self.settingKeys
    let settings = try settings(fields, known: known, place: "[[project]]", line: line)
    let path = path(try text(fields, "path", "[[project]]", line))
    plan.entries.append(
      Plan.Entry(
        kind: .project(path: path, name: try optional(fields, "name") ?? Self.lastPart(of: path)), settings: settings,
        line: line))
  }

  private mutating func readRevision(_ fields: [SettingField], _ line: Int) throws {
    let known = ["repository", "revision", "folder", "name"] + Self.selectionKeys + Self.settingKeys
    let settings = try settings(fields, known: known, place: "[[git]]", line: line)
    let repository = path(try text(fields, "repository", "[[git]]", line))
    let revision = try text(fields, "revision", "[[git]]", line)
    let name = try optional(fields, "name") ?? "\(Self.lastPart(of: repository))@\(revision)"
    plan.entries.append(
      Plan.Entry(
        kind: .revision(
          repository: repository, revision: revision, folder: try optional(fields, "folder") ?? "", name: name),
        settings: settings, line: line))
  }

  private mutating func readPackage(_ fields: [SettingField], _ line: Int) throws {
    let own = [
      "name", "version", "mirror", "features", "feature-sets", "all-features", "default-features", "all-versions",
    ]
    var settings = try settings(fields, known: own + Self.settingKeys, place: "[[crate]]", line: line)
    settings.offline = true
    var request = Plan.PackageRequest(
      name: try text(fields, "name", "[[crate]]", line), range: try range(optional(fields, "version") ?? "*", line),
      mirror: try mirror(try optional(fields, "mirror"), line))
    try check(package: request.name, line)
    for field in fields {
      switch field.name {
      case "features": request.featureSets = [try reader.strings(field).map(\.text)]
      case "feature-sets": request.featureSets = try featureSets(field)
      case "all-features": request.allFeatures = try reader.boolean(field)
      case "default-features": request.defaultFeatures = try reader.boolean(field)
      case "all-versions": request.allVersions = try reader.boolean(field)
      default: break
      }
    }
    for feature in request.featureSets.joined() { try check(feature: feature, line) }
    plan.entries.append(Plan.Entry(kind: .package(request), settings: settings, line: line))
  }

  private func featureSets(_ field: SettingField) throws -> [[String]] {
    guard case .array(let sets) = field.setting.value else {
      throw reader.wrongType(field, expected: "an array of arrays, such as [[], [\"std\"]]")
    }
    return try sets.map { set in
      try reader.strings(SettingField(name: field.name, setting: set)).map(\.text)
    }
  }

  /// A file with a package a line: NAME, then perhaps a version requirement, then perhaps features with commas.
  private mutating func readList(_ fields: [SettingField], _ line: Int) throws {
    var settings = try settings(fields, known: ["file", "mirror"] + Self.settingKeys, place: "[[list]]", line: line)
    settings.offline = true
    let file = path(try text(fields, "file", "[[list]]", line))
    let mirror = try mirror(try optional(fields, "mirror"), line)
    guard let bytes = FileSystem.contents(of: file, limit: 64 << 20) else {
      throw reader.failure("the list \(file) cannot be read", line: line)
    }
    for (index, text) in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let words = text.prefix { $0 != "#" }.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(
        String.init)
      guard let name = words.first else { continue }
      do {
        guard words.count <= 3 else { throw reader.failure("expected NAME VERSION FEATURES", line: index + 1) }
        try check(package: name, index + 1)
        var request = Plan.PackageRequest(
          name: name, range: try range(words.count > 1 ? words[1] : "*", index + 1), mirror: mirror)
        if words.count > 2 { request.featureSets = [words[2].split(separator: ",").map(String.init)] }
        for feature in request.featureSets.joined() { try check(feature: feature, index + 1) }
        plan.entries.append(Plan.Entry(kind: .package(request), settings: settings, line: line))
      } catch var failure as Failure {
        failure.file = file
        throw failure
      }
    }
  }

  private func text(_ fields: [SettingField], _ name: String, _ place: String, _ line: Int) throws -> String {
    guard let field = fields.first(where: { $0.name == name }) else {
      throw reader.failure("\(place) needs `\(name)`", line: line)
    }
    let text = try reader.string(field)
    guard !text.isEmpty else { throw reader.failure("\(place): `\(name)` is empty", line: field.setting.line) }
    return text
  }

  private func optional(_ fields: [SettingField], _ name: String) throws -> String? {
    try fields.first { $0.name == name }.map { try reader.string($0) }
  }

  private func range(_ text: String, _ line: Int) throws -> VersionRange {
    guard let range = VersionRange(text) else {
      throw reader.failure(
        "`\(text)` is no version requirement", line: line, advice: "as in Cargo.toml: \"^0.2\", \"=1.0.5\", \"*\"")
    }
    return range
  }

  /// The mirror of a name; without one, the only mirror.
  private func mirror(_ name: String?, _ line: Int) throws -> String {
    if let name {
      guard plan.mirrors[name] != nil else {
        throw reader.failure(
          "there is no mirror `\(name)`", line: line, advice: Suggestion.advice(name, among: plan.mirrors.keys.sorted())
        )
      }
      return name
    }
    guard let only = plan.mirrors.keys.first, plan.mirrors.count == 1 else {
      throw reader.failure(
        "say which `mirror` holds it", line: line, advice: "[mirror.NAME] vendor = \"...\" names one")
    }
    return only
  }

  private func check(package name: String, _ line: Int) throws {
    guard name.first?.isLetter == true, name.utf8.allSatisfy({ Self.isNameByte($0) }) else {
      throw reader.failure("`\(name)` is no package name", line: line)
    }
  }

  /// Names go into a manifest: nothing but what features consist of.
  private func check(feature name: String, _ line: Int) throws {
    guard !name.isEmpty, name.utf8.allSatisfy({ Self.isNameByte($0) || "+./?:".utf8.contains($0) }) else {
      throw reader.failure("`\(name)` is no feature", line: line)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private static func lastPart(of path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." && $0 != "Cargo.toml" }
    return parts.last.map(String.init) ?? path
  }
}
