/// Paths, generic arguments and bounds.
extension ItemParser {
  /// The path at the cursor. Gives no term and sets `failed` if there is none.
  mutating func path() -> TermID {
    var path = TermID.none
    if current == Ascii.less {
      path = qualifiedStart()
      if !eat(TokenKind.pathSeparator) { return path }
    } else if eat(TokenKind.pathSeparator) {
      path = store.segment(.none, known.root)
    }
    while !failed {
      path = segment(path)
      guard current == TokenKind.pathSeparator, kind(index + 1) != Ascii.star, kind(index + 1) != Ascii.openBrace else {
        break
      }
      index += 1
    }
    return path
  }

  /// `<T>` or `<T as Tr>`.
  private mutating func qualifiedStart() -> TermID {
    index += 1
    typeDepth += 1
    defer { typeDepth -= 1 }
    if typeDepth >= ItemParser.typeDepthLimit { fail() }
    var parts = failed ? [] : [type()]
    if !failed, eat(.asWord) { parts.append(path()) }
    expect(Ascii.greater)
    if failed { return .none }
    return store.terms.intern(.qualified, children: parts)
  }

  /// A path segment with its arguments, which may stand behind another `::`.
  private mutating func segment(_ parent: TermID) -> TermID {
    var name = NameID.none
    if current == 0x24, keyword(index + 1) == .crateWord {
      index += 2
      name = known.dollarCrate
    } else {
      name = self.name()
    }
    if failed { return .none }
    let separated = current == TokenKind.pathSeparator
    let next = separated ? kind(index + 1) : current
    guard next == Ascii.less || next == Ascii.openParenthesis else { return store.segment(parent, name) }
    if separated { index += 1 }
    return store.segment(parent, name, next == Ascii.less ? angleArguments() : callArguments())
  }

  /// The arguments in `<..>` at the cursor, without lifetimes.
  private mutating func angleArguments() -> [TermID] {
    index += 1
    typeDepth += 1
    defer { typeDepth -= 1 }
    if typeDepth >= ItemParser.typeDepthLimit { fail() }
    var arguments: [TermID] = []
    while current != Ascii.greater, !failed {
      // HIR of older compilers leaves nothing of an elided lifetime: `Cow<, str>`.
      if eat(Ascii.comma) { continue }
      let argument = genericArgument()
      if !argument.isNone { arguments.append(argument) }
      if !eat(Ascii.comma) { break }
    }
    expect(Ascii.greater)
    return arguments
  }

  /// A type, constant or binding. A lifetime gives no term.
  private mutating func genericArgument() -> TermID {
    if current == TokenKind.lifetime, kind(index + 1) != Ascii.plus {
      index += 1
      return .none
    }
    let argument = typeOrConstant()
    if failed { return .none }
    if current == Ascii.equals, store.terms.kind(argument) == .segment {
      index += 1
      let value = typeOrConstant()
      return store.terms.intern(.binding, b: store.terms.name(argument).raw, children: [value])
    }
    if current == Ascii.colon, store.terms.kind(argument) == .segment {
      index += 1
      let bounds = boundList(true)
      return store.terms.intern(.bound, b: store.terms.name(argument).raw, children: bounds)
    }
    return argument
  }

  /// What can stand for a generic parameter.
  mutating func typeOrConstant() -> TermID {
    switch current {
    case TokenKind.integer, TokenKind.float, TokenKind.character, TokenKind.string, TokenKind.otherString:
      index += 1
      return constant((index - 1)..<index)
    case Ascii.minus:
      index += 2
      return constant((index - 2)..<index)
    case Ascii.openBrace:
      let start = index
      index = afterTree(index)
      return constant(start..<index)
    case TokenKind.identifier where currentKeyword == .constWord && kind(index + 1) == Ascii.openBrace:
      index += 1
      return typeOrConstant()
    default: return type()
    }
  }

