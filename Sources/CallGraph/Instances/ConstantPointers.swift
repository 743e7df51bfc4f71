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
      arguments: types.list(types.children(function)), storesCallables: false)
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
