/// The open delimiters while a text is lexed. It links each one to the token that closes it.
///
/// A closing brace closes everything that is open within it. A closing parenthesis or bracket without its partner on
/// top of the stack is ignored: brackets must not close a body that is otherwise well formed.
struct DelimiterStack {
  private var open: [UInt32] = []
  private var openBraces = 0

  mutating func push(_ index: Int, _ kind: UInt8) {
    open.append(UInt32(truncatingIfNeeded: index))
    if kind == Ascii.openBrace { openBraces += 1 }
  }

  /// Takes in the closing delimiter at `index`. Gives whether it has exactly its own partner.
  mutating func close(_ index: Int, _ kind: UInt8, in tokens: RustTokens) -> Bool {
    if kind == Ascii.closeBrace { return closeBrace(index, in: tokens) }
    let partner = kind == Ascii.closeParenthesis ? Ascii.openParenthesis : Ascii.openBracket
    guard let top = open.last, tokens.base[Int(top)].kind == partner else { return false }
    open.removeLast()
    tokens.setLink(Int(top), to: index)
    return true
  }

  private mutating func closeBrace(_ index: Int, in tokens: RustTokens) -> Bool {
    guard openBraces > 0 else { return false }
    var exact = true
    while let top = open.popLast() {
      tokens.setLink(Int(top), to: index)
      if tokens.base[Int(top)].kind == Ascii.openBrace { break }
      exact = false
    }
    openBraces -= 1
    return exact
  }

  /// Links what is still open to the end of the tokens. Gives the first such delimiter.
  mutating func finish(in tokens: RustTokens) -> Int? {
    for index in open { tokens.setLink(Int(index), to: tokens.count) }
    return open.first.map { Int($0) }
  }
}
