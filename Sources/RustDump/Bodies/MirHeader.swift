/// Headers of items: `fn PATH(_1: T) -> R {`, `const PATH: T = {`, `static ..`, `PATH::{constant#0}: T = {`.
extension MirReader {
  /// Reads the header on the line at hand and opens its body.
  ///
  /// - Returns: `false` if the line is no header.
  mutating func openBody(compileTimeCopy: Bool) -> Bool {
    body.reset()
    body.isCopy = compileTimeCopy
    if text.matches("fn ", at: lineStart) { return openFunction() }
    if text.matches("const ", at: lineStart) { return openValue(.constant, from: lineStart + 6) }
    if text.matches("static mut ", at: lineStart) { return openValue(.staticItem, from: lineStart + 11) }
    if text.matches("static ", at: lineStart) { return openValue(.staticItem, from: lineStart + 7) }
    guard isIdentifierByte(text[lineStart]) || text[lineStart] == Ascii.less || text[lineStart] == Ascii.openBrace
    else { return false }
    return openValue(.anonymousConstant, from: lineStart)
  }

  private mutating func openFunction() -> Bool {
    let pathStart = lineStart + 3
    guard lineEnd - lineStart > 4, text[lineEnd - 1] == Ascii.openBrace,
      let open = scanDepthZero(Ascii.openParenthesis, from: pathStart, to: lineEnd)
    else { return false }
    body.record.path = terms.path(textRange(pathStart, open)).raw
    guard body.record.path != 0, let close = readParameters(open + 1) else { return false }
    body.record.kind = BodyKind.function.rawValue
    guard text.matches(") -> ", at: close) else { return false }
    body.record.type = terms.type(textRange(close + 5, lineEnd - 2)).raw
    return body.record.type != 0
  }

  /// Reads `_1: T, _2: U` and returns the offset of the closing parenthesis.
  private mutating func readParameters(_ start: Int) -> Int? {
    body.record.parametersStart = UInt32(facts.lists.count)
    body.localTypes.append(-1)
    body.parameterEnds.append(0)
    var position = start
    while text[position] != Ascii.closeParenthesis {
      guard text[position] == Ascii.underscore, position < lineEnd,
        let colon = text.find(": ", from: position, to: lineEnd)
      else { return nil }
      let typeStart = colon + 2
      guard let typeEnd = scanParameterEnd(typeStart) else { return nil }
      let type = terms.type(textRange(typeStart, typeEnd))
      if type.isNone { return nil }
      facts.lists.append(type.raw)
      body.localTypes.append(typeStart)
      body.parameterEnds.append(typeEnd)
      if text[typeStart] == Ascii.star { body.hasRawPointers = true }
      position = typeEnd
      if text.matches(", ", at: position) { position += 2 }
    }
    body.record.parametersCount = UInt32(facts.lists.count) - body.record.parametersStart
    return position
  }

  /// The end of a parameter's type: a `, _` or `)` outside brackets.
  private func scanParameterEnd(_ start: Int) -> Int? {
    var nesting = 0
    var offset = start
    while offset < lineEnd {
      let byte = text[offset]
      switch byte {
      case Ascii.less, Ascii.openParenthesis, Ascii.openBracket, Ascii.openBrace: nesting += 1
      case Ascii.greater where text[offset - 1] == Ascii.minus: break
      case Ascii.closeParenthesis where nesting == 0: return offset
      case Ascii.greater, Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace: nesting -= 1
      case Ascii.comma where nesting == 0 && text.matches(", _", at: offset): return offset
      case Ascii.apostrophe where text[offset + 2] == Ascii.apostrophe: offset += 2
      default: break
      }
      offset += 1
    }
    return nil
  }

  private mutating func openValue(_ kind: BodyKind, from start: Int) -> Bool {
    guard let colon = scanColon(start) else { return false }
    body.record.path = terms.path(textRange(start, colon)).raw
    guard body.record.path != 0 else { return false }
    body.record.kind = kind.rawValue
    body.localTypes.append(-1)
    body.parameterEnds.append(0)
    if terms.store.names.withBytes(
      of: terms.store.terms.name(TermID(body.record.path)),
      { $0.starts(with: "promoted[".utf8) })
    {
      body.record.kind = BodyKind.promoted.rawValue
    } else if kind == .constant, isAnonymousConstant(TermID(body.record.path)) {
      body.record.kind = BodyKind.anonymousConstant.rawValue
    }
    return readValueType(from: colon + 2)
  }

  private mutating func readValueType(from typeStart: Int) -> Bool {
    if text.endsWith(" = {", before: lineEnd) {
      body.record.type = terms.type(textRange(typeStart, lineEnd - 4)).raw
      return body.record.type != 0
    }
    // One line without braces: the value is one literal.
    body.hasBraces = false
    guard text[lineEnd - 1] == Ascii.semicolon, let equals = scanEquals(typeStart) else { return false }
    body.record.type = terms.type(textRange(typeStart, equals)).raw
    readValue(equals + 3)
    return body.record.type != 0
  }

