import RustDump

/// Checks that the indices within facts that were read back stay inside their tables, so that users of facts need not.
enum FactsCheck {
  static func isConsistent(_ facts: UnitFacts) -> Bool {
    let terms = UInt32(facts.store.terms.count)
    let names = UInt32(facts.store.names.count)
    let lists = UInt64(facts.bodies.lists.count)
    let bodies = facts.bodies.bodies
    guard facts.itemOfBody.count == bodies.count, facts.ownerOfBody.count == bodies.count else { return false }
    for record in facts.store.terms.records where record.kind == UInt32(TermKind.segment.rawValue) {
      guard record.b < names else { return false }
    }
    for body in bodies {
      guard body.path < terms, body.type < terms, body.file < names,
        UInt64(body.parametersStart) + UInt64(body.parametersCount) <= lists,
        UInt64(body.sitesStart) + UInt64(body.sitesCount) <= UInt64(facts.bodies.sites.count)
      else { return false }
    }
    for site in facts.bodies.sites {
      guard site.a < terms, site.b < terms, site.file < names,
        UInt64(site.listStart) + UInt64(site.listCount) <= lists
      else { return false }
    }
    return facts.bodies.lists.allSatisfy { $0 < terms } && itemsAreConsistent(facts, terms: terms, names: names)
  }

  private static func itemsAreConsistent(_ facts: UnitFacts, terms: UInt32, names: UInt32) -> Bool {
    let tree = facts.items
    let lists = UInt64(tree.termLists.count)
    for (index, item) in tree.items.enumerated() {
      guard item.parent < max(1, UInt32(index)), item.name < names, item.type < terms, item.trait < terms,
        item.abi < names, UInt64(item.listStart) + UInt64(item.listCount) <= lists,
        UInt64(item.genericsStart) + UInt64(item.genericsCount) <= UInt64(tree.generics.count),
        UInt64(item.predicatesStart) + UInt64(item.predicatesCount) <= UInt64(tree.predicates.count)
      else { return false }
    }
    let count = UInt32(tree.items.count)
    return tree.termLists.allSatisfy { $0 < terms }
      && tree.generics.allSatisfy {
        $0.name < names && $0.type < terms && $0.constantDefault < terms
          && UInt64($0.boundsStart) + UInt64($0.boundsCount) <= lists
      }
      && tree.predicates.allSatisfy {
        $0.subject < terms && UInt64($0.boundsStart) + UInt64($0.boundsCount) <= lists
      }
      && tree.uses.allSatisfy { $0.parent < count && $0.path < terms && $0.alias < names }
      && tree.attributes.allSatisfy { $0.item < count && $0.value < names }
      && facts.itemOfBody.allSatisfy { $0 == UnitFacts.none || $0 < count }
      && facts.ownerOfBody.allSatisfy { $0 == UnitFacts.none || $0 < UInt32(facts.bodies.bodies.count) }
      && facts.gaps.allSatisfy { $0.what < names && $0.why < names }
      && facts.sourceMarks.allSatisfy { $0.file < names && $0.name < names && $0.type < names }
  }
}
