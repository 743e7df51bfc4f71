import Capabilities
import Project
import RustDump

/// What the text of one file says of its lines.
final class SourceFacts {
  let source: SourceTokens
  let imports: ImportTable
  /// The lines of definitions of macros, with their names.
  private(set) var macros: [(name: String, lines: ClosedRange<Int>)] = []
  /// Code that is compiled with tests only.
  private(set) var tests: [ClosedRange<Int>] = []
  /// Lines on which something stands that is neither comment nor string.
  private var codeLines: Set<Int> = []
  /// The arguments of all calls of macros: where they open and close, in the order of the text.
  private var calls: [Range<Int>] = []
  /// The lines from the word `unsafe` to the end of what it stands in front of, in the order of their starts.
  private var unsafeLines: [ClosedRange<Int>] = []

  init(_ source: SourceTokens) {
    self.source = source
    imports = ImportTable(source)
    var behind = 0
    for index in 0..<source.count {
      if source[index].kind != .string { codeLines.insert(source.line(index)) }
      if source.isWord(index, "unsafe") { addUnsafe(index) }
      if source.isMark(index, Ascii.bang), source[index - 1].kind == .word, Self.opens(source, index + 1) {
        calls.append((index + 1)..<max(index + 2, source.afterGroup(index + 1)))
      }
      guard index >= behind, source.isWord(index, "macro_rules"), source.isMark(index + 1, Ascii.bang) else { continue }
      behind = source.afterGroup(index + 3)
      macros.append((source.text(index + 2), Self.lines(source, index..<max(index + 1, behind))))
    }
    tests = TestCode(source).ranges.filter { !$0.isEmpty }.map { Self.lines(source, $0) }
  }

  private static func opens(_ source: SourceTokens, _ index: Int) -> Bool {
    [Ascii.openParenthesis, Ascii.openBrace, Ascii.openBracket].contains { source.isMark(index, $0) }
  }

  /// The call of a macro in whose arguments a token stands, the innermost; else the nearest before it on its line; else
  /// the first that follows within some lines; else one that ends on the line before: where its arguments open.
  func macroCall(at index: Int, lines: Int) -> Int? {
    if let around = calls.last(where: { $0.lowerBound < index && index < $0.upperBound }) { return around.lowerBound }
    let line = source.line(index)
    if let before = calls.last(where: { $0.lowerBound < index }), source.line(before.upperBound - 1) == line {
      return before.lowerBound
    }
    let last = line + lines
    if let after = calls.first(where: { $0.lowerBound >= index && source.line($0.lowerBound) <= last }) {
      return after.lowerBound
    }
    let before = calls.last { $0.lowerBound < index }
    return before.flatMap { source.line($0.upperBound - 1) == line - 1 ? $0.lowerBound : nil }
  }

  private func addUnsafe(_ index: Int) {
    var end = index + 1
    while end < min(index + 200, source.count), !source.isMark(end, Ascii.openBrace),
      !source.isMark(end, Ascii.semicolon)
    {
      end = source.afterGroup(end)
    }
    let behind = source.isMark(end, Ascii.openBrace) ? source.afterGroup(end) : end + 1
    unsafeLines.append(Self.lines(source, index..<max(index + 1, min(behind, source.count))))
  }

  /// The first call of a macro in some tokens: where its arguments open.
  func macroCall(in range: Range<Int>) -> Int? { calls.first { range.contains($0.lowerBound) }?.lowerBound }

  /// The first line from one on, not many lines later, on which the word `unsafe` stands.
  func unsafeLine(from line: Int) -> Int? {
    unsafeLines.first { $0.lowerBound >= line && $0.lowerBound <= line + 40 }?.lowerBound
  }

  /// Whether something that the text calls unsafe reaches from before a line to a line behind it.
  func hasUnsafe(before line: Int, from start: Int) -> Bool {
    unsafeLines.contains { $0.lowerBound < start && $0.upperBound >= start && $0.lowerBound < line }
  }

  /// Whether a line lies in something that the text calls unsafe.
  func hasUnsafe(around line: Int) -> Bool { unsafeLines.contains { $0.contains(line) } }

  static func lines(_ source: SourceTokens, _ range: Range<Int>) -> ClosedRange<Int> {
    let first = source.line(range.lowerBound)
    return first...max(first, source.line(min(range.upperBound, source.count) - 1))
  }

  /// Whether nothing but comments and strings stands on a line.
  func isWithoutCode(_ line: Int) -> Bool { !codeLines.contains(line) }

  func macro(at line: Int) -> String? { macros.first { $0.lines.contains(line) }?.name }
}

/// The facts of all files, read when they are asked for.
final class SourceShelf {
  private let catalogue: SourceCatalogue
  private let units: [Unit]
  private var facts: [Int: SourceFacts?] = [:]
  private var leftOut: [Int: [(lines: ClosedRange<Int>, condition: String)]] = [:]
  private var macros: [Int: [String: CfgPredicate]] = [:]

  init(_ catalogue: SourceCatalogue, units: [Unit]) {
    self.catalogue = catalogue
    self.units = units
  }

  /// A file's facts; `nil` if it is not at hand or too large.
  func facts(of file: Int) -> SourceFacts? {
    if let known = facts[file] { return known }
    let bytes = FileSystem.contents(of: catalogue.files[file].path, limit: PackageFiles.sizeLimit)
    let made = bytes.map { SourceFacts(SourceTokens($0)) }
    facts[file] = .some(made)
    return made
  }

  /// The condition that leaves a line out of every unit that reads the file; `nil` if one of them compiles it.
  func conditionLeavingOut(_ line: Int, of file: Int) -> String? {
    let readers = catalogue.files[file].units.filter { !units[$0].cfgs.isEmpty }
    guard !readers.isEmpty else { return nil }
    var condition: String?
    for unit in readers {
      guard let found = parts(of: file, leftOutOf: unit).first(where: { $0.lines.contains(line) }) else { return nil }
      condition = condition ?? found.condition
    }
    return condition
  }

  private func parts(of file: Int, leftOutOf unit: Int) -> [(lines: ClosedRange<Int>, condition: String)] {
    let key = file * units.count + unit
    if let known = leftOut[key] { return known }
    guard let facts = facts(of: file) else { return [] }
    var cfgs = units[unit].cfgs
    if units[unit].target == .procMacro { cfgs.append("proc_macro") }
    let outline = OutlineReader(
      facts.source, cfgs: CfgSet(cfgs: cfgs, features: units[unit].features), macros: conditionalMacros(of: unit))
    let parts = outline.leftOut.filter { !$0.item.range.isEmpty }.map { left in
      (SourceFacts.lines(facts.source, left.item.range), left.condition.text)
    }
    leftOut[key] = parts
    return parts
  }

  /// Macros of a unit that put a condition in front of what they are given.
  private func conditionalMacros(of unit: Int) -> [String: CfgPredicate] {
    if let known = macros[unit] { return known }
    var found: [String: CfgPredicate] = [:]
    for (index, file) in catalogue.files.enumerated() where file.units.contains(unit) {
      if let facts = facts(of: index) { ConditionalMacros.add(facts.source, to: &found) }
    }
    macros[unit] = found
    return found
  }
}
