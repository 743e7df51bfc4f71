/// Places and operands: where they end and which type they have.
extension MirReader {
  /// The end of the place that begins at an offset: `_1`, `(*P)`, `(P.0: T)`, `P[_4]`.
  @inline(__always)
  func skipPlace(_ start: Int) -> Int {
    var offset = start
    if text[offset] == Ascii.underscore {
      offset += 1
      while isDigit(text[offset]) { offset += 1 }
    } else if text[offset] == Ascii.openParenthesis {
      offset = skipBalanced(offset)
    }
    while text[offset] == Ascii.openBracket { offset = skipBalanced(offset) }
    return offset
  }

  /// The offset behind the bracket that closes the one at `start`, at most the line's end.
  func skipBalanced(_ start: Int) -> Int {
    var nesting = 0
    var offset = start
    while offset < lineEnd {
      let byte = text[offset]
      switch byte {
      case Ascii.openParenthesis, Ascii.openBracket, Ascii.openBrace: nesting += 1
      case Ascii.closeParenthesis, Ascii.closeBracket, Ascii.closeBrace:
        nesting -= 1
        if nesting == 0 { return offset + 1 }
      case Ascii.apostrophe where text[offset + 2] == Ascii.apostrophe: offset += 2
      default: break
      }
      offset += 1
    }
    return lineEnd
  }

  /// The number of the local that a statement assigns as a whole, if it does.
  func localNumber(_ start: Int) -> Int? {
    guard text[start] == Ascii.underscore, isDigit(text[start + 1]) else { return nil }
    let (value, end) = number(at: start + 1)
    return text[end] == Ascii.space ? value : nil
  }

  /// The local that an operand `move _1` or `copy _1` names as a whole.
  func operandLocal(_ operand: Range<Int>) -> Int? {
    guard text.matches("move _", at: operand.lowerBound) || text.matches("copy _", at: operand.lowerBound)
    else { return nil }
    let (value, end) = number(at: operand.lowerBound + 6)
    return end == operand.upperBound ? value : nil
  }

  /// The type of an operand: `move P`, `copy P`, `const {allocN: T}`, or a function item.
  mutating func operandType(_ operand: Range<Int>) -> TermID {
    let start = operand.lowerBound
    if text.matches("move ", at: start) || text.matches("copy ", at: start) {
      return placeType(textRange(start + 5, operand.upperBound))
    }
    if text.matches("const {alloc", at: start), let colon = text.find(": ", from: start, to: operand.upperBound) {
      return terms.type(textRange(colon + 2, operand.upperBound - 1))
    }
    return .none
  }

  /// The type of a place. Field projections print theirs; the rest follows from the local's.
  mutating func placeType(_ place: Range<Int>) -> TermID {
    placeType(place, depth: 0)
  }

  private mutating func placeType(_ place: Range<Int>, depth: Int) -> TermID {
    guard depth < 64, !place.isEmpty else { return .none }
    if text[place.upperBound - 1] == Ascii.closeBracket { return elementType(place, depth: depth) }
    if text[place.lowerBound] == Ascii.underscore { return localType(number(at: place.lowerBound + 1).0) }
    guard text[place.lowerBound] == Ascii.openParenthesis else { return .none }
    let inner = textRange(place.lowerBound + 1, place.upperBound - 1)
    if text[inner.lowerBound] == Ascii.star {
      let pointer = placeType(textRange(inner.lowerBound + 1, inner.upperBound), depth: depth + 1)
      return pointee(pointer)
    }
    let baseEnd = min(skipPlace(inner.lowerBound), inner.upperBound)
    if text[baseEnd] == Ascii.dot, let colon = text.find(": ", from: baseEnd, to: inner.upperBound) {
      return terms.type(textRange(colon + 2, inner.upperBound))
    }
    // `(P as Variant)`: the same type.
    return placeType(textRange(inner.lowerBound, baseEnd), depth: depth + 1)
  }

  private mutating func elementType(_ place: Range<Int>, depth: Int) -> TermID {
    // The last `[` at the same level begins the index.
    var offset = place.upperBound - 1
    var nesting = 0
    while offset >= place.lowerBound {
      if text[offset] == Ascii.closeBracket { nesting += 1 }
      if text[offset] == Ascii.openBracket {
        nesting -= 1
        if nesting == 0 { break }
      }
      offset -= 1
    }
    guard offset > place.lowerBound else { return .none }
    let base = placeType(textRange(place.lowerBound, offset), depth: depth + 1)
    let isRange = text.find(Ascii.colon, from: offset, to: place.upperBound) < place.upperBound
    if isRange { return base }
    switch terms.store.terms.kind(base) {
    case .array, .slice: return terms.store.terms.child(base, 0)
    default: return .none
    }
  }

  private func pointee(_ type: TermID) -> TermID {
    let table = terms.store.terms
    switch table.kind(type) {
    case .reference, .pointer: return table.child(type, 0)
    case .segment where table.childCount(type) > 0: return table.child(type, 0)
    default: return .none
    }
  }

  /// The type of a local, which is parsed when it is asked for.
  mutating func localType(_ number: Int) -> TermID {
    guard number < body.localTypes.count, body.localTypes[number] >= 0 else { return .none }
    let start = body.localTypes[number]
    let end = body.parameterEnds[number]
    if end >= 0 { return terms.type(textRange(start, end)) }
    return terms.type(textRange(start, localTypeEnd(start, lineEnd: -end)))
  }

  /// The end of the type of `let _1: T;  // in scope ..`.
  private func localTypeEnd(_ start: Int, lineEnd: Int) -> Int {
    var end = lineEnd
    var position = start
    while let comment = text.find("// ", from: position, to: lineEnd) {
      if text.matches("// in scope ", at: comment) || text.matches("// return place", at: comment) { end = comment }
      position = comment + 3
    }
    while end > start, text[end - 1] == Ascii.space { end -= 1 }
    return text[end - 1] == Ascii.semicolon ? end - 1 : end
  }

  /// Finds `(*_N)` with N a raw pointer of the user's in the statement at hand.
  mutating func findRawDereference(_ start: Int) {
    var position = start
    while let found = text.find("(*_", from: position, to: lineEnd) {
      let (local, end) = number(at: found + 3)
      position = end
      guard text[end] == Ascii.closeParenthesis, local < body.localTypes.count, body.localTypes[local] >= 0,
        text[body.localTypes[local]] == Ascii.star, !body.boxAddresses.contains(local)
      else { continue }
      addSite(.rawDereference, a: localType(local))
      return
    }
  }

  /// Finds a field of a union of this crate among the places that a statement reads or borrows.
  mutating func findUnionField(_ start: Int) {
    var position = start
    let end = statementEnd(lineStart + 8)
    while position < end {
      guard text[position] == Ascii.openParenthesis else {
        position = text[position] == Ascii.quote ? endOfString(position, to: end) + 1 : position + 1
        continue
      }
      let baseEnd = min(skipPlace(position + 1), end)
      if text[baseEnd] == Ascii.dot, baseEnd > position + 1 {
        let type = placeType(textRange(position + 1, baseEnd))
        if isUnion(type) { return addSite(.unionField, a: type) }
      }
      position += 1
    }
  }

  private func isUnion(_ type: TermID) -> Bool {
    !type.isNone && terms.store.terms.kind(type) == .segment && unions.contains(terms.store.terms.name(type))
  }
}
