/// Parses types and paths as rustc prints them in MIR, to interned terms.
///
/// Grammar: sections 1.7 and 2 of the description of the dumps in `docs/dumps.md`. Lifetimes are dropped. Each distinct
/// text is parsed once (`TextCache`). A text that does not parse gives no term and sets `failed`; nothing traps.
struct MirTermParser {
  let text: ByteText
  var store: TermStore
  /// Set when something could not be read, until the caller clears it.
  var failed = false
  /// Set when the reason was a limit of nesting or length, until the caller clears it.
  var metLimit = false

  private var types = TextCache()
  private var paths = TextCache()
  var position = 0
  var end = 0
  var depth = 0
  /// Deeper nesting than this is given up: it bounds the stack on hostile input.
  static let depthLimit = 256
  /// Longer paths are given up: users of paths walk them segment by segment, some by recursion.
  static let segmentLimit = 512

  init(text: ByteText, store: TermStore) {
    self.text = text
    self.store = store
  }

  /// The term of the type that fills a range of the text.
  mutating func type(_ range: Range<Int>) -> TermID {
    let hash = hashOfBytes(text.slice(range))
    if let known = types.find(text, range, hash: hash) { return known }
    let term = parseWhole(range) { parser in parser.parseType() }
    types.insert(range, hash: hash, term: term)
    return term
  }

  /// The term of the path (a callee, a definition) that fills a range of the text.
  mutating func path(_ range: Range<Int>) -> TermID {
    let hash = hashOfBytes(text.slice(range))
    if let known = paths.find(text, range, hash: hash) { return known }
    let term = parseWhole(range) { parser in parser.parsePath() }
    paths.insert(range, hash: hash, term: term)
    return term
  }

  private mutating func parseWhole(_ range: Range<Int>, _ parse: (inout MirTermParser) -> TermID) -> TermID {
    position = range.lowerBound
    end = min(range.upperBound, text.count)
    depth = 0
    let before = failed
    failed = false
    let term = parse(&self)
    skipSpaces()
    if position < end { failed = true }
    let result = failed ? TermID.none : term
    failed = failed || before
    return result
  }

  // MARK: Cursor

  var current: UInt8 { position < end ? text[position] : 0 }
  func peek(_ distance: Int) -> UInt8 { position + distance < end ? text[position + distance] : 0 }
  mutating func skipSpaces() { while current == Ascii.space { position += 1 } }
  mutating func eat(_ byte: UInt8) -> Bool {
    guard current == byte, position < end else { return false }
    position += 1
    return true
  }
  mutating func eat(_ pattern: StaticString) -> Bool {
    guard position + pattern.utf8CodeUnitCount <= end, text.matches(pattern, at: position) else { return false }
    position += pattern.utf8CodeUnitCount
    return true
  }
  mutating func fail() -> TermID {
    failed = true
    position = end
    return .none
  }

  mutating func failTooDeep() -> TermID {
    metLimit = true
    return fail()
  }

  // MARK: Types

  mutating func parseType() -> TermID {
    depth += 1
    defer { depth -= 1 }
    guard depth < MirTermParser.depthLimit else { return failTooDeep() }
    skipSpaces()
    if eat("for<") {
      skipAngles()
      skipSpaces()
    }
    switch current {
    case Ascii.ampersand: return parseReference()
    case Ascii.star: return parsePointer()
    case Ascii.openBracket: return parseArrayOrSlice()
    case Ascii.openParenthesis:
      let tuple = parseTuple()
      if eat(" is ") { skipPattern() }
      return tuple
    case Ascii.bang:
      position += 1
      return store.terms.intern(.never)
    case Ascii.openBrace: return parseBraces()
    case Ascii.hash:
      position = skipAttribute()
      return parseType()
    case Ascii.minus, Ascii.quote, 0x30...0x39: return parseConstantText()
    case Ascii.apostrophe: return parseApostrophe()
    case Ascii.underscore where !isIdentifierByte(peek(1)) && peek(1) != Ascii.colon:
      position += 1
      return store.terms.intern(.inferred)
    default: return parseNamedType()
    }
  }

  private mutating func parseNamedType() -> TermID {
    if eat("dyn ") { return parseDynamic() }
    if text.matches("impl ", at: position) { return parseOpaque() }
    if text.matches("fn(", at: position) || text.matches("unsafe ", at: position)
      || text.matches("extern ", at: position)
    {
      return parseFunctionPointer()
    }
    if (current == 0x62 || current == 0x63) && peek(1) == Ascii.quote { return parseConstantText() }
    return parsePath()
  }

  private mutating func parseReference() -> TermID {
    position += 1
    skipLifetime()
    let mutable: UInt32 = eat("mut ") ? 1 : 0
    let inner = parseType()
    return store.terms.intern(.reference, a: mutable, children: [inner])
  }

  private mutating func parsePointer() -> TermID {
    position += 1
    let mutable: UInt32 = eat("mut ") ? 1 : 0
    if mutable == 0, !eat("const ") { return fail() }
    let inner = parseType()
    return store.terms.intern(.pointer, a: mutable, children: [inner])
  }

