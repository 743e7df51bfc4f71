/// Items within bodies. Expressions are not parsed: an item can begin only where a statement begins.
extension ItemParser {
  /// A `{ }` that may turn out to be a scope.
  private struct Scope {
    var close: Int
    /// The item that items in it belong to: the function, or a block item once one is needed.
    var parent: UInt32
    /// Whether `parent` is a block of its own yet.
    var isOwn: Bool
  }

  /// Looks for items, imports and unsafe blocks in the tokens of a body.
  mutating func scanBody(_ range: Range<Int>, _ owner: UInt32) {
    depth += 1
    defer { depth -= 1 }
    guard depth < ItemParser.depthLimit else {
      addGap(range.lowerBound, "bodies nest too deeply")
      return
    }
    let outer = (position, end)
    position = range.lowerBound
    end = min(range.upperBound, tokens.count)
    var scopes = [Scope(close: end, parent: owner, isOwn: true)]
    var atStart = true
    while position < end {
      while scopes.count > 1, position > scopes[scopes.count - 1].close { scopes.removeLast() }
      atStart = scanToken(&scopes, atStart, owner)
    }
    (position, end) = outer
  }

  /// Looks for items in an expression within a type.
  mutating func scanNested(_ range: Range<Int>) {
    guard range.contains(where: { isByte(Ascii.openBrace, at: $0) }), let owner = tree.items.indices.last else { return }
    scanBody(range, UInt32(owner))
  }

  /// Handles one token and returns whether a statement may begin behind it.
  private mutating func scanToken(_ scopes: inout [Scope], _ atStart: Bool, _ owner: UInt32) -> Bool {
    let token = tokens[position]
    switch token.kind {
    case .open where token.byte == Ascii.openBrace:
      if token.partner >= 0 {
        scopes.append(Scope(close: Int(token.partner), parent: scopes[scopes.count - 1].parent, isOwn: false))
      }
      position += 1
      return true
    case .close where token.byte == Ascii.closeBrace:
      position += 1
      return true
    case .punctuation where token.byte == Ascii.semicolon:
      position += 1
      return true
    case .punctuation where token.byte == Ascii.hash && atStart:
      return scanAttributed(&scopes)
    case .identifier:
      if isWord("unsafe"), isByte(Ascii.openBrace, at: position + 1) {
        if countsUnsafe { tree.items[Int(owner)].unsafeBlocks += 1 }
        position += 1
        return false
      }
      if atStart, beginsItem(position) { return scanItem(&scopes) }
      position += 1
      return false
    default:
      position += 1
      return false
    }
  }

  /// Attributes at the start of a statement: of an item, or of an expression.
  private mutating func scanAttributed(_ scopes: inout [Scope]) -> Bool {
    var index = position
    while isByte(Ascii.hash, at: index) {
      index += isByte(Ascii.bang, at: index + 1) ? 2 : 1
      guard isByte(Ascii.openBracket, at: index) else { break }
      index = after(index)
    }
    if beginsItem(index) { return scanItem(&scopes) }
    position = max(index, position + 1)
    return true
  }

  private mutating func scanItem(_ scopes: inout [Scope]) -> Bool {
    let start = position
    let last = scopes.count - 1
    if !scopes[last].isOwn {
      scopes[last].parent = add(newItem(.block, name: .none, parent: scopes[last].parent), Attributes())
      scopes[last].isOwn = true
      // Scopes further out that are no blocks yet stay so: they declare nothing before this.
    }
    let outerEnd = end
    end = min(end, scopes[last].close)
    let isItem = readItem(scopes[last].parent)
    end = outerEnd
    if !isItem || position <= start { position = start + 1 }
    return isItem
  }

  /// Whether the tokens from an index on begin an item, and not an expression or a type.
  private func beginsItem(_ index: Int) -> Bool {
    guard kind(index) == .identifier else { return false }
    let next = index + 1
    if isWord("fn", at: index) || isWord("struct", at: index) || isWord("enum", at: index) || isWord("trait", at: index)
      || isWord("mod", at: index) || isWord("type", at: index)
    {
      return kind(next) == .identifier
    }
    if isWord("use", at: index) {
      return kind(next) == .identifier || kind(next) == .pathSeparator || isByte(Ascii.openBrace, at: next)
        || isByte(0x24, at: next)
    }
    if isWord("pub", at: index) { return true }
    if isWord("impl", at: index) { return kind(next) == .identifier || isImplStart(next) }
    if isWord("const", at: index) { return beginsConstant(next) }
    if isWord("static", at: index) { return beginsStatic(next) }
    return beginsQualifiedItem(index)
  }

  private func isImplStart(_ next: Int) -> Bool {
    isByte(Ascii.less, at: next) || isByte(Ascii.bang, at: next) || isByte(Ascii.ampersand, at: next)
      || isByte(Ascii.star, at: next) || kind(next) == .open || kind(next) == .pathSeparator || isByte(0x24, at: next)
  }

  private func beginsConstant(_ next: Int) -> Bool {
    if isWord("fn", at: next) || isWord("unsafe", at: next) || isWord("extern", at: next) { return true }
    if isWord("async", at: next) { return isWord("fn", at: next + 1) || isWord("unsafe", at: next + 1) }
    return kind(next) == .identifier && (isByte(Ascii.colon, at: next + 1) || isByte(Ascii.less, at: next + 1))
  }

  private func beginsStatic(_ next: Int) -> Bool {
    let name = isWord("mut", at: next) ? next + 1 : next
    return kind(name) == .identifier && isByte(Ascii.colon, at: name + 1)
  }

  private func beginsQualifiedItem(_ index: Int) -> Bool {
    let next = index + 1
    if isWord("unsafe", at: index) {
      return isWord("fn", at: next) || isWord("impl", at: next) || isWord("trait", at: next)
        || isWord("extern", at: next) || isWord("auto", at: next)
    }
    if isWord("async", at: index) {
      return isWord("fn", at: next) || (isWord("unsafe", at: next) && isWord("fn", at: next + 1))
    }
    if isWord("extern", at: index) {
      return isWord("crate", at: next) || isWord("fn", at: next) || isByte(Ascii.openBrace, at: next)
        || kind(next) == .string
    }
    if isWord("macro_rules", at: index) { return isByte(Ascii.bang, at: next) && kind(next + 1) == .identifier }
    if isWord("macro", at: index) { return kind(next) == .identifier }
    if isWord("auto", at: index) { return isWord("trait", at: next) }
    if isWord("union", at: index) {
      return kind(next) == .identifier && (isByte(Ascii.openBrace, at: next + 1) || isByte(Ascii.less, at: next + 1))
    }
    return isWord("global_asm", at: index) && isByte(Ascii.bang, at: next)
  }
}
