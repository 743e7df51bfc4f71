/// Statements and terminators: the lines at column 8 of a block.
extension MirReader {
  /// Reads the statement or terminator on the line at hand.
  @inline(__always)
  mutating func readStatementLine() {
    body.statementLine = lineStart
    body.statementLineEnd = lineEnd
    body.calleeSite = -1
    body.constantsScanned = false
    body.reifies = false
    let start = lineStart + 8
    switch text[start] {
    case 0x53 where text.matches("Storage", at: start): return
    case Ascii.underscore, Ascii.openParenthesis: readAssignment(start)
    default: readOtherStatement(start)
    }
  }

  /// Statements that begin with a word.
  private mutating func readOtherStatement(_ start: Int) {
    switch text[start] {
    case 0x67 where text.matches("goto ", at: start): return
    case 0x72 where text.matches("return;", at: start): body.returnLine = lineStart
    case 0x72 where text.matches("resume;", at: start): return
    case 0x64 where text.matches("drop(", at: start): readDrop(start + 5)
    case 0x73 where text.matches("switchInt(", at: start): readSwitch(start + 10)
    case 0x61 where text.matches("asm!(", at: start): readAssembly(start)
    case 0x74 where text.matches("tailcall ", at: start): readTailCall(start + 9)
    default:
      for known in MirReader.silentStatements where text.matches(known, at: start) { return }
      addGap(textRange(start, lineEnd), why: "no statement begins like this")
    }
  }

  /// Statements and terminators that hold nothing of interest.
  private static let silentStatements: [StaticString] = [
    "assert(", "discriminant(", "unreachable;", "terminate(", "nop;", "ConstEvalCounter;", "Deinit(", "assume(",
    "copy_nonoverlapping(", "Coverage::", "FakeRead(", "PlaceMention(", "AscribeUserType(", "Retag(", "abort;",
    "BackwardIncompatibleDropHint(", "falseEdge ", "falseUnwind ", "coroutine_drop;", "yield(", "unwind_resume;",
  ]

  /// The end of the statement's text: before the `;` and the comment.
  func statementEnd(_ start: Int) -> Int {
    var end = commentStart(start) ?? lineEnd
    while end > start, text[end - 1] == Ascii.space { end -= 1 }
    if text[end - 1] == Ascii.semicolon { end -= 1 }
    return max(end, start)
  }

  /// Where the comment with the span begins: at column 41, or after longer text.
  func commentStart(_ start: Int) -> Int? {
    let usual = lineStart + 41
    if text[usual] == Ascii.slash, text[usual - 1] == Ascii.space, text.matches("// scope ", at: usual),
      commentHasOnlySpan(usual)
    {
      return usual
    }
    var offset = lineEnd - 9
    while offset > start {
      if text[offset] == Ascii.slash, text[offset + 1] == Ascii.slash, text.matches("// scope ", at: offset) {
        return offset
      }
      offset -= 1
    }
    return nil
  }

  /// Whether no second comment follows: a string literal could hold the first.
  private func commentHasOnlySpan(_ start: Int) -> Bool {
    text.find("// scope ", from: start + 9, to: lineEnd) == nil
  }

  // MARK: Assignments

  @inline(__always)
  private mutating func readAssignment(_ start: Int) {
    let placeEnd = skipPlace(start)
    guard text.matches(" = ", at: placeEnd) else {
      addGap(textRange(start, lineEnd), why: "an assignment has no `=`")
      return
    }
    var value = placeEnd + 3
    if text.matches("no_retag ", at: value) { value += 9 }
    switch text[value] {
    case 0x6D where text.matches("move ", at: value), 0x63 where text.matches("copy ", at: value):
      readOperandValue(start, value)
    case 0x63 where text.matches("const ", at: value): readConstantValue(start, value)
    case Ascii.ampersand:
      if text.matches("&/*tls*/ ", at: value) { readThreadLocal(start, value + 9) }
    case Ascii.openBrace: readClosureAggregate(value)
    case Ascii.openBracket, Ascii.openParenthesis: break
    default: readPathValue(start, value)
    }
    if body.hasRawPointers { findRawDereference(start) }
    if !unions.isEmpty { findUnionField(value) }
  }

  /// `move P`, `copy P`, a cast of one, or a call of one.
  private mutating func readOperandValue(_ start: Int, _ value: Int) {
    let placeEnd = skipPlace(value + 5)
    switch text[placeEnd] {
    case Ascii.space where text.matches(" as ", at: placeEnd):
      readCast(start, operand: textRange(value, placeEnd), end: statementEnd(start))
    case Ascii.openParenthesis:
      let type = placeType(textRange(value + 5, placeEnd))
      facts.statistics.calls += body.isCopy ? 0 : 1
      addSite(.callOperand, a: type)
    default: break
    }
  }

  private mutating func readConstantValue(_ start: Int, _ value: Int) {
    if text.matches("{alloc", at: value + 6), let local = localNumber(start) { body.boxAddresses.insert(local) }
    let first = text[value + 6]
    if isDigit(first) || text.matches("true;", at: value + 6) || text.matches("false;", at: value + 6) {
      body.constantLocal = localNumber(start) ?? -1
      return
    }
    if first == Ascii.quote { return }
    let end = statementEnd(start)
    if text[end - 1] == Ascii.closeParenthesis, text[end - 2] == Ascii.closeParenthesis, isCoercion(end) {
      if let asStart = scanAs(value, end) { readCast(start, operand: textRange(value, asStart), end: end) }
      return
    }
    guard isIdentifierByte(first) || first == Ascii.less, isCallEnd(end, from: value) else { return }
    guard let open = scanDepthZero(Ascii.openParenthesis, from: value + 6, to: end) else { return }
    facts.statistics.calls += body.isCopy ? 0 : 1
    body.constantsScanned = true
    addSite(.callConstant, a: terms.path(textRange(value + 6, open)))
    body.calleeSite = -1
    scanConstants(textRange(open, end))
  }

