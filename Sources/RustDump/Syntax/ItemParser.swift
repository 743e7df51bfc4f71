/// State of reading one dump of items: the tokens, a cursor, and what was read so far.
///
/// The parts of the grammar are extensions in files of their own: types (`ItemTypes`), generics (`ItemGenerics`), items
/// (`ItemGrammar`), bodies (`ItemBodies`), `use` trees (`ItemUses`), attributes (`ItemAttributes`).
struct ItemParser {
  let text: ByteText
  let tokens: [RustToken]
  let dialect: ItemReader.Dialect
  var store: TermStore
  var tree = ItemTree()
  var gaps: [DumpGap] = []
  var position = 0
  /// The cursor stops here: the end of the group at hand.
  var end: Int
  var depth = 0
  /// `unsafe` blocks are not counted where std's macros or derives made them.
  var countsUnsafe = true
  static let depthLimit = 200
  static let gapLimit = 1000

  init(text: ByteText, tokens: [RustToken], dialect: ItemReader.Dialect, store: TermStore) {
    self.text = text
    self.tokens = tokens
    self.dialect = dialect
    self.store = store
    end = tokens.count
  }

  // MARK: Looking

  var isAtEnd: Bool { position >= end }

  func kind(_ index: Int) -> RustTokenKind? { index >= 0 && index < end ? tokens[index].kind : nil }

  /// Whether a token is this punctuation or delimiter.
  func isByte(_ byte: UInt8, at index: Int) -> Bool {
    guard index < end, tokens[index].length == 1 else { return false }
    let token = tokens[index]
    return token.byte == byte && (token.kind == .punctuation || token.kind == .open || token.kind == .close)
  }

  func isWord(_ word: StaticString, at index: Int) -> Bool {
    guard index >= 0, index < end, tokens[index].kind == .identifier,
      Int(tokens[index].length) == word.utf8CodeUnitCount
    else { return false }
    return text.matches(word, at: Int(tokens[index].offset))
  }

  func isByte(_ byte: UInt8) -> Bool { isByte(byte, at: position) }
  func isWord(_ word: StaticString) -> Bool { isWord(word, at: position) }
  func isIdentifier(at index: Int) -> Bool { kind(index) == .identifier }

  /// The index behind a token tree.
  func after(_ index: Int) -> Int {
    guard index < tokens.count, tokens[index].kind == .open, tokens[index].partner >= 0 else { return index + 1 }
    return Int(tokens[index].partner) + 1
  }

  // MARK: Moving

  mutating func eat(_ byte: UInt8) -> Bool {
    guard isByte(byte) else { return false }
    position += 1
    return true
  }

  mutating func eat(_ word: StaticString) -> Bool {
    guard isWord(word) else { return false }
    position += 1
    return true
  }

  mutating func eat(_ kind: RustTokenKind) -> Bool {
    guard self.kind(position) == kind else { return false }
    position += 1
    return true
  }

  /// The name at the cursor.
  mutating func takeName() -> NameID? {
    guard kind(position) == .identifier else { return nil }
    defer { position += 1 }
    return name(of: position)
  }

  mutating func name(of index: Int) -> NameID {
    let token = tokens[index]
    return store.names.intern(text.slice(Int(token.offset)..<(Int(token.offset) + Int(token.length))))
  }

  /// Moves behind the `;` that ends the item, passing over token trees.
  mutating func skipToSemicolon() {
    while !isAtEnd, !isByte(Ascii.semicolon) { position = after(position) }
    _ = eat(Ascii.semicolon)
  }

  /// Runs `body` inside the group that opens at the cursor, then moves behind it.
  mutating func inGroup(_ body: (inout ItemParser) -> Void) {
    let close = tokens[position].partner >= 0 ? Int(tokens[position].partner) : end
    let outer = end
    let next = min(close + 1, outer)
    position += 1
    end = min(close, outer)
    depth += 1
    if depth < ItemParser.depthLimit { body(&self) } else { addGap(position, "nested too deeply") }
    depth -= 1
    end = outer
    position = next
  }

  // MARK: Gaps

  mutating func addGap(_ index: Int, _ why: String) {
    guard gaps.count < ItemParser.gapLimit, !tokens.isEmpty else { return }
    let first = tokens[min(index, tokens.count - 1)]
    let last = tokens[min(index + 6, tokens.count - 1)]
    let range = Int(first.offset)..<min(Int(last.offset) + Int(last.length), Int(first.offset) + 100)
    let what = store.names.intern(text.slice(range))
    gaps.append(
      DumpGap(what: what, why: store.names.intern(why), dump: dialect == .hir ? 1 : 2, line: line(of: index)))
  }

  /// The line of a token. Counts from the beginning only for gaps; items remember theirs by `LineCounter`.
  func line(of index: Int) -> UInt32 {
    guard !tokens.isEmpty else { return 1 }
    let limit = Int(tokens[min(index, tokens.count - 1)].offset)
    var number: UInt32 = 1
    var offset = 0
    while offset < limit {
      offset = text.find(Ascii.newline, from: offset, to: limit) + 1
      if offset <= limit { number += 1 }
    }
    return number
  }
}

/// Reads the items of a crate from what rustc prints with `-Zunpretty=expanded` or `-Zunpretty=hir`.
public struct ItemReader {
  /// Which of the two forms a text is.
  public enum Dialect: Sendable {
    case expanded
    case hir
  }

  /// Reads one dump.
  ///
  /// - Parameters:
  ///   - bytes: the text, which must stay unchanged during the call.
  ///   - dialect: which form it is.
  ///   - store: names and terms of the unit, to which those of the dump are added.
  ///   - gaps: what could not be read is added here.
  /// - Returns: the items. Bodies are only searched for items in them.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, dialect: Dialect, store: inout TermStore, gaps: inout [DumpGap]
  ) -> ItemTree {
    let tokens = RustLexer.tokens(of: bytes)
    var parser = ItemParser(text: ByteText(bytes), tokens: tokens, dialect: dialect, store: store)
    store = TermStore()
    parser.readCrate()
    store = parser.store
    gaps.append(contentsOf: parser.gaps)
    return parser.tree
  }
}
