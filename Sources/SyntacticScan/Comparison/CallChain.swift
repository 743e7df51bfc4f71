import RustDump

/// The tokens of an expression that begins at a place: a path or value, and what is called on it.
///
/// The compiler gives a call of a method the place where its receiver begins; scanners name the line of the method.
struct CallChain {
  /// The names of the path at the start.
  private(set) var path: [String] = []
  /// Whether the path is called, or passed on as a value.
  private(set) var isCalled = false
  /// Whether a macro makes the code: it is the call of one, stands within one or before it, or in an attribute that
  /// makes code.
  private(set) var isMacro = false
  /// The name of the macro that is called; empty if it is none.
  private(set) var macro = ""
  /// Methods and fields that follow, with the lines on which they stand.
  private(set) var members: [(name: String, line: Int)] = []
  /// The index of the first token.
  private(set) var start: Int
  /// The lines on which a scanner may see the expression: that of its start, and those of its members.
  private(set) var lines: [Int] = []

  /// A chain of more members is cut.
  private static let limit = 400

  init(_ source: SourceTokens, line: Int, column: Int) {
    start = source.index(atLine: line, column: column)
    var index = start
    while [Ascii.ampersand, Ascii.star, Ascii.bang, Ascii.minus].contains(where: { source.isMark(index, $0) })
      || source.isWord(index, "mut")
    { index += 1 }
    lines = Array(Set([line, source.line(index)])).sorted()
    if let attribute = Self.attribute(source, around: start) {
      // An attribute of the language makes no code: what stands behind it is meant.
      guard Self.builtIn.contains(source.text(attribute + 2)) else {
        isMacro = true
        return
      }
      start = Attributes(source, at: attribute, CfgSet(cfgs: [], features: [])).end
      index = start
    }
    index = readStart(source, index)
    readMembers(source, index)
  }

  private mutating func readStart(_ source: SourceTokens, _ start: Int) -> Int {
    guard source[start].kind == .word else { return source.afterGroup(start) }
    path = [source.text(start)]
    var index = start + 1
    while source[index].kind == .pathSeparator, path.count < 64 {
      if source[index + 1].kind == .word {
        path.append(source.text(index + 1))
        index += 2
      } else if source.isMark(index + 1, Ascii.less) {
        index = Self.behindAngles(source, index + 1)
      } else {
        break
      }
    }
    if source.isMark(index, Ascii.bang), !source.isMark(index + 1, Ascii.equals) {
      isMacro = true
      macro = path.last ?? ""
      return source.afterGroup(index + 1)
    }
    isCalled = source.isMark(index, Ascii.openParenthesis)
    return index
  }

  private mutating func readMembers(_ source: SourceTokens, _ start: Int) {
    var index = start
    while index < source.count, members.count < Self.limit {
      if source.isMark(index, Ascii.openParenthesis) || source.isMark(index, Ascii.openBracket) {
        index = source.afterGroup(index)
      } else if source.isMark(index, 0x3F) {
        index += 1
      } else if source.isMark(index, Ascii.dot), source[index + 1].kind == .word {
        members.append((source.text(index + 1), source.line(index + 1)))
        if !lines.contains(source.line(index + 1)) { lines.append(source.line(index + 1)) }
        index += 2
        if source[index].kind == .pathSeparator, source.isMark(index + 1, Ascii.less) {
          index = Self.behindAngles(source, index + 1)
        }
      } else if source.isMark(index, Ascii.dot), source[index + 1].kind == .other {
        index += 2
      } else {
        return
      }
    }
  }

  /// Whether the expression names a function.
  func names(_ function: String) -> Bool {
    path.last == function || members.contains { $0.name == function }
  }

  /// Adds a line on which a scanner may see what the place stands for.
  mutating func add(line: Int) {
    if !lines.contains(line) { lines.append(line) }
  }

  /// Looks for the macro that makes what the expression does not name.
  ///
  /// Code that a macro makes has the place of the nearest text before it: within the arguments of the macro, or in
  /// front of its call.
  mutating func findMacro(_ facts: SourceFacts) {
    guard !isMacro else { return }
    // Of code without text the function itself is told: it is somewhere in its body.
    let item = SyntacticItem(facts.source, at: start)
    let inside = item.what.hasPrefix("fn ") ? facts.macroCall(in: item.range) : nil
    if let open = inside ?? facts.macroCall(at: start, lines: 3) { take(facts.source, open) }
  }

  private mutating func take(_ source: SourceTokens, _ open: Int) {
    isMacro = true
    macro = source.text(open - 2)
    add(line: source.line(open - 2))
  }

  private static func behindAngles(_ source: SourceTokens, _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < source.count, index < start + 1000 {
      if source.isMark(index, Ascii.less) { depth += 1 }
      if source.isMark(index, Ascii.greater) { depth -= 1 }
      index = source.afterGroup(index)
      if depth <= 0 { return index }
    }
    return index
  }

  /// Attributes that make no code.
  private static let builtIn: Set<String> = [
    "inline", "cold", "must_use", "doc", "allow", "warn", "deny", "forbid", "expect", "cfg", "cfg_attr", "deprecated",
    "target_feature", "track_caller", "no_mangle", "export_name", "unsafe", "repr", "link", "link_name",
    "non_exhaustive",
    "rustfmt", "clippy", "automatically_derived",
  ]

  /// Where the attribute begins in which a token stands, a few tokens at most before it.
  private static func attribute(_ source: SourceTokens, around index: Int) -> Int? {
    for place in stride(from: index, through: max(0, index - 60), by: -1)
    where source.isMark(place, Ascii.hash) && source.isMark(place + 1, Ascii.openBracket) {
      return source.afterGroup(place + 1) > index ? place : nil
    }
    return nil
  }
}
