import CrateFacts
import RustDump

/// Edges of values: drops, addresses taken, trait objects made, constants and statics used, closures made.
extension EdgeBuilder {
  // MARK: Drops

  func addDrop(_ type: TermID, _ view: BodyView) {
    for target in drops.targets(type) { addDropTarget(target, view, candidates: 1) }
  }

  func addDropTarget(_ target: DropTarget, _ view: BodyView, candidates: Int) {
    switch target {
    case .target(let target):
      guard hasBody(target) else { return }
      if let function = standardFunction(target) {
        addStandardEdges(function, view, .drop, candidates: candidates, isNamed: false)
      } else {
        addEdge(view, node(target), .drop, candidates: candidates)
      }
    case .dynamic(let bound): addDeferred(view, .drop(bound: bound), .drop)
    case .callback(let callback): add(callback, view)
    }
  }

  // MARK: Addresses

  /// A function whose address is taken: reached, and a candidate for pointers of its signature.
  func addAddress(_ site: SiteRecord, _ view: BodyView) {
    for target in targets(ofValue: callee(site.a, view)) {
      addTarget(target, view, view.storesCallables ? .staticInitialiser : .cast, candidates: 1)
      if let type = pointerType(site, target, view) { objects.addPointer(target, type) }
    }
  }

  private func pointerType(_ site: SiteRecord, _ target: CallTarget, _ view: BodyView) -> TermID? {
    if site.siteKind == .reify, site.b != 0 {
      let type = type(site.b, view)
      return types.kind(type) == .functionPointer ? type : nil
    }
    guard case .function(let function) = target else { return closurePointerType(target) }
    return signature(of: function)
  }

  /// The signature of a function in memory, from its declaration.
  private func signature(of function: TermID) -> TermID? {
    let item = types.item(function)
    let record = program.item(item)
    guard record.itemKind == .function || record.itemKind == .foreignFunction else { return nil }
    let unit = program.unit(ofItem: item)
    let tree = program.units[unit].facts.items
    let arguments = types.argumentList(of: function)
    let context = lowering.context(ofItem: item)
    var parts = (record.listStart..<(record.listStart + record.listCount)).map {
      selector.normalise(types.substitute(lowering.lower(TermID(tree.termLists[Int($0)]), context), arguments))
    }
    parts.append(selector.functionResult(function).map { selector.normalise($0) } ?? types.unit)
    let abi = program.globalName(unit, record.abi)
    return types.make(.functionPointer, a: record.itemFlags.contains(.variadic) ? 2 : 0, b: abi.raw, parts)
  }

  private func closurePointerType(_ target: CallTarget) -> TermID? { nil }

  func addClosureAddress(_ site: SiteRecord, _ view: BodyView) {
    let closure = type(site.a, view)
    let pointer = type(site.b, view)
    guard types.kind(closure) == .closureType else { return }
    for target in selector.closureTargets(closure) {
      addEdge(view, node(target), view.storesCallables ? .staticInitialiser : .cast)
      if types.kind(pointer) == .functionPointer { objects.addPointer(target, pointer) }
    }
  }

  /// A function item as a value has no address: who gets it calls it by its type, and only that keeps it. What an
  /// initialiser stores or assembly names is kept here.
  func addMention(_ site: SiteRecord, _ view: BodyView) {
    guard view.storesCallables || site.siteKind == .assemblySymbol else { return }
    for target in targets(ofValue: callee(site.a, view)) { addTarget(target, view, .staticInitialiser, candidates: 1) }
  }

  func targets(ofValue callee: TermID) -> [CallTarget] {
    switch types.kind(callee) {
    case .functionDefinition: return [.function(callee)]
    case .traitMethod:
      if isCallOnce(callee), types.kind(types.child(callee, 0)) == .closureType {
        return selector.closureTargets(types.child(callee, 0))
      }
      guard case .targets(let targets) = selector.select(callee) else { return [] }
      return targets
    default: return []
    }
  }

  private func isCallOnce(_ callee: TermID) -> Bool { selector.known.isCallable(types.item(callee)) }

  // MARK: Trait objects

  func addUnsizing(_ source: TermID, _ target: TermID, _ view: BodyView) {
    guard let (from, to) = objectPair(source, target, 0), types.childCount(to) > 0 else { return }
    let bound = types.child(to, 0)
    if types.kind(from) == .dynamic {
      if types.childCount(from) > 0 { addUpcast(types.child(from, 0), bound) }
      return
    }
    addObject(from, bound, view)
  }

