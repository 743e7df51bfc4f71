import CallGraph
import Capabilities
import Project

/// A name and a value; names may occur several times.
struct CycloneDXProperty: Hashable {
  var name: String
  var value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A package as a component: what its units have between them.
struct CycloneDXComponent {
  /// Its `bom-ref`: the package URL, with a number where two packages have one name and version.
  var reference: String
  var name: String
  var version: String
  /// `library`, or `application` for a package of binaries alone.
  var type: String
  var packageURL: String
  /// The SHA-256 of the package's file, from the lock file; empty if unknown.
  var checksum: String
  var isWorkspaceMember: Bool
  /// References of what it is built against, sorted.
  var dependencies: [String] = []
  var properties: [CycloneDXProperty] = []

  private struct Key: Hashable {
    var name: String
    var version: String
  }

  /// The packages of all units, in the order of the report.
  static func all(_ result: AnalysisResult, context: ReportContext, build: BuildDescription?) -> [CycloneDXComponent] {
    var order: [Key] = []
    var units: [Key: [Int]] = [:]
    for unit in result.unitOrder {
      let key = Key(name: result.units[unit].package, version: result.units[unit].version)
      if units[key] == nil { order.append(key) }
      units[key, default: []].append(unit)
    }
    var referenceOfUnit: [String: String] = [:]
    for key in order {
      for unit in units[key] ?? [] { referenceOfUnit[result.units[unit].id] = packageURL(key.name, key.version) }
    }
    return order.map { key in
      component(key, units[key] ?? [], result, context, build, referenceOfUnit)
    }
  }

  private static func component(
    _ key: Key, _ units: [Int], _ result: AnalysisResult, _ context: ReportContext, _ build: BuildDescription?,
    _ referenceOfUnit: [String: String]
  ) -> CycloneDXComponent {
    let url = packageURL(key.name, key.version)
    let isApplication =
      units.contains { result.units[$0].target == "bin" }
      && !units.contains { ["lib", "proc-macro"].contains(result.units[$0].target) }
    let package = build?.packages.first { $0.name == key.name && $0.version == key.version }
    let checksum = package?.checksum ?? ""
    var component = CycloneDXComponent(
      reference: url, name: key.name, version: key.version, type: isApplication ? "application" : "library",
      packageURL: url, checksum: isSHA256(checksum) ? checksum : "",
      isWorkspaceMember: units.contains { result.units[$0].isWorkspaceMember })
    let needed = units.flatMap { result.units[$0].dependencies }.compactMap { referenceOfUnit[$0] }
    component.dependencies = Set(needed).subtracting([url]).sorted()
    var seen: Set<CycloneDXProperty> = []
    component.properties = units.flatMap { properties(of: $0, result, context) }.filter { seen.insert($0).inserted }
    if component.isWorkspaceMember { component.properties.append(CycloneDXProperty("mircap:workspace-member", "true")) }
    return component
  }

  /// What one unit adds to its package.
  private static func properties(
    of unit: Int, _ result: AnalysisResult, _ context: ReportContext
  ) -> [CycloneDXProperty] {
    let summary = result.unitResults[unit]
    let taxonomy = result.taxonomy
    var properties: [CycloneDXProperty] = []
    func add(_ name: String, _ set: CapabilitySet) {
      properties += taxonomy.orderedNames(set).map { CycloneDXProperty(name, $0) }
    }
    let paths = PathLine(result: result, style: TextStyle())
    for phase in Set(result.units[unit].runsIn).sorted() {
      add("mircap:capability:\(phase)", summary.direct)
      add("mircap:capability:\(phase):through-others", summary.transitive.subtracting(summary.direct))
      for group in BestEvidence.perCapability(result, unit: unit, ambientOnly: context.ambientOnly)
      where summary.direct.contains(group.best.capability) {
        let steps = result.steps(of: group.best)
        let names = steps.map { paths.name($0.node) } + [result.sink(of: group.best.path).label]
        let place = steps.last.map(paths.position) ?? ""
        properties.append(
          CycloneDXProperty(
            "mircap:evidence:\(phase):\(taxonomy.name(group.best.capability))",
            TextStyle.harmless(names.joined(separator: " → ") + (place.isEmpty ? "" : " " + place))))
      }
    }
    add("mircap:contained", summary.contained.subtracting(summary.direct))
    let library = result.graph.units[unit]
    if library.unsafeBlocks > 0 {
      properties.append(
        CycloneDXProperty("mircap:unsafe-blocks:\(result.units[unit].target)", "\(library.unsafeBlocks)"))
    }
    properties += Set(library.linkedLibraries).sorted().map {
      CycloneDXProperty("mircap:links", TextStyle.harmless($0))
    }
    if !summary.isComplete { properties.append(CycloneDXProperty("mircap:complete", "false")) }
    return properties
  }

  /// A package URL as https://github.com/package-url/purl-spec has it: what is no letter, digit, `.`, `-`, `_` or `~` is
  /// written as a percent sign and its number.
  static func packageURL(_ name: String, _ version: String) -> String {
    func encoded(_ text: String) -> String {
      text.utf8.map { byte -> String in
        let scalar = Unicode.Scalar(byte)
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        if isPlain || ".-_~".unicodeScalars.contains(scalar) { return String(scalar) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" : "") + digits
      }.joined()
    }
    return "pkg:cargo/\(encoded(name))@\(encoded(version))"
  }

  private static func isSHA256(_ text: String) -> Bool {
    text.utf8.count == 64 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }
}

extension CycloneDXComponent {
  func write(to json: inout JSONStream) {
    json.beginObject()
    json.field("type", type)
    json.field("bom-ref", reference)
    json.field("name", name)
    json.field("version", version)
    json.field("purl", packageURL)
    if !checksum.isEmpty {
      json.key("hashes")
      json.beginArray()
      json.beginObject()
      json.field("alg", "SHA-256")
      json.field("content", checksum)
      json.endObject()
      json.endArray()
    }
    Self.write(properties, to: &json)
    json.endObject()
  }

  static func write(_ properties: [CycloneDXProperty], to json: inout JSONStream) {
    if properties.isEmpty { return }
    json.key("properties")
    json.beginArray()
    for property in properties {
      json.beginObject()
      json.field("name", property.name)
      json.field("value", property.value)
      json.endObject()
    }
    json.endArray()
  }
}
