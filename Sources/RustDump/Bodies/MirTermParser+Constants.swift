/// Constants and lifetimes among generic arguments.
extension MirTermParser {
  mutating func parseConstantText() -> TermID {
    let start = position
    if current == Ascii.quote || peek(1) == Ascii.quote {
      skipString()
    } else {
      _ = eat(Ascii.minus)
      while isIdentifierByte(current) || current == Ascii.dot { position += 1 }
    }
    let name = store.names.intern(text.slice(textRange(start, position)))
    return store.terms.intern(.constant, b: name.raw)
  }

  private mutating func skipString() {
    while position < end, current != Ascii.quote { position += 1 }
    position += 1
    while position < end, current != Ascii.quote { position += current == Ascii.backslash ? 2 : 1 }
    position = min(position + 1, end)
  }

  /// A character constant, or a lifetime (which gives no term).
  mutating func parseApostrophe() -> TermID {
    let start = position
    if peek(1) == Ascii.backslash || isCharacterConstant() {
      position += peek(1) == Ascii.backslash ? 3 : 2
      while position < end, current != Ascii.apostrophe { position += 1 }
      position = min(position + 1, end)
      let name = store.names.intern(text.slice(textRange(start, position)))
      return store.terms.intern(.constant, b: name.raw)
    }
    skipLifetime()
    return .none
  }

  private func isCharacterConstant() -> Bool {
    // A lifetime continues with identifier bytes; a character is closed by an apostrophe after one code point.
    var offset = 1
    if peek(1) >= 0x80 {
      offset = 2
      while offset < 5, peek(offset) & 0xC0 == 0x80 { offset += 1 }
      return peek(offset) == Ascii.apostrophe
    }
    return peek(2) == Ascii.apostrophe
  }

  mutating func skipLifetime() {
    guard current == Ascii.apostrophe else { return }
    position += 1
    if current == Ascii.openBrace { position = matchingBrace(position) + 1 }
    while isIdentifierByte(current) || current == 0x5E || current == Ascii.hash { position += 1 }
    skipSpaces()
  }

  /// Moves behind the `>` that closes the `<` before the cursor.
  mutating func skipAngles() {
    var nesting = 1
    while position < end, nesting > 0 {
      if current == Ascii.less { nesting += 1 }
      if current == Ascii.greater, text[position - 1] != Ascii.minus { nesting -= 1 }
      position += 1
    }
  }

  func skipAttribute() -> Int {
    var offset = position
    while offset < end, text[offset] != Ascii.closeBracket { offset += 1 }
    offset += 1
    while offset < end, text[offset] == Ascii.space { offset += 1 }
    return max(offset, position + 1)
  }
}
