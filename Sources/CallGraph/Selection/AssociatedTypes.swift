import CrateFacts
import RustDump

/// Associated types, replaced by what they are; what calling and awaiting a type gives is one of them.
extension TraitSelector {
  /// A type with its associated types replaced by what they are, as far as the self types are known.
  func normalise(_ type: TermID) -> TermID {
    guard types.hasProjection(type) else { return type }
    if let known = normalised[type] { return known }
    guard depth < TraitSelector.depthLimit else { return type }
    depth += 1
    defer { depth -= 1 }
    normalised[type] = type
    let children = types.children(type).map { normalise($0) }
    let record = types.terms.record(type)
    var result = types.make(types.kind(type), a: record.a, b: record.b, children)
    if types.kind(type) == .projection, let value = project(result), value != type { result = normalise(value) }
    normalised[type] = result
    return result
  }

  private func project(_ projection: TermID) -> TermID? {
    if let (callee, index) = lowering.opaques?.method(of: projection) { return opaqueResult(callee, index) }
    let name = types.name(projection)
    let selfType = types.child(projection, 0)
    let arguments = types.children(types.child(projection, 1))
    let own = types.children(types.child(projection, 2))
    if let value = projectBuiltin(selfType, name, types.item(projection)) { return value }
    let trait = types.item(projection)
    if types.kind(selfType) == .open, let value = bound(name, of: selfType, trait) { return value }
    if trait != 0, trait == known.pointee { return pointerMetadata(selfType) }
    let candidates =
      trait != 0
      ? [declaration(of: name, in: trait, arguments, selfType: selfType)].compactMap(\.self)
      : (traitsByAssociatedType[name] ?? []).map { (trait: $0, arguments: []) }
    for candidate in candidates {
      let found = impls(of: candidate.trait, for: selfType, candidate.arguments)
      guard let first = found.first else { continue }
      let isOpen = types.kind(selfType) == .open
      if isOpen, trait == 0 || isChosenByCaller(selfType, candidate.trait) { continue }
      let list = trait != 0 ? candidate.arguments : arguments
      guard let value = associatedType(name, first, candidate.trait, selfType, list, own) else { continue }
      if !isOpen || !types.hasUnknown(value) { return value }
    }
    return nil
  }

  /// What the bounds of a type that the caller chooses say of an associated type: `I: Iterator<Item = u8>`.
  private func bound(_ name: NameID, of open: TermID, _ trait: UInt32) -> TermID? {
    for bound in types.children(open) where trait == 0 || covers(types.item(bound), trait, 0) {
      for binding in types.children(bound) where types.kind(binding) == .binding && types.name(binding) == name {
        return types.child(binding, 0)
      }
    }
    return nil
  }

  /// Whether the caller decides what a trait is on a type that it chooses. A trait that the type is not bounded by can only
  /// come from an impl for all types: `impl<T: Iterator> Extended for T`.
  func isChosenByCaller(_ open: TermID, _ trait: UInt32) -> Bool {
    types.item(open) == 0 || types.children(open).contains { covers(types.item($0), trait, 0) }
  }

  /// What a method of an impl returns where its trait has `async fn` or `-> impl Trait`.
  private func opaqueResult(_ callee: TermID, _ index: Int) -> TermID? {
    guard case .targets(let targets) = select(callee), case .function(let function)? = targets.first,
      let result = functionResult(function)
    else { return nil }
    return lowering.opaques?.part(index, of: result, callee)
  }

  private func associatedType(
    _ name: NameID, _ found: FoundImpl, _ trait: UInt32, _ selfType: TermID, _ arguments: [TermID], _ own: [TermID]
  ) -> TermID? {
    let record = lowering.impls.records[found.record]
    if let member = program.scopeChildren.first(MultiMap.key(record.item, name.raw)) {
      let type = lowering.lower(TermID(program.item(member).type), lowering.context(ofItem: member))
      return types.substitute(type, types.list(found.arguments + own))
    }
    guard let member = program.scopeChildren.first(MultiMap.key(trait, name.raw)), program.item(member).type != 0 else {
      return nil
    }
    let type = lowering.lower(TermID(program.item(member).type), lowering.context(ofItem: member))
    return types.substitute(type, types.list([selfType] + arguments + own))
  }

