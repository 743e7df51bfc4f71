/// Implementations and traits.
extension ItemParser {
  mutating func implementation(_ prefix: ItemPrefix, parent: Int) {
    let start = index
    index += 1
    var header = ItemHeader()
    if startsGenerics { header.generics = generics() }
    if currentKeyword == .constWord {
      index += 1
      header.flags.insert(.constItem)
    }
    if current == Ascii.bang, kind(index + 1) != Ascii.openBrace, keyword(index + 1) != .forWord {
      index += 1
      header.flags.insert(.negativeImpl)
    }
    if !failed { header.type = type() }
    if !failed, eat(.forWord) {
      header.trait = header.type
      header.type = type()
    }
    header.predicates = whereClause()
    let isDerived = prefix.flags.contains(.automaticallyDerived)
    var prefix = prefix
    if isDerived, isTrivialClone(header.trait) { prefix.flags.remove(.unsafeItem) }
    let number = add(.implementation, .none, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    if isDerived { derivedDepth += 1 }
    members(of: number, .implementation)
    if isDerived { derivedDepth -= 1 }
  }

  /// `derive(Clone)` adds an unsafe impl of this trait for types that are `Copy`: the library's, not the user's.
  private func isTrivialClone(_ trait: TermID) -> Bool {
    !trait.isNone && store.terms.kind(trait) == .segment && store.terms.name(trait) == known.trivialClone
  }

  /// Whether `<` behind `impl` begins generic parameters, and not a qualified path.
  private var startsGenerics: Bool {
    guard current == Ascii.less else { return false }
    switch kind(index + 1) {
    case Ascii.greater, Ascii.hash, TokenKind.lifetime: return true
    case TokenKind.identifier:
      if keyword(index + 1) == .constWord || keyword(index + 1) == .implWord { return true }
      let behind = kind(index + 2)
      return behind == Ascii.greater || behind == Ascii.comma || behind == Ascii.colon || behind == Ascii.equals
    default: return false
    }
  }

  mutating func traitItem(_ prefix: ItemPrefix, parent: Int) {
    index += 1
    let start = index
    let name = name()
    var header = ItemHeader()
    header.generics = generics()
    if eat(Ascii.colon) { header.list = storeList(boundList(true)) }
    if !failed, eat(Ascii.equals) { return traitAlias(name, header, prefix, parent: parent, at: start) }
    header.predicates = whereClause()
    let number = add(.trait, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    members(of: number, .trait)
  }

  private mutating func traitAlias(
    _ name: NameID, _ header: ItemHeader, _ prefix: ItemPrefix, parent: Int, at start: Int
  ) {
    var header = header
    header.list = storeList(boundList(true))
    header.predicates = whereClause()
    expectSemicolon("a trait alias was not understood")
    let number = add(.traitAlias, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
  }
}
