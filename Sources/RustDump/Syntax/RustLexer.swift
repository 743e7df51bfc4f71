/// What a token is.
public enum RustTokenKind: UInt8, Sendable, BitwiseCopyable {
  case identifier
  case lifetime
  case string
  case character
  case number
  /// `::`
  case pathSeparator
  /// `->`
  case arrow
  /// `=>`
  case fatArrow
  /// One byte of punctuation.
  case punctuation
  case open
  case close
}

/// One token of Rust text.
public struct RustToken: Sendable, BitwiseCopyable {
  public var kind: RustTokenKind
  /// The first byte, which for punctuation and delimiters is all of it.
  public var byte: UInt8
  public var offset: UInt32
  public var length: UInt32
  /// Of delimiters: the index of the partner, or -1.
  public var partner: Int32
}

/// Splits Rust text, as written or as rustc prints it, into tokens. Comments and white space are dropped.
///
/// Works on bytes, in one pass, with an explicit stack for delimiters. Text that is no Rust gives tokens all the same:
/// a delimiter without a partner keeps -1. Texts of 4 GB and more are cut.
public struct RustLexer {
  private let text: ByteText
  private var position = 0
  private var tokens: [RustToken] = []
  private var stack: [Int32] = []

  /// All tokens of a text.
  public static func tokens(of bytes: UnsafeRawBufferPointer) -> [RustToken] {
    var lexer = RustLexer(text: ByteText(bytes))
    lexer.run()
    return lexer.tokens
  }

  private init(text: ByteText) {
    self.text = text
    tokens.reserveCapacity(text.count / 6)
  }

  private mutating func run() {
    let end = min(text.count, Int(UInt32.max) - 1)
    while position < end {
      let start = position
      step()
      if position <= start { position = start + 1 }
    }
  }

  private mutating func step() {
    let byte = text[position]
    switch byte {
    case 0x20, 0x0A, 0x09, 0x0D: position += 1
    case Ascii.slash where text[position + 1] == Ascii.slash:
      position = text.find(Ascii.newline, from: position, to: text.count)
    case Ascii.slash where text[position + 1] == Ascii.star: skipBlockComment()
    case Ascii.quote: addString(prefix: 0)
    case Ascii.apostrophe: addApostrophe()
    case 0x30...0x39: addNumber()
    case Ascii.openParenthesis, Ascii.openBracket, Ascii.openBrace: addOpen()
    case Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace: addClose(byte)
    case Ascii.colon where text[position + 1] == Ascii.colon: add(.pathSeparator, 2)
    case Ascii.minus where text[position + 1] == Ascii.greater: add(.arrow, 2)
    case Ascii.equals where text[position + 1] == Ascii.greater: add(.fatArrow, 2)
    default:
      if isIdentifierByte(byte) { addWord() } else { add(.punctuation, 1) }
    }
  }

  private mutating func add(_ kind: RustTokenKind, _ length: Int) {
    let length = min(length, text.count - position)
    tokens.append(
      RustToken(kind: kind, byte: text[position], offset: UInt32(position), length: UInt32(length), partner: -1))
    position += length
  }

  private mutating func addOpen() {
    stack.append(Int32(tokens.count))
    add(.open, 1)
  }

