import Capabilities
import RustDump

/// One look through the tokens of a file.
struct FindingSearch {
  let source: SourceTokens
  let imports: ImportTable
  let tables: CapabilityTables
  let methods: [String: [String: SinkMember]]
  let modules: ScanModules
  let declared: [String: String]
  /// The function that each token stands in, where methods need a type in their context.
  var functions: FunctionTokens?
  private var found: [SyntacticFinding] = []
  /// The functions in which each type is named; `FunctionTokens.none` for what stands outside.
  private var types: [String: Set<Int32>] = [:]
  /// Where each method is called.
  private var called: [String: [Int]] = [:]

  init(
    source: SourceTokens, imports: ImportTable, tables: CapabilityTables,
    methods: [String: [String: SinkMember]], modules: ScanModules, declared: [String: String]
  ) {
    self.source = source
    self.imports = imports
    self.tables = tables
    self.methods = methods
    self.modules = modules
    self.declared = declared
  }

  func result() -> [SyntacticFinding] {
    var all = found
    for (type, places) in types.sorted(by: { $0.key < $1.key }) {
      for (name, member) in (methods[type] ?? [:]).sorted(by: { $0.key < $1.key }) {
        for index in called[name] ?? [] where isNamed(places, at: index) {
          all.append(
            finding(member.capabilities, member.authority, "\(type)::\(name)", index, match: .method))
        }
      }
    }
    var seen: Set<SyntacticFinding> = []
    return all.filter { seen.insert($0).inserted }.sorted {
      ($0.line, $0.what, $0.column) < ($1.line, $1.what, $1.column)
    }
  }

  /// Whether a type that is named in some functions is so in the context of a token.
  private func isNamed(_ places: Set<Int32>, at index: Int) -> Bool {
    guard let functions else { return true }
    return places.contains(FunctionTokens.none) || places.contains(functions.function(at: index))
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
      } else if source.isMark(index, Ascii.hash), source.isMark(index + 1, Ascii.bang),
        source.isMark(index + 2, Ascii.openBracket)
      {
        index = source.afterGroup(index + 2)
      } else if source[index].kind == .word {
        index = lookAtWord(index, range.upperBound)
      } else {
        index += 1
      }
    }
  }

  /// What a word stands for.
  private mutating func add(_ name: String, _ what: String, _ index: Int, isAnyOf: Bool = false) {
    guard let capabilities = tables.taxonomy.members(of: name) else { return }
    found.append(finding(capabilities, .ambient, what, index, match: .word, isAnyOf: isAnyOf))
  }

  private func finding(
    _ capabilities: CapabilitySet, _ authority: Authority, _ what: String, _ index: Int, match: SyntacticMatch,
    isAnyOf: Bool = false
  ) -> SyntacticFinding {
    SyntacticFinding(
      capabilities: capabilities, authority: authority, what: what, line: source.line(index),
      column: source.column(index), match: match, isAnyOf: isAnyOf)
  }

  // MARK: Words

  private mutating func lookAtWord(_ index: Int, _ end: Int) -> Int {
    if source.isMark(index - 1, Ascii.dot) {
      if isCall(index + 1) { called[source.text(index), default: []].append(index) }
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
      lookAtForeign(linkName ?? source.text(place + 1), place + 1, .declaration)
      linkName = nil
    }
    return end
  }

  private mutating func lookAtForeign(_ symbol: String, _ index: Int, _ match: SyntacticMatch) {
    var (capabilities, authority) = tables.foreignSymbols.capabilities(ofCall: symbol)
    // What a number decides can be any of it, and nothing in particular.
    let isUnknown = capabilities.contains(tables.taxonomy.unknown)
    if isUnknown { capabilities = capabilities.subtracting(CapabilitySet(tables.taxonomy.unknown)) }
    found.append(finding(capabilities, authority, symbol, index, match: match, isAnyOf: isUnknown))
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
      if functions == nil {
        for meaning in imports.meanings(of: [source.text(index)], at: index) { note(type: meaning, index) }
      }
      if let meaning = imports.namedMeaning(of: [source.text(index)], at: index) {
        lookAtModule(meaning, index, isCalled: false)
      }
    }
  }

  /// A name below a module that touches the system, which no table knows to do something.
  private mutating func lookAtModule(_ path: [String], _ index: Int, isCalled: Bool) {
    guard let (entry, length) = modules.entry(of: path) else { return }
    // A module cannot be called: what has its name is the crate's own.
    guard !isCalled || path.count > length else { return }
    let match: SyntacticMatch = !isCalled ? .name : entry.isWrapper ? .wrapper : .call
    found.append(
      finding(entry.capabilities, .ambient, path.joined(separator: "::"), index, match: match, isAnyOf: true))
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
    let named = imports.namedMeaning(of: path, at: start)
    var isKnown = false
    for meaning in imports.meanings(of: path, at: start) {
      // A glob may bring the name, and may not: only what a table knows is taken for it.
      if classify(meaning, start, isCalled: isCalled && meaning == named) { isKnown = true }
    }
    if !isKnown, let named { lookAtModule(named, start, isCalled: isCalled) }
    if isCalled, let last = path.last, let symbol = declared[last], imports.mayBeOwn(path, at: start),
      !source.isWord(start - 1, "fn")
    {
      lookAtForeign(symbol, start, .foreign)
    }
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

  private mutating func note(type path: [String], _ index: Int) {
    let name = path.joined(separator: "::")
    guard methods[name] != nil else { return }
    types[name, default: []].insert(functions?.function(at: index) ?? FunctionTokens.none)
  }

  /// Whether the tables know what a path does.
  @discardableResult
  private mutating func classify(_ path: [String], _ index: Int, isCalled: Bool = true) -> Bool {
    guard path.first == "std" else {
      // Such crates are full of types and constants: what is neither called nor known is taken for one.
      guard let root = path.first, path.count > 1, FindingSearch.declaresForeign(root), let symbol = path.last,
        isCalled || tables.foreignSymbols.classify(symbol) != .unclassified
      else { return false }
      lookAtForeign(symbol, index, isCalled ? .foreign : .name)
      return true
    }
    note(type: path, index)
    note(type: Array(path.dropLast()), index)
    let name = path.joined(separator: "::")
    guard case .capabilities(let capabilities, let authority) = tables.sinks.classify(name) else { return false }
    found.append(finding(capabilities, authority, name, index, match: .function))
    return true
  }

  /// Crates that declare the functions of a system or of a C library: by convention their names end in `_sys`.
  private static func declaresForeign(_ crate: String) -> Bool {
    crate.hasSuffix("_sys")
      || ["libc", "winapi", "windows", "kernel32", "user32", "advapi32", "ws2_32"].contains(crate)
  }
}