  /// The types that differ: one before, and the trait object after.
  func objectPair(_ source: TermID, _ target: TermID, _ level: Int) -> (TermID, TermID)? {
    if types.kind(target) == .dynamic { return (source, target) }
    guard level < 12, types.childCount(source) == types.childCount(target) else { return nil }
    for (left, right) in zip(types.children(source), types.children(target)) where left != right {
      if let found = objectPair(left, right, level + 1) { return found }
    }
    return nil
  }

  func addVtableInMemory(_ site: SiteRecord, _ view: BodyView) {
    let object = type(site.a, view)
    guard types.kind(object) == .dynamic, types.childCount(object) > 0 else { return }
    addObject(type(site.b, view), types.child(object, 0), view)
  }

  /// A vtable is made: all its methods are reached.
  func addObject(_ type: TermID, _ bound: TermID, _ view: BodyView) {
    objects.addObject(type, bound)
    for trait in traitClosure(of: bound) {
      for target in vtableMethods(type, trait) { addVtableMethod(target, view) }
    }
    for target in drops.targets(type) {
      if case .target(let target) = target, hasBody(target) { addEdge(view, node(target), .cast) }
    }
    if types.kind(type) == .closureType, selector.known.isCallable(types.item(bound)) {
      for target in selector.closureTargets(type) { addEdge(view, node(target), .cast) }
    }
  }

  /// A method in a vtable is kept. One of std keeps what it calls back: `impl Debug for &T` the method of `T`.
  private func addVtableMethod(_ target: CallTarget, _ view: BodyView) {
    guard !hasBody(target) else { return addEdge(view, node(target), .cast) }
    guard case .function(let function) = target, view.nesting < 4 else { return }
    var inner = view
    inner.nesting += 1
    inner.isCast = true
    for callback in callbacks.callbacks(of: function) { add(callback, inner) }
  }

  /// A trait and its supertraits, with their arguments. Arguments that mention the type itself stay open.
  func traitClosure(of reference: TermID) -> [TermID] {
    var seen = [reference]
    var index = 0
    while index < seen.count, seen.count < 64 {
      let own = types.list(
        [types.make(.inferred)] + lowering.traitArguments(seen[index], selfType: types.make(.inferred)))
      for parent in lowering.supertraits(types.item(seen[index])) {
        let actual = selector.normalise(types.substitute(parent, own))
        if !seen.contains(where: { types.item($0) == types.item(actual) }) { seen.append(actual) }
      }
      index += 1
    }
    return seen
  }

  // MARK: Constants, statics, closures

  func addUse(_ site: SiteRecord, _ view: BodyView) {
    if let body = nestedBody(site.a, view) {
      addEdge(view, instances.body(body, view.arguments), .staticInitialiser)
      return
    }
    let callee = callee(site.a, view)
    for target in targets(ofValue: callee) {
      guard case .function(let function) = target else { continue }
      let item = types.item(function)
      if let body = program.bodyOfItem[item] {
        if holdsCode(body) { addEdge(view, node(target), .staticInitialiser) }
      } else if program.kind(item) == .foreignStatic {
        addEdge(view, node(target), .staticInitialiser)
        addSymbolEdges(item, view)
      }
    }
  }

  /// What a thread-local holds is dropped when the thread ends; who uses it is who gave it a value.
  func addThreadLocalDrop(_ site: SiteRecord, _ view: BodyView) {
    for target in targets(ofValue: callee(site.a, view)) {
      guard case .function(let function) = target, let body = program.bodyOfItem[types.item(function)] else { continue }
      let type = lowering.lower(TermID(program.body(body).type), lowering.context(ofBody: body))
      addDrop(selector.normalise(type), view)
    }
  }

  /// Promoteds and anonymous constants stand in the body that uses them.
  func nestedBody(_ term: UInt32, _ view: BodyView) -> UInt32? {
    let terms = program.terms(view.unit)
    guard term != 0, terms.kind(TermID(term)) == .segment else { return nil }
    let store = program.units[view.unit].facts.store
    let isNested = store.names.withBytes(of: terms.name(TermID(term))) {
      $0.first == Ascii.openBrace || $0.starts(with: "promoted[".utf8)
    }
    guard isNested else { return nil }
    let name = program.globalName(view.unit, terms.name(TermID(term)).raw)
    if let own = program.body(in: view.body, named: name) { return own }
    if let owner = program.owner(ofBody: view.body), let found = program.body(in: owner, named: name) { return found }
    return lowering.closures.bodies(ofPath: TermID(term), view.context).first
  }

  /// A closure that is made is called by its type: only such calls keep it.
  func addClosure(_ site: SiteRecord, _ view: BodyView) {
    guard let body = lowering.closures.made(site, view.body, view.unit) else { return }
    objects.addClosure(body, view.arguments)
    if view.storesCallables { addEdge(view, instances.body(body, view.arguments), .cast) }
  }
}
