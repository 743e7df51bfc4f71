/// Literals and comments.
extension RustLexer {
  /// From an opening quote to behind the closing one.
  mutating func skipString() {
    position += 1
    while position < text.count {
      let byte = text[position]
      if byte == Ascii.quote {
        position += 1
        return
      }
      position += byte == Ascii.backslash ? 2 : 1
    }
    position = text.count
  }

  mutating func skipRawString(_ hashes: Int) {
    while position < text.count {
      let quote = text.find(Ascii.quote, from: position, to: text.count)
      position = quote + 1
      var closing = 0
      while closing < hashes, text[position + closing] == Ascii.hash { closing += 1 }
      if closing == hashes {
        position = min(position + hashes, text.count)
        return
      }
    }
    position = text.count
  }

  /// From an apostrophe to behind the closing one, on the same line.
  mutating func skipCharacter() {
    position += 1
    while position < text.count {
      let byte = text[position]
      if byte == Ascii.newline { return }
      position += byte == Ascii.backslash ? 2 : 1
      if byte == Ascii.apostrophe { return }
    }
    position = text.count
  }

  /// A character, or a lifetime: a character is closed by an apostrophe after one code point.
  mutating func scanApostrophe() {
    let start = position
    let first = text[start + 1]
    if first == Ascii.backslash {
      skipCharacter()
      return tokens.append(TokenKind.character, .none, from: start, to: position)
    }
    var width = 1
    while first >= 0x80, width < 4, text[start + 1 + width] & 0xC0 == 0x80 { width += 1 }
    if text[start + 1 + width] == Ascii.apostrophe, first != Ascii.newline {
      position = start + width + 2
      return tokens.append(TokenKind.character, .none, from: start, to: position)
    }
    position = start + 1
    if first == 0x72, text[start + 2] == Ascii.hash { position += 2 }
    while isIdentifierByte(text[position]) { position += 1 }
    tokens.append(TokenKind.lifetime, .none, from: start, to: position)
  }

  mutating func scanSlash() {
    switch text[position + 1] {
    case Ascii.slash: position = text.find(Ascii.newline, from: position, to: text.count)
    case Ascii.star:
      if isHir, text.matches("/*impl Trait*/", at: position) {
        return emit(TokenKind.opaquePlaceholder, length: 14)
      }
      skipBlockComment()
    default: emit(Ascii.slash, length: 1)
    }
  }

  /// A block comment, with those inside it.
  mutating func skipBlockComment() {
    var nesting = 0
    while position < text.count {
      let byte = text[position]
      if byte == Ascii.slash, text[position + 1] == Ascii.star {
        nesting += 1
        position += 2
      } else if byte == Ascii.star, text[position + 1] == Ascii.slash {
        nesting -= 1
        position += 2
        if nesting == 0 { return }
      } else {
        position += 1
      }
    }
    position = text.count
  }
}
