/// Where a Rust source file says `unsafe`: a block, a function, an impl.
public struct UnsafeMark: Sendable, Equatable {
  /// What is unsafe.
  public enum Kind: UInt32, Sendable {
    case block = 0
    case function
    case implementation
  }

  public var kind: Kind
  /// The line of the word `unsafe`, from 1.
  public var line: UInt32
  /// Its column in characters, from 1, as the compiler counts.
  public var column: UInt32
  /// The line of the brace that ends it.
  public var endLine: UInt32
  /// Whether it stands in a `macro_rules!` or `macro` definition, so that it is not where the macro is used.
  public var insideMacroDefinition: Bool
  /// Function: its name. Impl: the last name of the trait's path. As a range of the text; empty if there is none, and for a
  /// variable of a macro.
  public var name: Range<Int>
  /// Impl: the last name of the type's path.
  public var type: Range<Int>

  public init(
    kind: Kind, line: UInt32, column: UInt32, endLine: UInt32, insideMacroDefinition: Bool,
    name: Range<Int> = 0..<0, type: Range<Int> = 0..<0
  ) {
    self.kind = kind
    self.line = line
    self.column = column
    self.endLine = endLine
    self.insideMacroDefinition = insideMacroDefinition
    self.name = name
    self.type = type
  }
}

/// Finds what a source file declares `unsafe`: blocks, functions with a body, impls.
public enum UnsafeScanner {
  /// The marks in the order of the text. Comments and strings are passed over; any bytes are accepted. A file of 4 GB and
  /// more has none.
  public static func scan(_ source: UnsafeRawBufferPointer) -> [UnsafeMark] {
    let text = ByteText(source)
    guard text.find("unsafe", from: 0, to: text.count) != nil else { return [] }
    let tokens = RustLexer.tokens(of: text, isHir: false)
    var lines = LineCounter(text)
    var columns = ColumnCounter(text: text)
    var marks: [UnsafeMark] = []
    var macroEnd = 0
    for index in 0..<tokens.count {
      let token = tokens.base[index]
      switch token.keyword {
      case .macroRules, .macroWord: macroEnd = max(macroEnd, endOfDefinition(index, tokens))
      case .unsafeWord:
        guard let found = declaration(behind: index, tokens) else { continue }
        let offset = Int(token.offset)
        let end = found.end < tokens.count ? Int(tokens.base[found.end].offset) : offset
        let endLine = lines.line(at: end)
        marks.append(
          UnsafeMark(
            kind: found.kind, line: lines.line(at: offset), column: columns.column(at: offset), endLine: endLine,
            insideMacroDefinition: index < macroEnd, name: range(found.name, tokens),
            type: range(found.type, tokens)))
      default: break
      }
    }
    return marks
  }

  /// What stands behind the word `unsafe`, as indices of tokens.
  private struct Declaration {
    var kind: UnsafeMark.Kind
    /// The closing brace.
    var end: Int
    var name: Int?
    var type: Int?
  }

  private static func declaration(behind index: Int, _ tokens: RustTokens) -> Declaration? {
    var next = index + 1
    guard next < tokens.count else { return nil }
    if tokens.base[next].kind == Ascii.openBrace {
      return Declaration(kind: .block, end: Int(tokens.base[next].link))
    }
    if tokens.base[next].keyword == .implWord { return implementation(next, tokens) }
    if tokens.base[next].keyword == .externWord {
      next += 1
      if next < tokens.count, tokens.base[next].kind == TokenKind.string { next += 1 }
    }
    guard next + 1 < tokens.count, tokens.base[next].keyword == .fnWord,
      tokens.base[next + 1].kind == TokenKind.identifier, let open = body(behind: next + 1, tokens)
    else { return nil }
    return Declaration(kind: .function, end: Int(tokens.base[open].link), name: next + 1)
  }

  /// The brace that opens the body of an item; `nil` if it has none.
  private static func body(behind start: Int, _ tokens: RustTokens) -> Int? {
    var next = start
    while next < tokens.count {
      switch tokens.base[next].kind {
      case Ascii.openBrace: return next
      case Ascii.semicolon, Ascii.closeBrace, Ascii.closeParenthesis, Ascii.closeBracket: return nil
      case Ascii.openParenthesis, Ascii.openBracket: next = max(next, Int(tokens.base[next].link)) + 1
      default: next += 1
      }
    }
    return nil
  }

  /// `impl<..> TRAIT for TYPE where .. {`
  private static func implementation(_ word: Int, _ tokens: RustTokens) -> Declaration? {
    guard let open = body(behind: word, tokens) else { return nil }
    var result = Declaration(kind: .implementation, end: Int(tokens.base[open].link))
    var depth = 0
    var last: Int?
    var next = word + 1
    scan: while next < open {
      let token = tokens.base[next]
      switch token.kind {
      case Ascii.less: depth += 1
      case Ascii.greater: depth -= 1
      case Ascii.openParenthesis, Ascii.openBracket: next = max(next, Int(token.link))
      case TokenKind.identifier where depth == 0:
        switch token.keyword {
        case .forWord where next + 1 < open && tokens.base[next + 1].kind != Ascii.less:
          result.name = last
          last = nil
        case .whereWord: break scan
        case .forWord, .mutWord, .dynWord, .constWord: break
        default: last = next
        }
      default: break
      }
      next += 1
    }
    result.type = last
    return result
  }

  private static func range(_ token: Int?, _ tokens: RustTokens) -> Range<Int> {
    guard let token, tokens.base[token - 1].kind != dollar else { return 0..<0 }
    let offset = Int(tokens.base[token].offset)
    return offset..<(offset + Int(tokens.base[token].length))
  }

  /// Stands before the variables of macros.
  private static let dollar = UInt8(ascii: "$")

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
