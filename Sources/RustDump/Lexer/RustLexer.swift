/// Cuts a Rust text into tokens.
///
/// White space and comments, doc comments too, give no tokens. Any bytes are accepted: what cannot begin a token is a
/// token of one byte; what is not closed goes to the end of the text.
struct RustLexer {
  let text: ByteText
  let tokens: RustTokens
  let isHir: Bool
  private var stack = DelimiterStack()
  var position = 0
  /// Set when an attribute was not closed, so that the rest of the text is searched for its end only once.
  private var attributesEnd = false

  /// The longest text whose offsets fit the tokens.
  static let longestText = Int(UInt32.max) - 16

  /// The tokens of a text.
  ///
  /// - Parameter isHir: whether it is what rustc prints for HIR. Then `/*impl Trait*/` is a token, and attributes hold
  ///   texts that are no Rust.
  static func tokens(of text: ByteText, isHir: Bool) -> RustTokens {
    let tokens = RustTokens(expected: text.count / 5)
    guard text.count <= longestText else { return tokens }
    var lexer = RustLexer(text: text, tokens: tokens, isHir: isHir)
    lexer.run()
    return tokens
  }

  private init(text: ByteText, tokens: RustTokens, isHir: Bool) {
    self.text = text
    self.tokens = tokens
    self.isHir = isHir
  }

  private mutating func run() {
    // A byte order mark, then perhaps the line by which a shell runs the file.
    if text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { position = 3 }
    if text.matches("#!", at: position), text[position + 2] != Ascii.openBracket {
      position = text.find(Ascii.newline, from: position, to: text.count)
    }
    while position < text.count { scanToken() }
    if let open = stack.finish(in: tokens) { noteUnbalanced(Int(tokens.base[open].offset)) }
  }

  private mutating func noteUnbalanced(_ offset: Int) {
    if tokens.unbalancedOffset == nil { tokens.unbalancedOffset = offset }
  }

  // MARK: Choice

  /// Reads one token or skips white space or a comment. The position always moves.
  @inline(__always)
  private mutating func scanToken() {
    let byte = text[position]
    switch RustLexer.classes[Int(byte)] {
    case .blank: skipBlanks()
    case .word: scanWord()
    case .wordWithLiteral: scanPrefixedLiteral()
    case .digit: scanNumber()
    case .open:
      stack.push(tokens.count, byte)
      emit(byte, length: 1)
    case .close:
      if !stack.close(tokens.count, byte, in: tokens) { noteUnbalanced(position) }
      emit(byte, length: 1)
    case .quote:
      let start = position
      skipString()
      tokens.append(TokenKind.string, .none, from: start, to: position)
    case .apostrophe: scanApostrophe()
    case .slash: scanSlash()
    case .compound: scanCompound(byte)
    case .other:
      let isAttribute = byte == Ascii.hash && isHir && text[position + 1] == Ascii.openBracket
      emit(byte, length: 1)
      if isAttribute { scanParsedAttribute() }
    }
  }

  private enum ByteClass: UInt8 {
    case other, blank, word, wordWithLiteral, digit, open, close, quote, apostrophe, slash, compound
  }

  private static let classes: [ByteClass] = (0..<256).map { value in
    let byte = UInt8(value)
    switch byte {
    case 0, 0x09, Ascii.newline, 0x0B, 0x0C, 0x0D, Ascii.space: return .blank
    case 0x62, 0x63, 0x72: return .wordWithLiteral
    case Ascii.openParenthesis, Ascii.openBracket, Ascii.openBrace: return .open
    case Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace: return .close
    case Ascii.quote: return .quote
    case Ascii.apostrophe: return .apostrophe
    case Ascii.slash: return .slash
    case Ascii.colon, Ascii.minus, Ascii.equals, Ascii.dot: return .compound
    default: return isDigit(byte) ? .digit : isIdentifierByte(byte) ? .word : .other
    }
  }

  @inline(__always)
  mutating func emit(_ kind: UInt8, length: Int) {
    tokens.append(kind, .none, from: position, to: position &+ length)
    position &+= length
  }

  @inline(__always)
  private mutating func skipBlanks() {
    repeat { position &+= 1 } while text[position] == Ascii.space
  }

  /// `::`, `->`, `=>`, `...`, or the single mark. Other compounds stay apart, so that `>>` closes two brackets.
  private mutating func scanCompound(_ byte: UInt8) {
    let next = text[position + 1]
    switch byte {
    case Ascii.colon where next == Ascii.colon: emit(TokenKind.pathSeparator, length: 2)
    case Ascii.minus where next == Ascii.greater: emit(TokenKind.arrow, length: 2)
    case Ascii.equals where next == Ascii.greater: emit(TokenKind.fatArrow, length: 2)
    case Ascii.dot where next == Ascii.dot && text[position + 2] == Ascii.dot: emit(TokenKind.ellipsis, length: 3)
    default: emit(byte, length: 1)
    }
  }
}

