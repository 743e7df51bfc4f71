/// Generic parameters and where clauses.
extension ItemParser {
  /// `<'a, T: A = B, const N: usize = 3>` at the cursor, or nothing. Gives a range of the tree's parameters.
  mutating func generics() -> Range<Int> {
    let start = tree.generics.count
    guard !failed, eat(Ascii.less) else { return start..<start }
    while current != Ascii.greater, !failed {
      skipAttributes()
      genericParameter()
      if !eat(Ascii.comma) { break }
    }
    expect(Ascii.greater)
    return start..<tree.generics.count
  }

  private mutating func genericParameter() {
    if eat(TokenKind.lifetime) {
      if eat(Ascii.colon) { _ = boundList(true) }
      return
    }
    // HIR lists `impl A` arguments among the parameters; their bounds stand at the argument.
    if currentKeyword == .implWord {
      _ = type()
      return
    }
    if eat(.constWord) { return constantParameter() }
    let name = name()
    let bounds = eat(Ascii.colon) ? boundList(true) : []
    let standard = eat(Ascii.equals) ? type() : .none
    let range = storeList(bounds)
    tree.generics.append(
      GenericParameter(
        name: name.raw, isConstant: 0, type: standard.raw, constantDefault: 0,
        boundsStart: UInt32(truncatingIfNeeded: range.lowerBound), boundsCount: UInt32(truncatingIfNeeded: range.count))
    )
  }

  private mutating func constantParameter() {
    let name = name()
    expect(Ascii.colon)
    let type = failed ? .none : type()
    let standard = eat(Ascii.equals) ? typeOrConstant() : .none
    tree.generics.append(
      GenericParameter(
        name: name.raw, isConstant: 1, type: type.raw, constantDefault: standard.raw, boundsStart: 0, boundsCount: 0))
  }

  /// `where ..` at the cursor, or nothing. Gives a range of the tree's predicates.
  mutating func whereClause() -> Range<Int> {
    let start = tree.predicates.count
    guard !failed, eat(.whereWord) else { return start..<start }
    while !failed, !endsWhereClause {
      skipAttributes()
      predicate()
      if !eat(Ascii.comma) { break }
    }
    return start..<tree.predicates.count
  }

  private var endsWhereClause: Bool {
    switch current {
    case Ascii.openBrace, Ascii.semicolon, Ascii.equals, 0x7C, TokenKind.end: true
    default: false
    }
  }

  private mutating func predicate() {
    if currentKeyword == .forWord, kind(index + 1) == Ascii.less {
      index += 1
      skipAngles()
    }
    if eat(TokenKind.lifetime) {
      expect(Ascii.colon)
      _ = boundList(true)
      return
    }
    let subject = type(bounds: currentKeyword == .implWord)
    expect(Ascii.colon)
    guard !failed else { return }
    let bounds = boundList(true)
    guard !bounds.isEmpty, store.terms.kind(subject) != .opaque else { return }
    let range = storeList(bounds)
    tree.predicates.append(
      WherePredicate(
        subject: subject.raw, boundsStart: UInt32(truncatingIfNeeded: range.lowerBound),
        boundsCount: UInt32(truncatingIfNeeded: range.count)))
  }
}
