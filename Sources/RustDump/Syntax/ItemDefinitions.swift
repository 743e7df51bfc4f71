/// Definitions of types and traits, and impls.
extension ItemParser {
  mutating func readStructure(_ item: Item, _ attributes: Attributes) -> Bool {
    var item = item
    item.kind = (isWord("union") ? ItemKind.union : .structure).rawValue
    position += 1
    guard let name = takeName() else { return false }
    item.name = name.raw
    readGenerics(&item)
    readWhere(&item)
    let index = add(item, attributes)
    if isByte(Ascii.openBrace) {
      readNamedFields(index)
      return true
    }
    if isByte(Ascii.openParenthesis) {
      tree.items[Int(index)].flags |= ItemFlags.tupleLike.rawValue
      readTupleFields(index)
      var record = tree.items[Int(index)]
      readWhere(&record)
      tree.items[Int(index)] = record
    } else {
      tree.items[Int(index)].flags |= ItemFlags.unitLike.rawValue
    }
    skipToSemicolon()
    return true
  }

  private mutating func readNamedFields(_ parent: UInt32) {
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        let attributes = parser.readAttributes()
        let visibility = parser.readVisibility()
        _ = parser.eat("unsafe")
        guard let name = parser.takeName(), parser.eat(Ascii.colon) else { break }
        parser.addField(name, parser.readType(), parent, visibility, attributes)
        if parser.isByte(Ascii.equals) {
          while !parser.isAtEnd, !parser.isByte(Ascii.comma) { parser.position = parser.after(parser.position) }
        }
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
      if !parser.isAtEnd { parser.addGap(parser.position, "a field cannot be read") }
    }
  }

  private mutating func readTupleFields(_ parent: UInt32) {
    var number = 0
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        let attributes = parser.readAttributes()
        let visibility = parser.readVisibility()
        let type = parser.readType()
        parser.addField(parser.store.names.intern(String(number)), type, parent, visibility, attributes)
        number += 1
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
      if !parser.isAtEnd { parser.addGap(parser.position, "a field cannot be read") }
    }
  }

  private mutating func addField(
    _ name: NameID, _ type: TermID, _ parent: UInt32, _ visibility: ItemVisibility, _ attributes: Attributes
  ) {
    var field = newItem(.field, name: name, parent: parent)
    field.type = type.raw
    field.visibility = visibility.rawValue
    _ = add(field, attributes)
  }

  mutating func readEnumeration(_ item: Item, _ attributes: Attributes) -> Bool {
    guard let name = takeName() else { return false }
    var item = item
    item.kind = ItemKind.enumeration.rawValue
    item.name = name.raw
    readGenerics(&item)
    readWhere(&item)
    guard isByte(Ascii.openBrace) else { return false }
    let index = add(item, attributes)
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        parser.readVariant(index)
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
      if !parser.isAtEnd { parser.addGap(parser.position, "a variant cannot be read") }
    }
    return true
  }

  private mutating func readVariant(_ parent: UInt32) {
    let attributes = readAttributes()
    _ = readVisibility()
    guard let name = takeName() else { return }
    let index = add(newItem(.variant, name: name, parent: parent), attributes)
    if isByte(Ascii.openBrace) {
      readNamedFields(index)
    } else if isByte(Ascii.openParenthesis) {
      tree.items[Int(index)].flags |= ItemFlags.tupleLike.rawValue
      readTupleFields(index)
    } else {
      tree.items[Int(index)].flags |= ItemFlags.unitLike.rawValue
    }
    if eat(Ascii.equals) {
      let start = position
      while !isAtEnd, !isByte(Ascii.comma) { position = after(position) }
      scanBody(start..<min(position, end), index)
    }
  }

  mutating func readTrait(_ item: Item, _ attributes: Attributes) -> Bool {
    guard let name = takeName() else { return false }
    var item = item
    item.kind = ItemKind.trait.rawValue
    item.name = name.raw
    readGenerics(&item)
    if eat(Ascii.colon) { (item.listStart, item.listCount) = addList(readBounds()) }
    if eat(Ascii.equals) {
      item.kind = ItemKind.traitAlias.rawValue
      (item.listStart, item.listCount) = addList(readBounds())
    }
    readWhere(&item)
    let index = add(item, attributes)
    if isByte(Ascii.openBrace) {
      inGroup { parser in
        parser.skipInnerAttributes()
        parser.readItems(into: index)
      }
    } else {
      skipToSemicolon()
    }
    return true
  }

  mutating func readImplementation(_ item: Item, _ attributes: Attributes) -> Bool {
    var item = item
    item.kind = ItemKind.implementation.rawValue
    if isByte(Ascii.less), beginsGenerics() { readGenerics(&item) }
    if eat("const") { item.flags |= ItemFlags.constItem.rawValue }
    if isByte(0x7E) { position += 2 }
    if isByte(Ascii.openBracket), isWord("const", at: position + 1) { position = after(position) }
    if isByte(Ascii.bang), !isByte(Ascii.openBrace, at: position + 1), !isWord("for", at: position + 1) {
      position += 1
      item.flags |= ItemFlags.negativeImpl.rawValue
    }
    let first = readType()
    if eat("for") {
      item.trait = first.raw
      item.type = readType().raw
    } else {
      item.type = first.raw
    }
    readWhere(&item)
    guard isByte(Ascii.openBrace) else { return false }
    let index = add(item, attributes)
    inGroup { parser in
      parser.skipInnerAttributes()
      parser.readItems(into: index)
    }
    return true
  }

  /// Whether `<` behind `impl` opens generic parameters and not a qualified self type.
  private func beginsGenerics() -> Bool {
    let first = position + 1
    if kind(first) == .lifetime || isByte(Ascii.hash, at: first) || isByte(Ascii.greater, at: first)
      || isWord("const", at: first)
    {
      return true
    }
    guard kind(first) == .identifier else { return false }
    return isByte(Ascii.comma, at: first + 1) || isByte(Ascii.colon, at: first + 1)
      || isByte(Ascii.greater, at: first + 1) || isByte(Ascii.equals, at: first + 1)
  }
}
