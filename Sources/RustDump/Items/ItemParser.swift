/// The state of reading one dump: a cursor over the tokens, and what was read so far.
///
/// Grammar: section 6 of the description of the dumps in `docs/dumps.md`, on top of Rust's own. The functions are in
/// the extensions, by subject. They never trap: something unexpected sets `failed`, which the item at hand turns into
/// a gap.
struct ItemParser {
  let text: ByteText
  let tokens: RustTokens
  let dialect: ItemReader.Dialect
  var store: TermStore
  var tree = ItemTree()
  var gaps: [DumpGap] = []
  var lines: LineCounter

  /// The index of the token at the cursor.
  var index = 0
  /// Set when something could not be read, until the item at hand has taken note.
  var failed = false
  /// Where it could not be read.
  var failedIndex = 0
  /// Whether it was the depth of a type that could not be followed.
  var failedTooDeep = false
  /// How deep the types at hand are nested.
  var typeDepth = 0
  /// How deep the items at hand are nested.
  var itemDepth = 0
  /// How many enclosing implementations are `#[automatically_derived]`.
  var derivedDepth = 0
  /// Ranges of tokens within types (lengths, constant arguments) that can hold items.
  var pendingBlocks: [Range<Int>] = []
  /// The attributes before the item at hand.
  var pendingAttributes: [ItemAttribute] = []
  /// The blocks that are open in the bodies at hand.
  var frames: [BodyFrame] = []
  /// Names that are compared with or used often.
  let known: KnownNames

  /// Deeper nesting than this is given up: it bounds the stack on hostile input.
  static let typeDepthLimit = 160
  static let itemDepthLimit = 96
  /// More gaps than this are only said to exist.
  static let gapLimit = 2000
  /// Longer texts of constants and opaque types are given up.
  static let textLimit = 16384

  init(text: ByteText, tokens: RustTokens, dialect: ItemReader.Dialect, store: TermStore) {
    self.text = text
    self.tokens = tokens
    self.dialect = dialect
    self.store = store
    lines = LineCounter(text)
    known = KnownNames(&self.store.names)
  }

  // MARK: Tokens

  /// The kind of a token, or `TokenKind.end` outside.
  @inline(__always)
  func kind(_ index: Int) -> UInt8 { index < tokens.count ? tokens.base[index].kind : TokenKind.end }
  @inline(__always)
  func keyword(_ index: Int) -> RustKeyword { index < tokens.count ? tokens.base[index].keyword : .none }
  /// The index behind a token tree: behind the partner of an opening delimiter, else behind the token itself.
  @inline(__always)
  func afterTree(_ index: Int) -> Int {
    index < tokens.count ? min(Int(tokens.base[index].link) + 1, tokens.count) : tokens.count
  }
  /// The index of the partner of the opening delimiter at `index`.
  @inline(__always)
  func partner(_ index: Int) -> Int { index < tokens.count ? Int(tokens.base[index].link) : tokens.count }
  /// The bytes of a token.
  func bytes(_ index: Int) -> UnsafeRawBufferPointer {
    guard index < tokens.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let offset = Int(tokens.base[index].offset)
    return text.slice(offset..<(offset + Int(tokens.base[index].length)))
  }
  /// Whether a token is this word.
  func isWord(_ index: Int, _ word: StaticString) -> Bool {
    guard index < tokens.count, tokens.base[index].kind == TokenKind.identifier else { return false }
    let token = tokens.base[index]
    return Int(token.length) == word.utf8CodeUnitCount && text.matches(word, at: Int(token.offset))
  }

  @inline(__always) var current: UInt8 { kind(index) }
  @inline(__always) var currentKeyword: RustKeyword { keyword(index) }

  @inline(__always)
  mutating func eat(_ wanted: UInt8) -> Bool {
    guard kind(index) == wanted else { return false }
    index += 1
    return true
  }
  @inline(__always)
  mutating func eat(_ wanted: RustKeyword) -> Bool {
    guard keyword(index) == wanted else { return false }
    index += 1
    return true
  }
  /// Notes that the token at the cursor was not expected.
  mutating func fail() {
    guard !failed else { return }
    failed = true
    failedIndex = index
    failedTooDeep = typeDepth >= ItemParser.typeDepthLimit
  }
  mutating func expect(_ wanted: UInt8) { if !eat(wanted) { fail() } }

  /// The identifier at the cursor as a name.
  mutating func name() -> NameID {
    guard current == TokenKind.identifier else {
      fail()
      return .none
    }
    index += 1
    return store.names.intern(bytes(index - 1))
  }

  // MARK: Gaps

  /// Notes a gap at a token.
  mutating func gap(at token: Int, _ why: String) {
    guard gaps.count <= ItemParser.gapLimit else { return }
    let offset = token < tokens.count ? Int(tokens.base[token].offset) : text.count
    let line = lines.line(at: offset)
    let rest = text.slice(offset..<min(offset + 80, text.count))
    let what = store.names.intern(UnsafeRawBufferPointer(rebasing: rest.prefix { $0 != Ascii.newline }))
    let reason = gaps.count == ItemParser.gapLimit ? "further gaps are left out" : why
    let dump: UInt32 = dialect == .hir ? 1 : 2
    gaps.append(DumpGap(what: what, why: store.names.intern(reason), dump: dump, line: line))
  }

  /// Turns a failure into a gap.
  mutating func noteFailure(_ why: String) {
    guard failed else { return }
    failed = false
    gap(at: failedIndex, failedTooDeep ? "a type nests too deeply" : why)
  }
}

/// Names that are compared with or used often.
struct KnownNames {
  let root: NameID
  let dollarCrate: NameID
  let output: NameID
  let localKey: NameID
  let trivialClone: NameID
  let selfType: NameID
  let cAbi: NameID

  init(_ names: inout NameTable) {
    root = names.intern("{{root}}")
    dollarCrate = names.intern("$crate")
    output = names.intern("Output")
    localKey = names.intern("LocalKey")
    trivialClone = names.intern("TrivialClone")
    selfType = names.intern("Self")
    cAbi = names.intern("C")
  }
}
