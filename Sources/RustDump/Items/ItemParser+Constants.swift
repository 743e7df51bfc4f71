/// Constants within types, and the texts of tokens.
extension ItemParser {
  /// The term of the expression that fills a range of tokens: an integer in decimal, a path, or the tokens joined by
  /// single blanks. A block around a single token is left out.
  mutating func constant(_ range: Range<Int>) -> TermID {
    var range = range.clamped(to: 0..<tokens.count)
    index = range.upperBound
    while range.count == 3, kind(range.lowerBound) == Ascii.openBrace, partner(range.lowerBound) == range.upperBound - 1
    {
      range = (range.lowerBound + 1)..<(range.upperBound - 1)
    }
    if range.count == 1 { return simpleConstant(range.lowerBound) }
    if range.count == 2, kind(range.lowerBound) == Ascii.minus { return negativeConstant(range.lowerBound + 1) }
    noteBlocks(range)
    if isPathLike(range), let path = pathConstant(range) { return path }
    return store.terms.intern(.constant, b: joinedText(range).raw)
  }

  private mutating func simpleConstant(_ token: Int) -> TermID {
    switch kind(token) {
    case TokenKind.integer: return store.terms.intern(.constant, b: decimalName(token, negative: false).raw)
    case TokenKind.opaquePlaceholder: return store.terms.intern(.inferred)
    case TokenKind.identifier where keyword(token) == .underscore: return store.terms.intern(.inferred)
    case TokenKind.identifier: return store.segment(.none, store.names.intern(bytes(token)))
    default: return store.terms.intern(.constant, b: store.names.intern(bytes(token)).raw)
    }
  }

  private mutating func negativeConstant(_ token: Int) -> TermID {
    store.terms.intern(.constant, b: decimalName(token, negative: true).raw)
  }

  /// An integer literal as decimal digits without its suffix. What does not fit 64 bits stays as written.
  private mutating func decimalName(_ token: Int, negative: Bool) -> NameID {
    guard kind(token) == TokenKind.integer, let value = integerValue(bytes(token)) else {
      return joinedText((negative ? token - 1 : token)..<(token + 1))
    }
    return store.names.intern((negative ? "-" : "") + String(value))
  }

  /// The value of an integer literal, or `nil` if it does not fit.
  func integerValue(_ digits: UnsafeRawBufferPointer) -> UInt64? {
    var radix: UInt64 = 10
    var offset = 0
    if digits.count > 2, digits[0] == 0x30 {
      switch digits[1] {
      case 0x78: radix = 16
      case 0x6F: radix = 8
      case 0x62: radix = 2
      default: break
      }
      if radix != 10 { offset = 2 }
    }
    var value: UInt64 = 0
    for byte in digits[offset...] where byte != Ascii.underscore {
      guard let digit = digitValue(byte), digit < radix else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  private func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x61...0x66: UInt64(byte - 0x61 + 10)
    case 0x41...0x46: UInt64(byte - 0x41 + 10)
    default: nil
    }
  }

  /// Remembers the range for the search for items if there is a block in it.
  private mutating func noteBlocks(_ range: Range<Int>) {
    for token in range where kind(token) == Ascii.openBrace {
      pendingBlocks.append(range)
      return
    }
  }

  /// Whether only names, `::` and arguments stand in a range.
  private func isPathLike(_ range: Range<Int>) -> Bool {
    for token in range {
      switch kind(token) {
      case TokenKind.identifier, TokenKind.pathSeparator, TokenKind.lifetime, TokenKind.integer, Ascii.less,
        Ascii.greater, Ascii.comma, 0x24:
        continue
      default: return false
      }
    }
    return true
  }

  private mutating func pathConstant(_ range: Range<Int>) -> TermID? {
    guard !failed else { return nil }
    index = range.lowerBound
    let path = path()
    let fits = !failed && index == range.upperBound
    failed = false
    index = range.upperBound
    return fits ? path : nil
  }

  // MARK: Texts

  /// The tokens of a range, joined by single blanks.
  mutating func joinedText(_ range: Range<Int>) -> NameID {
    var joined: [UInt8] = []
    for token in range {
      if !joined.isEmpty { joined.append(Ascii.space) }
      joined.append(contentsOf: bytes(token))
      if joined.count > ItemParser.textLimit {
        fail()
        return .none
      }
    }
    return joined.withUnsafeBytes { store.names.intern($0) }
  }

  /// The text of a range of tokens as it stands there, each run of white space as one blank.
  mutating func sourceText(_ range: Range<Int>) -> NameID {
    guard let last = range.last, last < tokens.count else { return .none }
    let start = Int(tokens.base[range.lowerBound].offset)
    let end = Int(tokens.base[last].offset) + Int(tokens.base[last].length)
    guard end - start <= ItemParser.textLimit else {
      fail()
      return .none
    }
    var collapsed: [UInt8] = []
    collapsed.reserveCapacity(end - start)
    for byte in text.slice(start..<end) {
      let blank = byte == Ascii.space || (byte >= 0x09 && byte <= 0x0D)
      if !blank { collapsed.append(byte) } else if collapsed.last != Ascii.space { collapsed.append(Ascii.space) }
    }
    return collapsed.withUnsafeBytes { store.names.intern($0) }
  }

  /// The value of a string token, without quotes and with its escapes undone.
  mutating func stringValue(_ token: Int) -> NameID {
    let value = RustString.value(of: bytes(token))
    return value.withUnsafeBytes { store.names.intern($0) }
  }
}
