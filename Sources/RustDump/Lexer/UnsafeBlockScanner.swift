/// Finds the `unsafe { }` blocks of a Rust source file. Dumps do not say where they stand: this does.
///
/// Works on tokens alone: blocks in code that is configured away are found too.
public enum UnsafeBlockScanner {
  /// One `unsafe` block.
  public struct Block: Sendable, Equatable {
    /// The line of the word `unsafe`, from 1.
    public var line: UInt32
    /// Its column in characters, from 1, as rustc counts.
    public var column: UInt32
    /// Whether it stands in a `macro_rules!` or `macro` definition: its expansions have positions of their own.
    public var insideMacroDefinition: Bool
  }

  /// The `unsafe` blocks of a source file, in the order of the text.
  public static func scan(_ source: UnsafeRawBufferPointer) -> [Block] {
    let text = ByteText(source)
    var lexer = RustLexer(text, at: beginning(of: text))
    var lines = LineCounter()
    var blocks: [Block] = []
    var nesting = 0
    /// The nesting around the macro definition at hand, or -1.
    var macroNesting = -1
    var previous = lexer.next()
    while previous.kind != .end {
      let token = lexer.next()
      if token.kind == .punctuation {
        if isUnsafe(previous, token, text) {
          let line = lines.line(at: previous.start, in: text)
          let column = column(of: previous.start, lines.lineStart, text)
          blocks.append(Block(line: line, column: column, insideMacroDefinition: macroNesting >= 0))
        }
        switch token.byte {
        case Ascii.openBrace, Ascii.openParenthesis, Ascii.openBracket: nesting += 1
        case Ascii.closeBrace, Ascii.closeParenthesis, Ascii.closeBracket:
          nesting -= 1
          if nesting <= macroNesting, !continuesMacro(lexer, token) { macroNesting = -1 }
        default: break
        }
      }
      if macroNesting < 0, startsMacro(previous, token, text) { macroNesting = nesting }
      previous = token
    }
    return blocks
  }

  private static func isUnsafe(_ word: RustToken, _ brace: RustToken, _ text: ByteText) -> Bool {
    brace.byte == Ascii.openBrace && word.kind == .identifier && word.end - word.start == 6
      && text.matches("unsafe", at: word.start)
  }

  /// `macro_rules !` or `macro NAME`.
  private static func startsMacro(_ word: RustToken, _ token: RustToken, _ text: ByteText) -> Bool {
    guard word.kind == .identifier, text.matches("macro", at: word.start) else { return false }
    if word.end - word.start == 5 { return token.kind == .identifier }
    return word.end - word.start == 11 && text.matches("macro_rules", at: word.start)
      && token.isPunctuation(Ascii.bang)
  }

  /// `macro name(..) { .. }` has a second group.
  private static func continuesMacro(_ lexer: RustLexer, _ token: RustToken) -> Bool {
    guard token.byte == Ascii.closeParenthesis else { return false }
    var copy = lexer
    return copy.next().isPunctuation(Ascii.openBrace)
  }

  /// Behind a byte order mark and a `#!` line.
  private static func beginning(of text: ByteText) -> Int {
    let start = text.matches("\u{FEFF}", at: 0) ? 3 : 0
    guard text.matches("#!", at: start) else { return start }
    var lexer = RustLexer(text, at: start + 2)
    if lexer.next().isPunctuation(Ascii.openBracket) { return start }
    return text.find(Ascii.newline, from: start, to: text.count)
  }

  private static func column(of offset: Int, _ lineStart: Int, _ text: ByteText) -> UInt32 {
    var column: UInt32 = 1
    for position in lineStart..<max(lineStart, offset) where text[position] & 0xC0 != 0x80 { column &+= 1 }
    return column
  }
}
