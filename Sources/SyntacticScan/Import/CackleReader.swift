import Project
import RustDump

/// Reads what `cargo acl summary` of cackle prints: the permissions of each package, without places; as text or as
/// JSON.
///
/// Of the text the section `Permissions by package` is read, or all of it if there are no sections.
struct CackleReader {
  private let categories: ScannerCategories
  private static let buildSuffix = "[build]"

  init(_ categories: ScannerCategories) { self.categories = categories }

  /// Whether a text looks like a summary: sections, or nothing but `package: permissions` in its first lines.
  static func isSummary(_ text: [UInt8]) -> Bool {
    if text.starts(with: Array("=== ".utf8)) { return true }
    let lines = text.split(separator: Ascii.newline, maxSplits: 20).prefix(20)
    return !lines.isEmpty && lines.allSatisfy { isPackageLine($0) }
  }

  /// A package's name, a colon, and the end or a blank.
  private static func isPackageLine(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: Ascii.colon), colon > line.startIndex else { return false }
    let isName = line[..<colon].allSatisfy { byte in
      byte.isLetterOrDigit || [Ascii.minus, 0x5F, 0x2E, 0x5B, 0x5D].contains(byte)
    }
    let next = line.index(after: colon)
    return isName && (next == line.endIndex || line[next] == 0x20 || line[next] == 0x0D)
  }

  func read(_ text: [UInt8], name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "cackle", form: "cackle's summary")
    var isWanted = !text.starts(with: Array("=== ".utf8))
    for (index, line) in text.split(separator: Ascii.newline, omittingEmptySubsequences: false).enumerated() {
      var line = line
      if line.last == 0x0D { line = line.dropLast() }
      if line.starts(with: Array("=== ".utf8)) {
        isWanted = line.elementsEqual(Array("=== Permissions by package ===".utf8))
        continue
      }
      guard isWanted, !line.isEmpty else { continue }
      guard CackleReader.isPackageLine(line), let colon = line.firstIndex(of: Ascii.colon) else {
        throw Failure("a line of the summary is: package, colon, permissions", file: name, line: index + 1)
      }
      let package = String(decoding: line[..<colon], as: UTF8.self)
      for part in line[line.index(after: colon)...].split(separator: Ascii.comma) {
        add(String(decoding: part, as: UTF8.self).trimmed, package, to: &report)
      }
    }
    return report
  }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "cackle", form: "cackle's summary in JSON")
    let place = JSONPlace(file: name, path: "$.permissions_by_package")
    guard let packages = json["permissions_by_package"]?.fields else {
      throw JSONPlace(file: name, path: "$").expected(
        "an object", json["permissions_by_package"], "permissions_by_package")
    }
    for package in packages {
      guard let list = package.value.array else { throw place.expected("an array", package.value, package.name) }
      for permission in list {
        guard let word = permission.string else { throw place.expected("a string", permission, package.name + "[]") }
        add(word, package.name, to: &report)
      }
    }
    return report
  }

  private func add(_ permission: String, _ package: String, to report: inout ScannerReport) {
    guard !permission.isEmpty else { return }
    let isBuild = permission.hasSuffix(CackleReader.buildSuffix)
    let word = isBuild ? String(permission.dropLast(CackleReader.buildSuffix.utf8.count)) : permission
    report.add(word, categories, tool: "cackle") {
      $0.package = package
      $0.phase = isBuild ? .buildScript : .run
    }
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
