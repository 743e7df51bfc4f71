/// Reads `unit.json`. Only `crate`, `rustc`, `root` and `externs` are required, so that people can write one by hand.
struct UnitReader {
  /// The folder of the unit.
  let folder: String
  private let file: String
  private let json: JSONValue

  /// Reads the description of the unit in a folder.
  ///
  /// - Throws: a `Failure` that names file and line.
  static func read(folder: String) throws -> Unit {
    let file = folder + "/unit.json"
    guard FileSystem.isFile(file) else {
      throw Failure("there is no such file", file: file, advice: "docs/dumps.md shows the smallest unit.json")
    }
    let unit = try UnitReader(json: JSONReader().read(file: file), folder: folder).unit()
    try checkFiles(of: unit)
    return unit
  }

  init(json: JSONValue, folder: String) {
    self.folder = folder
    self.json = json
    file = folder + "/unit.json"
  }

  /// The unit; whether its files are there is not looked at.
  func unit() throws -> Unit {
    guard case .object = json else { throw failure("expected an object, found \(json.kindName)") }
    if let schema = try optionalString("schema"), schema != "mircap-unit/1" {
      throw failure("schema \(schema) is not known", advice: "this mircap reads mircap-unit/1: dump again with it")
    }
    let crateName = try requiredString("crate")
    guard Self.isCrateName(crateName) else { throw failure("crate: \(crateName) is not a crate name") }
    let rootFile = try requiredString("root")
    let target = try targetKind(rootFile: rootFile)
    guard let externs = try crates("externs") else { throw missing("externs") }
    var unit = Unit(
      id: try identifier(), crateName: crateName, target: target, rustcVersion: try rustcVersion(),
      rootFile: rootFile, externs: externs, folder: folder)
    try fillOptional(&unit)
    return unit
  }

  /// Without a word about them, the fields keep what suits a unit made by hand.
  private func fillOptional(_ unit: inout Unit) throws {
    func set(_ field: inout String, _ name: String) throws {
      if let text = try optionalString(name) { field = text }
    }
    try set(&unit.package, "package")
    try set(&unit.version, "version")
    try set(&unit.targetName, "targetName")
    try set(&unit.edition, "edition")
    try set(&unit.host, "host")
    try set(&unit.triple, "triple")
    try set(&unit.profile, "profile")
    try set(&unit.workingDirectory, "cwd")
    try set(&unit.manifestDirectory, "manifestDir")
    try set(&unit.outputDirectory, "outDir")
    try set(&unit.stableCrateID, "stableCrateId")
    try set(&unit.fingerprint, "fingerprint")
    unit.mirNames = try crates("mirNames") ?? []
    unit.features = try strings("features")
    unit.cfgs = try strings("cfgs")
    unit.sourceFiles = try strings("depInfo")
    unit.environment = try strings("environment")
    unit.arguments = try strings("arguments")
    unit.errors = try strings("errors")
    unit.dumpStates = try dumpStates()
    unit.isWorkspaceMember = try optionalBoolean("primary") ?? true
  }

  private func identifier() throws -> String {
    let folderName = folder.split(separator: "/").last.map(String.init) ?? folder
    let id = try optionalString("id") ?? folderName
    guard !id.isEmpty else { throw failure("id is empty") }
    return id
  }

  private func targetKind(rootFile: String) throws -> TargetKind {
    guard let word = try optionalString("target") else {
      return rootFile == "main.rs" || rootFile.hasSuffix("/main.rs") ? .binary : .library
    }
    guard let kind = TargetKind(rawValue: word) else {
      throw failure("target: expected lib, bin, build-script or proc-macro, found \(word)")
    }
    return kind
  }

  /// People write what `rustc -V` prints.
  private func rustcVersion() throws -> String {
    let text = try requiredString("rustc")
    let words = text.split(separator: " ")
    let version = words.first == "rustc" && words.count > 1 ? words[1] : words.first ?? ""
    let numbers = version.prefix { $0 != "-" }.split(separator: ".")
    guard numbers.count == 3, numbers.allSatisfy({ UInt16($0) != nil }) else {
      throw failure("rustc: expected a version such as 1.95.0, found \(text)")
    }
    return String(version)
  }

  /// Names with the units that they stand for; `nil` if there is no such field.
  private func crates(_ name: String) throws -> [ExternCrate]? {
    guard let value = json[name] else { return nil }
    guard let fields = value.fields else { throw failure("\(name): expected an object, found \(value.kindName)") }
    return try fields.map { field in
      guard let id = field.value.string else {
        throw failure("\(name).\(field.name): expected a unit's id, found \(field.value.kindName)")
      }
      return ExternCrate(name: field.name, id: id)
    }.sorted { $0.name < $1.name }
  }

  /// Without a word about a form, it is there if its file is.
  private func dumpStates() throws -> [DumpForm: DumpState] {
    var states: [DumpForm: DumpState] = [:]
    for form in DumpForm.allCases {
      if let value = json["dumps"]?[form.rawValue] {
        guard let state = value.string.flatMap(DumpState.init) else {
          throw failure("dumps.\(form.rawValue): expected ok, failed or absent")
        }
        states[form] = state
      } else {
        states[form] = FileSystem.isFile(folder + "/" + form.rawValue) ? .ok : .absent
      }
    }
    return states
  }

  private static func checkFiles(of unit: Unit) throws {
    for form in DumpForm.allCases {
      guard let path = unit.dumpFile(form), !FileSystem.isFile(path) else { continue }
      throw Failure("missing, though unit.json calls it ok", file: path, advice: "dump the unit again")
    }
    guard DumpForm.allCases.contains(where: { unit.dumpStates[$0] == .ok }) || !unit.errors.isEmpty else {
      throw Failure("holds no dump: expected the files mir, hir and expanded", file: unit.folder)
    }
  }

  private static func isCrateName(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }
}

extension UnitReader {
  private func requiredString(_ name: String) throws -> String {
    guard let text = try optionalString(name), !text.isEmpty else { throw missing(name) }
    return text
  }

  private func optionalString(_ name: String) throws -> String? {
    guard let value = json[name], value != .null else { return nil }
    guard let text = value.string else { throw failure("\(name): expected a string, found \(value.kindName)") }
    return text
  }

  private func optionalBoolean(_ name: String) throws -> Bool? {
    guard let value = json[name], value != .null else { return nil }
    guard let truth = value.boolean else { throw failure("\(name): expected a boolean, found \(value.kindName)") }
    return truth
  }

  private func strings(_ name: String) throws -> [String] {
    guard let value = json[name], value != .null else { return [] }
    guard let values = value.array else { throw failure("\(name): expected an array, found \(value.kindName)") }
    return try values.map { element in
      guard let text = element.string else {
        throw failure("\(name): expected strings only, found \(element.kindName)")
      }
      return text
    }
  }

  private func missing(_ name: String) -> Failure {
    failure("\(name) is missing", advice: "crate, rustc, root and externs are required (docs/dumps.md)")
  }

  private func failure(_ message: String, advice: String? = nil) -> Failure {
    Failure(message, file: file, line: 1, advice: advice)
  }
}
