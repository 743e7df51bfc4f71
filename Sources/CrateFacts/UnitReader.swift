import RustDump

/// Reads the dumps of one unit to facts.
public enum UnitReader {
  /// Reads MIR, expanded source and HIR. A form that is missing is empty text; that it is missing is for the caller to
  /// state.
  ///
  /// - Returns: the facts, a pure function of the three texts.
  public static func read(
    mir: UnsafeRawBufferPointer, expanded: UnsafeRawBufferPointer, hir: UnsafeRawBufferPointer
  ) -> UnitFacts {
    var facts = UnitFacts()
    facts.items = ItemReader.read(expanded, dialect: .expanded, store: &facts.store, gaps: &facts.gaps)
    let unions = Set(facts.items.items.filter { $0.itemKind == .union }.map(\.nameID))
    facts.bodies = MirReader.read(mir, unions: unions, store: &facts.store, gaps: &facts.gaps)
    var hirMembers: [NameID]?
    if hir.count > 0 {
      let tree = ItemReader.read(hir, dialect: .hir, store: &facts.store, gaps: &facts.gaps)
      hirMembers = memberNames(tree)
      if expanded.count == 0 { facts.items = tree }
    }
    if facts.items.items.isEmpty {
      facts.items = ItemReader.read(hir, dialect: .hir, store: &facts.store, gaps: &facts.gaps)
    }
    MemberAlignment.run(&facts, hirMembers: mir.count > 0 ? hirMembers : nil)
    return facts
  }

  /// The names of members of impls with a body or value, in the order of the text.
  public static func memberNames(_ tree: ItemTree) -> [NameID] {
    MemberAlignment.memberItems(tree).map { NameID(tree.items[$0].name) }
  }
}
