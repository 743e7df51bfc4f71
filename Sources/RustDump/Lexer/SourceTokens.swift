/// What a token of a source file is.
public enum SourceTokenKind: UInt8, Sendable {
  /// An identifier or keyword; of `r#name` the name.
  case word
  /// `".."` in any of its spellings; `SourceTokens.string` gives what it stands for.
  case string
  /// `::`
  case pathSeparator
  /// `->`, `=>`
  case arrow
  /// Any other mark, delimiters too; see `SourceToken.mark`.
  case mark
  /// Numbers, characters, lifetimes.
  case other
}

/// One token of a source file.
public struct SourceToken: Sendable {
  public var kind: SourceTokenKind
  /// The byte of a mark; 0 for all else.
  public var mark: UInt8
  /// Where it begins, and its length, in bytes.
  public var offset: UInt32
  public var length: UInt32
  /// Of an opening delimiter the index of the token that closes it, or the number of tokens; else its own index.
  public var link: UInt32
}

/// A Rust source file cut into tokens, with its text. Comments are none.
///
/// Any bytes are accepted. Reading outside of the tokens gives a mark of byte 0.
public struct SourceTokens: Sendable {
  public let bytes: [UInt8]
  public let tokens: [SourceToken]
  /// The offsets at which lines begin.
  private let lines: [UInt32]

  /// Cuts a text. One of 4 GB and more has no tokens.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens = bytes.withUnsafeBytes { SourceTokens.tokens(of: $0) }
    var lines: [UInt32] = [0]
    for (offset, byte) in bytes.enumerated() where byte == Ascii.newline {
      lines.append(UInt32(truncatingIfNeeded: offset + 1))
    }
    self.lines = lines
  }

  private static func tokens(of text: UnsafeRawBufferPointer) -> [SourceToken] {
    let all = RustLexer.tokens(of: ByteText(text), isHir: false)
    return (0..<all.count).map { index in
      let token = all.base[index]
      var offset = token.offset
      var length = token.length
      let kind: SourceTokenKind
      switch token.kind {
      case TokenKind.identifier:
        kind = .word
        if length > 2, text[Int(offset)] == 0x72, text[Int(offset) + 1] == Ascii.hash {
          offset += 2
          length -= 2
        }
      case TokenKind.string, TokenKind.otherString: kind = .string
      case TokenKind.pathSeparator: kind = .pathSeparator
      case TokenKind.arrow, TokenKind.fatArrow: kind = .arrow
      default: kind = token.kind < 0x80 ? .mark : .other
      }
      return SourceToken(
        kind: kind, mark: kind == .mark ? token.kind : 0, offset: offset, length: length, link: token.link)
    }
  }

  public var count: Int { tokens.count }

  /// How many lines the text has; what follows the last line's end is one, if it is not empty.
  public var lineCount: Int { bytes.isEmpty ? 0 : bytes.last == Ascii.newline ? lines.count - 1 : lines.count }

  public subscript(_ index: Int) -> SourceToken {
    tokens.indices.contains(index)
      ? tokens[index]
      : SourceToken(kind: .mark, mark: 0, offset: UInt32(bytes.count), length: 0, link: UInt32(tokens.count))
  }

  /// The text of a token.
  public func text(_ index: Int) -> String { text(index..<(index + 1)) }

  /// The text from the first of some tokens to the last, as written.
  public func text(_ range: Range<Int>) -> String {
    guard !range.isEmpty else { return "" }
    let start = Int(self[range.lowerBound].offset)
    let last = self[range.upperBound - 1]
    return String(decoding: bytes[start..<max(start, min(Int(last.offset + last.length), bytes.count))], as: UTF8.self)
  }

  /// Whether a token is a word.
  public func isWord(_ index: Int, _ word: StaticString) -> Bool {
    let token = self[index]
    guard token.kind == .word, Int(token.length) == word.utf8CodeUnitCount else { return false }
    for place in 0..<word.utf8CodeUnitCount where bytes[Int(token.offset) + place] != word.utf8Start[place] {
      return false
    }
    return true
  }

  /// Whether a token is a mark.
  public func isMark(_ index: Int, _ mark: UInt8) -> Bool { self[index].kind == .mark && self[index].mark == mark }

  /// Whether a token is `=>` (and not `->`).
  public func isFatArrow(_ index: Int) -> Bool {
    self[index].kind == .arrow && bytes[Int(self[index].offset)] == Ascii.equals
  }

  /// What a string literal stands for.
  public func string(_ index: Int) -> String {
    let token = self[index]
    let range = Int(token.offset)..<Int(token.offset + token.length)
    return bytes.withUnsafeBytes {
      String(decoding: RustString.value(of: UnsafeRawBufferPointer(rebasing: $0[range])), as: UTF8.self)
    }
  }

  /// The line of a token, from 1.
  public func line(_ index: Int) -> Int {
    let offset = self[index].offset
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first token that begins at a line and column, counted from 1, or behind it.
  public func index(atLine line: Int, column: Int) -> Int {
    guard line >= 1, line <= lines.count else { return count }
    var offset = Int(lines[line - 1])
    var left = max(0, column - 1)
    while left > 0, offset < bytes.count, bytes[offset] != Ascii.newline {
      offset += 1
      if offset == bytes.count || bytes[offset] & 0xC0 != 0x80 { left -= 1 }
    }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].offset) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The column of a token, from 1, in characters; in bytes on lines that no person has written.
  public func column(_ index: Int) -> Int {
    let offset = Int(self[index].offset)
    let start = Int(lines[line(index) - 1])
    guard offset - start < 4096 else { return offset - start + 1 }
    return 1 + bytes[start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
  }

  /// The index behind the group that a token opens; behind the token itself if it opens none.
  public func afterGroup(_ index: Int) -> Int { min(Int(self[index].link), count) + 1 }
}
