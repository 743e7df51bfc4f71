import CrateFacts
import RustDump

/// What constants of function pointer type point to: `const RUN: fn() = run`, also those of traits.
extension EdgeBuilder {
  /// The constant that a path names in an instance.
  func constant(_ callee: TermID) -> Selection {
    switch types.kind(callee) {
    case .functionDefinition: .targets([.function(callee)])
    case .traitMethod: selector.select(callee)
    default: .unknown
    }
  }

  /// The functions that a constant points to; `nil` if its body does more than take their addresses.
  func pointees(ofConstant callee: TermID, _ level: Int) -> [CallTarget]? {
    guard level < 8, case .targets(let found) = constant(callee) else { return nil }
    var targets: [CallTarget] = []
    for target in found {
      guard case .function(let function) = target, let own = pointees(ofBody: function, level) else { return nil }
      targets += own
    }
    return targets.isEmpty ? nil : targets
  }

  private func pointees(ofBody function: TermID, _ level: Int) -> [CallTarget]? {
    guard let body = program.bodyOfItem[types.item(function)] else { return nil }
    let unit = program.unit(ofBody: body)
    let view = BodyView(
      node: 0, body: body, unit: unit, context: lowering.context(ofBody: body),
      arguments: types.argumentList(of: function), storesCallables: false)
    let record = program.body(body)
    var targets: [CallTarget] = []
    for site in program.units[unit].facts.bodies.sites[Int(record.sitesStart)...].prefix(Int(record.sitesCount)) {
      switch site.siteKind {
      case .reify: targets += self.targets(ofValue: callee(site.a, view))
      case .closurePointer: targets += selector.closureTargets(type(site.a, view))
      case .constantUse:
        guard let inner = pointees(ofConstant: callee(site.a, view), level + 1) else { return nil }
        targets += inner
      case .closure, .mention: break
      default: return nil
      }
    }
    return targets
  }
}

/// Pointers that statics keep: `static HOME: LazyLock<String> = LazyLock::new(|| home())` is a `LazyLock<String, fn() ->
/// String>`. Who uses the static runs what its initialiser stored (see `EdgeBuilder.storesCallables`), not every function
/// of that type.
extension EdgeBuilder {
  /// Whether what a function of std calls through a pointer of a type in a body is told by the edges of the statics.
  func isStored(_ pointer: TermID, _ view: BodyView) -> Bool {
    if view.storesCallables { return makesPointers(view.body) }
    let record = program.body(view.body)
    let bodies = program.units[view.unit].facts.bodies
    let parameters = bodies.lists[Int(record.parametersStart)...].prefix(Int(record.parametersCount))
    guard !parameters.contains(where: { mentions(type($0, view), pointer, 0) }) else { return false }
    return bodies.sites[Int(record.sitesStart)...].prefix(Int(record.sitesCount)).contains { site in
      guard site.siteKind == .staticUse, case .function(let used)? = targets(ofValue: callee(site.a, view)).first,
        let initialiser = program.bodyOfItem[types.item(used)]
      else { return false }
      let type = lowering.lower(TermID(program.body(initialiser).type), lowering.context(ofBody: initialiser))
      return storesCallables(initialiser) && makesPointers(initialiser) && mentions(type, pointer, 0)
    }
  }

  private func makesPointers(_ body: UInt32) -> Bool {
    let record = program.body(body)
    let sites = program.units[program.unit(ofBody: body)].facts.bodies.sites
    return sites[Int(record.sitesStart)...].prefix(Int(record.sitesCount)).contains {
      $0.siteKind == .reify || $0.siteKind == .closurePointer
    }
  }

  private func mentions(_ type: TermID, _ wanted: TermID, _ level: Int) -> Bool {
    type == wanted || level < 8 && types.children(type).contains { mentions($0, wanted, level + 1) }
  }
}
