/// Splits Rust source text, and the dumps that rustc prints in that form, into tokens.
///
/// Works on bytes and allocates nothing. Blanks and comments (nested ones and doc comments too) are passed over. It never
/// fails: bytes that begin no token are punctuation, and what is not terminated extends to the end of the text, which
/// `unterminated` tells.
public struct RustLexer {
  public let text: ByteText
  /// Where the next token is looked for.
  public var position: Int
  /// The beginning of a comment or literal that does not end, or -1.
  public private(set) var unterminated = -1
  /// Whether the comment `/*impl Trait*/` is a token.
  let showsHiddenTypes: Bool

  public init(_ text: ByteText, at position: Int = 0, showsHiddenTypes: Bool = false) {
    self.text = text
    self.position = position
    self.showsHiddenTypes = showsHiddenTypes
  }

  /// The next token. At the end of the text it is `.end`, however often it is asked for.
  public mutating func next() -> RustToken {
    while true {
      let byte = text[position]
      switch byte {
      case Ascii.space, Ascii.newline, 0x09, 0x0D:
        position &+= 1
      case Ascii.slash:
        let start = position
        guard skipComment() else { return single(byte) }
        if showsHiddenTypes, text.matches("/*impl Trait*/", at: start) {
          return RustToken(.hiddenType, byte, start, position)
        }
      case 0:
        guard position < text.count else { return RustToken(.end, 0, text.count, text.count) }
        return single(byte)
      default:
        return token(byte)
      }
    }
  }

  @inline(__always)
  private mutating func single(_ byte: UInt8) -> RustToken {
    position &+= 1
    return RustToken(.punctuation, byte, position &- 1, position)
  }

  @inline(__always)
  private mutating func token(_ byte: UInt8) -> RustToken {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, Ascii.underscore, 0x80...0xFF:
      return word(byte)
    case 0x30...0x39:
      return number(byte)
    case Ascii.quote:
      let start = position
      skipString()
      return RustToken(.string, byte, start, position)
    case Ascii.apostrophe:
      return apostrophe()
    case Ascii.colon where text[position &+ 1] == Ascii.colon:
      return double(.pathSeparator, byte)
    case Ascii.minus where text[position &+ 1] == Ascii.greater:
      return double(.arrow, byte)
    case Ascii.equals where text[position &+ 1] == Ascii.greater:
      return double(.fatArrow, byte)
    default:
      return single(byte)
    }
  }

  @inline(__always)
  private mutating func double(_ kind: RustTokenKind, _ byte: UInt8) -> RustToken {
    position &+= 2
    return RustToken(kind, byte, position &- 2, position)
  }

  @inline(__always)
  private mutating func word(_ byte: UInt8) -> RustToken {
    let start = position
    position &+= 1
    while isIdentifierByte(text[position]) { position &+= 1 }
    let following = text[position]
    if following == Ascii.quote || following == Ascii.apostrophe || following == Ascii.hash {
      if let literal = prefixedLiteral(start) { return literal }
    }
    return RustToken(.identifier, byte, start, position)
  }

  // MARK: Comments

  /// Passes over the comment at the cursor. Returns `false` if there is none.
  private mutating func skipComment() -> Bool {
    switch text[position &+ 1] {
    case Ascii.slash:
      position = text.find(Ascii.newline, from: position, to: text.count)
      return true
    case Ascii.star:
      skipBlockComment()
      return true
    default:
      return false
    }
  }

  private mutating func skipBlockComment() {
    let start = position
    var nesting = 1
    position += 2
    while nesting > 0 {
      guard position < text.count else {
        noteUnterminated(start)
        return
      }
      let byte = text[position]
      if byte == Ascii.star, text[position + 1] == Ascii.slash {
        nesting -= 1
        position += 2
      } else if byte == Ascii.slash, text[position + 1] == Ascii.star {
        nesting += 1
        position += 2
      } else {
        position += 1
      }
    }
  }

  mutating func noteUnterminated(_ start: Int) {
    position = text.count
    if unterminated < 0 { unterminated = start }
  }
}
