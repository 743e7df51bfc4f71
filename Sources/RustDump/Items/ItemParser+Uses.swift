/// `use` and `extern crate`.
extension ItemParser {
  mutating func useItem(_ prefix: ItemPrefix, parent: Int) {
    let line = lines.line(at: Int(tokens.base[index].offset))
    index += 1
    var scope = UseScope(parent: parent, visibility: prefix.visibility, line: line)
    useTree(.none, &scope, depth: 0)
    pendingAttributes.removeAll(keepingCapacity: true)
    expectSemicolon("a use declaration was not understood")
  }

  /// Where a `use` item stands.
  struct UseScope {
    var parent: Int
    var visibility: ItemVisibility
    var line: UInt32
  }

  /// One tree: `a::b`, `a::b as c`, `a::*`, `a::{..}`.
  private mutating func useTree(_ prefix: TermID, _ scope: inout UseScope, depth: Int) {
    guard depth < ItemParser.itemDepthLimit else { return fail() }
    var path = prefix
    if current == TokenKind.pathSeparator {
      index += 1
      if path.isNone { path = store.segment(.none, known.root) }
    }
    while !failed {
      switch current {
      case Ascii.openBrace: return useGroup(path, &scope, depth: depth)
      case Ascii.star:
        index += 1
        return addUse(1, path, .none, scope)
      default: break
      }
      if currentKeyword == .selfValue, !path.isNone, kind(index + 1) != TokenKind.pathSeparator {
        index += 1
        return finishUse(path, scope)
      }
      path = useSegment(path)
      guard !failed, eat(TokenKind.pathSeparator) else { return finishUse(path, scope) }
    }
  }

  private mutating func useSegment(_ parent: TermID) -> TermID {
    if current == 0x24, keyword(index + 1) == .crateWord {
      index += 2
      return store.segment(parent, known.dollarCrate)
    }
    return store.segment(parent, name())
  }

  private mutating func useGroup(_ path: TermID, _ scope: inout UseScope, depth: Int) {
    let close = partner(index)
    index += 1
    while index < close, !failed {
      useTree(path, &scope, depth: depth + 1)
      if !eat(Ascii.comma) { break }
    }
    if index != close { fail() }
    index = max(index, min(close + 1, tokens.count))
  }

  /// A single name, perhaps renamed.
  private mutating func finishUse(_ path: TermID, _ scope: UseScope) {
    guard !failed else { return }
    var alias = store.terms.name(path)
    if eat(.asWord) { alias = name() }
    addUse(0, path, alias, scope)
  }

  private mutating func addUse(_ kind: UInt32, _ path: TermID, _ alias: NameID, _ scope: UseScope) {
    tree.uses.append(
      UseDeclaration(
        parent: UInt32(truncatingIfNeeded: scope.parent), visibility: scope.visibility.rawValue, kind: kind,
        path: path.raw, alias: alias.raw, line: scope.line))
  }

  /// `extern crate a as b;`
  mutating func externCrate(_ prefix: ItemPrefix, parent: Int) {
    let line = lines.line(at: Int(tokens.base[index].offset))
    index += 1
    guard eat(.crateWord) else { return fail() }
    let name = name()
    let alias = eat(.asWord) ? self.name() : name
    pendingAttributes.removeAll(keepingCapacity: true)
    if !failed {
      let scope = UseScope(parent: parent, visibility: prefix.visibility, line: line)
      addUse(2, store.segment(.none, name), alias, scope)
    }
    expectSemicolon("an extern crate declaration was not understood")
  }
}
