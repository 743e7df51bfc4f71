/// Items: modules, functions, types, traits, impls, foreign blocks.
extension ItemParser {
  /// Reads the whole text as the contents of the crate's root module.
  mutating func readCrate() {
    tree.items.append(newItem(.module, name: .none, parent: 0))
    let attributes = readCrateAttributes()
    addAttributes(attributes, to: 0)
    readItems(into: 0)
    tree.attributes.sort { ($0.item, $0.kind, $0.value) < ($1.item, $1.kind, $1.value) }
  }

  private mutating func readCrateAttributes() -> Attributes {
    var all = Attributes()
    while isByte(Ascii.hash), isByte(Ascii.bang, at: position + 1) {
      let some = readAttributes()
      all.found += some.found
    }
    return all
  }

  func newItem(_ kind: ItemKind, name: NameID, parent: UInt32) -> Item {
    Item(
      kind: kind.rawValue, name: name.raw, parent: parent, visibility: 0, flags: 0, type: 0, trait: 0, abi: 0,
      genericsStart: 0, genericsCount: 0, predicatesStart: 0, predicatesCount: 0, listStart: 0, listCount: 0,
      unsafeBlocks: 0, line: 0)
  }

  mutating func add(_ item: Item, _ attributes: Attributes) -> UInt32 {
    var item = item
    item.flags |= attributes.flags.rawValue
    let index = UInt32(tree.items.count)
    tree.items.append(item)
    addAttributes(attributes, to: index)
    return index
  }

  private mutating func addAttributes(_ attributes: Attributes, to item: UInt32) {
    for (kind, value) in attributes.found {
      tree.attributes.append(ItemAttribute(item: item, kind: kind.rawValue, value: value.raw))
    }
  }

  /// Reads items up to the end of the group at hand.
  mutating func readItems(into parent: UInt32) {
    while !isAtEnd {
      let start = position
      if eat(Ascii.semicolon) { continue }
      if !readItem(parent) {
        addGap(start, "no item begins like this")
        position = max(after(start), start + 1)
      }
      if position <= start { position = start + 1 }
    }
  }

  mutating func readVisibility() -> ItemVisibility {
    if isWord("crate"), kind(position + 1) == .identifier {
      position += 1
      return .publicCrate
    }
    guard eat("pub") else { return .inherited }
    guard isByte(Ascii.openParenthesis) else { return .publicAll }
    let first = position + 1
    if isWord("crate", at: first), isByte(Ascii.closeParenthesis, at: first + 1) {
      position = after(position)
      return .publicCrate
    }
    if isWord("super", at: first) || isWord("self", at: first) || isWord("in", at: first) {
      position = after(position)
      return .publicRestricted
    }
    return .publicAll
  }

  /// Reads one item. Returns `false`, with the cursor where it was, if none begins here.
  mutating func readItem(_ parent: UInt32) -> Bool {
    let start = position
    let attributes = readAttributes()
    let visibility = readVisibility()
    if readKeywordItem(parent, attributes, visibility) { return true }
    position = start
    return isAtEnd
  }

  private mutating func readKeywordItem(
    _ parent: UInt32, _ attributes: Attributes, _ visibility: ItemVisibility
  ) -> Bool {
    var flags: ItemFlags = []
    var abi = NameID.none
    while true {
      if isWord("default"), isIdentifier(at: position + 1), !isByte(Ascii.bang, at: position + 1) {
        flags.insert(.defaultItem)
      } else if isWord("unsafe"), kind(position + 1) == .identifier {
        flags.insert(.unsafeItem)
      } else if isWord("safe"), isWord("fn", at: position + 1) || isWord("static", at: position + 1) {
        flags.insert(.safeForeign)
      } else if isWord("async") || isWord("gen"), isIdentifier(at: position + 1) {
        flags.insert(.asyncItem)
      } else if isWord("auto"), isWord("trait", at: position + 1) {
        flags.insert(.autoTrait)
      } else if isWord("const"), isFunctionQualifier(position + 1) {
        flags.insert(.constItem)
      } else if isWord("extern"), !isWord("crate", at: position + 1), !isForeignBlock() {
        position += 1
        flags.insert(.externItem)
        abi = readABI()
        continue
      } else {
        break
      }
      position += 1
    }
    return dispatch(parent, attributes, visibility, flags, abi)
  }

  private func isFunctionQualifier(_ index: Int) -> Bool {
    isWord("fn", at: index) || isWord("unsafe", at: index) || isWord("extern", at: index) || isWord("async", at: index)
      || isWord("gen", at: index) || isWord("trait", at: index) || isWord("impl", at: index)
  }

  private func isForeignBlock() -> Bool {
    isByte(Ascii.openBrace, at: position + 1)
      || (kind(position + 1) == .string && isByte(Ascii.openBrace, at: position + 2))
  }

