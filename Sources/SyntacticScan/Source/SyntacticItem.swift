import RustDump

/// Something that an attribute can stand in front of: an item, a statement, a field, an arm of a `match`, an
/// expression.
struct SyntacticItem {
  /// What it is, in words: `mod windows`, `fn spawn`, `impl Run for Job`, `code`.
  var what: String
  /// Its tokens without attributes.
  var range: Range<Int>
  /// Whether it is an item, and not a part of one.
  var isItem = true
  /// Whether it brings names into scope and does nothing else.
  var isImport = false
  /// Of `mod name;` the name.
  var fileModule: String?

  /// The longest text of source code in `what`.
  private static let longestText = 80

  /// Finds what begins at a token.
  init(_ source: SourceTokens, at start: Int) {
    range = start..<(start + 1)
    what = "code"
    var reader = ItemReader(source: source, index: start)
    reader.skipModifiers()
    reader.read(into: &self)
    range = start..<max(start + 1, min(reader.index, source.count))
  }

  fileprivate static func shortened(_ text: String) -> String {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }).joined(
      separator: " ")
    return words.count > longestText ? words.prefix(longestText) + "…" : words
  }
}

private struct ItemReader {
  let source: SourceTokens
  var index: Int

  /// Visibility and the words before `fn`, `impl`, `trait` and `extern`.
  mutating func skipModifiers() {
    if source.isWord(index, "pub") {
      index += 1
      if source.isMark(index, Ascii.openParenthesis) { index = source.afterGroup(index) }
    }
    while true {
      let next = source[index + 1]
      if ["async", "default", "auto", "safe"].contains(where: { source.isWord(index, $0) }), next.kind == .word {
        index += 1
      } else if source.isWord(index, "unsafe"), next.kind == .word {
        index += 1
      } else if source.isWord(index, "const"),
        ["fn", "unsafe", "extern", "async"].contains(where: { source.isWord(index + 1, $0) })
      {
        index += 1
      } else if source.isWord(index, "extern"), source.isWord(index + 1, "fn") {
        index += 1
      } else if source.isWord(index, "extern"), next.kind == .string, source.isWord(index + 2, "fn") {
        index += 2
      } else {
        return
      }
    }
  }

  mutating func read(into item: inout SyntacticItem) {
    let start = index
    let isNamed = source[start + 1].kind == .word
    let source = source
    let name = { (place: Int) in source.text(place) }
    if source.isMark(start + 1, Ascii.bang), source[start].kind == .word { return readMacro(into: &item) }
    for word in ["fn", "struct", "enum", "trait", "union", "macro"] as [StaticString]
    where source.isWord(start, word) && isNamed {
      item.what = "\(word) \(name(start + 1))"
      return moveBehindBody()
    }
    for word in ["const", "static", "type"] as [StaticString] where source.isWord(start, word) {
      let place = source.isWord(start + 1, "mut") ? start + 2 : start + 1
      guard source[place].kind == .word else { break }
      item.what = "\(word) \(name(place))"
      return moveBehindSemicolon()
    }
    switch true {
    case source.isWord(start, "mod") && isNamed:
      item.what = "mod \(name(start + 1))"
      if source.isMark(start + 2, Ascii.semicolon) { item.fileModule = name(start + 1) }
      moveBehindBody()
    case source.isWord(start, "impl"):
      moveBehindBody()
      let end = (start..<index).first { source.isMark($0, Ascii.openBrace) } ?? index
      item.what = SyntacticItem.shortened(source.text(start..<end))
    case source.isWord(start, "extern") && source.isWord(start + 1, "crate"):
      item.what = "extern crate \(name(start + 2))"
      item.isImport = true
      moveBehindSemicolon()
    case source.isWord(start, "extern"):
      item.what = "extern block"
      moveBehindBody()
    case source.isWord(start, "use"):
      moveBehindSemicolon()
      item.what = SyntacticItem.shortened(source.text(start..<max(start, index - 1)))
      item.isImport = true
    default:
      item.isItem = false
      readCode()
    }
  }

  /// `name! { .. }`, `name!(..);`, `macro_rules! name { .. }`
  private mutating func readMacro(into item: inout SyntacticItem) {
    let isDefinition = source.isWord(index, "macro_rules")
    let group = isDefinition ? index + 3 : index + 2
    item.what = isDefinition ? "macro \(source.text(index + 2))" : "call of \(source.text(index))!"
    let isBrace = source.isMark(group, Ascii.openBrace)
    index = source.afterGroup(group)
    if source.isMark(index, Ascii.semicolon) {
      index += 1
    } else if !isBrace, !isDefinition {
      item.isItem = false
      readCode()
    }
  }

  /// To the end of the first group in braces, or to the first semicolon before it.
  private mutating func moveBehindBody() {
    while index < source.count, !isClosing(index) {
      if source.isMark(index, Ascii.semicolon) {
        index += 1
        return
      }
      let isBody = source.isMark(index, Ascii.openBrace)
      index = source.afterGroup(index)
      if isBody { return }
    }
  }

  private mutating func moveBehindSemicolon() {
    while index < source.count, !isClosing(index) {
      let isEnd = source.isMark(index, Ascii.semicolon)
      index = source.afterGroup(index)
      if isEnd { return }
    }
  }

  private func isClosing(_ index: Int) -> Bool {
    [Ascii.closeBrace, Ascii.closeParenthesis, Ascii.closeBracket].contains { source.isMark(index, $0) }
  }

  /// A statement, field, arm or expression: to its comma or semicolon, to the end of a block that stands for itself, or
  /// to the end of what it stands in.
  private mutating func readCode() {
    if source.isWord(index, "let") { return moveBehindSemicolon() }
    if source.isMark(index, Ascii.openBrace) {
      index = source.afterGroup(index)
      return
    }
    if ["if", "match", "for", "while", "loop", "unsafe"].contains(where: { source.isWord(index, $0) }) {
      repeat { moveBehindBody() } while source.isWord(index, "else")
      return
    }
    // Commas within the type of a field separate nothing.
    let isField = source[index].kind == .word && source.isMark(index + 1, Ascii.colon)
    var angles = 0
    while index < source.count, !isClosing(index) {
      if isField, source.isMark(index, Ascii.less) { angles += 1 }
      if isField, source.isMark(index, Ascii.greater) { angles -= 1 }
      let isEnd = source.isMark(index, Ascii.semicolon) || (source.isMark(index, Ascii.comma) && angles <= 0)
      let endsArm = source.isFatArrow(index) && source.isMark(index + 1, Ascii.openBrace)
      index = source.afterGroup(index)
      if isEnd { return }
      if endsArm {
        index = source.afterGroup(index)
        if source.isMark(index, Ascii.comma) { index += 1 }
        return
      }
    }
  }
}
