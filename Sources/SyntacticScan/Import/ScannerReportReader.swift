import Capabilities
import Project
import RustDump

/// Reads what other scanners print; the form is known by its content.
///
/// cargo-geiger's JSON, cargo-scan's CSV, capsec's JSON and SARIF, cackle's summary (text and JSON), Capslock's JSON,
/// mircap's own scan, any SARIF 2.1.0, any CSV with columns for file, line and capability.
public struct ScannerReportReader: Sendable {
  let categories: ScannerCategories
  let taxonomy: Taxonomy
  /// Larger reports are refused.
  static let sizeLimit = 64 << 20

  public init(_ categories: ScannerCategories, taxonomy: Taxonomy) {
    self.categories = categories
    self.taxonomy = taxonomy
  }

  /// Reads a file.
  ///
  /// - Throws: a `Failure` that names the file and, where it is known, the line.
  public func read(file path: String) throws -> ScannerReport {
    let file = try MappedFile(path: path)
    guard file.count <= ScannerReportReader.sizeLimit else {
      throw Failure("too large: at most \(ScannerReportReader.sizeLimit) bytes are read", file: path)
    }
    return try read(file.withBytes { Array($0) }, name: path)
  }

  /// Reads a text.
  ///
  /// - Parameter name: the file to name in errors.
  /// - Throws: a `Failure` for a text that is none of these forms, or damaged.
  public func read(_ bytes: [UInt8], name: String) throws -> ScannerReport {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard let first else { throw unknownForm(name, "it is empty") }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      var reader = JSONReader()
      reader.maximumSize = ScannerReportReader.sizeLimit
      return try read(text.withUnsafeBytes { bytes throws(Failure) in try reader.read(bytes, name: name) }, name: name)
    }
    guard String(validating: text, as: UTF8.self) != nil else { throw Failure("not UTF-8", file: name) }
    if CackleReader.isSummary(text) { return try CackleReader(categories).read(text, name: name) }
    return try FindingsTable(categories).read(text, name: name)
  }

  private func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    if json["schema"]?.string == "mircap-scan/1" { return try MircapScanReader(taxonomy).read(json, name: name) }
    if json["runs"] != nil { return try SarifReader(categories).read(json, name: name) }
    if json["capabilityInfo"] != nil { return try CapslockReader(categories).read(json, name: name) }
    if json["permissions_by_package"] != nil { return try CackleReader(categories).read(json, name: name) }
    if json["crates"] != nil, json["summary"] != nil { return try CapsecReader(categories).read(json, name: name) }
    if json["packages"]?.array != nil { return try GeigerReader(categories).read(json, name: name) }
    throw unknownForm(name, "its fields are of none of them")
  }

  private func unknownForm(_ name: String, _ why: String) -> Failure {
    Failure(
      "no scanner's report that is known: \(why)", file: name,
      advice:
        "known are cargo-geiger JSON, cargo-scan CSV, capsec JSON, cackle's summary, Capslock JSON, mircap scan JSON,"
        + " SARIF, and CSV with columns for file, line and capability (docs/comparison.md)")
  }
}

/// A place in a JSON text, for errors.
struct JSONPlace {
  var file: String
  var path: String

  /// An array of a field.
  ///
  /// - Throws: a `Failure` if there is no such array.
  func array(_ json: JSONValue, _ name: String) throws -> [JSONValue] {
    guard let found = json[name]?.array else { throw expected("an array", json[name], name) }
    return found
  }

  /// A text of a field.
  ///
  /// - Throws: a `Failure` if there is no such text.
  func string(_ json: JSONValue, _ name: String) throws -> String {
    guard let found = json[name]?.string else { throw expected("a string", json[name], name) }
    return found
  }

  func expected(_ what: String, _ found: JSONValue?, _ name: String) -> Failure {
    Failure("\(path).\(name): expected \(what), found \(found?.kindName ?? "nothing")", file: file)
  }

  /// A line number, which some tools write as text; 0 if there is none.
  static func line(_ json: JSONValue?) -> Int {
    let value = json?.integer ?? json?.string.flatMap { Int64($0) } ?? 0
    return (0...Int64(Int32.max)).contains(value) ? Int(value) : 0
  }
}
