import CrateFacts
import RustDump

/// What items ask of their type parameters.
extension TypeLowering {
  /// One `TYPE: TRAIT` that an item asks for.
  struct Bound {
    var subject: TermID
    /// A `traitReference`.
    var trait: TermID
  }

  /// All bounds of an item and of the impl or trait around it, in terms of its parameters.
  func bounds(of item: UInt32) -> [Bound] {
    if let known = boundMemo[item] { return known }
    boundMemo[item] = []
    var list: [Bound] = []
    let scope = generics.scope(of: item)
    let parent = program.parent(item)
    if scope.parentCount > 0 || program.kind(parent) == .implementation, parent != item,
      program.kind(item) != .implementation
    {
      list = bounds(of: parent)
    }
    list += ownBounds(item, firstParameter: scope.parentCount + (program.kind(item) == .trait ? 1 : 0))
    list += opaqueBounds(item, scope)
    boundMemo[item] = list
    return list
  }

  private func ownBounds(_ item: UInt32, firstParameter: Int) -> [Bound] {
    let record = program.item(item)
    let tree = program.units[program.unit(ofItem: item)].facts.items
    let context = context(ofItem: item)
    var list: [Bound] = []
    for offset in 0..<Int(record.genericsCount) {
      let parameter = tree.generics[Int(record.genericsStart) + offset]
      let subject = types.make(.parameter, a: UInt32(firstParameter + offset))
      for index in parameter.boundsStart..<(parameter.boundsStart + parameter.boundsCount) {
        guard let trait = traitReference(TermID(tree.termLists[Int(index)]), context) else { continue }
        list.append(Bound(subject: subject, trait: trait))
      }
    }
    list += associatedBounds(list)
    for index in record.predicatesStart..<(record.predicatesStart + record.predicatesCount) {
      let predicate = tree.predicates[Int(index)]
      let subject = lower(TermID(predicate.subject), context)
      defer { list += associatedBounds(Array(list.suffix(Int(predicate.boundsCount)))) }
      for bound in predicate.boundsStart..<(predicate.boundsStart + predicate.boundsCount) {
        guard let trait = traitReference(TermID(tree.termLists[Int(bound)]), context) else { continue }
        list.append(Bound(subject: subject, trait: trait))
      }
    }
    return list
  }

  /// `P: DerefMut<Target: Future>` asks for `<P as DerefMut>::Target: Future` too.
  private func associatedBounds(_ bounds: [Bound]) -> [Bound] {
    bounds.flatMap { bound in
      types.children(bound.trait).filter { types.kind($0) == .bound }.flatMap { associated -> [Bound] in
        let arguments = traitArguments(bound.trait, selfType: bound.subject)
        let subject = types.make(
          .projection, a: 0, b: types.name(associated).raw, [bound.subject, types.list(arguments), types.list([])])
        return types.children(associated).compactMap { trait in
          guard types.kind(trait) == .dynamic, types.childCount(trait) > 0 else { return nil }
          return Bound(subject: subject, trait: types.child(trait, 0))
        }
      }
    }
  }

  /// What a trait asks of its associated types, `type Owned: Borrow<Self>`, in terms of the trait's parameters (`Self` is
  /// position 0). Associated types with parameters of their own are left out.
  func associatedTypeBounds(of trait: UInt32) -> [Bound] {
    if let known = associatedTypeBoundMemo[trait] { return known }
    associatedTypeBoundMemo[trait] = []
    var list: [Bound] = []
    let parameters = generics.scope(of: trait).names.indices.map { types.make(.parameter, a: UInt32($0)) }
    program.childrenOf.forEach(trait) { member in
      let record = program.item(member)
      guard record.itemKind == .typeAlias, record.genericsCount == 0, let selfType = parameters.first else {
        return true
      }
      let subject = types.make(
        .projection, a: trait, b: program.name(member).raw,
        [selfType, types.list(Array(parameters.dropFirst())), types.list([])])
      let tree = program.units[program.unit(ofItem: member)].facts.items
      for index in record.listStart..<(record.listStart + record.listCount) {
        guard let bound = traitReference(TermID(tree.termLists[Int(index)]), context(ofItem: member)) else { continue }
        list.append(Bound(subject: subject, trait: bound))
      }
      return true
    }
    associatedTypeBoundMemo[trait] = list
    return list
  }