  /// `Output` of what can be called and awaited, and what a trait object binds.
  private func projectBuiltin(_ selfType: TermID, _ name: NameID, _ trait: UInt32) -> TermID? {
    let text = program.string(name)
    switch types.kind(selfType) {
    case .closureType:
      switch text {
      case "Output": return known.asyncFn.contains(trait) ? awaited(closureOutput(selfType)) : closureOutput(selfType)
      case "CallRefFuture": return closureOutput(selfType)
      case "CallOnceFuture": return futureByMove(selfType) ?? closureOutput(selfType)
      default: return nil
      }
    case .functionDefinition, .traitMethod, .functionPointer:
      switch text {
      case "Output": return known.asyncFn.contains(trait) ? awaited(callResult(selfType)) : callResult(selfType)
      case "CallRefFuture", "CallOnceFuture": return callResult(selfType)
      default: return nil
      }
    case .dynamic:
      for bound in types.children(selfType) {
        for binding in types.children(bound) where types.kind(binding) == .binding && types.name(binding) == name {
          return types.child(binding, 0)
        }
      }
      return nil
    default: return nil
    }
  }

  /// What a future gives in the end.
  private func awaited(_ future: TermID?) -> TermID? {
    guard let future, let trait = known.future else { return nil }
    return types.make(
      .projection, a: trait, b: program.names.intern("Output").raw, [future, types.list([]), types.list([])])
  }

  /// The coroutine of an async closure that is called by value: a body of its own.
  private func futureByMove(_ closure: TermID) -> TermID? {
    guard let body = program.body(in: types.item(closure), named: program.names.intern("{synthetic#0}")) else {
      return nil
    }
    return types.make(.closureType, a: body, types.children(closure))
  }

  /// What a closure gives. One of several that share a text may give something else than the others: then it is not told.
  func closureOutput(_ type: TermID) -> TermID? {
    let outputs = Set(
      closureTargets(type).compactMap { target -> TermID? in
        guard case .closure(let body, _) = target else { return nil }
        return closureOutput(body, type)
      })
    return outputs.count > 1 ? types.make(.inferred) : outputs.first
  }

  private func closureOutput(_ body: UInt32, _ type: TermID) -> TermID {
    let record = program.body(body)
    let result = types.substitute(
      lowering.lower(TermID(record.type), lowering.context(ofBody: body)), types.argumentList(of: type))
    // A coroutine's body gives `Poll<T>`.
    if isCoroutine(body), types.kind(result) == .nominal, types.childCount(result) == 1 {
      return types.child(result, 0)
    }
    return result
  }

  /// Whether a coroutine's body is that of a future: it gives `Poll<T>`.
  func isFuture(_ body: UInt32) -> Bool {
    let result = lowering.lower(TermID(program.body(body).type), lowering.context(ofBody: body))
    return types.kind(result) == .nominal && types.item(result) == known.poll
  }

  /// Coroutine bodies take `Pin<&mut Self>`.
  func isCoroutine(_ body: UInt32) -> Bool {
    let record = program.body(body)
    let unit = program.unit(ofBody: body)
    guard record.parametersCount > 0 else { return false }
    let first = TermID(program.units[unit].facts.bodies.lists[Int(record.parametersStart)])
    return program.terms(unit).kind(first) == .segment
  }

  /// What a function returns, in terms of its arguments.
  func functionResult(_ type: TermID) -> TermID? {
    let item = types.item(type)
    let arguments = types.argumentList(of: type)
    switch program.kind(item) {
    case .structure: return types.make(.nominal, a: item, types.children(type))
    case .variant: return types.make(.nominal, a: program.parent(item), types.children(type))
    default: break
    }
    if program.flags(item).contains(.asyncItem), let body = program.bodyOfItem[item],
      let coroutine = program.body(in: body, named: program.names.intern("{closure#0}"))
    {
      return types.make(.closureType, a: coroutine, types.children(type))
    }
    if let body = program.bodyOfItem[item] {
      return types.substitute(
        lowering.lower(TermID(program.body(body).type), lowering.context(ofBody: body)), arguments)
    }
    let record = program.item(item)
    guard record.type != 0 else { return types.unit }
    return types.substitute(lowering.lower(TermID(record.type), lowering.context(ofItem: item)), arguments)
  }
}