  /// `const 4_usize;`, `const 'a';`, `const true;`
  private mutating func readValue(_ start: Int) {
    guard text.matches("const ", at: start) else { return }
    let first = start + 6
    var end = lineEnd - 1
    if isDigit(text[first]) || text[first] == Ascii.minus {
      end = min(end, text.find(Ascii.underscore, from: first, to: end))
    }
    guard end > first, end - first < 64 else { return }
    let name = terms.store.names.intern(text.slice(textRange(first, end)))
    body.statementLine = lineStart
    body.statementLineEnd = lineStart
    addSite(.literal, a: terms.store.terms.intern(.constant, b: name.raw))
  }

  private func isAnonymousConstant(_ path: TermID) -> Bool {
    terms.store.names.withBytes(of: terms.store.terms.name(path)) { $0.starts(with: "{constant".utf8) }
  }

  /// The `: ` that ends the path of a value item: outside brackets, since spans hold `: ` too.
  private func scanColon(_ start: Int) -> Int? {
    var nesting = 0
    var offset = start
    while offset < lineEnd {
      let byte = text[offset]
      switch byte {
      case Ascii.less, Ascii.openBrace, Ascii.openBracket, Ascii.openParenthesis: nesting += 1
      case Ascii.greater where text[offset - 1] != Ascii.minus: nesting -= 1
      case Ascii.closeBrace, Ascii.closeBracket, Ascii.closeParenthesis: nesting -= 1
      case Ascii.colon where nesting == 0:
        if text[offset + 1] == Ascii.colon { offset += 1 } else if text[offset + 1] == Ascii.space { return offset }
      default: break
      }
      offset += 1
    }
    return nil
  }

  /// The ` = ` outside brackets.
  private func scanEquals(_ start: Int) -> Int? {
    var nesting = 0
    var offset = start
    while offset < lineEnd {
      let byte = text[offset]
      switch byte {
      case Ascii.less, Ascii.openBrace, Ascii.openBracket, Ascii.openParenthesis: nesting += 1
      case Ascii.greater where text[offset - 1] != Ascii.minus: nesting -= 1
      case Ascii.closeBrace, Ascii.closeBracket, Ascii.closeParenthesis: nesting -= 1
      case Ascii.space where nesting == 0 && text.matches(" = ", at: offset): return offset
      default: break
      }
      offset += 1
    }
    return nil
  }

  /// The first `wanted` byte outside brackets, braces, angles and quotes. `->` closes nothing.
  func scanDepthZero(_ wanted: UInt8, from start: Int, to end: Int) -> Int? {
    var nesting = 0
    var offset = start
    while offset < end {
      let byte = text[offset]
      if byte == wanted, nesting == 0 { return offset }
      switch byte {
      case Ascii.less, Ascii.openBrace, Ascii.openBracket, Ascii.openParenthesis: nesting += 1
      case Ascii.greater where text[offset - 1] != Ascii.minus && text[offset - 1] != Ascii.equals: nesting -= 1
      case Ascii.closeBrace, Ascii.closeBracket, Ascii.closeParenthesis: nesting -= 1
      case Ascii.apostrophe where text[offset + 2] == Ascii.apostrophe: offset += 2
      case Ascii.quote: offset = endOfString(offset, to: end)
      default: break
      }
      offset += 1
    }
    return nil
  }

  /// The offset of the quote that closes the string which opens at `start`, or `end`.
  func endOfString(_ start: Int, to end: Int) -> Int {
    var offset = start + 1
    while offset < end {
      let byte = text[offset]
      if byte == Ascii.quote { return offset }
      offset += byte == Ascii.backslash ? 2 : 1
    }
    return end
  }

  /// `let mut _3: u32;`: remembers where the type stands.
  mutating func readLocal(_ offset: Int) {
    var position = offset
    if text.matches("mut ", at: position) { position += 4 }
    guard text[position] == Ascii.underscore else {
      addGap(textRange(lineStart, lineEnd), why: "a local has no number")
      return
    }
    let (number, digitsEnd) = number(at: position + 1)
    guard text.matches(": ", at: digitsEnd), number < min(10_000_000, text.count) else {
      addGap(textRange(lineStart, lineEnd), why: "a local has no type")
      return
    }
    while body.localTypes.count <= number {
      body.localTypes.append(-1)
      body.parameterEnds.append(0)
    }
    body.localTypes[number] = digitsEnd + 2
    body.parameterEnds[number] = -lineEnd
    if text[digitsEnd + 2] == Ascii.star { body.hasRawPointers = true }
    if number == 0 {
      body.returnPlaceLine = lineStart
      body.hasSpans = spanStart(lineStart, lineEnd) != nil
    }
  }

  /// The decimal number at an offset and where it ends. Numbers beyond 18 digits are cut.
  func number(at offset: Int) -> (Int, Int) {
    var value = 0
    var position = offset
    while isDigit(text[position]), position - offset < 18 {
      value = value * 10 + Int(text[position] - 0x30)
      position += 1
    }
    return (value, position)
  }
}
