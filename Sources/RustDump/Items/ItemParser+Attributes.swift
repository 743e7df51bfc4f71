/// Attributes, as written in source and as HIR prints them.
extension ItemParser {
  /// Reads an inner attribute at the cursor, if there is one.
  mutating func innerAttribute(of item: Int) -> Bool {
    guard current == Ascii.hash, kind(index + 1) == Ascii.bang, kind(index + 2) == Ascii.openBracket else {
      return false
    }
    pendingAttributes.removeAll(keepingCapacity: true)
    let flags = attribute(at: index + 2)
    tree.items[item].flags |= flags.rawValue
    for var attribute in pendingAttributes {
      attribute.item = UInt32(truncatingIfNeeded: item)
      tree.attributes.append(attribute)
    }
    pendingAttributes.removeAll(keepingCapacity: true)
    index = afterTree(index + 2)
    return true
  }

  /// Reads the attribute whose `[` is at a token into `pendingAttributes`. Gives the flags it means.
  mutating func attribute(at open: Int) -> ItemFlags {
    let close = min(partner(open), tokens.count)
    var start = open + 1
    if keyword(start) == .unsafeWord, kind(start + 1) == Ascii.openParenthesis { start += 2 }
    guard start < close, kind(start) == TokenKind.identifier else { return [] }
    let isParsed = dialect == .hir && kind(start + 1) == Ascii.equals && isWord(start, "attr")
    if isParsed { start += 2 }
    guard start < close else { return [] }
    let arguments = (start + 1)..<max(start + 1, close)
    guard let meaning = AttributeNames.meaning(of: bytes(start), isParsed: isParsed) else { return [] }
    switch meaning {
    case .flag(let flag): return flag
    case .plain(let kind): addAttribute(kind, .none)
    case .text(let kind): addAttribute(kind, firstString(arguments))
    case .doc: return hasWord("hidden", arguments, isParsed: isParsed) ? .docHidden : []
    case .inline:
      if hasWord(isParsed ? "Always" : "always", arguments, isParsed: false) { addAttribute(.inlineAlways, .none) }
    case .link: linkNames(arguments)
    case .derive: addAttribute(.procMacroDerive, deriveName(arguments))
    case .features: featureNames(arguments)
    case .lang: addAttribute(.lang, langName(arguments))
    }
    return []
  }

  private mutating func addAttribute(_ kind: AttributeKind, _ value: NameID) {
    pendingAttributes.append(ItemAttribute(item: 0, kind: kind.rawValue, value: value.raw))
  }

  private mutating func firstString(_ range: Range<Int>) -> NameID {
    for token in range where kind(token) == TokenKind.string { return stringValue(token) }
    return .none
  }

  /// Whether a word stands among the arguments; of parsed `doc` attributes, whether it is set.
  private func hasWord(_ word: StaticString, _ range: Range<Int>, isParsed: Bool) -> Bool {
    for token in range where isWord(token, word) {
      return !isParsed || !isWord(token + 2, "None")
    }
    return false
  }

  /// The string behind each `name =` or `name:`.
  private mutating func linkNames(_ range: Range<Int>) {
    for token in range where isWord(token, "name") && kind(token + 2) == TokenKind.string {
      addAttribute(.link, stringValue(token + 2))
    }
  }

  /// `(Name, ..)` in source, `{trait_name: "Name", ..}` in HIR.
  private mutating func deriveName(_ range: Range<Int>) -> NameID {
    if dialect == .hir { return firstString(range) }
    let token = range.lowerBound + 1
    guard range.contains(token), kind(token) == TokenKind.identifier else { return .none }
    return store.names.intern(bytes(token))
  }

  /// `(a, b)` in source, `([a#0, b#0])` in HIR.
  private mutating func featureNames(_ range: Range<Int>) {
    for token in range where kind(token) == TokenKind.identifier {
      addAttribute(.feature, store.names.intern(bytes(token)))
    }
  }

  private mutating func langName(_ range: Range<Int>) -> NameID {
    let text = firstString(range)
    if text != .none { return text }
    for token in range where kind(token) == TokenKind.identifier { return store.names.intern(bytes(token)) }
    return .none
  }
}
