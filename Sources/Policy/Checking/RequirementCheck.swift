import CallGraph
import Capabilities
import Project
import RustDump

extension PolicyCheck {
  /// Claims about functions that do not hold.
  ///
  /// A claim about a function that is not there does not hold either: it protects nothing.
  mutating func checkRequirements() {
    for requirement in policy.requirements {
      let nodes = nodes(named: requirement.function)
      if nodes.isEmpty {
        var violation = claim(requirement, about: nil)
        violation.message = "there is no function \(requirement.function.text)"
        violation.evidence.statement = "the claim protects nothing"
        verdict.violations.append(violation)
      }
      for capability in requirement.without { check(requirement, capability, nodes) }
    }
  }

  /// All instances of the functions that a pattern names, those without a body here aside.
  private func nodes(named pattern: PathPattern) -> [UInt32] {
    var isMeant: [NameID: Bool] = [:]
    func means(_ name: NameID) -> Bool {
      if let known = isMeant[name] { return known }
      let answer = name != .none && pattern.matches(result.graph.names.string(name))
      isMeant[name] = answer
      return answer
    }
    return result.graph.nodes.indices.filter { index in
      let node = result.graph.nodes[index]
      return node.unit != GraphNode.noUnit && (means(node.name) || means(node.instance))
    }.map(UInt32.init)
  }

  /// One violation for a function, whatever the number of its instances: that of the best path.
  private mutating func check(
    _ requirement: Policy.Requirement, _ capability: CapabilityID, _ nodes: [UInt32]
  ) {
    var best: [NameID: (start: UInt32, path: FoundPath)] = [:]
    for node in nodes where result.reachedCapabilities[Int(node)].contains(capability) {
      var paths = PathEnumeration(result, from: node, to: capability)
      guard let path = paths.next() else { continue }
      let name = result.graph.nodes[Int(node)].name
      if let known = best[name], known.path.cost <= path.cost { continue }
      best[name] = (node, path)
    }
    for (name, found) in best.sorted(by: { $0.value.start < $1.value.start }) {
      var violation = claim(requirement, about: found.start)
      violation.capability = policy.taxonomy.name(capability)
      violation.message = "\(result.graph.names.string(name)) must not \(violation.capability)"
      violation.evidence.start = found.start
      violation.evidence.entry = result.graph.entryPoints.firstIndex { $0.node == found.start }
      violation.evidence.path = found.path
      verdict.violations.append(violation)
    }
  }

  private func claim(_ requirement: Policy.Requirement, about node: UInt32?) -> PolicyViolation {
    let subject = node.map { node in
      let unit = Int(result.graph.nodes[Int(node)].unit)
      return Subject(unit: unit, phase: result.units[unit].runsIn.compactMap(Phase.init).min() ?? .run)
    }
    var violation = violation(.requirement, subject, requirement.names.joined(separator: ", "), section: nil)
    violation.rule = "[[require]] \(requirement.function.text)"
    violation.line = requirement.line
    return violation
  }
}

extension FoundPath {
  /// Less is better.
  var cost: (Int, Int) { (uncertainSteps, edges.count) }
}
