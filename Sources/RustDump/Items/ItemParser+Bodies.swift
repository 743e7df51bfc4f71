/// Items and `unsafe` blocks in bodies.
///
/// A body is walked as a flat run of tokens. An item can begin only where a statement begins: behind `{`, `}` or `;`.
extension ItemParser {
  /// Searches a range of tokens.
  ///
  /// - Parameters:
  ///   - owner: the item to which the body belongs.
  ///   - ownsBlock: whether the range is a block whose items have the owner itself as parent.
  mutating func walkBody(_ range: Range<Int>, owner: Int, ownsBlock: Bool) {
    let base = frames.count
    let end = min(range.upperBound, tokens.count)
    let counts = derivedDepth == 0 && !isThreadLocal(owner)
    var unsafeBlocks: UInt32 = 0
    var atStart = false
    index = range.lowerBound
    if ownsBlock, index < end {
      frames.append(BodyFrame(open: index, state: .item, item: owner))
      index += 1
      atStart = true
    }
    while index < end {
      let token = tokens.base[index]
      switch token.kind {
      case Ascii.openBrace:
        openBlock(owner, base)
        atStart = true
      case Ascii.closeBrace:
        if frames.count > base { frames.removeLast() }
        index += 1
        atStart = true
      case Ascii.semicolon:
        index += 1
        atStart = true
      case Ascii.hash where isAttribute(index):
        if !atStart || !statementItem(until: end, owner, base) { index = afterAttributes(index) }
      case TokenKind.identifier where token.keyword != .none:
        if atStart, statementItem(until: end, owner, base) { continue }
        if token.keyword == .unsafeWord, kind(index + 1) == Ascii.openBrace, counts, isWritten(index + 1) {
          unsafeBlocks += 1
        }
        index += 1
        atStart = false
      default:
        index += 1
        atStart = false
      }
    }
    frames.removeLast(max(0, frames.count - base))
    tree.items[owner].unsafeBlocks += unsafeBlocks
    index = max(index, range.upperBound)
  }

  private mutating func openBlock(_ owner: Int, _ base: Int) {
    // An empty block declares nothing.
    if kind(index + 1) == Ascii.closeBrace {
      index += 2
      return
    }
    frames.append(BodyFrame(open: index, state: .unknown, item: owner))
    index += 1
  }

  /// What `thread_local!` stands for is a constant of the type `LocalKey<T>`; the blocks in it are the library's.
  private func isThreadLocal(_ owner: Int) -> Bool {
    let item = tree.items[owner]
    guard item.itemKind == .constant || item.itemKind == .staticItem, item.type != 0 else { return false }
    let type = TermID(item.type)
    return store.terms.kind(type) == .segment && store.terms.name(type) == known.localKey
  }

  /// Whether the block behind `unsafe` was written by the user: `pin!` expands to one, and HIR adds some for format
  /// macros and `await`.
  private func isWritten(_ open: Int) -> Bool {
    if kind(open + 1) == TokenKind.pathSeparator, isWord(open + 2, "core") { return !isPin(open) }
    guard dialect == .hir else { return true }
    return !isWord(open + 1, "format_arguments") && !isWord(open + 1, "poll") && !isWord(open + 1, "get_context")
  }

  /// `{ ::core::pin::Pin::new_unchecked(&mut pinned) }` in a block that begins with `super let`, which only std's macros
  /// can use.
  private func isPin(_ open: Int) -> Bool {
    guard let block = frames.last, isWord(block.open + 1, "super"), isWord(block.open + 2, "let") else { return false }
    return isWord(open + 4, "pin") && isWord(open + 6, "Pin") && isWord(open + 8, "new_unchecked")
      && kind(open + 10) == Ascii.ampersand && isWord(open + 12, "pinned") && kind(open + 14) == Ascii.closeBrace
  }

  private func isAttribute(_ index: Int) -> Bool {
    kind(index + 1) == Ascii.openBracket || (kind(index + 1) == Ascii.bang && kind(index + 2) == Ascii.openBracket)
  }

  /// The index behind the inner attribute, or behind all outer attributes, at a token.
  private func afterAttributes(_ start: Int) -> Int {
    if kind(start + 1) == Ascii.bang { return afterTree(start + 2) }
    var next = start
    while kind(next) == Ascii.hash, kind(next + 1) == Ascii.openBracket { next = afterTree(next + 1) }
    return next
  }

