import RustDump

/// What functions of std drop of what they are given.
///
/// A value that a function takes by value and neither keeps (its `&mut self` does not hold such a value) nor gives back (its
/// result does not either) is dropped in it: `drop(x)`, `thread::spawn(f)`. And the methods of owning containers that throw
/// elements away are known by name. std has no bodies here, so all but `drop` itself are uncertain.
extension EdgeBuilder {
  private static let discarding: Set<String> = [
    "clear", "truncate", "retain", "retain_mut", "dedup", "dedup_by", "dedup_by_key", "drain", "set", "resize",
    "resize_with", "fill", "fill_with", "clone_from",
  ]

  /// Functions of std that drop what their first parameter points to.
  private static let droppingInPlace: Set<String> = [
    "std::ptr::drop_in_place", "std::ptr::mut_ptr::<impl *mut T>::drop_in_place", "std::mem::ManuallyDrop::drop",
    "std::mem::MaybeUninit::assume_init_drop", "std::cell::Cell::set", "std::option::Option::insert",
  ]

  /// Adds the drops of a call of a function of std.
  func addStandardDrops(_ function: TermID, _ view: BodyView) {
    let item = types.item(function)
    guard program.kind(item) == .function, item != selector.known.forget else { return }
    let arguments = types.argumentList(of: function)
    let isCertain = item == selector.known.dropFunction || dropsInPlace(item)
    for type in droppedTypes(item) {
      let value = selector.normalise(types.substitute(type, arguments))
      for target in drops.targets(value) { addDropTarget(target, view, candidates: isCertain ? 1 : 2) }
    }
  }

  /// The types of what a function of std drops, in terms of its parameters.
  private func droppedTypes(_ item: UInt32) -> [TermID] {
    if let known = droppedByStandard[item] { return known }
    let parameters = declaredParameters(item)
    if let first = parameters.first, dropsInPlace(item) {
      droppedByStandard[item] = [pointee(first)]
      return [pointee(first)]
    }
    let dropped = parameters.enumerated().filter { isDropped($0.element, $0.offset, parameters, item) }.map(\.element)
    let list = dropped.map { types.kind($0) == .reference ? types.child($0, 0) : $0 }
    droppedByStandard[item] = list
    return list
  }

  private func dropsInPlace(_ item: UInt32) -> Bool {
    if let known = droppingInPlace[item] { return known }
    let answer = EdgeBuilder.droppingInPlace.contains(standardNames.nameOfDefinition(item))
    droppingInPlace[item] = answer
    return answer
  }

  /// What a pointer, a reference, or a pointer to something that does not own its content points to.
  private func pointee(_ type: TermID) -> TermID {
    switch types.kind(type) {
    case .reference, .pointer: return pointee(types.child(type, 0))
    case .nominal where selector.known.nonOwning.contains(types.item(type)) && types.childCount(type) > 0:
      return types.child(type, 0)
    default: return type
    }
  }

  private func isDropped(_ declared: TermID, _ index: Int, _ parameters: [TermID], _ item: UInt32) -> Bool {
    if types.kind(declared) == .reference {
      return index == 0 && types.item(declared) == 1 && program.flags(item).contains(.hasSelf)
        && EdgeBuilder.discarding.contains(program.string(program.name(item)))
    }
    guard types.hasParameter(declared) else { return false }
    let result = program.item(item).type
    let places =
      parameters.enumerated().filter { $0.offset != index }.map(\.element)
      + (result == 0 ? [] : [lowering.lower(TermID(result), lowering.context(ofItem: item))])
    let wanted = parametersWithin(declared)
    return !places.contains { !parametersWithin($0).isDisjoint(with: wanted) || types.hasUnknown($0) }
  }

  private func declaredParameters(_ item: UInt32) -> [TermID] {
    let record = program.item(item)
    let tree = program.units[program.unit(ofItem: item)].facts.items
    let context = lowering.context(ofItem: item)
    return (record.listStart..<(record.listStart + record.listCount)).map {
      lowering.lower(TermID(tree.termLists[Int($0)]), context)
    }
  }

  private func parametersWithin(_ type: TermID) -> Set<UInt32> {
    if types.kind(type) == .parameter { return [types.item(type)] }
    guard types.hasParameter(type) else { return [] }
    return types.children(type).reduce(into: []) { $0.formUnion(parametersWithin($1)) }
  }
}
