/// `use` trees, flattened, and `extern crate`.
extension ItemParser {
  /// Reads what follows `use`.
  mutating func readUse(_ parent: UInt32, _ visibility: ItemVisibility) {
    readUseTree(.none, parent, visibility)
    skipToSemicolon()
  }

  private mutating func readUseTree(_ prefix: TermID, _ parent: UInt32, _ visibility: ItemVisibility) {
    depth += 1
    defer { depth -= 1 }
    guard depth < ItemParser.depthLimit else {
      addGap(position, "a use tree nests too deeply")
      return
    }
    var path = prefix
    if eat(.pathSeparator), path.isNone { path = store.segment(.none, "{{root}}") }
    while !isAtEnd {
      if isByte(Ascii.openBrace) {
        readUseGroup(path, parent, visibility)
        return
      }
      if eat(Ascii.star) {
        addUse(1, path, .none, parent, visibility)
        return
      }
      if isByte(0x24), isWord("crate", at: position + 1) {
        position += 2
        path = store.segment(path, "$crate")
      } else {
        guard let name = takeName() else { return }
        path = store.segment(path, name)
        if isByte(Ascii.less) { skipAngles() }
      }
      if eat(.pathSeparator) { continue }
      addNamedUse(path, prefix, parent, visibility)
      return
    }
  }

  private mutating func readUseGroup(_ path: TermID, _ parent: UInt32, _ visibility: ItemVisibility) {
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        parser.readUseTree(path, parent, visibility)
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
    }
  }

  private mutating func addNamedUse(
    _ path: TermID, _ prefix: TermID, _ parent: UInt32, _ visibility: ItemVisibility
  ) {
    var path = path
    // `use a::{self}` names `a`.
    let isSelf = store.names.withBytes(of: store.terms.name(path)) { $0.elementsEqual("self".utf8) }
    if isSelf, !store.terms.parent(path).isNone { path = store.terms.parent(path) }
    var alias = store.terms.name(path)
    if eat("as"), let name = takeName() { alias = name }
    addUse(0, path, alias, parent, visibility)
  }

  private mutating func addUse(
    _ kind: UInt32, _ path: TermID, _ alias: NameID, _ parent: UInt32, _ visibility: ItemVisibility
  ) {
    tree.uses.append(
      UseDeclaration(
        parent: parent, visibility: visibility.rawValue, kind: kind, path: path.raw, alias: alias.raw, line: 0))
  }

  /// Reads what follows `extern crate`.
  mutating func readExternCrate(_ parent: UInt32, _ visibility: ItemVisibility) {
    guard let name = takeName() else {
      addGap(position, "extern crate without a name")
      skipToSemicolon()
      return
    }
    var alias = name
    if eat("as"), let other = takeName() { alias = other }
    let path = store.segment(.none, name)
    addUse(2, path, alias, parent, visibility)
    skipToSemicolon()
  }
}
