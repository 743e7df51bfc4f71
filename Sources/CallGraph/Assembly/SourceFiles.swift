import CrateFacts
import Project
import RustDump

/// Paths of source files as reports print them: relative to the workspace for its members, else `<package>-<version>/..`.
struct SourceFiles {
  private(set) var names: [String] = [""]
  private var numbers: [String: UInt32] = [:]
  private var known: [UInt64: UInt32] = [:]
  private let units: [Unit]
  private let workspaces: [String]

  init(_ units: [Unit]) {
    self.units = units
    let folders = Set(units.filter { $0.isWorkspaceMember && !$0.workingDirectory.isEmpty }.map(\.workingDirectory))
    workspaces = folders.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  /// The position of a site, or of no place.
  mutating func position(ofSite site: UInt32, _ unit: Int, _ program: Program) -> SourcePosition {
    guard site != SiteReference.none else { return SourcePosition() }
    let record = program.units[unit].facts.bodies.sites[Int(site)]
    return SourcePosition(file: file(record.file, unit, program), line: record.line, column: record.column)
  }

  /// The position of a body: its first line.
  mutating func position(ofBody body: UInt32, _ program: Program) -> SourcePosition {
    let record = program.body(body)
    return SourcePosition(
      file: file(record.file, program.unit(ofBody: body), program), line: record.line, column: record.line == 0 ? 0 : 1)
  }

  /// The number of a file that a unit names.
  mutating func file(_ local: UInt32, _ unit: Int, _ program: Program) -> UInt32 {
    guard local != 0 else { return 0 }
    let key = UInt64(unit) << 32 | UInt64(local)
    if let number = known[key] { return number }
    let text = program.units[unit].facts.store.names.string(NameID(local))
    // std's sources go by `library/CRATE/..`, as they do in dumps.
    let number = number(of: unit < units.count ? display(text, units[unit]) : text)
    known[key] = number
    return number
  }

  private mutating func number(of name: String) -> UInt32 {
    if let number = numbers[name] { return number }
    let number = UInt32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  private func display(_ path: String, _ unit: Unit) -> String {
    if path.hasPrefix("/rustc/") {
      return path.range(ofText: "/library/").map { "library/" + path[$0...] } ?? path
    }
    if unit.isWorkspaceMember {
      guard path.hasPrefix("/") else { return path }
      for workspace in workspaces where path.hasPrefix(workspace + "/") {
        return String(path.dropFirst(workspace.count + 1))
      }
    }
    let package = "\(unit.package)-\(unit.version)"
    for (folder, label) in [(unit.outputDirectory, package + "/out"), (unit.manifestDirectory, package)]
    where !folder.isEmpty && path.hasPrefix(folder + "/") {
      return label + "/" + path.dropFirst(folder.count + 1)
    }
    return path.hasPrefix("/") ? path : package + "/" + path
  }
}

extension String {
  /// The index behind the first occurrence of a text.
  fileprivate func range(ofText text: String) -> String.Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