  /// `(A, B) -> C` behind `Fn` means `<(A, B), Output = C>`.
  private mutating func callArguments() -> [TermID] {
    let close = partner(index)
    index += 1
    typeDepth += 1
    defer { typeDepth -= 1 }
    if typeDepth >= ItemParser.typeDepthLimit { fail() }
    if kind(index) == Ascii.dot, kind(index + 1) == Ascii.dot, index + 2 == close { index += 2 }
    var members: [TermID] = []
    while index < close, !failed {
      members.append(type())
      if !eat(Ascii.comma) { break }
    }
    if index != close { fail() }
    if failed { return [] }
    index = afterTree(close)
    let result = eat(TokenKind.arrow) ? type(bounds: false) : store.terms.intern(.tuple)
    let binding = store.terms.intern(.binding, b: known.output.raw, children: [result])
    return [store.terms.intern(.tuple, children: members), binding]
  }

  // MARK: Bounds

  /// Bounds with `+` between them. Lifetimes, `use<..>`, `?Trait` and `!Trait` are left out.
  ///
  /// - Parameter several: whether more than one is taken.
  mutating func boundList(_ several: Bool) -> [TermID] {
    var list: [TermID] = []
    repeat {
      let bound = bound()
      if !bound.isNone { list.append(bound) }
    } while several && !failed && eat(Ascii.plus)
    return list
  }

  /// One bound at the cursor, if there is one.
  private mutating func bound() -> TermID {
    if current == Ascii.openParenthesis { return parenthesisedBound() }
    if eat(TokenKind.lifetime) { return .none }
    let omitted = skipBoundModifiers()
    switch current {
    case TokenKind.identifier where currentKeyword == .whereWord: return .none
    case TokenKind.identifier where currentKeyword == .useWord && kind(index + 1) == Ascii.less:
      index += 1
      skipAngles()
      return .none
    case TokenKind.identifier, TokenKind.pathSeparator, Ascii.less, 0x24:
      let path = path()
      return omitted ? .none : path
    default: return .none
    }
  }

  private mutating func parenthesisedBound() -> TermID {
    let close = partner(index)
    typeDepth += 1
    defer { typeDepth -= 1 }
    guard typeDepth < ItemParser.typeDepthLimit else {
      fail()
      return .none
    }
    index += 1
    let bound = bound()
    if index != close { fail() }
    index = max(index, min(close + 1, tokens.count))
    return bound
  }

  /// Skips `for<'a>`, `~const`, `[const]`, `const`, `async`, `?` and `!`. Gives whether one of the last two was there.
  private mutating func skipBoundModifiers() -> Bool {
    var omitted = false
    while true {
      switch current {
      case 0x3F, Ascii.bang:
        omitted = true
        index += 1
      case 0x7E: index += 1
      case Ascii.openBracket where keyword(index + 1) == .constWord: index = afterTree(index)
      // HIR writes `for Fn(&'_ T)`, without brackets, for elided lifetimes.
      case TokenKind.identifier where currentKeyword == .forWord:
        index += 1
        skipAngles()
      case TokenKind.identifier where currentKeyword == .constWord: index += 1
      case TokenKind.identifier where currentKeyword == .asyncWord && isBoundStart(index + 1): index += 1
      default: return omitted
      }
    }
  }

  private func isBoundStart(_ index: Int) -> Bool {
    kind(index) == TokenKind.identifier || kind(index) == TokenKind.pathSeparator
  }

  /// Skips `<..>` at the cursor, if it is there.
  mutating func skipAngles() {
    guard current == Ascii.less else { return }
    var nesting = 0
    while index < tokens.count {
      switch current {
      case Ascii.less: nesting += 1
      case Ascii.greater: nesting -= 1
      case Ascii.semicolon, Ascii.closeBrace, Ascii.closeParenthesis, Ascii.closeBracket: return fail()
      default: break
      }
      index = afterTree(index)
      if nesting == 0 { return }
    }
    fail()
  }
}