  private mutating func readThreadLocal(_ start: Int, _ path: Int) {
    if let local = localNumber(start) { body.boxAddresses.insert(local) }
    addSite(.threadLocalUse, a: terms.path(textRange(path, statementEnd(start))))
  }

  /// A value that begins with a path: a call, an aggregate, an operator, or a function item that is cast.
  private mutating func readPathValue(_ start: Int, _ value: Int) {
    let end = statementEnd(start)
    if isCallEnd(end, from: value) {
      readCall(value, end)
      return
    }
    if text[end - 1] == Ascii.closeParenthesis, text[end - 2] == Ascii.closeParenthesis, isCoercion(end),
      let asStart = scanAs(value, end)
    {
      readCast(start, operand: textRange(value, asStart), end: end)
      return
    }
    if !body.hasSpans { scanOperands(textRange(value, end)) }
  }

  // MARK: Terminators

  /// Whether the text that ends at `end` finishes with the targets of a call.
  func isCallEnd(_ end: Int, from start: Int) -> Bool {
    switch text[end - 1] {
    case Ascii.closeBracket:
      guard let arrow = lastArrow(end, start) else { return false }
      return text.matches(" -> [return: bb", at: arrow)
    case Ascii.closeParenthesis:
      return text.endsWith(" -> unwind terminate(cleanup)", before: end)
        || text.endsWith(" -> unwind terminate(abi)", before: end)
    case 0x65:
      return text.endsWith(" -> unwind continue", before: end) || text.endsWith(" -> unwind unreachable", before: end)
    case 0x30...0x39:
      guard let arrow = lastArrow(end, start) else { return false }
      return text.matches(" -> bb", at: arrow)
    default: return false
    }
  }

  /// The last ` -> ` within 64 bytes before `end`.
  private func lastArrow(_ end: Int, _ start: Int) -> Int? {
    var offset = end - 4
    let limit = max(start, end - 64)
    while offset > limit {
      if text[offset] == Ascii.space, text.matches(" -> ", at: offset) { return offset }
      offset -= 1
    }
    return nil
  }

  private mutating func readCall(_ start: Int, _ end: Int, flags: SiteFlags = []) {
    facts.statistics.calls += body.isCopy ? 0 : 1
    guard let open = scanDepthZero(Ascii.openParenthesis, from: start, to: end) else {
      addGap(textRange(start, end), why: "a call has no argument list")
      return
    }
    addSite(.call, a: terms.path(textRange(start, open)), flags: flags)
    body.calleeSite = body.sites.count - 1
    if body.sites[body.calleeSite].record.a == 0 {
      addGap(textRange(start, open), why: "the callee's path cannot be read")
    }
    readNumberArgument(callee: textRange(start, open), end)
    if !body.hasSpans { scanOperands(textRange(open + 1, end)) }
  }

  /// `tailcall CALLEE(ARGS);`, what `become` makes.
  private mutating func readTailCall(_ start: Int) {
    let end = statementEnd(start)
    if text.matches("move ", at: start) || text.matches("copy ", at: start) {
      facts.statistics.calls += body.isCopy ? 0 : 1
      addSite(.callOperand, a: placeType(textRange(start + 5, skipPlace(start + 5))), flags: .tailCall)
      return
    }
    readCall(start, end, flags: .tailCall)
  }

  private mutating func readDrop(_ start: Int) {
    facts.statistics.drops += body.isCopy ? 0 : 1
    let placeEnd = skipPlace(start)
    let type = placeType(textRange(start, placeEnd))
    if type.isNone { addGap(textRange(start, lineEnd), why: "the type of the dropped place is not known") }
    let isHeld = text.find(" as variant#", from: start, to: placeEnd) != nil
    if isHeld { body.hasHeldDrops = true }
    addSite(.drop, a: type, flags: isHeld ? .heldByCoroutine : [])
  }

  private mutating func readSwitch(_ start: Int) {
    if text.matches("const ", at: start) || body.constantLocal >= 0 && isOperand(start, local: body.constantLocal) {
      body.hasConstantBranch = true
    }
  }

  func isOperand(_ start: Int, local: Int) -> Bool {
    guard text.matches("move _", at: start) || text.matches("copy _", at: start) else { return false }
    let (number, end) = number(at: start + 6)
    return number == local && text[end] == Ascii.closeParenthesis
  }

  // MARK: Sites

  /// Adds a fact at the statement at hand.
  mutating func addSite(
    _ kind: SiteKind, a: TermID, b: TermID = .none, flags: SiteFlags = [], list: Range<Int> = 0..<0
  ) {
    var flags = flags
    if body.isCleanup { flags.insert(.cleanup) }
    let record = SiteRecord(
      kind: kind.rawValue, flags: flags.rawValue, block: body.block, a: a.raw, b: b.raw,
      listStart: UInt32(list.lowerBound), listCount: UInt32(list.count), file: 0, line: 0, column: 0)
    body.sites.append(OpenBody.Site(record: record, line: body.statementLine, lineEnd: body.statementLineEnd))
  }
}