  private mutating func parseArrayOrSlice() -> TermID {
    position += 1
    let element = parseType()
    skipSpaces()
    if eat(Ascii.closeBracket) { return store.terms.intern(.slice, children: [element]) }
    guard eat(Ascii.semicolon) else { return fail() }
    skipSpaces()
    let length = parseType()
    skipSpaces()
    guard eat(Ascii.closeBracket) else { return fail() }
    return store.terms.intern(.array, children: [element, length])
  }

  private mutating func parseTuple() -> TermID {
    position += 1
    var members: [TermID] = []
    var trailingComma = false
    skipSpaces()
    while current != Ascii.closeParenthesis {
      let start = position
      members.append(parseType())
      skipSpaces()
      trailingComma = eat(Ascii.comma)
      skipSpaces()
      if !trailingComma { break }
      guard position > start else { return fail() }
    }
    guard eat(Ascii.closeParenthesis) else { return fail() }
    if members.count == 1, !trailingComma { return members[0] }
    return store.terms.intern(.tuple, children: members)
  }

  /// The pattern of a pattern type, `(u32) is 1..` or `(i8) is (i8::MIN..=-1 | 1..)`, which is taken for its base type.
  private mutating func skipPattern() {
    var nesting = 0
    while position < end {
      switch current {
      case Ascii.openParenthesis: nesting += 1
      case Ascii.closeParenthesis where nesting > 0: nesting -= 1
      case Ascii.closeParenthesis, Ascii.closeBracket, Ascii.greater, Ascii.comma, Ascii.semicolon:
        if nesting == 0 { return }
      case Ascii.apostrophe: position = text.find(Ascii.apostrophe, from: position + 1, to: end)
      default: break
      }
      position += 1
    }
    position = end
  }

  private mutating func parseFunctionPointer() -> TermID {
    var flags: UInt32 = eat("unsafe ") ? 1 : 0
    var abi = NameID.none
    if eat("extern ") {
      guard eat(Ascii.quote) else { return fail() }
      let close = text.find(Ascii.quote, from: position, to: end)
      abi = store.names.intern(text.slice(textRange(position, close)))
      position = min(close + 1, end)
      skipSpaces()
    }
    guard eat("fn(") else { return fail() }
    var parts: [TermID] = []
    skipSpaces()
    while current != Ascii.closeParenthesis {
      let start = position
      if eat("...") { flags |= 2 } else { parts.append(parseType()) }
      skipSpaces()
      if !eat(Ascii.comma) { break }
      skipSpaces()
      guard position > start else { return fail() }
    }
    guard eat(Ascii.closeParenthesis) else { return fail() }
    parts.append(eat(" -> ") ? parseType() : store.terms.intern(.tuple))
    let pointer = store.terms.intern(.functionPointer, a: flags, b: abi.raw, children: parts)
    guard current == Ascii.space, peek(1) == Ascii.openBrace else { return pointer }
    position += 2
    let path = parsePath()
    guard eat(Ascii.closeBrace) else { return fail() }
    return store.terms.intern(.functionItem, children: [path, pointer])
  }

  private mutating func parseDynamic() -> TermID {
    let bounds = parseBounds()
    return store.terms.intern(.dynamic, children: bounds)
  }

  private mutating func parseBounds() -> [TermID] {
    var bounds: [TermID] = []
    while position < end {
      skipSpaces()
      if current == Ascii.apostrophe {
        skipLifetime()
      } else {
        let parenthesised = eat(Ascii.openParenthesis)
        if eat("for<") {
          skipAngles()
          skipSpaces()
        }
        _ = eat(0x3F)
        bounds.append(parsePath())
        if parenthesised, !eat(Ascii.closeParenthesis) { _ = fail() }
      }
      if eat(" + ") { continue }
      break
    }
    return bounds
  }

  /// `impl A + B`: in argument position a type parameter that is known by its source text, else by its bounds.
  mutating func parseOpaque() -> TermID {
    let start = position
    let stop = endOfOpaque(start)
    let name = store.names.intern(text.slice(textRange(start + 5, stop)))
    let bounds = parseOpaqueBounds(start + 5, stop)
    position = stop
    return store.terms.intern(.opaque, b: name.raw, children: bounds)
  }

  /// The bounds of an opaque type; none if its text is not as MIR prints paths.
  private mutating func parseOpaqueBounds(_ start: Int, _ stop: Int) -> [TermID] {
    let outer = (end, failed)
    position = start
    end = stop
    let bounds = parseBounds()
    let isWhole = !failed && position == stop
    (end, failed) = outer
    return isWhole ? bounds : []
  }

  func endOfOpaque(_ start: Int) -> Int {
    var offset = start
    var nesting = 0
    while offset < end {
      switch text[offset] {
      case Ascii.less, Ascii.openParenthesis, Ascii.openBracket, Ascii.openBrace: nesting += 1
      case Ascii.greater where text[offset - 1] == Ascii.minus || text[offset - 1] == Ascii.equals: break
      case Ascii.greater, Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace:
        if nesting == 0 { return offset }
        nesting -= 1
      case Ascii.comma where nesting == 0, Ascii.semicolon where nesting == 0: return offset
      case Ascii.space where nesting == 0:
        if text.matches(" as ", at: offset) || text.matches(" = ", at: offset) || text.matches(" {", at: offset) {
          return offset
        }
        if text.matches(" for ", at: offset) { return offset }
      default: break
      }
      offset += 1
    }
    return end
  }

  /// `{closure@..}`, `{async fn body of f()}` and their kin, or a braced constant.
}
