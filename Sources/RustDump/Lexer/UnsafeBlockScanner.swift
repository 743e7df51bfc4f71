/// Where a Rust source file has an `unsafe { .. }` block.
public struct UnsafeBlock: Sendable, Equatable {
  /// The line of the word `unsafe`, from 1.
  public var line: UInt32
  /// Its column in characters, from 1, as the compiler counts.
  public var column: UInt32
  /// Whether it stands in a `macro_rules!` or `macro` definition, so that it is not where the macro is used.
  public var insideMacroDefinition: Bool

  public init(line: UInt32, column: UInt32, insideMacroDefinition: Bool) {
    self.line = line
    self.column = column
    self.insideMacroDefinition = insideMacroDefinition
  }
}

/// Finds the `unsafe` blocks of a source file.
public enum UnsafeBlockScanner {
  /// The blocks in the order of the text. Comments and strings are passed over; any bytes are accepted. A file of 4 GB
  /// and more has none.
  public static func scan(_ source: UnsafeRawBufferPointer) -> [UnsafeBlock] {
    let text = ByteText(source)
    let tokens = RustLexer.tokens(of: text, isHir: false)
    var lines = LineCounter(text)
    var columns = ColumnCounter(text: text)
    var blocks: [UnsafeBlock] = []
    var macroEnd = 0
    for index in 0..<tokens.count {
      let token = tokens.base[index]
      switch token.keyword {
      case .macroRules, .macroWord: macroEnd = max(macroEnd, endOfDefinition(index, tokens))
      case .unsafeWord where index + 1 < tokens.count && tokens.base[index + 1].kind == Ascii.openBrace:
        let offset = Int(token.offset)
        blocks.append(
          UnsafeBlock(
            line: lines.line(at: offset), column: columns.column(at: offset),
            insideMacroDefinition: index < macroEnd))
      default: break
      }
    }
    return blocks
  }

  /// The index behind the macro definition that begins at a token, or its own if none does.
  private static func endOfDefinition(_ start: Int, _ tokens: RustTokens) -> Int {
    var next = start + 1
    if tokens.base[start].keyword == .macroRules {
      guard next < tokens.count, tokens.base[next].kind == Ascii.bang else { return start }
      next += 1
    }
    guard next < tokens.count, tokens.base[next].kind == TokenKind.identifier else { return start }
    next += 1
    guard next < tokens.count, isOpen(tokens.base[next].kind) else { return start }
    let end = Int(tokens.base[next].link)
    // `macro name(..) {..}` has two groups, the others one.
    let isShort = tokens.base[start].keyword == .macroWord && tokens.base[next].kind == Ascii.openParenthesis
    guard isShort, end + 1 < tokens.count, tokens.base[end + 1].kind == Ascii.openBrace else { return end }
    return Int(tokens.base[end + 1].link)
  }

  private static func isOpen(_ kind: UInt8) -> Bool {
    kind == Ascii.openBrace || kind == Ascii.openParenthesis || kind == Ascii.openBracket
  }
}

/// Gives the column of ascending offsets, looking at each byte at most once.
private struct ColumnCounter {
  let text: ByteText
  private var offset = 0
  private var column: UInt32 = 1

  init(text: ByteText) { self.text = text }

  mutating func column(at target: Int) -> UInt32 {
    while offset < target {
      let byte = text[offset]
      if byte == Ascii.newline { column = 1 } else if byte & 0xC0 != 0x80 { column &+= 1 }
      offset += 1
    }
    return column
  }
}
