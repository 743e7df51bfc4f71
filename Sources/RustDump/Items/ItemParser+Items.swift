/// The crate, lists of items, and what is common to all items.
extension ItemParser {
  /// Reads the whole text into `tree`.
  mutating func readCrate() {
    var root = Item.empty(.module)
    root.line = 1
    tree.items.append(root)
    if text.count > RustLexer.longestText { return gap(at: 0, "the text is too long") }
    if let offset = tokens.unbalancedOffset { noteUnbalanced(offset) }
    items(until: tokens.count, parent: 0, .module)
    sortAttributes()
  }

  private mutating func noteUnbalanced(_ offset: Int) {
    var token = 0
    var end = tokens.count
    while token < end {
      let middle = (token + end) / 2
      if Int(tokens.base[middle].offset) < offset { token = middle + 1 } else { end = middle }
    }
    gap(at: token, "a delimiter without its partner")
  }

  private mutating func sortAttributes() {
    let sorted = zip(tree.attributes, tree.attributes.dropFirst()).allSatisfy { $0.item <= $1.item }
    guard !sorted else { return }
    let keyed = tree.attributes.enumerated().sorted { ($0.element.item, $0.offset) < ($1.element.item, $1.offset) }
    tree.attributes = keyed.map(\.element)
  }

  /// Reads items up to a token.
  mutating func items(until end: Int, parent: Int, _ context: ItemContext) {
    while index < end {
      let start = index
      if eat(Ascii.semicolon) { continue }
      if innerAttribute(of: parent) { continue }
      item(until: end, parent: parent, context)
      if index <= start { index = afterTree(start) }
    }
  }

  /// Reads the item at the cursor with its attributes. The cursor moves behind it.
  mutating func item(until end: Int, parent: Int, _ context: ItemContext) {
    itemDepth += 1
    defer { itemDepth -= 1 }
    let start = index
    guard itemDepth < ItemParser.itemDepthLimit else {
      gap(at: start, "items are nested too deeply")
      return skipItem(from: start, until: end)
    }
    var prefix = readPrefix()
    prefix.start = start
    if index >= end {
      pendingAttributes.removeAll(keepingCapacity: true)
      return
    }
    let known = modifiers(&prefix) && definition(prefix, parent: parent, context)
    if !known { fail() }
    pendingAttributes.removeAll(keepingCapacity: true)
    if failed {
      noteFailure("not understood as an item")
      if !known { skipItem(from: max(start, index), until: end) }
    }
  }

  /// Moves behind an item that is not read: behind its first block or semicolon.
  private mutating func skipItem(from start: Int, until end: Int) {
    index = start
    while index < end {
      let kind = current
      index = afterTree(index)
      if kind == Ascii.openBrace || kind == Ascii.semicolon { return }
    }
  }

  // MARK: Prefix

  private mutating func readPrefix() -> ItemPrefix {
    var prefix = ItemPrefix()
    pendingAttributes.removeAll(keepingCapacity: true)
    while current == Ascii.hash, kind(index + 1) == Ascii.openBracket {
      prefix.flags.formUnion(attribute(at: index + 1))
      index = afterTree(index + 1)
    }
    prefix.visibility = visibility()
    return prefix
  }

  /// `pub`, `pub(crate)`, `pub(in path)`, `crate`, or nothing.
  mutating func visibility() -> ItemVisibility {
    if currentKeyword == .crateWord, kind(index + 1) == TokenKind.identifier {
      index += 1
      return .publicCrate
    }
    guard eat(.pubWord) else { return .inherited }
    guard current == Ascii.openParenthesis, isRestriction(index + 1) else { return .publicAll }
    let crate = keyword(index + 1) == .crateWord
    index = afterTree(index)
    return crate ? .publicCrate : .publicRestricted
  }

  /// Whether `(` behind `pub` begins a restriction, and not the type of a tuple field.
  private func isRestriction(_ index: Int) -> Bool {
    switch keyword(index) {
    case .inWord: true
    case .crateWord, .selfValue, .superWord: kind(index + 1) == Ascii.closeParenthesis
    default: false
    }
  }

  /// Skips attributes at the cursor.
  mutating func skipAttributes() {
    while current == Ascii.hash, kind(index + 1) == Ascii.openBracket { index = afterTree(index + 1) }
  }

  // MARK: Items of the tree

  /// Appends an item with the attributes that were read before it. Gives its index.
  mutating func add(
    _ kind: ItemKind, _ name: NameID, _ prefix: ItemPrefix, parent: Int, at token: Int,
    header: ItemHeader = ItemHeader()
  ) -> Int {
    var item = Item.empty(kind)
    item.name = name.raw
    item.parent = UInt32(truncatingIfNeeded: parent)
    item.visibility = prefix.visibility.rawValue
    item.flags = prefix.flags.union(header.flags).rawValue
    item.type = header.type.raw
    item.trait = header.trait.raw
    item.abi = prefix.abi.raw
    (item.genericsStart, item.genericsCount) = range(header.generics)
    (item.predicatesStart, item.predicatesCount) = range(header.predicates)
    (item.listStart, item.listCount) = range(header.list)
    item.line = token < tokens.count ? lines.line(at: Int(tokens.base[token].offset)) : 0
    let number = tree.items.count
    tree.items.append(item)
    for var attribute in pendingAttributes {
      attribute.item = UInt32(truncatingIfNeeded: number)
      tree.attributes.append(attribute)
    }
    pendingAttributes.removeAll(keepingCapacity: true)
    return number
  }

  private func range(_ range: Range<Int>) -> (UInt32, UInt32) {
    (UInt32(truncatingIfNeeded: range.lowerBound), UInt32(truncatingIfNeeded: range.count))
  }

  /// Appends terms to the tree's lists.
  mutating func storeList(_ terms: [TermID]) -> Range<Int> {
    let start = tree.termLists.count
    for term in terms { tree.termLists.append(term.raw) }
    return start..<tree.termLists.count
  }

  /// Searches the blocks that stood in the types of an item's header.
  mutating func walkPendingBlocks(owner: Int) {
    guard !pendingBlocks.isEmpty else { return }
    let blocks = pendingBlocks
    pendingBlocks.removeAll(keepingCapacity: true)
    let after = index
    for block in blocks { walkBody(block, owner: owner, ownsBlock: false) }
    index = after
  }
}

extension Item {
  static func empty(_ kind: ItemKind) -> Item {
    Item(
      kind: kind.rawValue, name: 0, parent: 0, visibility: 0, flags: 0, type: 0, trait: 0, abi: 0, genericsStart: 0,
      genericsCount: 0, predicatesStart: 0, predicatesCount: 0, listStart: 0, listCount: 0, unsafeBlocks: 0, line: 0)
  }
}
