import Capabilities
import Project

/// Reads `mircap-report/1` for comparison. The report may be old, made by another version, or hostile.
public struct ReportReader {
  /// The name and major version of the form that is read; fields that it does not have stay empty.
  public static let schema = "mircap-report/1"
  /// The most bytes of a report.
  public static let maximumSize = 512 << 20
  /// The most values in a report: memory is bounded by them.
  public static let maximumValues = 16_000_000

  private let file: String

  /// Reads a report.
  ///
  /// - Throws: a `Failure` that names the file and, where it is known, the line or the field.
  public static func read(file: String) throws -> ReportContent {
    var reader = JSONReader()
    reader.maximumSize = maximumSize
    reader.maximumValues = maximumValues
    return try read(reader.read(file: file), file: file)
  }

  /// Takes a report from its JSON.
  ///
  /// - Throws: a `Failure` that names the file and the field.
  public static func read(_ json: JSONValue, file: String) throws -> ReportContent {
    let reader = ReportReader(file: file)
    guard json.fields != nil else { throw reader.failure("expected an object, found \(json.kindName)") }
    guard let schema = json["schema"]?.string else { throw reader.failure("there is no `schema`: it is no report") }
    guard schema == Self.schema else { throw reader.failure("expected a report (\(Self.schema)), found \(schema)") }
    let crates = try reader.array(json["crates"], "crates").enumerated().map {
      try reader.crate($1, "crates[\($0)]")
    }
    try reader.checkIdentifiers(crates)
    let evidence = try reader.array(json["evidence"], "evidence")
    let units = reader.unitsByName(crates)
    let read = try evidence.enumerated().map { try reader.evidence($1, "evidence[\($0)]", units) }
    let steps = evidence.map { $0["steps"]?.array ?? [] }
    return ReportContent(
      name: file, isComplete: json["complete"]?.boolean ?? false, crates: crates, evidence: read,
      risks: try reader.array(json["risks"] ?? .array([]), "risks").enumerated().map {
        try reader.risk($1, "risks[\($0)]", crates)
      },
      steps: { steps.indices.contains($0) ? steps[$0].map(Self.step) : [] })
  }

  /// Takes one crate of a report from its JSON.
  ///
  /// - Throws: a `Failure` that names the file and the field.
  public static func crate(_ json: JSONValue, file: String) throws -> ReportCrate {
    try ReportReader(file: file).crate(json, "crate")
  }

  private func failure(_ message: String) -> Failure {
    Failure(message, file: file, advice: "mircap analyze --format json makes a report")
  }

  private func array(_ value: JSONValue?, _ path: String) throws -> [JSONValue] {
    guard let values = value?.array else {
      throw failure("\(path): expected an array, found \(value?.kindName ?? "nothing")")
    }
    return values
  }

  private func text(_ object: JSONValue, _ name: String, _ path: String) throws -> String {
    guard let text = object[name]?.string else {
      throw failure("\(path).\(name): expected a string, found \(object[name]?.kindName ?? "nothing")")
    }
    return text
  }

  /// An array of strings; empty if it is missing.
  private func texts(_ value: JSONValue?, _ path: String) throws -> [String] {
    guard let value else { return [] }
    return try array(value, path).map { element in
      guard let text = element.string else { throw failure("\(path): expected strings, found \(element.kindName)") }
      return text
    }
  }

  private func crate(_ json: JSONValue, _ path: String) throws -> ReportCrate {
    let name = try text(json, "name", path)
    let capabilities = json["capabilities"] ?? .null
    let symbols = json["symbols"] ?? .null
    let phase = json["phase"]?.string ?? "run"
    return ReportCrate(
      name: name, package: json["package"]?.string ?? name, version: json["version"]?.string ?? "",
      id: json["id"]?.string ?? name, phase: phase,
      runsIn: json["runsIn"] == nil ? [phase] : Set(try texts(json["runsIn"], "\(path).runsIn")),
      target: json["target"]?.string ?? "lib", targetName: json["targetName"]?.string ?? name,
      isWorkspaceMember: json["workspaceMember"]?.boolean ?? true,
      dependencies: try texts(json["dependencies"], "\(path).dependencies"),
      direct: Set(try texts(capabilities["direct"], "\(path).capabilities.direct")),
      transitive: Set(try texts(capabilities["transitive"], "\(path).capabilities.transitive")),
      contained: Set(try texts(capabilities["contained"], "\(path).capabilities.contained")),
      operations: try operations(json["unsafe"] ?? .null, path), links: Set(try texts(json["links"], "\(path).links")),
      definedSymbols: Set((symbols["defined"]?.array ?? []).compactMap { $0["name"]?.string }),
      foreignSymbols: Set(try texts(symbols["foreign"], "\(path).symbols.foreign")),
      gaps: (json["notAnalysed"]?.array ?? []).map(Self.gap))
  }

