import CrateFacts
import RustDump

/// Functions, trait objects, closures and constants as values in std's bodies.
extension EdgeBuilder {
  // MARK: Handing over

  /// A function whose address std takes, or that stands in memory which std's code refers to, runs where that is.
  func handOverFunction(_ site: SiteRecord, _ view: BodyView) {
    guard site.a != 0 else { return }
    let mentions = types.hasParameter(lowering.lowerCallee(TermID(site.a), view.context))
    for target in valueTargets(callee(site.a, view)) {
      addStandardTarget(target, view, handingOver(view), candidates: 1, isSupplied: mentions, mentions: mentions)
    }
  }

  /// How what std hands over is led to. What a constant holds is code of the program, though the constant is not.
  private func handingOver(_ view: BodyView) -> EdgeKind {
    program.body(view.body).bodyKind == .function ? .callback : .staticInitialiser
  }

  func handOverClosure(_ site: SiteRecord, _ view: BodyView) {
    let closure = type(site.a, view)
    guard types.kind(closure) == .closureType else { return }
    for target in selector.closureTargets(closure) {
      addStandardTarget(target, view, handingOver(view), candidates: 1, isSupplied: true, mentions: true)
    }
  }

  /// A trait object that std makes runs where it is made; but what the function gives back (`Box<dyn Error>: From<E>`) the
  /// crates come to hold, and it runs where they call it.
  func handOverObject(from source: UInt32, to target: UInt32, _ view: BodyView) {
    guard source != 0, target != 0 else { return }
    let declared = objectPair(
      lowering.lower(TermID(source), view.context), lowering.lower(TermID(target), view.context), 0)
    guard let declared, let (from, to) = objectPair(type(source, view), type(target, view), 0),
      types.childCount(to) > 0
    else { return }
    let bound = types.child(to, 0)
    if types.kind(from) == .dynamic {
      if types.childCount(from) > 0 { addUpcast(types.child(from, 0), bound) }
      return
    }
    let mentions = types.hasParameter(declared.0)
    var view = view
    if givesBack(bound, view) {
      objects.addObject(from, bound)
      view.isCast = true
    }
    handOver(from, bound, view, mentions: mentions)
  }

  /// Edges to all that a trait object of a type can run.
  private func handOver(_ type: TermID, _ bound: TermID, _ view: BodyView, mentions: Bool) {
    for trait in traitClosure(of: bound) {
      for target in vtableMethods(type, trait) {
        addStandardTarget(target, view, handingOver(view), candidates: 1, isSupplied: mentions, mentions: mentions)
      }
    }
    if types.kind(type) == .closureType, selector.known.isCallable(types.item(bound)) {
      for target in selector.closureTargets(type) {
        addStandardTarget(target, view, handingOver(view), candidates: 1, isSupplied: mentions, mentions: mentions)
      }
    }
    addStandardDrop(type, view, mentions: mentions)
  }

  /// Whether a function of std returns trait objects of a trait.
  private func givesBack(_ bound: TermID, _ view: BodyView) -> Bool {
    let result = lowering.lower(TermID(program.body(view.body).type), view.context)
    return object(of: types.item(bound), in: types.substitute(result, view.arguments), 0) != nil
  }

  /// `io::Error::new(kind, error)` makes `error.into()` a trait object and keeps it: std alone calls it.
  func handOverConverted(_ callee: TermID, _ view: BodyView) {
    guard let standard, types.item(callee) == standard.into, let result = types.children(types.child(callee, 1)).first,
      let bound = object(of: nil, in: result, 0), !givesBack(bound, view)
    else { return }
    handOver(types.child(callee, 0), bound, view, mentions: true)
  }

  /// The first bound of a trait object (of a trait, if one is given) within a type.
  private func object(of trait: UInt32?, in type: TermID, _ level: Int) -> TermID? {
    if types.kind(type) == .dynamic, types.childCount(type) > 0 {
      let bound = types.child(type, 0)
      return trait == nil || types.item(bound) == trait ? bound : nil
    }
    guard level < 8 else { return nil }
    for child in types.children(type) {
      if let found = object(of: trait, in: child, level + 1) { return found }
    }
    return nil
  }

  private func valueTargets(_ callee: TermID) -> [CallTarget] {
    switch types.kind(callee) {
    case .functionDefinition: return [.function(callee)]
    case .traitMethod:
      if selector.known.isCallable(types.item(callee)), types.kind(types.child(callee, 0)) == .closureType {
        return selector.closureTargets(types.child(callee, 0))
      }
      guard case .targets(let targets) = selector.select(callee) else { return [] }
      return targets
    default: return []
    }
  }

  // MARK: Values

  func addStandardClosure(_ site: SiteRecord, _ view: BodyView) {
    guard let body = lowering.closures.made(site, view.body, view.unit) else { return }
    objects.addClosure(body, view.arguments)
  }

  /// Constants, promoteds and statics that std's code uses. A number holds nothing that could run.
  func addStandardUse(_ site: SiteRecord, _ view: BodyView) {
    guard site.a != 0 else { return }
    if let body = nestedBody(site.a, view) {
      guard program.body(body).sitesCount > 0 else { return }
      addEdge(view, bodyNode(body, view.arguments, view.account), .staticInitialiser)
      return
    }
    let mentions = types.hasParameter(lowering.lowerCallee(TermID(site.a), view.context))
    for target in valueTargets(callee(site.a, view)) {
      guard case .function(let function) = target else { continue }
      let item = types.item(function)
      if let body = program.bodyOfItem[item] {
        guard holdsCode(body) else { continue }
        addStandardTarget(
          target, view, .staticInitialiser, candidates: 1, isSupplied: false, mentions: mentions)
      } else if program.kind(item) == .foreignStatic {
        addEdge(view, instances.foreign(item), .staticInitialiser)
      }
    }
  }

  func isNumber(_ body: UInt32) -> Bool {
    let type = TermID(program.body(body).type)
    let terms = program.terms(program.unit(ofBody: body))
    guard terms.kind(type) == .segment, terms.parent(type).isNone else { return false }
    let store = program.units[program.unit(ofBody: body)].facts.store
    return Primitives.isPrimitive(store.names.string(store.terms.name(type)))
  }
}
