import CrateFacts
import RustDump

/// Edges of calls: static, dispatched, through trait objects, pointers and constants, and what std calls back.
extension EdgeBuilder {
  func visitCall(_ site: SiteRecord, _ view: BodyView) {
    coverage.calls += 1
    let callee = callee(site.a, view)
    switch types.kind(callee) {
    case .functionDefinition:
      addCall(.function(callee), view, .call, candidates: 1)
      countSingle([.function(callee)])
    case .traitMethod: visitTraitCall(callee, site, view)
    default:
      unresolved(site, view)
      addMentionedCallables(callee, view)
    }
  }

  private func visitTraitCall(_ callee: TermID, _ site: SiteRecord, _ view: BodyView) {
    switch selector.select(callee) {
    case .targets(let targets):
      for target in targets { addCall(target, view, .dispatch, candidates: targets.count) }
      countSingle(targets)
    case .dynamic(let bound):
      addDeferred(view, .method(bound: bound, method: callee), .dyn, isCall: true)
      addSinkOfTrait(callee, view)
    case .pointer(let type): addPointerCall(type, view)
    case .callerSupplied: addCallerSupplied(callee, view)
    case .builtin:
      coverage.single += 1
      guard types.item(callee) == selector.known.clone else { return }
      if standard != nil { return addBuiltinClone(callee, callee, view) }
      let reference = types.make(.traitReference, a: types.item(callee))
      for callback in callbacks.builtinClone(types.child(callee, 0), reference) { add(callback, view) }
    case .unknown: visitUnknownTraitCall(callee, site, view)
    }
  }

  /// A default method of std on a trait object is std's code.
  private func addSinkOfTrait(_ callee: TermID, _ view: BodyView) {
    let trait = types.item(callee)
    guard program.isStandard(trait),
      let item = program.scopeChildren.first(
        MultiMap.key(trait, types.name(callee).raw)), program.flags(item).contains(.hasBody),
      program.bodyOfItem[item] == nil
    else { return }
    let function = lowering.definition(item, [types.child(callee, 0)])
    for callback in callbacks.callbacks(of: function) { add(callback, view) }
  }

  private func countSingle(_ targets: [CallTarget]) {
    if targets.count > 1 {
      coverage.several += 1
    } else if let first = targets.first, case .function(let function) = first,
      program.isStandard(types.item(function)), program.bodyOfItem[types.item(function)] == nil,
      !callbacks.callbacks(of: function).isEmpty
    {
      coverage.callback += 1
    } else {
      coverage.single += 1
    }
  }

  /// A trait method on a type that is not known. The impls of the crates' own traits are all taken; of std's traits that
  /// would join everything, so the call is stated as unresolved.
  private func visitUnknownTraitCall(_ callee: TermID, _ site: SiteRecord, _ view: BodyView) {
    let trait = types.item(callee)
    guard !program.isStandard(trait) else {
      unresolved(site, view)
      return
    }
    let unknown = types.make(.inferred)
    var targets: [CallTarget] = []
    for index in lowering.impls.records(ofTrait: trait) {
      let record = lowering.impls.records[index]
      let arguments = (0..<record.parameters).map { _ in unknown }
      if let item = program.scopeChildren.first(MultiMap.key(record.item, types.name(callee).raw)) {
        targets.append(.function(lowering.definition(item, arguments)))
      }
    }
    if let item = program.scopeChildren.first(MultiMap.key(trait, types.name(callee).raw)),
      program.flags(item).contains(.hasBody)
    {
      targets.append(.function(lowering.definition(item, [unknown])))
    }
    guard !targets.isEmpty else {
      unresolved(site, view)
      return
    }
    coverage.several += 1
    for target in targets { addCall(target, view, .dispatch, candidates: max(2, targets.count)) }
  }

  /// An edge to a target. Of a closure that comes from another function the arguments are not printed: the edge then
  /// leads to every instance of it that reached code makes.
  func addTarget(_ target: CallTarget, _ view: BodyView, _ kind: EdgeKind, candidates: Int) {
    if case .closure(let body, let arguments) = target, types.hasUnknown(arguments) {
      addDeferred(view, .closure(body, arguments), kind)
    } else if let function = standardFunction(target) {
      addStandardEdges(function, view, kind, candidates: candidates)
    } else {
      addEdge(view, node(target), kind, candidates: candidates)
    }
  }

  /// An edge to a target, and what follows from the call itself.
  func addCall(_ target: CallTarget, _ view: BodyView, _ kind: EdgeKind, candidates: Int) {
    addTarget(target, view, kind, candidates: candidates)
    guard case .function(let function) = target else { return }
    let item = types.item(function)
    if standardFunction(target) != nil {
      addObjectsHandedOver(function, view)
    } else if program.isStandard(item) {
      for callback in callbacks.callbacks(of: function) { add(callback, view) }
      addStandardDrops(function, view)
    } else if program.kind(item) == .foreignFunction {
      addSymbolEdges(item, view)
      for callback in callbacks.callbacks(of: function) { add(callback, view) }
    }
  }

  /// A foreign function or static whose symbol some crate defines.
  func addSymbolEdges(_ item: UInt32, _ view: BodyView) {
    for definition in exports[symbol(of: item)] ?? [] {
      guard let body = program.bodyOfItem[definition] else { continue }
      addEdge(view, instances.body(body, openArguments(of: definition)), .symbol)
    }
  }

  /// The linked name of a foreign item.
  func symbol(of item: UInt32) -> NameID { program.attribute(item, .linkName) ?? program.name(item) }