// MARK: - HIR attributes

extension RustLexer {
  /// An attribute whose `[` is at the position, if HIR prints texts in it without quotes: notes and paths of files,
  /// which could hold `//` or a lone bracket. It becomes `[]`.
  private mutating func scanParsedAttribute() {
    guard !attributesEnd, text.matches("[attr = ", at: position) else { return }
    var close: Int?
    if text.matches("Deprecated {", at: position + 8) {
      close = text.find("}}]", from: position, to: text.count).map { $0 + 2 }
    } else if text.matches("Cfg", at: position + 8) {
      close = endOfAttribute()
    } else {
      return
    }
    if let close { skipAttribute(to: close) } else { attributesEnd = true }
  }

  private mutating func skipAttribute(to close: Int) {
    scanToken()
    position = close
    scanToken()
  }

  /// The offset of the bracket that closes the one at the position, if only brackets and strings are looked at.
  private func endOfAttribute() -> Int? {
    var nesting = 0
    var offset = position
    while offset < text.count {
      switch text[offset] {
      case Ascii.openBracket: nesting += 1
      case Ascii.closeBracket:
        nesting -= 1
        if nesting == 0 { return offset }
      case Ascii.quote:
        offset += 1
        while offset < text.count, text[offset] != Ascii.quote { offset += text[offset] == Ascii.backslash ? 2 : 1 }
      default: break
      }
      offset += 1
    }
    return nil
  }
}

// MARK: - Words and numbers

extension RustLexer {
  @inline(__always)
  private mutating func scanWord() {
    let start = position
    repeat { position &+= 1 } while isIdentifierByte(text[position])
    tokens.append(TokenKind.identifier, keyword(start, position &- start), from: start, to: position)
  }

  @inline(__always)
  private func keyword(_ start: Int, _ length: Int) -> RustKeyword {
    if length > 8 { return longKeyword(start, length) }
    var word: UInt64 = 0
    var index = length
    while index > 0 {
      index &-= 1
      word = word &<< 8 | UInt64(text[start &+ index])
    }
    return RustKeyword.ofShortWord(word)
  }

  private func longKeyword(_ start: Int, _ length: Int) -> RustKeyword {
    if length == 11, text.matches("macro_rules", at: start) { return .macroRules }
    if length == 10, text.matches("global_asm", at: start) { return .globalAssembly }
    return .none
  }

  /// A word that begins with `b`, `c` or `r`: perhaps the prefix of a literal or of a raw identifier.
  private mutating func scanPrefixedLiteral() {
    let start = position
    let first = text[start]
    let second = text[start + 1]
    if first != 0x72, second == Ascii.quote {
      position += 1
      skipString()
      return tokens.append(TokenKind.otherString, .none, from: start, to: position)
    }
    if first == 0x62, second == Ascii.apostrophe {
      position += 1
      skipCharacter()
      return tokens.append(TokenKind.character, .none, from: start, to: position)
    }
    let marks = first == 0x72 ? start + 1 : second == 0x72 ? start + 2 : start
    if marks > start, scanRaw(start, marks) { return }
    scanWord()
  }

  /// `r".."`, `r#".."#`, `br".."`, `cr".."`, `r#name`, where the prefix goes to `marks`. Gives whether it was one.
  private mutating func scanRaw(_ start: Int, _ marks: Int) -> Bool {
    var quote = marks
    while text[quote] == Ascii.hash { quote += 1 }
    let hashes = quote - marks
    if text[quote] == Ascii.quote {
      position = quote + 1
      skipRawString(hashes)
      let kind = marks == start + 1 ? TokenKind.string : TokenKind.otherString
      tokens.append(kind, .none, from: start, to: position)
      return true
    }
    guard hashes == 1, marks == start + 1, isIdentifierByte(text[quote]), !isDigit(text[quote]) else { return false }
    position = quote
    while isIdentifierByte(text[position]) { position += 1 }
    tokens.append(TokenKind.identifier, .none, from: start, to: position)
    return true
  }

  private mutating func scanNumber() {
    let start = position
    var kind = TokenKind.integer
    skipDigits(start)
    if text[position] == Ascii.dot, isDigit(text[position + 1]) {
      kind = TokenKind.float
      position += 1
      skipDigits(start)
    }
    tokens.append(kind, .none, from: start, to: position)
  }

  /// Digits, letters of a suffix, and the sign of an exponent.
  private mutating func skipDigits(_ start: Int) {
    let radix = text[start] == 0x30 && (text[start + 1] | 0x20) == 0x78
    while true {
      while isIdentifierByte(text[position]) { position += 1 }
      let sign = text[position]
      let before = text[position - 2]
      let exponent = !radix && (text[position - 1] | 0x20) == 0x65 && (isDigit(before) || before == Ascii.underscore)
      guard exponent, sign == Ascii.minus || sign == Ascii.plus, isDigit(text[position + 1]) else { return }
      position += 1
    }
  }
}
