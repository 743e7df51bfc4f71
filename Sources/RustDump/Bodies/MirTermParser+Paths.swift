/// Paths of MIR, with generic arguments and impl segments.
extension MirTermParser {
  mutating func parsePath() -> TermID {
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