  private mutating func dispatch(
    _ parent: UInt32, _ attributes: Attributes, _ visibility: ItemVisibility, _ flags: ItemFlags, _ abi: NameID
  ) -> Bool {
    guard kind(position) == .identifier else { return false }
    var item = newItem(.module, name: .none, parent: parent)
    item.visibility = visibility.rawValue
    item.flags = flags.rawValue
    item.abi = abi.raw
    if eat("fn") { return readFunction(item, attributes) }
    if eat("mod") { return readModule(item, attributes) }
    if eat("use") {
      readUse(parent, visibility)
      return true
    }
    if isWord("extern") { return readExtern(item, attributes, visibility) }
    if isWord("struct") || isUnion() { return readStructure(item, attributes) }
    if eat("enum") { return readEnumeration(item, attributes) }
    if eat("trait") { return readTrait(item, attributes) }
    if eat("impl") { return readImplementation(item, attributes) }
    if eat("type") { return readTypeAlias(item, attributes) }
    if isWord("const") || isWord("static") { return readValue(item, attributes) }
    return readMacro(item, attributes)
  }

  private func isUnion() -> Bool {
    isWord("union") && isIdentifier(at: position + 1)
      && (isByte(Ascii.openBrace, at: position + 2) || isByte(Ascii.less, at: position + 2)
        || isWord("where", at: position + 2))
  }

  // MARK: Modules, macros, foreign blocks

  private mutating func readModule(_ item: Item, _ attributes: Attributes) -> Bool {
    guard let name = takeName() else { return false }
    var item = item
    item.kind = ItemKind.module.rawValue
    item.name = name.raw
    let index = add(item, attributes)
    if isByte(Ascii.openBrace) {
      inGroup { parser in
        parser.skipInnerAttributes()
        parser.readItems(into: index)
      }
    } else {
      _ = eat(Ascii.semicolon)
    }
    return true
  }

  mutating func skipInnerAttributes() {
    while isByte(Ascii.hash), isByte(Ascii.bang, at: position + 1) { skipAttributes() }
  }

  private mutating func readMacro(_ item: Item, _ attributes: Attributes) -> Bool {
    var item = item
    item.kind = ItemKind.macroDefinition.rawValue
    if isWord("macro_rules"), isByte(Ascii.bang, at: position + 1), isIdentifier(at: position + 2) {
      position += 2
      item.name = name(of: position).raw
      position += 1
      position = after(position)
      _ = eat(Ascii.semicolon)
      _ = add(item, attributes)
      return true
    }
    if isWord("macro"), isIdentifier(at: position + 1) {
      item.name = name(of: position + 1).raw
      position += 2
      while kind(position) == .open, !isAtEnd { position = after(position) }
      _ = add(item, attributes)
      return true
    }
    return readMacroCall(item, attributes)
  }

  /// `global_asm!(..)`: the only macro that expansion leaves among items.
  private mutating func readMacroCall(_ item: Item, _ attributes: Attributes) -> Bool {
    var index = position
    while kind(index) == .identifier, kind(index + 1) == .pathSeparator { index += 2 }
    guard kind(index) == .identifier, isByte(Ascii.bang, at: index + 1) else { return false }
    let isAssembly = isWord("global_asm", at: index)
    position = index + 2
    while !isAtEnd, kind(position) != .open { position += 1 }
    position = after(position)
    _ = eat(Ascii.semicolon)
    guard isAssembly else { return true }
    var item = item
    item.kind = ItemKind.globalAssembly.rawValue
    _ = add(item, attributes)
    return true
  }

  private mutating func readExtern(_ item: Item, _ attributes: Attributes, _ visibility: ItemVisibility) -> Bool {
    position += 1
    if eat("crate") {
      readExternCrate(item.parent, visibility)
      return true
    }
    var item = item
    item.kind = ItemKind.foreignBlock.rawValue
    item.abi = readABI().raw
    guard isByte(Ascii.openBrace) else { return false }
    let index = add(item, attributes)
    inGroup { parser in
      parser.skipInnerAttributes()
      parser.readItems(into: index)
    }
    return true
  }

  // MARK: Values

  private mutating func readValue(_ item: Item, _ attributes: Attributes) -> Bool {
    var item = item
    let isStatic = isWord("static")
    position += 1
    if isStatic, eat("mut") { item.flags |= ItemFlags.mutableStatic.rawValue }
    guard let name = takeName() else { return false }
    item.name = name.raw
    let isForeign = parentKind(item) == .foreignBlock
    item.kind = (isForeign ? ItemKind.foreignStatic : isStatic ? .staticItem : .constant).rawValue
    readGenerics(&item)
    let index = add(item, attributes)
    if eat(Ascii.colon) { item.type = readType().raw }
    readWhere(&item)
    item.flags |= attributes.flags.rawValue
    if isByte(Ascii.equals) {
      position += 1
      item.flags |= ItemFlags.hasBody.rawValue
      tree.items[Int(index)] = item
      let start = position
      while !isAtEnd, !isByte(Ascii.semicolon) { position = after(position) }
      let before = countsUnsafe
      if isThreadLocal(item) { countsUnsafe = false }
      scanBody(start..<min(position, end), index)
      countsUnsafe = before
    } else {
      tree.items[Int(index)] = item
    }
    skipToSemicolon()
    return true
  }

