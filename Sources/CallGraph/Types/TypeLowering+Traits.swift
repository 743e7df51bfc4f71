import CrateFacts
import RustDump

/// Traits with their arguments, supertraits, and associated types.
extension TypeLowering {
  /// A trait with its arguments, from a path in bound or `as` position. Default arguments are filled in; a default that
  /// names `Self` stays inferred and is filled in by whoever knows the self type.
  func traitReference(_ term: TermID, _ context: LoweringContext) -> TermID? {
    traitReferences(term, context).first
  }

  /// All traits that a path can mean; more than one where crates share a name.
  func traitReferences(_ term: TermID, _ context: LoweringContext) -> [TermID] {
    guard program.terms(context.unit).kind(term) == .segment else { return [] }
    let items = typeItems(term, context).filter { program.kind($0) == .trait || program.kind($0) == .traitAlias }
    guard !items.isEmpty else { return [] }
    let arguments = lowerArguments(term, context)
    let meant = context.scope == nil ? namesakes(items, context) : items
    return meant.map { types.make(.traitReference, a: $0, arguments) }
  }

  /// The trait's arguments for a self type: defaults such as `Rhs = Self` filled in, bindings left out.
  func traitArguments(_ reference: TermID, selfType: TermID) -> [TermID] {
    let item = types.item(reference)
    let given = types.children(reference).filter { types.kind($0) != .binding && types.kind($0) != .bound }
    let record = program.item(item)
    guard given.count < Int(record.genericsCount) else { return given }
    let unit = program.unit(ofItem: item)
    var list = given
    while list.count < Int(record.genericsCount) {
      let parameter = program.units[unit].facts.items.generics[Int(record.genericsStart) + list.count]
      let term = TermID(parameter.isConstant == 1 ? parameter.constantDefault : parameter.type)
      guard !term.isNone else {
        list.append(types.make(.inferred))
        continue
      }
      list.append(types.substitute(lower(term, context(ofItem: item)), types.list([selfType] + list)))
    }
    return list
  }

  /// `<T as Trait>::Name`.
  func lowerProjection(
    _ qualified: TermID, _ name: NameID, _ own: [TermID], _ context: LoweringContext
  ) -> TermID {
    let terms = program.terms(context.unit)
    let selfType = lower(terms.child(qualified, 0), context)
    guard terms.childCount(qualified) > 1, let reference = traitReference(terms.child(qualified, 1), context) else {
      return types.make(.projection, a: 0, b: name.raw, [selfType, types.list([]), types.list(own)])
    }
    let arguments = traitArguments(reference, selfType: selfType)
    return types.make(
      .projection, a: types.item(reference), b: name.raw, [selfType, types.list(arguments), types.list(own)])
  }

  /// `T::Item`, `Self::Item` in source.
  func lowerShorthand(
    _ term: TermID, _ parent: TermID, _ name: NameID, _ context: LoweringContext
  ) -> TermID? {
    let terms = program.terms(context.unit)
    guard let item = context.item else { return nil }
    let own = lowerArguments(term, context)
    if terms.kind(parent) == .segment, terms.parent(parent).isNone {
      let first = program.globalName(context.unit, terms.name(parent).raw)
      if let position = generics.scope(of: item).position(of: first) {
        let selfType = types.make(.parameter, a: UInt32(position))
        let trait = traitBinding(position, name, item)
        return types.make(
          .projection, a: trait.map { types.item($0) } ?? 0, b: name.raw,
          [selfType, types.list(trait.map { traitArguments($0, selfType: selfType) } ?? []), types.list(own)])
      }
      if first == generics.selfName { return associatedTypeOfImpl(name, item) }
    } else if terms.kind(parent) == .segment,
      let base = lowerShorthand(
        parent, terms.parent(parent), program.globalName(context.unit, terms.name(parent).raw), context)
    {
      // `T::Item::Other`: which trait has `Other` is found when the base is known.
      return types.make(.projection, a: 0, b: name.raw, [base, types.list([]), types.list(own)])
    }
    return nil
  }

  private func associatedTypeOfImpl(_ name: NameID, _ item: UInt32) -> TermID? {
    var current = item
    while program.kind(current) != .implementation {
      guard program.kind(current) != .module else { return nil }
      current = program.parent(current)
    }
    guard let member = program.scopeChildren.first(MultiMap.key(current, name.raw)) else {
      // An enum's variant written `Self::Variant` is no type; an inherited associated type is found through the trait.
      guard let selfType = selfType(around: current) else { return nil }
      return types.make(.projection, a: 0, b: name.raw, [selfType, types.list([]), types.list([])])
    }
    return lower(TermID(program.item(member).type), context(ofItem: member))
  }

  /// The bound on a parameter whose trait has an associated type of a name.
  private func traitBinding(_ position: Int, _ name: NameID, _ item: UInt32) -> TermID? {
    for bound in bounds(onParameter: position, of: item) {
      if let found = traitDeclaring(name, bound, 0) { return found }
    }
    return nil
  }

  private func traitDeclaring(_ name: NameID, _ reference: TermID, _ level: Int) -> TermID? {
    let item = types.item(reference)
    if let member = program.scopeChildren.first(MultiMap.key(item, name.raw)), program.kind(member) == .typeAlias {
      return reference
    }
    guard level < 8 else { return nil }
    for parent in supertraits(item) {
      if let found = traitDeclaring(name, parent, level + 1) { return found }
    }
    return nil
  }

  /// The supertraits of a trait, in terms of its own parameters (`Self` is position 0).
  func supertraits(_ trait: UInt32) -> [TermID] {
    if let known = supertraitMemo[trait] { return known }
    supertraitMemo[trait] = []
    let record = program.item(trait)
    let unit = program.unit(ofItem: trait)
    let tree = program.units[unit].facts.items
    var terms = (record.listStart..<(record.listStart + record.listCount)).map { TermID(tree.termLists[Int($0)]) }
    for index in record.predicatesStart..<(record.predicatesStart + record.predicatesCount) {
      let predicate = tree.predicates[Int(index)]
      let subject = TermID(predicate.subject)
      guard program.terms(unit).kind(subject) == .segment, program.terms(unit).parent(subject).isNone,
        program.globalName(unit, program.terms(unit).name(subject).raw) == generics.selfName
      else { continue }
      terms += (predicate.boundsStart..<(predicate.boundsStart + predicate.boundsCount)).map {
        TermID(tree.termLists[Int($0)])
      }
    }
    let list = terms.compactMap { traitReference($0, context(ofItem: trait)) }
    supertraitMemo[trait] = list
    return list
  }
}
