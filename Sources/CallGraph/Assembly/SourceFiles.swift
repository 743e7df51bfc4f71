import CrateFacts
import Project
import RustDump

/// Numbers the source files of a graph by the names that reports print.
struct SourceFiles {
  private(set) var names: [String] = [""]
  private var numbers: [String: UInt32] = [:]
  private var known = WordMap<UInt64, UInt32>()
  /// The last answer: places that follow each other are mostly of one file.
  private var last: (key: UInt64, number: UInt32) = (0, 0)
  private let units: [Unit]
  private let sourceNames: SourceNames

  init(_ units: [Unit]) {
    self.units = units
    sourceNames = SourceNames(units)
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
    if key == last.key { return last.number }
    let number = find(key, local, unit, program)
    last = (key, number)
    return number
  }

  private mutating func find(_ key: UInt64, _ local: UInt32, _ unit: Int, _ program: Program) -> UInt32 {
    if let number = known[key] { return number }
    let text = program.units[unit].facts.store.names.string(NameID(local))
    // std's sources go by `library/CRATE/..`, as they do in dumps.
    let number = number(of: unit < units.count ? sourceNames.name(of: text, in: units[unit]) : text)
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
}