  /// Bounds of `impl Trait` parameters.
  private func opaqueBounds(_ item: UInt32, _ scope: GenericScope) -> [Bound] {
    guard scope.isOpaque.contains(true) else { return [] }
    let record = program.item(item)
    let unit = program.unit(ofItem: item)
    let tree = program.units[unit].facts.items
    let context = context(ofItem: item)
    var list: [Bound] = []
    var seen: Set<NameID> = []
    func visit(_ term: TermID) {
      let terms = program.terms(unit)
      if terms.kind(term) == .opaque, seen.insert(program.globalName(unit, terms.name(term).raw)).inserted {
        let positions = scope.positions(ofOpaque: program.globalName(unit, terms.name(term).raw))
        let traits = terms.childList(term).compactMap { traitReference($0, context) }
        for position in positions {
          let subject = types.make(.parameter, a: UInt32(position))
          for trait in traits { list.append(Bound(subject: subject, trait: trait)) }
        }
      }
      for child in terms.childList(term) { visit(child) }
    }
    for index in record.listStart..<(record.listStart + record.listCount) { visit(TermID(tree.termLists[Int(index)])) }
    return list
  }

  func bounds(onParameter position: Int, of item: UInt32) -> [TermID] {
    // Looking at declared bounds only, not at lowered ones: those may be what is being lowered now.
    var owner = item
    var found: [TermID] = []
    while true {
      let scope = generics.scope(of: owner)
      let first = scope.parentCount + (program.kind(owner) == .trait ? 1 : 0)
      if program.kind(owner) == .trait, position == 0 {
        found.append(types.make(.traitReference, a: owner))
      }
      found += declaredBounds(owner, position, first)
      guard scope.parentCount > 0 else { return found }
      owner = program.parent(owner)
    }
  }

  private func declaredBounds(_ item: UInt32, _ position: Int, _ first: Int) -> [TermID] {
    let record = program.item(item)
    let unit = program.unit(ofItem: item)
    let tree = program.units[unit].facts.items
    let terms = program.terms(unit)
    let context = context(ofItem: item)
    var list: [UInt32] = []
    if position >= first, position - first < Int(record.genericsCount) {
      let parameter = tree.generics[Int(record.genericsStart) + position - first]
      list += tree.termLists[Int(parameter.boundsStart)..<Int(parameter.boundsStart + parameter.boundsCount)]
    }
    let names = generics.scope(of: item).names
    guard position < names.count else { return [] }
    let name = names[position]
    for index in record.predicatesStart..<(record.predicatesStart + record.predicatesCount) {
      let predicate = tree.predicates[Int(index)]
      let subject = TermID(predicate.subject)
      guard terms.kind(subject) == .segment, terms.parent(subject).isNone,
        program.globalName(unit, terms.name(subject).raw) == name
      else { continue }
      list += tree.termLists[Int(predicate.boundsStart)..<Int(predicate.boundsStart + predicate.boundsCount)]
    }
    // Only the trait's identity is needed: its arguments may mention what is being lowered.
    return list.compactMap { term in
      typeItems(TermID(term), context).first(where: { program.kind($0) == .trait }).map {
        depth < TypeLowering.depthLimit / 2
          ? traitReference(TermID(term), context) ?? types.make(.traitReference, a: $0)
          : types.make(.traitReference, a: $0)
      }
    }
  }

  /// Whether a trait's method has a place in vtables: it takes `self`, has no type parameters of its own and does not ask
  /// for `Self: Sized`.
  func isDispatchable(_ method: UInt32) -> Bool {
    if let known = dispatchable[method] { return known }
    let record = program.item(method)
    let scope = generics.scope(of: method)
    let answer =
      record.itemFlags.contains(.hasSelf) && scope.names.count == scope.parentCount
      && !declaredBounds(method, 0, scope.parentCount).contains { isSized(types.item($0)) }
    dispatchable[method] = answer
    return answer
  }

  private func isSized(_ trait: UInt32) -> Bool {
    program.isStandard(trait) && program.string(program.name(trait)) == "Sized"
  }
}
