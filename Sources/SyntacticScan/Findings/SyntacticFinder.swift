import Capabilities
import RustDump

/// Finds by the text alone what Rust source may do: functions and types of std by their paths, through the `use` declarations of
/// the same file; foreign functions; `unsafe`, assembly, symbols.
///
/// Method calls have no types in the text: a method counts for each type of std that the text names and that has it. What
/// other crates' functions do is not known here.
public struct SyntacticFinder: Sendable {
  private let tables: CapabilityTables
  /// Of each type of std what its methods do, by their names.
  private let methods: [String: [String: SinkMember]]

  public init(_ tables: CapabilityTables) {
    self.tables = tables
    methods = tables.sinks.membersByType()
  }

  /// What a file may do.
  public func findings(in source: SourceTokens) -> [SyntacticFinding] { findings(in: source, 0..<source.count) }

  /// What some tokens of a file may do. Imports of the whole file count.
  public func findings(in source: SourceTokens, _ range: Range<Int>) -> [SyntacticFinding] {
    findings(in: source, [range], ImportTable(source))
  }

  func findings(in source: SourceTokens, _ ranges: [Range<Int>], _ imports: ImportTable) -> [SyntacticFinding] {
    var search = FindingSearch(source: source, imports: imports, tables: tables, methods: methods)
    for range in ranges { search.look(range) }
    return search.result()
  }
}

private struct FindingSearch {
  let source: SourceTokens
  let imports: ImportTable
  let tables: CapabilityTables
  let methods: [String: [String: SinkMember]]
  private var found: [SyntacticFinding] = []
  private var types: Set<String> = []
  /// The first line of each method that is called.
  private var called: [String: Int] = [:]

  init(
    source: SourceTokens, imports: ImportTable, tables: CapabilityTables, methods: [String: [String: SinkMember]]
  ) {
    self.source = source
    self.imports = imports
    self.tables = tables
    self.methods = methods
  }

  func result() -> [SyntacticFinding] {
    var all = found
    for type in types.sorted() {
      for (name, member) in (methods[type] ?? [:]).sorted(by: { $0.key < $1.key }) {
        guard let line = called[name] else { continue }
        all.append(
          SyntacticFinding(
            capabilities: member.capabilities, authority: member.authority, what: "\(type)::\(name)", line: line))
      }
    }
    var seen: Set<SyntacticFinding> = []
    return all.filter { seen.insert($0).inserted }.sorted { ($0.line, $0.what) < ($1.line, $1.what) }
  }

