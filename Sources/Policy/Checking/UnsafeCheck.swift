import CallGraph
import Capabilities
import Project
import RustDump

extension PolicyCheck {
  /// Uses of `unsafe` without a label, where the policy asks for labels.
  mutating func checkUnsafeUses() {
    let units = result.unitOrder.filter { unsafeRule(ofUnit: $0).rule == .labelledOnly }
    guard !units.isEmpty else { return }
    var seen: Set<[String]> = []
    for unit in units {
      let absolvedHere = absolved.absolved(unit)
      let subject = Subject(unit: unit, phase: result.units[unit].runsIn.compactMap(Phase.init).min() ?? .run)
      for use in unlabelledUses(unit) where !absolvedHere.contains(use.capability) {
        let name = policy.taxonomy.name(use.capability)
        var violation = violation(.unsafeUse, subject, name, section: nil)
        violation.rule = unsafeRule(ofUnit: unit).title
        violation.line = unsafeRule(ofUnit: unit).line
        violation.message = "\(result.label(subject)) \(words(use, name)) without a label"
        violation.evidence.use = use
        // Two builds of one target hold the same uses.
        let place = "\(result.files[Int(use.position.file)]):\(use.position.line):\(use.position.column)"
        let sink = result.graph.names.string(use.sink)
        if seen.insert([violation.message, place, sink]).inserted { verdict.violations.append(violation) }
      }
    }
  }

  /// The uses that count: those in code that runs, if the policy asks only for such. An impl holds whatever runs. A block or
  /// function is told where nothing that is done in it is told.
  private func unlabelledUses(_ unit: Int) -> [UnsafeUse] {
    let uses = result.unitResults[unit].unlabelledUnsafeUses.filter { $0.kind == .operation || !$0.hasOperations }
    if uses.isEmpty || policy.scope == .contained { return uses }
    let running = Set(
      result.graph.nodes.filter { $0.unit == UInt32(unit) && $0.flags.contains(.mayRun) }.map(\.name))
    return uses.filter { $0.kind == .implementation || running.contains($0.function) }
  }

  private func words(_ use: UnsafeUse, _ capability: String) -> String {
    let function = result.graph.names.string(use.function)
    return switch use.kind {
    case .block: "has an unsafe block in \(function)"
    case .function: "has the unsafe function \(function)"
    case .implementation: "has the unsafe impl \(function)"
    case .operation: "uses \(capability) in \(function)"
    }
  }

  /// What holds for a unit's uses of `unsafe`, and where it is written.
  func unsafeRule(ofUnit unit: Int) -> (rule: Policy.UnsafeRule, title: String, line: Int) {
    let own = subjects.all.filter { $0.unit == unit }.compactMap { subject -> Policy.Section? in
      let section = subjects.section(of: subject).map { policy.sections[$0] }
      return section?.unsafeRule != nil ? section : policy.defaultSection(subject.phase)
    }
    for section in own {
      if let rule = section.unsafeRule { return (rule, section.title, section.line) }
    }
    return (policy.unsafeRule, "[policy] unsafe = \"\(policy.unsafeRule.rawValue)\"", policy.unsafeRuleLine)
  }
}
