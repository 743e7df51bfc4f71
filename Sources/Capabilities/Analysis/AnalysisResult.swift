import CallGraph
import RustDump

/// Everything that reports tell: the graph, what each unit can do, and the evidence.
public struct AnalysisResult: Sendable {
  public var graph: CallGraph
  /// In the order of `graph.units`.
  public var units: [AnalysedUnit]
  public var taxonomy: Taxonomy
  /// `graph.files`, and files that only gaps name.
  public var files: [String]
  public var sites: SinkSites
  /// What each function reaches along edges that may run, itself included.
  ///
  /// A function that rules call safe keeps it to itself; what stays in an absolved crate is in `absolvedCapabilities`.
  public var reachedCapabilities: [CapabilitySet]
  /// What each function of an absolved crate reaches of the sinks of that crate; empty if there are none.
  public var absolvedCapabilities: [CapabilitySet]
  /// Where rules stop capabilities.
  public var barriers: Barriers
  /// The rules that were applied.
  public var rules: AnalysisRules
  /// What each rule has silenced, sorted by rule, capability, unit. A rule that is not here has silenced nothing.
  public var silenced: [Silencing]
  /// In the order of `graph.units`.
  public var unitResults: [UnitResult]
  /// Indices of units, in the order in which reports list them.
  public var unitOrder: [Int]
  /// Sorted by unit (in report order), entry point, capability.
  public var evidence: [Evidence]
  public var paths: EvidencePaths
  /// Combinations that the risk rules point out, by rule, unit (in report order), phase.
  public var risks: [Risk] = []

  /// False if a gap of a kind that hides code is somewhere.
  public var isComplete: Bool { unitResults.allSatisfy(\.isComplete) }

  /// The steps of a path, from the entry point to the function that uses the sink.
  public func steps(of evidence: Evidence) -> [EvidenceStep] {
    steps(
      from: graph.entryPoints[Int(evidence.entry)].node, edges: paths.edges(of: evidence.path),
      site: evidence.path.site)
  }

  /// The steps of a path given by its edges.
  public func steps(from start: UInt32, edges: some Sequence<UInt32>, site: UInt32) -> [EvidenceStep] {
    var result: [EvidenceStep] = []
    var node = start
    for index in edges {
      let edge = graph.edges[Int(index)]
      result.append(
        EvidenceStep(
          node: node, kind: edge.kind, candidates: edge.candidates, position: edge.position,
          isConstantFalse: edge.isConstantFalse))
      node = edge.target
    }
    let last = sites.sites[Int(site)]
    result.append(
      EvidenceStep(
        node: node, kind: last.kind, candidates: last.candidates, position: last.position,
        isConstantFalse: last.isConstantFalse))
    return result
  }

  /// The sink at the end of a path.
  public func sink(of path: EvidencePath) -> Sink { sites.sinks[Int(sites.sites[Int(path.site)].sink)] }

  /// What a function gives to who calls it: what it reaches, without what rules stop at it.
  public func capabilities(outOf node: UInt32) -> CapabilitySet {
    reachedCapabilities[Int(node)].subtracting(barriers.outOf(node))
  }

  /// The evidence of one unit.
  public func evidence(ofUnit unit: Int) -> ArraySlice<Evidence> {
    let rank = unitOrder.firstIndex(of: unit) ?? 0
    let ranks = unitRanks
    let first = partition { Int(ranks[Int($0)]) >= rank }
    let end = partition { Int(ranks[Int($0)]) > rank }
    return evidence[first..<end]
  }

  /// For each unit its place in `unitOrder`.
  public var unitRanks: [Int] {
    var ranks = Array(repeating: 0, count: unitOrder.count)
    for (rank, unit) in unitOrder.enumerated() { ranks[unit] = rank }
    return ranks
  }

  /// The first evidence whose unit fulfils a condition that all later ones fulfil too.
  private func partition(_ condition: (UInt32) -> Bool) -> Int {
    var low = 0
    var high = evidence.count
    while low < high {
      let middle = (low + high) / 2
      if condition(graph.entryPoints[Int(evidence[middle].entry)].unit) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