  mutating func look(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      if let end = imports.declarations[index] {
        lookAtImport(index..<end)
        index = end
      } else if source.isMark(index, Ascii.hash), source.isMark(index + 1, Ascii.openBracket) {
        lookAtAttribute(index + 2)
        index = source.afterGroup(index + 1)
      } else if source[index].kind == .word {
        index = lookAtWord(index, range.upperBound)
      } else {
        index += 1
      }
    }
  }

  private mutating func add(_ name: String, _ what: String, _ index: Int) {
    guard let capabilities = tables.taxonomy.members(of: name) else { return }
    found.append(
      SyntacticFinding(capabilities: capabilities, authority: .ambient, what: what, line: source.line(index)))
  }

  // MARK: Words

  private mutating func lookAtWord(_ index: Int, _ end: Int) -> Int {
    if source.isMark(index - 1, Ascii.dot) {
      if isCall(index + 1), called[source.text(index)] == nil { called[source.text(index)] = source.line(index) }
      return index + 1
    }
    if source.isWord(index, "unsafe") {
      let isImplementation = source.isWord(index + 1, "impl")
      add(isImplementation ? "unsafe.impl" : "unsafe.block", isImplementation ? "unsafe impl" : "unsafe", index)
      return index + 1
    }
    if source.isWord(index, "extern") { return lookAtForeignBlock(index) }
    if source.isMark(index + 1, Ascii.bang) { return lookAtMacro(index) }
    return lookAtPath(index, end)
  }

  private func isCall(_ index: Int) -> Bool {
    source.isMark(index, Ascii.openParenthesis)
      || source[index].kind == .pathSeparator && source.isMark(index + 1, Ascii.less)
  }

  /// Macros of std that do something themselves.
  private mutating func lookAtMacro(_ index: Int) -> Int {
    switch source.text(index) {
    case "asm", "global_asm", "naked_asm": add("asm", source.text(index) + "!", index)
    case "print", "println": classify(["std", "io", "_print"], index)
    case "eprint", "eprintln", "dbg": classify(["std", "io", "_eprint"], index)
    default: break
    }
    return index + 2
  }

  /// `extern "C" { fn name(..); }`: what is declared may be called.
  private mutating func lookAtForeignBlock(_ index: Int) -> Int {
    let open = source[index + 1].kind == .string ? index + 2 : index + 1
    guard source.isMark(open, Ascii.openBrace) else { return index + 1 }
    add("ffi", "extern block", index)
    let end = source.afterGroup(open)
    var linkName: String?
    for place in (open + 1)..<max(open + 1, end - 1) {
      if source.isWord(place, "link_name"), source[place + 2].kind == .string { linkName = source.string(place + 2) }
      guard source.isWord(place, "fn") || source.isWord(place, "static"), source[place + 1].kind == .word else {
        continue
      }
      lookAtForeign(linkName ?? source.text(place + 1), place + 1)
      linkName = nil
    }
    return end
  }

  private mutating func lookAtForeign(_ symbol: String, _ index: Int) {
    let (capabilities, authority) = tables.foreignSymbols.capabilities(ofCall: symbol)
    found.append(
      SyntacticFinding(capabilities: capabilities, authority: authority, what: symbol, line: source.line(index)))
  }

  private mutating func lookAtAttribute(_ index: Int) {
    let name = source.isWord(index, "unsafe") ? index + 2 : index
    switch source.text(name) {
    case "no_mangle", "export_name": add("symbol.define", source.text(name), index)
    case "link": add("link", "#[link]", index)
    default: break
    }
  }

  // MARK: Paths

  /// A type that is only imported may still be what methods are called on.
  private mutating func lookAtImport(_ range: Range<Int>) {
    for index in range where source[index].kind == .word && source[index + 1].kind != .pathSeparator {
      for meaning in imports.meanings(of: [source.text(index)], at: index) { note(type: meaning) }
    }
  }

  private mutating func lookAtPath(_ start: Int, _ end: Int) -> Int {
    var path = [source.text(start)]
    var index = start + 1
    while index + 1 < end, source[index].kind == .pathSeparator {
      if source.isMark(index + 1, Ascii.less) {
        index = afterAngles(index + 1, end)
      } else if source[index + 1].kind == .word {
        if path.count <= ImportTable.longestPath { path.append(source.text(index + 1)) }
        index += 2
      } else {
        break
      }
    }
    // The macro of a path: its last name says which.
    if source.isMark(index, Ascii.bang), path.count > 1 { return index - 1 }
    let isCalled = source.isMark(index, Ascii.openParenthesis)
    for meaning in imports.meanings(of: path, at: start) { classify(meaning, start, isCalled: isCalled) }
    return index
  }

  /// The index behind `<..>`.
  private func afterAngles(_ start: Int, _ end: Int) -> Int {
    var depth = 0
    var index = start
    while index < end {
      if source.isMark(index, Ascii.less) { depth += 1 }
      if source.isMark(index, Ascii.greater) { depth -= 1 }
      index = source.afterGroup(index)
      if depth <= 0 { return index }
    }
    return end
  }

  private mutating func note(type path: [String]) {
    let name = path.joined(separator: "::")
    if methods[name] != nil { types.insert(name) }
  }

  private mutating func classify(_ path: [String], _ index: Int, isCalled: Bool = true) {
    guard path.first == "std" else {
      // Such crates are full of types and constants: what is neither called nor known is taken for one.
      if let root = path.first, path.count > 1, FindingSearch.declaresForeign(root), let symbol = path.last,
        isCalled || tables.foreignSymbols.classify(symbol) != .unclassified
      {
        lookAtForeign(symbol, index)
      }
      return
    }
    note(type: path)
    note(type: Array(path.dropLast()))
    let name = path.joined(separator: "::")
    guard case .capabilities(let capabilities, let authority) = tables.sinks.classify(name) else { return }
    found.append(
      SyntacticFinding(capabilities: capabilities, authority: authority, what: name, line: source.line(index)))
  }

  /// Crates that declare the functions of a system or of a C library: by convention their names end in `_sys`.
  private static func declaresForeign(_ crate: String) -> Bool {
    crate.hasSuffix("_sys")
      || ["libc", "winapi", "windows", "kernel32", "user32", "advapi32", "ws2_32"].contains(crate)
  }
}
