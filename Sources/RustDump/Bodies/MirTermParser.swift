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
  private var position = 0
  private var end = 0
  private var depth = 0
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

  private var current: UInt8 { position < end ? text[position] : 0 }
  private func peek(_ distance: Int) -> UInt8 { position + distance < end ? text[position + distance] : 0 }
  private mutating func skipSpaces() { while current == Ascii.space { position += 1 } }
  private mutating func eat(_ byte: UInt8) -> Bool {
    guard current == byte, position < end else { return false }
    position += 1
    return true
  }
  private mutating func eat(_ pattern: StaticString) -> Bool {
    guard position + pattern.utf8CodeUnitCount <= end, text.matches(pattern, at: position) else { return false }
    position += pattern.utf8CodeUnitCount
    return true
  }
  private mutating func fail() -> TermID {
    failed = true
    position = end
    return .none
  }

  private mutating func failTooDeep() -> TermID {
    metLimit = true
    return fail()
  }

  // MARK: Types

  private mutating func parseType() -> TermID {
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
  private mutating func parseOpaque() -> TermID {
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

  private func endOfOpaque(_ start: Int) -> Int {
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
  private mutating func parseBraces() -> TermID {
    let close = matchingBrace(position)
    guard close < end else { return fail() }
    defer { position = failed ? end : close + 1 }
    position += 1
    for (word, flavour) in MirTermParser.flavours where eat(word) {
      if text.endsWith(" of ", before: position) { return parseBodyOf(flavour, close) }
      return parseClosure(flavour, close)
    }
    let name = store.names.intern(text.slice(textRange(position, close)))
    return store.terms.intern(.constant, b: name.raw)
  }

  private static let flavours: [(StaticString, ClosureFlavour)] = [
    ("closure@", .closure), ("async fn body of ", .asyncFunction), ("async block@", .asyncBlock),
    ("async closure body@", .asyncClosureBody), ("async closure@", .asyncClosure),
    ("gen fn body of ", .generatorFunction), ("gen block@", .generatorBlock),
    ("async gen fn body of ", .asyncGeneratorFunction), ("async gen block@", .asyncGeneratorBlock),
    ("coroutine@", .coroutine), ("coroutine-closure@", .coroutineClosure),
  ]

  private mutating func parseBodyOf(_ flavour: ClosureFlavour, _ close: Int) -> TermID {
    let outerEnd = end
    end = text.endsWith("()", before: close) ? close - 2 : close
    let path = parsePath()
    if position != end { failed = true }
    end = outerEnd
    return store.terms.intern(.bodyOf, a: flavour.rawValue, children: [path])
  }

  private mutating func parseClosure(_ flavour: ClosureFlavour, _ close: Int) -> TermID {
    if text[close - 1] == Ascii.closeBrace {
      let outerEnd = end
      end = close
      let path = parsePath()
      if position != end { failed = true }
      end = outerEnd
      return store.terms.intern(.closureOf, a: flavour.rawValue, children: [path])
    }
    var stop = close
    if text.endsWith("(#0)", before: stop) { stop -= 5 }
    let name = store.names.intern(text.slice(textRange(position, max(stop, position))))
    return store.terms.intern(.closureAt, a: flavour.rawValue, b: name.raw)
  }

  private func matchingBrace(_ start: Int) -> Int {
    var nesting = 0
    var offset = start
    while offset < end {
      let byte = text[offset]
      if byte == Ascii.openBrace { nesting += 1 }
      if byte == Ascii.closeBrace {
        nesting -= 1
        if nesting == 0 { return offset }
      }
      if byte == Ascii.apostrophe, text[offset + 2] == Ascii.apostrophe { offset += 2 }
      offset += 1
    }
    return end
  }

  // MARK: Constants and lifetimes

  private mutating func parseConstantText() -> TermID {
    let start = position
    if current == Ascii.quote || peek(1) == Ascii.quote {
      skipString()
    } else {
      _ = eat(Ascii.minus)
      while isIdentifierByte(current) || current == Ascii.dot { position += 1 }
    }
    let name = store.names.intern(text.slice(textRange(start, position)))
    return store.terms.intern(.constant, b: name.raw)
  }

  private mutating func skipString() {
    while position < end, current != Ascii.quote { position += 1 }
    position += 1
    while position < end, current != Ascii.quote { position += current == Ascii.backslash ? 2 : 1 }
    position = min(position + 1, end)
  }

  /// A character constant, or a lifetime (which gives no term).
  private mutating func parseApostrophe() -> TermID {
    let start = position
    if peek(1) == Ascii.backslash || isCharacterConstant() {
      position += peek(1) == Ascii.backslash ? 3 : 2
      while position < end, current != Ascii.apostrophe { position += 1 }
      position = min(position + 1, end)
      let name = store.names.intern(text.slice(textRange(start, position)))
      return store.terms.intern(.constant, b: name.raw)
    }
    skipLifetime()
    return .none
  }

  private func isCharacterConstant() -> Bool {
    // A lifetime continues with identifier bytes; a character is closed by an apostrophe after one code point.
    var offset = 1
    if peek(1) >= 0x80 {
      offset = 2
      while offset < 5, peek(offset) & 0xC0 == 0x80 { offset += 1 }
      return peek(offset) == Ascii.apostrophe
    }
    return peek(2) == Ascii.apostrophe
  }

  private mutating func skipLifetime() {
    guard current == Ascii.apostrophe else { return }
    position += 1
    if current == Ascii.openBrace { position = matchingBrace(position) + 1 }
    while isIdentifierByte(current) || current == 0x5E || current == Ascii.hash { position += 1 }
    skipSpaces()
  }

  /// Moves behind the `>` that closes the `<` before the cursor.
  private mutating func skipAngles() {
    var nesting = 1
    while position < end, nesting > 0 {
      if current == Ascii.less { nesting += 1 }
      if current == Ascii.greater, text[position - 1] != Ascii.minus { nesting -= 1 }
      position += 1
    }
  }

  private func skipAttribute() -> Int {
    var offset = position
    while offset < end, text[offset] != Ascii.closeBracket { offset += 1 }
    offset += 1
    while offset < end, text[offset] == Ascii.space { offset += 1 }
    return max(offset, position + 1)
  }

  // MARK: Paths

  private mutating func parsePath() -> TermID {
    depth += 1
    defer { depth -= 1 }
    guard depth < MirTermParser.depthLimit else { return failTooDeep() }
    skipSpaces()
    var path = current == Ascii.less ? parseAngleStart(.none) : parseSegment(.none)
    var segments = 1
    while position < end, !failed, text.matches("::", at: position) {
      position += 2
      // Unevaluated lengths of std's arrays show an empty segment: `core::::num::{impl#7}::from_le_bytes`.
      if text.matches("::", at: position) { continue }
      segments += 1
      guard segments <= MirTermParser.segmentLimit else { return failTooDeep() }
      if current == Ascii.less {
        path = startsImplSegment() ? parseAngleStart(path) : withArguments(path)
      } else {
        path = parseSegment(path)
      }
    }
    return path
  }

  /// Whether the `<` at the cursor, after `::`, begins an impl segment (and not generic arguments).
  private func startsImplSegment() -> Bool {
    guard text.matches("<impl ", at: position) else { return false }
    if text.matches("<impl at ", at: position) { return true }
    // After a type or trait it is an argument: impl blocks are written behind their module.
    var name = position - 2
    while name > 0, isIdentifierByte(text[name - 1]) { name -= 1 }
    if text[name] >= 0x41, text[name] <= 0x5A { return false }
    var nesting = 0
    var offset = position
    while offset < end {
      let byte = text[offset]
      if byte == Ascii.less || byte == Ascii.openParenthesis || byte == Ascii.openBracket { nesting += 1 }
      if byte == Ascii.closeParenthesis || byte == Ascii.closeBracket { nesting -= 1 }
      if byte == Ascii.greater, text[offset - 1] != Ascii.minus {
        nesting -= 1
        if nesting == 0 { break }
      }
      if byte == Ascii.comma, nesting == 1 { return false }
      offset += 1
    }
    // `f::<impl T>::promoted[0]` is a promoted of a function.
    return text.matches("::", at: offset + 1) && text[offset + 3] != Ascii.openBrace && text[offset + 3] != Ascii.less
      && !text.matches("promoted[", at: offset + 3)
  }

  /// `<impl at S>`, `<impl T>`, `<impl Tr for T>`, `<T>`, `<T as Tr>`.
  private mutating func parseAngleStart(_ parent: TermID) -> TermID {
    position += 1
    if eat("impl at ") {
      let close = text.find(Ascii.greater, from: position, to: end)
      let name = store.names.intern(text.slice(textRange(position, close)))
      position = min(close + 1, end)
      return store.terms.intern(.implAt, a: parent.raw, b: name.raw)
    }
    if text.matches("impl ", at: position) { return parseImplSegment(parent) }
    let selfType = parseType()
    var parts = [selfType]
    if eat(" as ") { parts.append(parsePath()) }
    guard eat(Ascii.greater) else { return fail() }
    return store.terms.intern(.qualified, children: parts)
  }

  private mutating func parseImplSegment(_ parent: TermID) -> TermID {
    let opaqueEnd = endOfOpaque(position)
    if text.matches(" as ", at: opaqueEnd) {
      let selfType = parseOpaque()
      position += 4
      let trait = parsePath()
      guard eat(Ascii.greater) else { return fail() }
      return store.terms.intern(.qualified, children: [selfType, trait])
    }
    position += 5
    if text.matches(" for ", at: opaqueEnd) {
      let trait = parsePath()
      guard eat(" for ") else { return fail() }
      let type = parseType()
      guard eat(Ascii.greater) else { return fail() }
      return store.terms.intern(.implOfTrait, a: parent.raw, children: [trait, type])
    }
    let type = parseType()
    guard eat(Ascii.greater) else { return fail() }
    return store.terms.intern(.implBlock, a: parent.raw, children: [type])
  }

  private mutating func parseSegment(_ parent: TermID) -> TermID {
    let start = position
    if current == Ascii.openBrace {
      position = min(matchingBrace(position) + 1, end)
    } else {
      if current == 0x72, peek(1) == Ascii.hash { position += 2 }
      while isIdentifierByte(current) { position += 1 }
      // `promoted[3]` is one name.
      if current == Ascii.openBracket, position > start {
        position = min(text.find(Ascii.closeBracket, from: position, to: end) + 1, end)
      }
    }
    guard position > start else { return fail() }
    let name = store.names.intern(text.slice(textRange(start, position)))
    let segment = store.terms.intern(.segment, a: parent.raw, b: name.raw)
    if current == Ascii.less { return withArguments(segment) }
    if current == Ascii.openParenthesis { return withCallSugar(segment) }
    return segment
  }

  /// Adds the generic arguments at the cursor to a segment.
  private mutating func withArguments(_ segment: TermID) -> TermID {
    position += 1
    var arguments: [TermID] = []
    skipSpaces()
    while current != Ascii.greater {
      let start = position
      let argument = parseArgument()
      if !argument.isNone { arguments.append(argument) }
      skipSpaces()
      if !eat(Ascii.comma) { break }
      skipSpaces()
      guard position > start, !failed else { return fail() }
    }
    guard eat(Ascii.greater) else { return fail() }
    return replacingArguments(segment, arguments)
  }

  private mutating func parseArgument() -> TermID {
    let argument = parseType()
    guard eat(" = ") else { return argument }
    let value = parseType()
    guard store.terms.kind(argument) == .segment else { return fail() }
    return store.terms.intern(.binding, b: store.terms.name(argument).raw, children: [value])
  }

  /// `Fn(A, B) -> C` means `Fn<(A, B), Output = C>`.
  private mutating func withCallSugar(_ segment: TermID) -> TermID {
    let outerEnd = position
    position += 1
    var members: [TermID] = []
    skipSpaces()
    while current != Ascii.closeParenthesis {
      let start = position
      members.append(parseType())
      skipSpaces()
      if !eat(Ascii.comma) { break }
      skipSpaces()
      guard position > start, !failed else { return fail() }
    }
    guard eat(Ascii.closeParenthesis), position > outerEnd else { return fail() }
    let result = eat(" -> ") ? parseType() : store.terms.intern(.tuple)
    let output = store.names.intern("Output")
    let binding = store.terms.intern(.binding, b: output.raw, children: [result])
    return replacingArguments(segment, [store.terms.intern(.tuple, children: members), binding])
  }

  private mutating func replacingArguments(_ segment: TermID, _ arguments: [TermID]) -> TermID {
    guard store.terms.kind(segment) == .segment else { return fail() }
    let record = store.terms.record(segment)
    return store.terms.intern(.segment, a: record.a, b: record.b, children: arguments)
  }
}
