extension RustLexer {
  // MARK: Numbers

  /// A number with its fraction, exponent and suffix. Range dots and method calls are left alone.
  mutating func number(_ byte: UInt8) -> RustToken {
    let start = position
    let next = text[position + 1]
    let hasRadix = byte == 0x30 && (next == 0x78 || next == 0x62 || next == 0x6F)
    skipDigits(hasRadix)
    if !hasRadix, text[position] == Ascii.dot {
      let following = text[position + 1]
      if isDigit(following) {
        position += 1
        skipDigits(false)
      } else if following != Ascii.dot, !isIdentifierByte(following) {
        position += 1
      }
    }
    return RustToken(.number, byte, start, position)
  }

  private mutating func skipDigits(_ hasRadix: Bool) {
    while isIdentifierByte(text[position]) {
      let byte = text[position]
      position += 1
      guard !hasRadix, byte == 0x65 || byte == 0x45 else { continue }
      let sign = text[position]
      if sign == Ascii.minus || sign == Ascii.plus, isDigit(text[position + 1]) { position += 1 }
    }
  }

  // MARK: Strings

  /// Moves from the opening quote behind the closing one.
  mutating func skipString() {
    skipQuoted(Ascii.quote)
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    let start = position
    position += 1
    while position < text.count {
      let byte = text[position]
      if byte == quote {
        position += 1
        return
      }
      position += byte == Ascii.backslash ? 2 : 1
    }
    noteUnterminated(start)
  }

  /// What begins with the word that was just read, if that word is the prefix of a literal or raw name. The cursor is at
  /// the byte after the word: a quote, an apostrophe or a hash.
  mutating func prefixedLiteral(_ start: Int) -> RustToken? {
    let length = position - start
    let first = text[start]
    guard length <= 2 else { return nil }
    let isRaw = text[position - 1] == 0x72
    let prefixed = length == 2 && isRaw && (first == 0x62 || first == 0x63)
    if length == 2, !prefixed { return nil }
    guard isRaw || first == 0x62 || first == 0x63 else { return nil }
    switch text[position] {
    case Ascii.apostrophe:
      guard length == 1, first == 0x62 else { return nil }
      skipQuoted(Ascii.apostrophe)
      return RustToken(.character, first, start, position)
    case Ascii.quote:
      if isRaw { return skipRawString(start) ? RustToken(.string, first, start, position) : nil }
      skipString()
      return RustToken(.string, first, start, position)
    default:
      guard isRaw else { return nil }
      if skipRawString(start) { return RustToken(.string, first, start, position) }
      guard length == 1, isIdentifierByte(text[position + 1]) else { return nil }
      position += 1
      while isIdentifierByte(text[position]) { position += 1 }
      return RustToken(.identifier, first, start, position)
    }
  }

  /// Passes over `"..."`, `#"..."#`, .. at the cursor. Returns `false`, without moving, if no quote follows the hashes.
  private mutating func skipRawString(_ start: Int) -> Bool {
    var hashes = 0
    while text[position + hashes] == Ascii.hash { hashes += 1 }
    guard text[position + hashes] == Ascii.quote else { return false }
    position += hashes + 1
    while position < text.count {
      position = text.find(Ascii.quote, from: position, to: text.count) + 1
      guard position <= text.count else { break }
      var closing = 0
      while closing < hashes, text[position + closing] == Ascii.hash { closing += 1 }
      if closing == hashes {
        position += hashes
        return true
      }
      position += closing
    }
    noteUnterminated(start)
    return true
  }

  // MARK: Characters and lifetimes

  /// A character, a lifetime, or a lone apostrophe.
  mutating func apostrophe() -> RustToken {
    let start = position
    let next = text[position + 1]
    if next == Ascii.backslash {
      skipQuoted(Ascii.apostrophe)
      return RustToken(.character, Ascii.apostrophe, start, position)
    }
    if text[position + 1 + lengthOfCharacter(next)] == Ascii.apostrophe, position + 1 < text.count {
      position += 2 + lengthOfCharacter(next)
      return RustToken(.character, Ascii.apostrophe, start, position)
    }
    position += 1
    guard isIdentifierByte(next) else { return RustToken(.punctuation, Ascii.apostrophe, start, position) }
    while isIdentifierByte(text[position]) { position += 1 }
    if position - start == 2, next == 0x72, text[position] == Ascii.hash, isIdentifierByte(text[position + 1]) {
      position += 1
      while isIdentifierByte(text[position]) { position += 1 }
    }
    return RustToken(.lifetime, Ascii.apostrophe, start, position)
  }

  private func lengthOfCharacter(_ first: UInt8) -> Int {
    switch first {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xFF: 4
    default: 1
    }
  }
}
