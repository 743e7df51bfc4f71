import CrateFacts
import RustDump

/// Callees and other value paths of MIR, as linked terms.
extension TypeLowering {
  /// The callee that a path names: a `functionDefinition` with all generic arguments, a `traitMethod`, or `unknown` with
  /// the path's text. Constants, statics and constructors are named the same way.
  func lowerCallee(_ term: TermID, _ context: LoweringContext) -> TermID {
    let fixed = context.scope == nil ? closed.callee(term, context.unit) : nil
    if let fixed, !fixed.isNone { return fixed }
    let key = UInt64(fixed == nil ? context.key : 0x6000_0000 | UInt32(context.unit)) << 32 | UInt64(term.raw)
    if fixed == nil, let known = calleeMemo[key] { return known }
    guard calleesInProgress.insert(key).inserted else { return types.make(.inferred) }
    let callee = lowerCalleeAfresh(term, context)
    calleesInProgress.remove(key)
    if fixed != nil {
      closed.setCallee(term, context.unit, callee)
      return callee
    }
    if let known = calleeMemo[key] { return known }
    if isSettled(context) { calleeMemo[key] = callee }
    return callee
  }

  /// States what a path names, once and for all.
  func settle(_ callee: TermID, _ term: TermID, _ context: LoweringContext) {
    guard context.scope != nil || closed.callee(term, context.unit) == nil else {
      return closed.setCallee(term, context.unit, callee)
    }
    calleeMemo[UInt64(context.key) << 32 | UInt64(term.raw)] = callee
  }

  /// The same without a look at what is known or being worked out.
  func lowerCalleeAfresh(_ term: TermID, _ context: LoweringContext) -> TermID {
    let terms = program.terms(context.unit)
    guard terms.kind(term) == .segment else { return unknownCallee(term, context) }
    let name = program.globalName(context.unit, terms.name(term).raw)
    let parent = terms.parent(term)
    switch terms.kind(parent) {
    case .qualified where terms.childCount(parent) > 1:
      return lowerTraitMethod(parent, 0, 1, name, lowerArguments(term, context), context)
        ?? unknownCallee(term, context)
    case .implOfTrait:
      return lowerTraitMethod(parent, 1, 0, name, lowerArguments(term, context), context)
        ?? unknownCallee(term, context)
    case .qualified, .implBlock:
      let selfType = lower(terms.child(parent, 0), context)
      return inherentMethod(selfType, name, lowerArguments(term, context)) ?? unknownCallee(term, context)
    case .implAt:
      let items = program.bodiesByPath.all(MultiMap.key(UInt32(context.unit), term.raw))
      guard let body = items.first, let item = program.item(ofBody: body) else { return unknownCallee(term, context) }
      return definition(item, [])
    default:
      return lowerPlainCallee(term, parent, name, context)
    }
  }

  private func lowerTraitMethod(
    _ parent: TermID, _ selfIndex: Int, _ traitIndex: Int, _ name: NameID, _ own: [TermID], _ context: LoweringContext
  ) -> TermID? {
    let terms = program.terms(context.unit)
    let selfType = lower(terms.child(parent, selfIndex), context)
    let references = traitReferences(terms.child(parent, traitIndex), context)
    guard !references.isEmpty else { return nil }
    return types.oneOf(
      references.map { reference in
        let arguments = traitArguments(reference, selfType: selfType)
        return types.make(
          .traitMethod, a: types.item(reference), b: name.raw, [selfType, types.list(arguments), types.list(own)])
      })
  }

  private func lowerPlainCallee(
    _ term: TermID, _ parent: TermID, _ name: NameID, _ context: LoweringContext
  ) -> TermID {
    let own = lowerArguments(term, context)
    let items = mirPaths.items(context.unit, term, .value).filter { isValue($0) }
    if let item = items.first {
      if program.kind(program.parent(item)) == .implementation, !parent.isNone {
        return methodOfPath(items, parent, own, context)
      }
      // Crates of one name and equally named functions of sibling blocks print alike.
      let meant = namesakes(items, context)
      if meant.count == 1, items.allSatisfy({ program.kind($0) == .function }) {
        return types.oneOf(items.map { definition($0, own) })
      }
      if program.kind(item) == .variant, own.isEmpty, !parent.isNone {
        // Arguments that are an enumeration's defaults are not printed: `ControlFlow::<B>::Break`.
        return definition(item, filled(program.parent(item), lowerArguments(parent, context), skip: 0))
      }
      return types.oneOf(meant.map { definition($0, own) })
    }
    if !parent.isNone {
      let selfType = lower(parent, context)
      if let method = inherentMethod(selfType, name, own) { return method }
    }
    return unknownCallee(term, context)
  }