  /// `thread_local!` expands to a constant of type `LocalKey`, whose unsafe blocks are std's.
  private func isThreadLocal(_ item: Item) -> Bool {
    let type = TermID(item.type)
    guard store.terms.kind(type) == .segment else { return false }
    return store.names.withBytes(of: store.terms.name(type)) { $0.elementsEqual("LocalKey".utf8) }
  }

  func parentKind(_ item: Item) -> ItemKind { tree.items[Int(item.parent)].itemKind }

  private mutating func readTypeAlias(_ item: Item, _ attributes: Attributes) -> Bool {
    guard let name = takeName() else { return false }
    var item = item
    item.name = name.raw
    item.kind = (parentKind(item) == .foreignBlock ? ItemKind.foreignType : .typeAlias).rawValue
    readGenerics(&item)
    if eat(Ascii.colon) { (item.listStart, item.listCount) = addList(readBounds()) }
    readWhere(&item)
    if eat(Ascii.equals) {
      item.type = readType().raw
      item.flags |= ItemFlags.hasBody.rawValue
      readWhere(&item)
    }
    _ = add(item, attributes)
    skipToSemicolon()
    return true
  }

  // MARK: Functions

  private mutating func readFunction(_ item: Item, _ attributes: Attributes) -> Bool {
    guard let name = takeName() else { return false }
    var item = item
    item.name = name.raw
    item.kind = (parentKind(item) == .foreignBlock ? ItemKind.foreignFunction : .function).rawValue
    readGenerics(&item)
    guard isByte(Ascii.openParenthesis) else { return false }
    let parameters = readParameters(&item)
    (item.listStart, item.listCount) = addList(parameters)
    if eat(.arrow), !isByte(0x7C) { item.type = readType().raw }
    readWhere(&item)
    let index = add(item, attributes)
    // HIR prints the body of an async function as a closure without braces around it.
    while !isAtEnd, !isByte(Ascii.openBrace), !isByte(Ascii.semicolon) { position = after(position) }
    guard isByte(Ascii.openBrace) else {
      _ = eat(Ascii.semicolon)
      return true
    }
    tree.items[Int(index)].flags |= ItemFlags.hasBody.rawValue
    let close = min(after(position), end)
    let before = countsUnsafe
    if isDerived(index) { countsUnsafe = false }
    scanBody((position + 1)..<max(position + 1, close - 1), index)
    countsUnsafe = before
    position = close
    return true
  }

  private func isDerived(_ index: UInt32) -> Bool {
    tree.items[Int(tree.items[Int(index)].parent)].itemFlags.contains(.automaticallyDerived)
  }

  private mutating func readParameters(_ item: inout Item) -> [TermID] {
    var types: [TermID] = []
    var flags: ItemFlags = []
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        parser.skipAttributes()
        if parser.isByte(Ascii.dot) {
          flags.insert(.variadic)
          break
        }
        if let type = types.isEmpty ? parser.readSelf() : nil {
          flags.insert(.hasSelf)
          types.append(type)
        } else if let type = parser.readParameterType(&flags) {
          types.append(type)
        }
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
    }
    item.flags |= flags.rawValue
    return types
  }

  /// `self`, `&mut self`, `self: Box<Self>`.
  private mutating func readSelf() -> TermID? {
    var index = position
    let isReference = isByte(Ascii.ampersand, at: index)
    if isReference {
      index += 1
      if kind(index) == .lifetime { index += 1 }
    }
    let isMutable = isWord("mut", at: index)
    if isMutable { index += 1 }
    guard isWord("self", at: index), kind(index + 1) != .pathSeparator else { return nil }
    position = index + 1
    let selfType = store.segment(.none, "Self")
    if eat(Ascii.colon) { return readType() }
    guard isReference else { return selfType }
    return store.terms.intern(.reference, a: isMutable ? 1 : 0, children: [selfType])
  }

  private mutating func readParameterType(_ flags: inout ItemFlags) -> TermID? {
    // The pattern ends at the first `:` outside groups; functions of edition 2015 traits may have none.
    var index = position
    while index < end, !isByte(Ascii.colon, at: index), !isByte(Ascii.comma, at: index) { index = after(index) }
    if isByte(Ascii.colon, at: index) { position = index + 1 }
    if isByte(Ascii.dot) {
      flags.insert(.variadic)
      position = end
      return nil
    }
    return readType()
  }
}
