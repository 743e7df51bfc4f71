import CrateFacts
import RustDump

/// Trait objects and function pointers among what functions of std and foreign functions take.
extension StandardCallbacks {
  func traitObject(of trait: UInt32, madeBy item: UInt32, _ arguments: TermID) -> TermID? {
    let impl = program.kind(item) == .implementation ? item : program.parent(item)
    guard let index = lowering.impls.recordOfItem[impl] else { return nil }
    return object(of: trait, in: lowering.impls.records[index].selfType, 0).map { types.substitute($0, arguments) }
  }

  func object(of trait: UInt32, in type: TermID, _ level: Int) -> TermID? {
    if types.kind(type) == .dynamic, types.childCount(type) > 0, types.item(types.child(type, 0)) == trait {
      return types.child(type, 0)
    }
    guard level < 3, types.kind(type) == .nominal else { return nil }
    for child in types.children(type) {
      if let found = object(of: trait, in: child, level + 1) { return found }
    }
    return nil
  }

  /// Function pointers and trait objects that the parameters are declared with are called, as far as can be told. Those
  /// that come with a generic argument are not: `Vec::push(boxed)` knows nothing of what is in the box.
  func pointerParameters(_ item: UInt32, _ arguments: TermID) -> [Callback] {
    let record = program.item(item)
    let unit = program.unit(ofItem: item)
    let tree = program.units[unit].facts.items
    guard record.itemKind == .function || record.itemKind == .foreignFunction else { return [] }
    let context = lowering.context(ofItem: item)
    return (record.listStart..<(record.listStart + record.listCount)).compactMap { index in
      let declared = lowering.lower(TermID(tree.termLists[Int(index)]), context)
      if let bound = traitObject(in: declared, 0) {
        return .parameterObject(bound: types.substitute(bound, arguments))
      }
      return pointer(in: declared, 0).map { .pointer(types.substitute($0, arguments)) }
    } + (record.itemKind == .foreignFunction ? structuresOfPointers(record, unit, context) : [])
  }

  /// Foreign code calls the functions in the structures that it gets: `configure(&Options { open, close })`.
  private func structuresOfPointers(_ record: Item, _ unit: Int, _ context: LoweringContext) -> [Callback] {
    let tree = program.units[unit].facts.items
    return (record.listStart..<(record.listStart + record.listCount)).flatMap { index in
      fieldPointers(lowering.lower(TermID(tree.termLists[Int(index)]), context), 0).map { .pointer($0) }
    }
  }

  private func fieldPointers(_ type: TermID, _ level: Int) -> [TermID] {
    guard level < 4 else { return [] }
    switch types.kind(type) {
    case .reference, .pointer, .array, .slice: return fieldPointers(types.child(type, 0), level + 1)
    case .nominal where !program.isStandard(types.item(type)):
      let arguments = types.argumentList(of: type)
      var found: [TermID] = []
      program.childrenOf.forEach(types.item(type)) { field in
        guard program.kind(field) == .field else { return true }
        let context = lowering.context(ofItem: types.item(type))
        let inner = types.substitute(lowering.lower(TermID(program.item(field).type), context), arguments)
        if let pointer = pointer(in: inner, 0) { found.append(pointer) }
        found += fieldPointers(inner, level + 1)
        return true
      }
      return found
    default: return []
    }
  }

  /// The first bound of a trait object with methods in `&dyn Debug`, `Box<dyn Error>`, `&[&dyn Debug]`.
  func traitObject(in type: TermID, _ level: Int) -> TermID? {
    switch types.kind(type) {
    case .dynamic where types.childCount(type) > 0 && hasMethods(types.item(types.child(type, 0))):
      return types.child(type, 0)
    case .reference, .pointer, .slice, .array, .nominal:
      guard level < 4, types.childCount(type) > 0 else { return nil }
      return traitObject(in: types.child(type, 0), level + 1)
    default: return nil
    }
  }

  /// `fn()` itself or in `Option<fn()>`.
  func pointer(in type: TermID, _ level: Int) -> TermID? {
    if types.kind(type) == .functionPointer { return type }
    guard level < 1, types.kind(type) == .nominal, types.childCount(type) == 1 else { return nil }
    return pointer(in: types.child(type, 0), level + 1)
  }
}
