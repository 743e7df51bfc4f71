import CallGraph
import Capabilities

/// For one capability of one unit the path that a short report shows, and how many entry points have one.
struct BestEvidence {
  var best: Evidence
  var entryCount: Int

  /// One for each capability that the unit's entry points reach, in the taxonomy's order: those that stand in its own
  /// code first, then by cost, as evidence is chosen, then by the entry point's name.
  static func perCapability(_ result: AnalysisResult, unit: Int, ambientOnly: Bool) -> [BestEvidence] {
    var found: [CapabilityID: BestEvidence] = [:]
    for item in result.evidence(ofUnit: unit) {
      if ambientOnly, result.sink(of: item.path).authority != .ambient { continue }
      guard let known = found[item.capability] else {
        found[item.capability] = BestEvidence(best: item, entryCount: 1)
        continue
      }
      // Evidence is sorted by entry point, so that the first of equals is the first by name.
      let isBetter = rank(item, result, unit) < rank(known.best, result, unit)
      found[item.capability] = BestEvidence(best: isBetter ? item : known.best, entryCount: known.entryCount + 1)
    }
    return found.keys.sorted().compactMap { found[$0] }
  }

  /// The best of some evidence for one capability, by the same order.
  static func best(of evidence: some Sequence<Evidence>, _ result: AnalysisResult, unit: Int) -> Evidence? {
    var best: Evidence?
    for item in evidence {
      if let known = best, rank(item, result, unit) >= rank(known, result, unit) { continue }
      best = item
    }
    return best
  }

  /// Less is better.
  private static func rank(_ item: Evidence, _ result: AnalysisResult, _ unit: Int) -> (UInt32, Int, UInt32) {
    let user = result.sites.sites[Int(item.path.site)].node
    let isOwn = result.graph.nodes[Int(user)].unit == UInt32(unit)
    return (item.path.uncertainSteps, isOwn ? 0 : 1, item.path.edgeCount)
  }
}