  private static func gap(_ json: JSONValue) -> ReportGap {
    func text(_ name: String) -> String { json[name]?.string ?? "" }
    return ReportGap(
      kind: text("kind"), what: text("what"), file: text("file"),
      line: Int(clamping: max(0, json["line"]?.integer ?? 0)), why: text("why"))
  }

  private func operations(_ json: JSONValue, _ path: String) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for field in json["operations"]?.fields ?? [] { counts[field.name] = try count(field.value, path) }
    for (name, operation) in [("blocks", "unsafe.block"), ("impls", "unsafe.impl")] {
      if let value = json[name] { counts[operation] = try count(value, path) }
    }
    return counts.filter { $0.value > 0 }
  }

  private func count(_ value: JSONValue, _ path: String) throws -> Int {
    guard let count = value.integer, (0...Int64(Int32.max)).contains(count) else {
      throw failure("\(path).unsafe: expected counts, found \(value.kindName)")
    }
    return Int(count)
  }

  private func checkIdentifiers(_ crates: [ReportCrate]) throws {
    var seen: Set<String> = []
    for crate in crates where !seen.insert(crate.id).inserted { throw failure("two crates have the id \(crate.id)") }
  }

  /// For each name, version and target the first unit: evidence need not say more.
  private func unitsByName(_ crates: [ReportCrate]) -> [[String]: String] {
    Dictionary(crates.map { ([$0.name, $0.version, $0.target], $0.id) }) { first, _ in first }
  }

  private func evidence(
    _ json: JSONValue, _ path: String, _ units: [[String]: String]
  ) throws -> ReportEvidence {
    let steps = try array(json["steps"], "\(path).steps")
    let crate = try json["unit"]?.string ?? text(json, "crate", path)
    let described = [crate, json["version"]?.string ?? "", json["target"]?.string ?? "lib"]
    return ReportEvidence(
      unit: json["unit"] == nil ? units[described] ?? crate : crate, phase: try text(json, "phase", path),
      entry: try text(json, "entry", path), entryKind: json["entryKind"]?.string ?? "",
      capability: try text(json, "capability", path), authority: json["authority"]?.string ?? "",
      isCertain: json["certainty"]?.string == "certain", sink: try text(json, "sink", path), stepCount: steps.count,
      lastCrate: steps.last?["crate"]?.string ?? "")
  }

  private func risk(_ json: JSONValue, _ path: String, _ crates: [ReportCrate]) throws -> ReportRisk {
    let unit = json["unit"]?.string
    let script = unit.flatMap { id in crates.first { $0.id == id && $0.target == "build-script" } }
    return ReportRisk(
      rule: try text(json, "rule", path), crate: try script?.package ?? text(json, "crate", path),
      version: json["version"]?.string ?? "", phase: json["phase"]?.string ?? "run",
      entry: try text(json, "entry", path), why: try text(json, "why", path),
      possibilities: (json["paths"]?.array ?? []).map(Self.possibilities).max() ?? 1)
  }

  private static func possibilities(_ path: JSONValue) -> Int {
    RiskPath.possibilities(
      of: (path["steps"]?.array ?? []).map { Int(clamping: $0["candidates"]?.integer ?? 1) })
  }

  private static func step(_ json: JSONValue) -> ReportStep {
    func number(_ name: String) -> Int { Int(clamping: max(0, json[name]?.integer ?? 0)) }
    let function = json["function"]?.string ?? ""
    return ReportStep(
      function: function, instance: json["instance"]?.string ?? function, crate: json["crate"]?.string ?? "",
      file: json["file"]?.string ?? "", line: number("line"), column: number("column"),
      edge: json["edge"]?.string ?? "call", candidates: max(1, number("candidates")),
      isConstantFalse: json["constantFalse"]?.boolean ?? false)
  }
}
