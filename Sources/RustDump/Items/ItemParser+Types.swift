/// Types.
extension ItemParser {
  /// The type at the cursor. Gives no term and sets `failed` if there is none.
  ///
  /// - Parameter bounds: whether `A + B` is taken as a trait object.
  mutating func type(bounds: Bool = true) -> TermID {
    typeDepth += 1
    defer { typeDepth -= 1 }
    guard typeDepth < ItemParser.typeDepthLimit else { return failedType() }
    let type = typeItself(bounds)
    if isWord(index, "is") { skipPatternType() }
    return type
  }

  /// The standard library's `u32 is 1..=9` counts as `u32`.
  private mutating func skipPatternType() {
    index += 1
    while index < tokens.count {
      switch current {
      case Ascii.equals where kind(index - 1) != Ascii.dot: return
      case Ascii.comma, Ascii.greater, Ascii.semicolon, Ascii.openBrace, Ascii.closeParenthesis, Ascii.closeBracket,
        Ascii.closeBrace:
        return
      case TokenKind.identifier where currentKeyword == .forWord || currentKeyword == .whereWord: return
      default: index = afterTree(index)
      }
    }
  }

  private mutating func typeItself(_ bounds: Bool) -> TermID {
    switch current {
    case Ascii.ampersand: return referenceType(bounds)
    case Ascii.star: return pointerType(bounds)
    case Ascii.openBracket: return arrayOrSliceType()
    case Ascii.openParenthesis: return parenthesisedType(bounds)
    case Ascii.bang:
      index += 1
      return store.terms.intern(.never)
    case TokenKind.opaquePlaceholder:
      index += 1
      return store.terms.intern(.opaque)
    case TokenKind.identifier: return wordType(bounds)
    case Ascii.less, TokenKind.pathSeparator, 0x24: return pathType(bounds)
    case TokenKind.lifetime, 0x3F: return bareObject([], bounds)
    default: return failedType()
    }
  }

  private mutating func failedType() -> TermID {
    fail()
    return .none
  }

  private mutating func wordType(_ bounds: Bool) -> TermID {
    switch currentKeyword {
    case .underscore:
      index += 1
      return store.terms.intern(.inferred)
    case .implWord: return opaqueType(bounds)
    case .dynWord where startsBounds(index + 1):
      index += 1
      _ = eat(Ascii.star)
      return store.terms.intern(.dynamic, children: boundList(bounds))
    case .fnWord, .unsafeWord, .externWord: return functionPointerType()
    case .forWord:
      index += 1
      skipAngles()
      let isPointer = currentKeyword == .fnWord || currentKeyword == .unsafeWord || currentKeyword == .externWord
      return isPointer ? functionPointerType() : pathType(bounds)
    default: return pathType(bounds)
    }
  }

  /// Whether bounds can begin at a token; else `dyn` before it is a name.
  private func startsBounds(_ index: Int) -> Bool {
    switch kind(index) {
    case TokenKind.identifier: keyword(index) != .asWord && keyword(index) != .whereWord
    case TokenKind.pathSeparator: kind(index + 1) != Ascii.less
    case TokenKind.lifetime, Ascii.openParenthesis, 0x3F, 0x24, 0x7E, Ascii.star: true
    default: false
    }
  }

  /// A path, or a trait object without `dyn`.
  private mutating func pathType(_ bounds: Bool) -> TermID {
    let path = path()
    guard bounds, current == Ascii.plus else { return path }
    return bareObject([path], bounds)
  }

  private mutating func bareObject(_ first: [TermID], _ bounds: Bool) -> TermID {
    if !first.isEmpty { index += 1 }
    let all = first + boundList(bounds)
    if all.count == 1 { return all[0] }
    return all.isEmpty ? failedType() : store.terms.intern(.dynamic, children: all)
  }

  private mutating func referenceType(_ bounds: Bool) -> TermID {
    index += 1
    _ = eat(TokenKind.lifetime)
    let mutable: UInt32 = eat(.mutWord) ? 1 : 0
    return store.terms.intern(.reference, a: mutable, children: [type(bounds: bounds)])
  }

  private mutating func pointerType(_ bounds: Bool) -> TermID {
    index += 1
    let mutable: UInt32 = eat(.mutWord) ? 1 : 0
    if mutable == 0, !eat(.constWord) { return failedType() }
    return store.terms.intern(.pointer, a: mutable, children: [type(bounds: bounds)])
  }

  private mutating func arrayOrSliceType() -> TermID {
    let close = partner(index)
    index += 1
    let element = type()
    if index == close, !failed {
      index = afterTree(close)
      return store.terms.intern(.slice, children: [element])
    }
    guard eat(Ascii.semicolon) else { return failedType() }
    let length = constant(index..<max(index, close))
    index = max(index, min(close + 1, tokens.count))
    return store.terms.intern(.array, children: [element, length])
  }

  private mutating func parenthesisedType(_ bounds: Bool) -> TermID {
    let close = partner(index)
    index += 1
    var members: [TermID] = []
    var trailingComma = false
    while index < close, !failed {
      members.append(type())
      trailingComma = eat(Ascii.comma)
      if !trailingComma { break }
    }
    guard index == close, !failed else { return failedType() }
    index = afterTree(close)
    guard members.count == 1, !trailingComma else { return store.terms.intern(.tuple, children: members) }
    guard bounds, current == Ascii.plus else { return members[0] }
    return bareObject(members, bounds)
  }

  private mutating func functionPointerType() -> TermID {
    var flags: UInt32 = eat(.unsafeWord) ? 1 : 0
    var abi = NameID.none
    if eat(.externWord) { abi = abiName() }
    guard eat(.fnWord), current == Ascii.openParenthesis else { return failedType() }
    let close = partner(index)
    index += 1
    var parts: [TermID] = []
    while index < close, !failed {
      skipAttributes()
      skipParameterName()
      if eat(TokenKind.ellipsis) { flags |= 2 } else { parts.append(type()) }
      if !eat(Ascii.comma) { break }
    }
    guard index == close, !failed else { return failedType() }
    index = afterTree(close)
    parts.append(eat(TokenKind.arrow) ? type(bounds: false) : store.terms.intern(.tuple))
    return store.terms.intern(.functionPointer, a: flags, b: abi.raw, children: parts)
  }

  /// The ABI behind `extern`, `C` if none is written.
  mutating func abiName() -> NameID {
    guard current == TokenKind.string else { return known.cAbi }
    index += 1
    return stringValue(index - 1)
  }

  /// Skips `name:` or `_:` or `mut name:` before a type. HIR of older compilers can leave the name empty.
  private mutating func skipParameterName() {
    if eat(Ascii.colon) { return }
    var next = index
    if keyword(next) == .mutWord { next += 1 }
    if kind(next) == TokenKind.identifier, kind(next + 1) == Ascii.colon { index = next + 2 }
  }

  private mutating func opaqueType(_ bounds: Bool) -> TermID {
    index += 1
    let start = index
    let list = boundList(bounds)
    guard index > start else { return failedType() }
    let name = sourceText(start..<index)
    return store.terms.intern(.opaque, b: name.raw, children: list)
  }
}
