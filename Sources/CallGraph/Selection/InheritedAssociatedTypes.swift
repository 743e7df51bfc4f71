import CrateFacts
import RustDump

/// Associated types that are not found in the impls of the trait that is named.
extension TraitSelector {
  /// The trait that declares an associated type: the one given or a supertrait (`DoubleEndedIterator<Item = T>` binds
  /// `Iterator::Item`), with its arguments for a self type.
  func declaration(
    of name: NameID, in trait: UInt32, _ arguments: [TermID], selfType: TermID
  ) -> (trait: UInt32, arguments: [TermID])? {
    var work = [(trait: trait, arguments: arguments)]
    var seen: Set<UInt32> = [trait]
    while let next = work.popLast() {
      if let member = program.scopeChildren.first(MultiMap.key(next.trait, name.raw)),
        program.kind(member) == .typeAlias
      {
        return next
      }
      let list = types.list([selfType] + next.arguments)
      for parent in lowering.supertraits(next.trait) where seen.insert(types.item(parent)).inserted {
        let own = lowering.traitArguments(parent, selfType: types.make(.parameter, a: 0))
        work.append((types.item(parent), own.map { types.substitute($0, list) }))
      }
    }
    return nil
  }

  /// Whether an impl is one of those for all function pointers, and the type may be one; `nil` for other impls.
  func isForPointers(_ record: Int, _ selfType: TermID) -> Bool? {
    guard let fnPtr = known.fnPtr, types.kind(lowering.impls.records[record].selfType) == .parameter,
      lowering.bounds(of: lowering.impls.records[record].item).contains(where: { types.item($0.trait) == fnPtr })
    else { return nil }
    switch types.kind(selfType) {
    case .functionPointer, .inferred, .unknown, .oneOf, .projection: return true
    default: return false
    }
  }

  /// What a function, a method of a trait or a function pointer gives when it is called.
  func callResult(_ callable: TermID) -> TermID? {
    switch types.kind(callable) {
    case .functionDefinition: functionResult(callable)
    case .traitMethod: traitMethodResult(callable)
    case .functionPointer: types.child(callable, types.childCount(callable) - 1)
    default: nil
    }
  }

  /// What a method of a trait returns that is used as a value: `map(T::from)`.
  private func traitMethodResult(_ method: TermID) -> TermID? {
    if case .targets(let targets) = select(method), case .function(let function)? = targets.first {
      return functionResult(function)
    }
    let trait = types.item(method)
    guard let item = program.scopeChildren.first(MultiMap.key(trait, types.name(method).raw)),
      program.kind(item) == .function
    else { return nil }
    let record = program.item(item)
    guard record.type != 0 else { return types.unit }
    let arguments =
      [types.child(method, 0)] + types.children(types.child(method, 1)) + types.children(types.child(method, 2))
    return types.substitute(lowering.lower(TermID(record.type), lowering.context(ofItem: item)), types.list(arguments))
  }

  /// The metadata of a pointer to a type (`Pointee::Metadata`), which the compiler knows: a length for slices and text,
  /// the vtable for trait objects, nothing for types of known size.
  func pointerMetadata(_ type: TermID) -> TermID? {
    switch types.kind(type) {
    case .slice: return types.make(.primitive, b: program.names.intern("usize").raw)
    case .primitive where program.string(types.name(type)) == "str":
      return types.make(.primitive, b: program.names.intern("usize").raw)
    case .dynamic: return known.dynMetadata.map { types.make(.nominal, a: $0, [type]) }
    case .open, .parameter, .projection, .inferred, .unknown, .oneOf: return nil
    default: return types.unit
    }
  }
}
