/// Constants: the comment blocks that follow a statement, and named constants in operands.
extension MirReader {
  /// Reads a comment line below a statement: a constant's type and value, or the identity of a closure.
  @inline(__always)
  mutating func readConstantLine() {
    let start = lineStart + 41
    if text.matches("// + const_: Const { ty: ", at: start) {
      readConstantComment(start + 25)
    } else if text.matches("// + def_id: DefId(", at: start) {
      readClosureIdentity(start + 19)
    }
  }

  private mutating func readConstantComment(_ typeStart: Int) {
    guard let separator = text.find(", val: ", from: typeStart, to: lineEnd) else {
      addGap(textRange(lineStart, lineEnd), why: "a constant's comment has no value")
      return
    }
    let value = separator + 7
    if text.matches("Value({alloc", at: value) {
      body.calleeSite = -1
      readMemoryUse(number(at: value + 12).0, pointer: text[typeStart] == Ascii.star)
    } else if text.matches("Value(", at: value), isFunctionItem(textRange(typeStart, separator)) {
      readFunctionItem(textRange(typeStart, separator), value: value + 6)
    } else if text.matches("Unevaluated(", at: value) {
      body.calleeSite = -1
      if !body.constantsScanned {
        body.constantsScanned = true
        scanConstants(textRange(body.statementLine + 8, body.statementLineEnd))
      }
    } else {
      body.calleeSite = -1
    }
  }

  /// Whether the text is the type of a function item: a signature and, in braces, the path.
  private func isFunctionItem(_ type: Range<Int>) -> Bool {
    guard text[type.upperBound - 1] == Ascii.closeBrace else { return false }
    let start = type.lowerBound
    return text.matches("fn(", at: start) || text.matches("for<", at: start) || text.matches("unsafe ", at: start)
      || text.matches("extern ", at: start) || text.matches("#[", at: start)
  }

  private mutating func readFunctionItem(_ type: Range<Int>, value: Int) {
    if body.calleeSite >= 0 {
      body.sites[body.calleeSite].record.flags |= signatureFlags(type).rawValue
      body.calleeSite = -1
      return
    }
    if body.reifies {
      body.reifies = false
      return
    }
    let end = text.endsWith(") }", before: lineEnd) ? lineEnd - 3 : lineEnd
    let path = terms.path(textRange(value, end))
    if path.isNone { addGap(textRange(value, end), why: "the path of a function item cannot be read") }
    addSite(.mention, a: path, flags: signatureFlags(type))
  }

  /// What stands before `fn(` in a signature.
  private func signatureFlags(_ type: Range<Int>) -> SiteFlags {
    var start = type.lowerBound
    if text.matches("for<", at: start), let close = text.find("> ", from: start, to: type.upperBound) {
      start = close + 2
    }
    var flags: SiteFlags = []
    if text.matches("#[", at: start), let close = text.find("] ", from: start, to: type.upperBound) {
      start = close + 2
    }
    if text.matches("unsafe ", at: start) {
      flags.insert(.unsafeCallee)
      start += 7
    }
    if text.matches("extern ", at: start), !text.matches("extern \"rust-call\"", at: start) {
      flags.insert(.foreignABI)
    }
    return flags
  }

  private mutating func readMemoryUse(_ number: Int, pointer: Bool) {
    guard number < Int(UInt32.max) else { return }
    addSite(.staticUse, a: TermID(UInt32(number)), b: TermID(MirMemory.unresolved))
    if pointer, !isGenerated(body.statementLine, body.statementLineEnd) {
      addSite(.unsafeStaticUse, a: TermID(UInt32(number)), b: TermID(MirMemory.unresolved))
    }
  }

  // MARK: Closures

  /// `_5 = {closure@..} { x: move _3 };` The comment below it says which body this is.
  mutating func readClosureAggregate(_ start: Int) {
    guard
      text.matches("{closure@", at: start) || text.matches("{coroutine", at: start)
        || text.matches("{async ", at: start) || text.matches("{gen ", at: start)
    else { return }
    let typeEnd = skipBalanced(start)
    let type = terms.type(textRange(start, typeEnd))
    let listStart = facts.lists.count
    if text.matches(" { ", at: typeEnd) { readCaptures(typeEnd + 3, statementEnd(start)) }
    addSite(.closure, a: .none, b: type, list: textRange(listStart, facts.lists.count))
  }

  /// `x: move _3, y: copy (*_4)`: the types of the captured values.
  private mutating func readCaptures(_ start: Int, _ end: Int) {
    var position = start
    while position < end, let colon = text.find(": ", from: position, to: end) {
      let operandEnd = endOfOperand(colon + 2, end)
      var operand = textRange(colon + 2, operandEnd)
      while operand.count > 1, text[operand.upperBound - 1] == Ascii.space {
        operand = textRange(operand.lowerBound, operand.upperBound - 1)
      }
      facts.lists.append(operandType(operand).raw)
      position = operandEnd + 1
      if position <= colon { return }
    }
  }