  func add(_ callback: Callback, _ view: BodyView) {
    switch callback {
    case .target(let target):
      guard hasBody(target) || isForeign(target) else { return nestedCallbacks(target, view) }
      addTarget(target, view, view.isCast ? .cast : .callback, candidates: 1)
    case .dynamic(let bound, let trait):
      addDeferred(view, .anyMethod(bound: bound, trait: trait), view.isCast ? .cast : .dyn)
    case .parameterObject(let bound): addParameterObject(bound, view)
    case .pointer(let type):
      // What a constant or static stores has edges of its own.
      guard !isStored(type, view) else { return }
      addDeferred(view, .pointer(type), view.isCast ? .cast : .pointer)
    case .unsized(let type, let bound): addObject(type, bound, view)
    case .handedOn: break
    }
  }

  private func isForeign(_ target: CallTarget) -> Bool {
    guard case .function(let function) = target else { return false }
    return program.kind(types.item(function)) == .foreignFunction
  }

  /// A function of std that is handed to std: `map(String::from)`. It runs, with what it calls back.
  private func nestedCallbacks(_ target: CallTarget, _ view: BodyView) {
    guard case .function(let function) = target, program.isStandard(types.item(function)) else { return }
    addEdge(view, node(target), view.isCast ? .cast : .callback)
    guard view.nesting < 4 else { return }
    var inner = view
    inner.nesting += 1
    for callback in callbacks.callbacks(of: function) { add(callback, inner) }
  }

  // MARK: Pointers

  func visitOperandCall(_ type: TermID, _ view: BodyView) {
    coverage.calls += 1
    switch types.kind(type) {
    case .functionPointer: addPointerCall(type, view)
    case .functionDefinition:
      addCall(.function(type), view, .call, candidates: 1)
      coverage.single += 1
    case .closureType:
      for target in selector.closureTargets(type) { addCall(target, view, .call, candidates: 1) }
      coverage.single += 1
    case .traitMethod:
      visitTraitCall(type, program.units[view.unit].facts.bodies.sites[Int(view.place.site)], view)
    case .open, .projection: coverage.callerSupplied += 1
    default:
      coverage.unresolved += 1
      unresolvedOperands.append((view.node, view.place))
    }
  }

  private func addPointerCall(_ type: TermID, _ view: BodyView) {
    addDeferred(view, .pointer(type), .pointer, isCall: true)
  }

  /// A function pointer becomes an address without a type, as the callbacks of many C libraries are handed over: whoever gets
  /// it may call what has the pointer's type. What has Rust's own ABI is called by Rust alone, through a pointer of a type.
  func addForgottenPointer(_ type: TermID, _ view: BodyView) {
    guard types.kind(type) == .functionPointer, types.name(type) != .none else { return }
    addDeferred(view, .pointer(type), .pointer)
  }

  /// `const FP: fn() = f; FP()`: what the constant's body takes the address of, or where that cannot be followed what has
  /// the pointer's type.
  func visitConstantCall(_ site: SiteRecord, _ view: BodyView) {
    coverage.calls += 1
    addUse(site, view)
    let callee = callee(site.a, view)
    if case .callerSupplied = constant(callee) { return addCallerSupplied(callee, view) }
    if let targets = pointees(ofConstant: callee, 0) {
      for target in targets { addCall(target, view, .pointer, candidates: targets.count) }
      return countSingle(targets)
    }
    guard case .targets(let found) = constant(callee), case .function(let function)? = found.first,
      let body = program.bodyOfItem[types.item(function)]
    else { return coverage.unresolved += 1 }
    coverage.several += 1
    let type = selector.normalise(
      types.substitute(
        lowering.lower(TermID(program.body(body).type), lowering.context(ofBody: body)),
        types.argumentList(of: function)))
    if types.kind(type) == .functionPointer { addDeferred(view, .pointer(type), .pointer) }
  }

  // MARK: What is not resolved

  private func addCallerSupplied(_ callee: TermID, _ view: BodyView) {
    coverage.callerSupplied += 1
    let text = standardNames.text(of: callee)
    callerSupplied[view.unit].insert(program.names.intern(text))
    addHandedOver(callee, view)
  }

  /// Whatever implements a trait for a type of the caller's may call what the method is given here:
  /// `iterator.fold(0, add)`.
  private func addHandedOver(_ callee: TermID, _ view: BodyView) {
    let trait = types.item(callee)
    guard program.isStandard(trait),
      let method = program.scopeChildren.first(MultiMap.key(trait, types.name(callee).raw))
    else { return addCallables(among: types.child(callee, 2), view) }
    let arguments =
      [types.child(callee, 0)] + types.children(types.child(callee, 1)) + types.children(types.child(callee, 2))
    for callback in callbacks.callbacks(of: lowering.definition(method, arguments)) { add(callback, view) }
  }

  func unresolved(_ site: SiteRecord, _ view: BodyView) {
    coverage.unresolved += 1
    let store = program.units[view.unit].facts.store
    let text = site.a == 0 ? "?" : PathPrinter.text(of: TermID(site.a), store)
    let name = program.names.intern(text)
    addEdge(view, instances.named(name, .unresolved), .call)
  }

  private func addMentionedCallables(_ callee: TermID, _ view: BodyView) {
    if types.kind(callee) == .unknown { addCallables(among: callee, view) }
  }

  /// Closures and functions among the arguments of a callee that is not known may be called by it.
  private func addCallables(among list: TermID, _ view: BodyView) {
    for argument in types.children(list) {
      switch types.kind(argument) {
      case .closureType:
        for target in selector.closureTargets(argument) { addEdge(view, node(target), .callback, candidates: 2) }
      case .functionDefinition: addEdge(view, node(.function(argument)), .callback, candidates: 2)
      default: break
      }
    }
  }
}
