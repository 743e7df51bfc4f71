/// Structures, unions and enumerations.
extension ItemParser {
  mutating func structure(_ prefix: ItemPrefix, parent: Int) {
    let kind: ItemKind = currentKeyword == .unionWord ? .union : .structure
    index += 1
    let start = index
    let name = name()
    var header = ItemHeader()
    header.generics = generics()
    header.predicates = whereClause()
    if !failed { header.flags.formUnion(shape) }
    let number = add(kind, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    if !failed, current == Ascii.openParenthesis {
      fields(of: number)
      // The where clause of a tuple structure stands behind its fields.
      let predicates = whereClause()
      tree.items[number].predicatesStart = UInt32(truncatingIfNeeded: predicates.lowerBound)
      tree.items[number].predicatesCount = UInt32(truncatingIfNeeded: predicates.count)
      return expectSemicolon("a tuple structure was not understood")
    }
    recoverHeader("the header of a structure was not understood")
    if current == Ascii.openBrace { fields(of: number) } else { _ = eat(Ascii.semicolon) }
  }

  /// What the tokens behind a structure's or variant's name say of it.
  private var shape: ItemFlags {
    switch current {
    case Ascii.openBrace: []
    case Ascii.openParenthesis: .tupleLike
    default: .unitLike
    }
  }

  /// The fields in the parentheses or braces at the cursor.
  private mutating func fields(of owner: Int) {
    let isTuple = current == Ascii.openParenthesis
    let close = partner(index)
    index += 1
    var position = 0
    while index < close {
      field(of: owner, tuplePosition: isTuple ? position : nil)
      position += 1
      if failed || (index < close && current != Ascii.comma) {
        fail()
        noteFailure("a field was not understood")
        while index < close, current != Ascii.comma { index = afterTree(index) }
      }
      _ = eat(Ascii.comma)
    }
    index = max(index, min(close + 1, tokens.count))
  }

  private mutating func field(of owner: Int, tuplePosition: Int?) {
    var prefix = fieldPrefix()
    if currentKeyword == .unsafeWord, kind(index + 1) == TokenKind.identifier {
      prefix.flags.insert(.unsafeItem)
      index += 1
    }
    let start = index
    var name = NameID.none
    if let tuplePosition {
      name = store.names.intern(String(tuplePosition))
    } else {
      name = self.name()
      expect(Ascii.colon)
    }
    var header = ItemHeader()
    if !failed { header.type = type() }
    let number = add(.field, name, prefix, parent: owner, at: start, header: header)
    walkPendingBlocks(owner: number)
    if !failed, eat(Ascii.equals) { skipValue(owner: number) }
  }

  /// The attributes and visibility before a field or variant.
  private mutating func fieldPrefix() -> ItemPrefix {
    var prefix = ItemPrefix()
    pendingAttributes.removeAll(keepingCapacity: true)
    while current == Ascii.hash, kind(index + 1) == Ascii.openBracket {
      prefix.flags.formUnion(attribute(at: index + 1))
      index = afterTree(index + 1)
    }
    prefix.visibility = visibility()
    return prefix
  }

  /// Skips an expression up to a comma and searches it for items.
  private mutating func skipValue(owner: Int) {
    let start = index
    while index < tokens.count, current != Ascii.comma, current != Ascii.closeBrace, current != Ascii.closeParenthesis {
      index = afterTree(index)
    }
    let end = index
    walkBody(start..<end, owner: owner, ownsBlock: false)
    index = end
  }

  // MARK: Enumerations

  mutating func enumeration(_ prefix: ItemPrefix, parent: Int) {
    index += 1
    let start = index
    let name = name()
    var header = ItemHeader()
    header.generics = generics()
    header.predicates = whereClause()
    let number = add(.enumeration, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    recoverHeader("the header of an enumeration was not understood")
    guard current == Ascii.openBrace else {
      _ = eat(Ascii.semicolon)
      return
    }
    let close = partner(index)
    index += 1
    while index < close {
      variant(of: number)
      if failed || (index < close && current != Ascii.comma) {
        fail()
        noteFailure("a variant was not understood")
        while index < close, current != Ascii.comma { index = afterTree(index) }
      }
      _ = eat(Ascii.comma)
    }
    index = max(index, min(close + 1, tokens.count))
  }

  private mutating func variant(of owner: Int) {
    let prefix = fieldPrefix()
    let start = index
    let name = name()
    guard !failed else { return }
    var header = ItemHeader()
    header.flags = shape
    let number = add(.variant, name, prefix, parent: owner, at: start, header: header)
    if current == Ascii.openBrace || current == Ascii.openParenthesis { fields(of: number) }
    if eat(Ascii.equals) { skipValue(owner: number) }
  }
}