  /// `DefId(0:94 ~ nested[92c4]::outer::{closure#4})`: the last segment, below this body, is the closure's body.
  private mutating func readClosureIdentity(_ start: Int) {
    guard let last = body.sites.indices.last, body.sites[last].record.kind == SiteKind.closure.rawValue,
      body.sites[last].record.a == 0
    else { return }
    var open = lineEnd - 1
    while open > start, text[open] != Ascii.openBrace { open -= 1 }
    guard text.endsWith("})", before: lineEnd), open > start else { return }
    let name = terms.store.names.intern(text.slice(textRange(open, lineEnd - 1)))
    var parent = TermID(body.record.path)
    if body.record.kind == BodyKind.promoted.rawValue { parent = terms.store.terms.parent(parent) }
    let path = terms.store.segment(parent, name)
    body.sites[last].record.a = path.raw
    if facts.crateHash == 0, let bracket = text.find("[", from: start, to: lineEnd) {
      let close = text.find(Ascii.closeBracket, from: bracket, to: lineEnd)
      facts.crateHash = terms.store.names.intern(text.slice(textRange(bracket + 1, close))).raw
    }
  }

  // MARK: Operands

  /// Adds a site for each named constant among the operands of a range.
  mutating func scanConstants(_ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let byte = text[offset]
      if byte == Ascii.quote {
        offset = endOfString(offset, to: range.upperBound) + 1
        continue
      }
      if byte == 0x63, text.matches("const ", at: offset), !isIdentifierByte(text[offset - 1]),
        text[offset - 1] != Ascii.star, isNamedConstant(offset + 6)
      {
        offset = addConstant(offset + 6, range.upperBound)
        continue
      }
      offset += 1
    }
  }

  private func isNamedConstant(_ start: Int) -> Bool {
    let first = text[start]
    if first == Ascii.less { return true }
    guard isIdentifierByte(first), !isDigit(first) else { return false }
    if (first == 0x62 || first == 0x63) && text[start + 1] == Ascii.quote { return false }
    for word in ["true", "false"] as [StaticString] where text.matches(word, at: start) {
      return isIdentifierByte(text[start + word.utf8CodeUnitCount])
        || text[start + word.utf8CodeUnitCount] == Ascii.colon
    }
    return true
  }

  private mutating func addConstant(_ start: Int, _ end: Int) -> Int {
    var nesting = 0
    var offset = start
    scan: while offset < end {
      let byte = text[offset]
      switch byte {
      case Ascii.less, Ascii.openBrace, Ascii.openBracket: nesting += 1
      case Ascii.greater where text[offset - 1] != Ascii.minus: nesting -= 1
      case Ascii.openParenthesis where nesting == 0: break scan
      case Ascii.openParenthesis: nesting += 1
      case Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace:
        if nesting == 0 { break scan }
        nesting -= 1
      case Ascii.comma where nesting == 0, Ascii.semicolon where nesting == 0, Ascii.space where nesting == 0:
        break scan
      default: break
      }
      offset += 1
    }
    let path = terms.path(textRange(start, offset))
    if path.isNone { addGap(textRange(start, offset), why: "the path of a constant cannot be read") }
    addSite(.constantUse, a: path)
    return max(offset, start + 1)
  }

  /// For dumps without spans, which have no constant comments: named constants and function items among operands.
  mutating func scanOperands(_ range: Range<Int>) {
    scanConstants(range)
    var position = range.lowerBound
    while position < range.upperBound {
      let end = endOfOperand(position, range.upperBound)
      if isFunctionOperand(position, end) {
        let path = terms.path(textRange(position, end))
        if !path.isNone { addSite(.mention, a: path) }
      }
      if text[end] != Ascii.comma { return }
      position = end + 2
    }
  }

  /// Where the operand that begins at `start` ends: at a comma or closing bracket outside brackets, or at `end`.
  func endOfOperand(_ start: Int, _ end: Int) -> Int {
    var nesting = 0
    var offset = start
    while offset < end {
      let byte = text[offset]
      switch byte {
      case Ascii.comma where nesting == 0: return offset
      case Ascii.less, Ascii.openBrace, Ascii.openBracket, Ascii.openParenthesis: nesting += 1
      case Ascii.greater where text[offset - 1] != Ascii.minus && text[offset - 1] != Ascii.equals: nesting -= 1
      case Ascii.closeBrace, Ascii.closeBracket, Ascii.closeParenthesis:
        if nesting == 0 { return offset }
        nesting -= 1
      case Ascii.apostrophe where text[offset + 2] == Ascii.apostrophe: offset += 2
      case Ascii.quote: offset = endOfString(offset, to: end)
      default: break
      }
      offset += 1
    }
    return end
  }

  private func isFunctionOperand(_ start: Int, _ end: Int) -> Bool {
    guard start < end, isIdentifierByte(text[start]) || text[start] == Ascii.less, !isDigit(text[start]) else {
      return false
    }
    for word in ["move ", "copy ", "const ", "no_retag "] as [StaticString] where text.matches(word, at: start) {
      return false
    }
    // Aggregates and operators have parentheses or braces of their own.
    return scanDepthZero(Ascii.openParenthesis, from: start, to: end) == nil
      && scanDepthZero(Ascii.openBrace, from: start, to: end) == nil
      && scanDepthZero(Ascii.space, from: start, to: end) == nil
  }
}
