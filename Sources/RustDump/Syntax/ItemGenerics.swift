/// Generic parameters and where clauses.
extension ItemParser {
  /// Reads `<'a, T: A + B = D, const N: usize = 3>` if it stands at the cursor.
  mutating func readGenerics(_ item: inout Item) {
    item.genericsStart = UInt32(tree.generics.count)
    guard isByte(Ascii.less) else { return }
    position += 1
    var parameters: [GenericParameter] = []
    while !isAtEnd, !isByte(Ascii.greater) {
      let start = position
      skipAttributes()
      if kind(position) == .lifetime {
        position += 1
        if eat(Ascii.colon) { _ = readBounds() }
      } else if isWord("impl") {
        // HIR lists `impl Trait` parameters here; they are read where they stand among the parameters.
        position += 1
        _ = readBounds()
        if eat(Ascii.colon) { _ = readBounds() }
      } else if let parameter = readParameter() {
        parameters.append(parameter)
      }
      if !eat(Ascii.comma) || position == start { break }
    }
    if !eat(Ascii.greater) { addGap(position, "generic parameters are not closed") }
    item.genericsStart = UInt32(tree.generics.count)
    item.genericsCount = UInt32(parameters.count)
    tree.generics += parameters
  }

  private mutating func readParameter() -> GenericParameter? {
    let isConstant = isWord("const") && isIdentifier(at: position + 1)
    if isConstant { position += 1 }
    guard let name = takeName() else { return nil }
    var parameter = GenericParameter(
      name: name.raw, isConstant: isConstant ? 1 : 0, type: 0, constantDefault: 0, boundsStart: 0, boundsCount: 0)
    if eat(Ascii.colon) {
      if isConstant {
        parameter.type = readType().raw
      } else {
        (parameter.boundsStart, parameter.boundsCount) = addList(readBounds())
      }
    }
    if eat(Ascii.equals) {
      if isConstant {
        parameter.constantDefault = readType().raw
      } else {
        parameter.type = readType().raw
      }
    }
    return parameter
  }

  /// Appends terms to the tree's lists.
  mutating func addList(_ terms: [TermID]) -> (UInt32, UInt32) {
    let start = UInt32(tree.termLists.count)
    for term in terms where !term.isNone { tree.termLists.append(term.raw) }
    return (start, UInt32(tree.termLists.count) - start)
  }

  /// Reads `where T: A, 'a: 'b` if it stands at the cursor, adding to the item's predicates.
  mutating func readWhere(_ item: inout Item) {
    guard eat("where") else { return }
    var predicates: [WherePredicate] = []
    while !isAtEnd, !endsWhere() {
      let start = position
      skipAttributes()
      if kind(position) == .lifetime {
        position += 1
        if eat(Ascii.colon) { _ = readBounds() }
      } else {
        let subject = readType()
        if eat(Ascii.colon) {
          let (first, count) = addList(readBounds())
          predicates.append(WherePredicate(subject: subject.raw, boundsStart: first, boundsCount: count))
        }
      }
      if !eat(Ascii.comma) || position == start { break }
    }
    if item.predicatesCount == 0 { item.predicatesStart = UInt32(tree.predicates.count) }
    item.predicatesCount += UInt32(predicates.count)
    tree.predicates += predicates
  }

  private func endsWhere() -> Bool {
    isByte(Ascii.openBrace) || isByte(Ascii.semicolon) || isByte(Ascii.equals)
  }
}