  private func isValue(_ item: UInt32) -> Bool {
    switch program.kind(item) {
    case .function, .constant, .staticItem, .structure, .variant, .foreignFunction, .foreignStatic: true
    default: false
    }
  }

  /// `Type::<A>::method::<B>`: of several inherent impls with the method the one whose self type fits.
  private func methodOfPath(
    _ items: [UInt32], _ parent: TermID, _ own: [TermID], _ context: LoweringContext
  ) -> TermID {
    let methods = types.meanings(of: lower(parent, context)).compactMap { selfType in
      items.lazy.compactMap { self.method($0, on: selfType, own) }.first
    }
    return methods.isEmpty ? definition(items[0], []) : types.oneOf(methods)
  }

  /// A method of an impl with the impl's arguments worked out from the self type.
  func method(_ item: UInt32, on selfType: TermID, _ own: [TermID]) -> TermID? {
    guard let index = impls.recordOfItem[program.parent(item)] else { return nil }
    let record = impls.records[index]
    var unifier = Unifier(types, parameters: record.parameters)
    guard unifier.unify(record.selfType, selfType) else { return nil }
    bindProjectedParameters(record, &unifier)
    return types.make(.functionDefinition, a: item, unifier.arguments() + completed(own, item))
  }

  /// Parameters that only a where clause fixes, `impl<I, C> Server<I> where I: Accept<Conn = C>`, are what it says:
  /// `<I as Accept>::Conn`.
  private func bindProjectedParameters(_ record: ImplRecord, _ unifier: inout Unifier) {
    guard unifier.bindings.contains(where: { $0 == nil }) else { return }
    for bound in bounds(of: record.item) {
      for binding in types.children(bound.trait) where types.kind(binding) == .binding {
        let value = types.child(binding, 0)
        guard types.kind(value) == .parameter, unifier.isUnbound(Int(types.item(value))) else { continue }
        let known = types.list(unifier.arguments())
        let arguments = traitArguments(bound.trait, selfType: bound.subject).map { types.substitute($0, known) }
        let projection = types.make(
          .projection, a: types.item(bound.trait), b: types.name(binding).raw,
          [types.substitute(bound.subject, known), types.list(arguments), types.list([])])
        _ = unifier.unify(value, projection)
      }
    }
  }

  /// A method in the inherent impls of a type.
  func inherentMethod(_ selfType: TermID, _ name: NameID, _ own: [TermID]) -> TermID? {
    let methods = types.meanings(of: selfType).compactMap { onlyInherentMethod($0, name, own) }
    return methods.isEmpty ? nil : types.oneOf(methods)
  }

  private func onlyInherentMethod(_ selfType: TermID, _ name: NameID, _ own: [TermID]) -> TermID? {
    for index in impls.inherentImpls(selfType) {
      for item in program.scopeChildren.all(MultiMap.key(impls.records[index].item, name.raw)) {
        if let method = method(item, on: selfType, own) { return method }
      }
    }
    return nil
  }

  /// An item with its arguments, which are completed or cut to the number of its parameters.
  func definition(_ item: UInt32, _ arguments: [TermID]) -> TermID {
    types.make(.functionDefinition, a: item, fitted(arguments, generics.scope(of: item).names.count))
  }

  private func completed(_ own: [TermID], _ item: UInt32) -> [TermID] {
    let scope = generics.scope(of: item)
    return fitted(own, scope.names.count - scope.parentCount)
  }

  private func fitted(_ arguments: [TermID], _ count: Int) -> [TermID] {
    let list = arguments.filter { types.kind($0) != .binding }
    if list.count >= count { return Array(list.prefix(count)) }
    return list + (list.count..<count).map { _ in types.make(.inferred) }
  }

  private func unknownCallee(_ term: TermID, _ context: LoweringContext) -> TermID {
    let text = PathPrinter.text(of: term, program.units[context.unit].facts.store)
    return types.make(.unknown, b: program.names.intern(text).raw, lowerArguments(term, context))
  }
}