  // MARK: Statements

  /// Reads the item at the cursor, where a statement begins. Gives `false` and leaves the cursor if there is none.
  private mutating func statementItem(until end: Int, _ owner: Int, _ base: Int) -> Bool {
    guard startsItem(index) else { return false }
    let scope = scopeItem(owner, base)
    item(until: end, parent: scope, .body)
    return true
  }

  /// Whether an item, with or without attributes, begins at a token.
  private func startsItem(_ start: Int) -> Bool {
    var next = start
    while kind(next) == Ascii.hash, isAttribute(next) {
      guard kind(next + 1) == Ascii.openBracket else { return false }
      next = afterTree(next + 1)
    }
    switch keyword(next) {
    case .pubWord, .fnWord, .structWord, .enumWord, .traitWord, .modWord, .implWord, .typeWord, .externWord: return true
    case .useWord: return kind(next + 1) != 0x7C
    case .staticWord: return startsName(next + 1) || keyword(next + 1) == .mutWord
    case .constWord: return startsConst(next + 1)
    case .unsafeWord: return kind(next + 1) == TokenKind.identifier
    case .asyncWord, .safeWord, .genWord, .defaultWord: return startsFunction(next + 1)
    case .autoWord: return keyword(next + 1) == .traitWord
    case .unionWord: return startsUnion(next + 1)
    case .macroRules: return kind(next + 1) == Ascii.bang && kind(next + 2) == TokenKind.identifier
    case .macroWord: return kind(next + 1) == TokenKind.identifier
    case .globalAssembly: return kind(next + 1) == Ascii.bang
    default: return false
    }
  }

  private func startsName(_ index: Int) -> Bool {
    kind(index) == TokenKind.identifier && keyword(index) != .moveWord && keyword(index) != .asyncWord
  }

  /// Behind `const`: a function, or a name; not a block or closure.
  private func startsConst(_ index: Int) -> Bool {
    switch keyword(index) {
    case .moveWord: false
    case .asyncWord: startsFunction(index + 1)
    default: kind(index) == TokenKind.identifier || kind(index) == Ascii.hash
    }
  }

  private func startsFunction(_ index: Int) -> Bool {
    switch keyword(index) {
    case .fnWord, .unsafeWord, .externWord, .implWord: kind(index + 1) != Ascii.openBrace
    case .genWord, .constWord, .asyncWord: keyword(index + 1) == .fnWord || keyword(index + 1) == .unsafeWord
    default: false
    }
  }

  private func startsUnion(_ index: Int) -> Bool {
    guard kind(index) == TokenKind.identifier, keyword(index) != .asWord else { return false }
    return kind(index + 1) == Ascii.openBrace || kind(index + 1) == Ascii.less || keyword(index + 1) == .whereWord
  }

  // MARK: Scopes

  /// The item in whose scope the cursor is. Open blocks that declare something become items.
  private mutating func scopeItem(_ owner: Int, _ base: Int) -> Int {
    var known = frames.count
    while known > base, frames[known - 1].state == .unknown { known -= 1 }
    var scope = known > base ? frames[known - 1].item : owner
    for position in known..<max(known, frames.count) {
      resolveFrame(position, around: scope, isLast: position == frames.count - 1)
      scope = frames[position].item
    }
    return scope
  }

  private mutating func resolveFrame(_ position: Int, around scope: Int, isLast: Bool) {
    let open = frames[position].open
    guard isLast || declaresItems(open) else {
      frames[position].state = .plain
      frames[position].item = scope
      return
    }
    frames[position].state = .item
    pendingAttributes.removeAll(keepingCapacity: true)
    frames[position].item = add(.block, .none, ItemPrefix(), parent: scope, at: open)
  }

  /// Whether a block directly holds an item or import.
  private func declaresItems(_ open: Int) -> Bool {
    let close = partner(open)
    var next = open + 1
    var atStart = true
    while next < close {
      if atStart, startsItem(next) { return true }
      let kind = kind(next)
      if kind == Ascii.hash, isAttribute(next) {
        next = afterAttributes(next)
      } else {
        atStart = kind == Ascii.openBrace || kind == Ascii.semicolon
        next = afterTree(next)
      }
    }
    return false
  }
}
