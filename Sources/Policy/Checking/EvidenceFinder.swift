import CallGraph
import Capabilities

/// Finds what proves that a unit's own code does something.
struct EvidenceFinder {
  let result: AnalysisResult

  /// - Returns: for each capability a path from an entry point of the unit, or else the place in its code.
  func evidence(
    of unit: Int, _ capabilities: CapabilitySet, _ search: inout OwnUseSearch
  ) -> [CapabilityID: PolicyEvidence] {
    let reached = capabilities.intersection(result.unitResults[unit].direct)
    var found: [CapabilityID: PolicyEvidence] = [:]
    if !reached.isEmpty {
      let starts = result.graph.entryPoints.filter { $0.unit == UInt32(unit) }.map(\.node)
      let uses = search.run(
        OwnUseSearch.Question(starts: starts, units: [UInt32(unit)], wanted: reached, users: nil))
      found = uses.mapValues { use in
        var evidence = result.evidence(of: use)
        evidence.entry = result.graph.entryPoints.firstIndex { $0.node == use.start && $0.unit == UInt32(unit) }
        return evidence
      }
    }
    for capability in capabilities where found[capability] == nil {
      found[capability] = place(of: capability, in: unit) ?? statement(of: capability, in: unit)
    }
    return found
  }

  /// A use of a sink in the unit's code that nothing reaches.
  private func place(of capability: CapabilityID, in unit: Int) -> PolicyEvidence? {
    let own = result.sites.own
    for node in own.indices where result.graph.nodes[node].unit == UInt32(unit) && own[node].contains(capability) {
      for site in result.sites.starts[node]..<result.sites.starts[node + 1]
      where result.sites.sinks[Int(result.sites.sites[Int(site)].sink)].capabilities.contains(capability) {
        var evidence = PolicyEvidence()
        evidence.containing = UInt32(node)
        evidence.site = site
        return evidence
      }
    }
    return nil
  }

  /// What is declared rather than done.
  private func statement(of capability: CapabilityID, in unit: Int) -> PolicyEvidence {
    let described = result.graph.units[unit]
    var evidence = PolicyEvidence()
    switch result.taxonomy.name(capability) {
    case "link": evidence.statement = "links " + Set(described.linkedLibraries).sorted().joined(separator: ", ")
    case "symbol.define":
      evidence.statement = "defines " + Set(described.definedSymbols).sorted().joined(separator: ", ")
    case "unsafe.impl": evidence.statement = "has \(described.unsafeImplementations) unsafe impls"
    case "unsafe.block": evidence.statement = "has \(described.unsafeBlocks) unsafe blocks"
    case "unknown": evidence.statement = "has code that could not be analysed"
    default: evidence.statement = "does it through std, or takes the address of a function that does it"
    }
    return evidence
  }
}