  private mutating func addClose(_ byte: UInt8) {
    let wanted: UInt8 =
      byte == Ascii.closeParenthesis
      ? Ascii.openParenthesis : byte == Ascii.closeBracket ? Ascii.openBracket : Ascii.openBrace
    if let open = stack.last, tokens[Int(open)].byte == wanted {
      stack.removeLast()
      tokens[Int(open)].partner = Int32(tokens.count)
      add(.close, 1)
      tokens[tokens.count - 1].partner = open
    } else {
      add(.close, 1)
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while position < text.count {
      if text[position] == Ascii.slash, text[position + 1] == Ascii.star {
        depth += 1
        position += 2
      } else if text[position] == Ascii.star, text[position + 1] == Ascii.slash {
        depth -= 1
        position += 2
        if depth == 0 { return }
      } else {
        position += 1
      }
    }
  }

  /// A string whose opening quote stands `prefix` bytes after the cursor.
  private mutating func addString(prefix: Int) {
    var end = position + prefix + 1
    while end < text.count, text[end] != Ascii.quote { end += text[end] == Ascii.backslash ? 2 : 1 }
    add(.string, end + 1 - position)
  }

  /// `r#".."#` with the prefix before the hashes.
  private mutating func addRawString(prefix: Int) {
    var hashes = 0
    while text[position + prefix + hashes] == Ascii.hash { hashes += 1 }
    var end = position + prefix + hashes + 1
    while end < text.count {
      end = text.find(Ascii.quote, from: end, to: text.count)
      var closing = 0
      while closing < hashes, text[end + 1 + closing] == Ascii.hash { closing += 1 }
      end += 1
      if closing == hashes { break }
    }
    add(.string, end + hashes - position)
  }

  private mutating func addApostrophe() {
    let next = text[position + 1]
    if next == Ascii.backslash {
      var end = position + 3
      while end < text.count, text[end] != Ascii.apostrophe, text[end] != Ascii.newline { end += 1 }
      add(.character, end + 1 - position)
      return
    }
    var end = position + 1
    while isIdentifierByte(text[end]) { end += 1 }
    if end == position + 1 {
      // One character of punctuation.
      add(.character, text[position + 2] == Ascii.apostrophe ? 3 : 1)
    } else if text[end] == Ascii.apostrophe {
      add(.character, end + 1 - position)
    } else {
      add(.lifetime, end - position)
    }
  }

  private mutating func addNumber() {
    var end = position
    let isHexadecimal = text[position] == 0x30 && text[position + 1] == 0x78
    while true {
      let byte = text[end]
      if isIdentifierByte(byte) {
        end += 1
      } else if byte == Ascii.dot, isDigit(text[end + 1]) {
        end += 1
      } else if byte == Ascii.plus || byte == Ascii.minus, !isHexadecimal, text[end - 1] | 0x20 == 0x65,
        isDigit(text[end + 1])
      {
        end += 1
      } else {
        break
      }
    }
    add(.number, end - position)
  }

  private mutating func addWord() {
    var end = position
    while isIdentifierByte(text[end]) { end += 1 }
    let length = end - position
    if length <= 2, isStringPrefix(length), addPrefixed(length, end) { return }
    add(.identifier, length)
  }

  /// `r"..", `b'x'`, `r#name`: what a prefix of one or two letters begins.
  private mutating func addPrefixed(_ length: Int, _ end: Int) -> Bool {
    if text[end] == Ascii.quote {
      if text[end - 1] == 0x72 { addRawString(prefix: length) } else { addString(prefix: length) }
      return true
    }
    if text[end] == Ascii.hash, text[end - 1] == 0x72 {
      if text[end + 1] == Ascii.quote || text[end + 1] == Ascii.hash {
        addRawString(prefix: length)
        return true
      }
      if length == 1, isIdentifierByte(text[end + 1]) {
        var last = end + 1
        while isIdentifierByte(text[last]) { last += 1 }
        add(.identifier, last - position)
        return true
      }
    }
    if length == 1, text[position] == 0x62, text[end] == Ascii.apostrophe {
      addByteCharacter()
      return true
    }
    return false
  }

  private mutating func addByteCharacter() {
    var end = position + 2
    if text[end] == Ascii.backslash { end += 2 } else { end += 1 }
    while end < text.count, text[end] != Ascii.apostrophe, text[end] != Ascii.newline { end += 1 }
    add(.character, end + 1 - position)
  }

  /// `r`, `b`, `c`, `br`, `cr`.
  private func isStringPrefix(_ length: Int) -> Bool {
    let first = text[position]
    if length == 1 { return first == 0x72 || first == 0x62 || first == 0x63 }
    return (first == 0x62 || first == 0x63) && text[position + 1] == 0x72
  }
}
