import CallGraph
import RustDump

/// Finds the best path for each entry point and each capability that it reaches.
struct EvidenceSearch {
  private let graph: CallGraph
  private let sites: SinkSites
  private let reached: ReachedCapabilities
  private let barriers: Barriers
  private(set) var evidence: [Evidence] = []
  private(set) var paths = EvidencePaths()

  init(graph: CallGraph, sites: SinkSites, reached: ReachedCapabilities, barriers: Barriers) {
    self.graph = graph
    self.sites = sites
    self.reached = reached
    self.barriers = barriers
  }

  /// One backward search for each capability, then one walk for each entry point.
  mutating func run(capabilityCount: Int) {
    let live = ReverseEdges.reachable(from: graph.entryPoints.map(\.node), graph: graph)
    var used = live
    for node in used.indices where reached.isEmpty(node) { used[node] = false }
    let reverse = ReverseEdges(
      graph: graph, isUsed: used, keepsEdges: !barriers.hasNoEdges || !reached.absolved.isEmpty)
    var search = DistanceSearch(reverse: reverse, nodeCount: graph.nodes.count)
    for number in 0..<capabilityCount {
      let capability = CapabilityID(UInt8(number))
      let entries = entries(capability, reached.travelling)
      run(entries, capability, isAbsolved: false, used, &search)
      if reached.absolved.isEmpty { continue }
      let others = Set(entries)
      let absolved = self.entries(capability, reached.absolved).filter { !others.contains($0) }
      run(absolved, capability, isAbsolved: true, used, &search)
    }
  }

  /// The entry points out of which a capability comes.
  private func entries(_ capability: CapabilityID, _ sets: [CapabilitySet]) -> [Int] {
    graph.entryPoints.indices.filter {
      let node = graph.entryPoints[$0].node
      return sets[Int(node)].contains(capability) && !barriers.outOf(node).contains(capability)
    }
  }

  private mutating func run(
    _ entries: [Int], _ capability: CapabilityID, isAbsolved: Bool, _ used: [Bool], _ search: inout DistanceSearch
  ) {
    if entries.isEmpty { return }
    let passage = Passage(graph: graph, barriers: barriers, capability: capability, isAbsolved: isAbsolved)
    search.run(sites: sites.nearest(to: capability, isUsed: used, passage), passage: passage)
    var selector = PathSelector(
      graph: graph, sites: sites, capability: capability, costs: search.costs, passage: passage)
    for entry in entries {
      let start = graph.entryPoints[entry].node
      let firstEdge = paths.edges.count
      let site = selector.select(from: start, into: &paths.edges)
      let path = EvidencePath(
        firstEdge: UInt32(firstEdge), edgeCount: UInt32(paths.edges.count - firstEdge), site: site,
        uncertainSteps: search.costs[Int(start)].uncertainSteps)
      evidence.append(
        Evidence(entry: UInt32(entry), capability: capability, path: path, isAbsolved: isAbsolved))
    }
  }

  /// By unit in report order, then the entry point's name and kind, then the capability's name.
  static func sorted(
    _ evidence: [Evidence], graph: CallGraph, unitRanks: [Int], taxonomy: Taxonomy
  ) -> [Evidence] {
    let order = NameOrder(graph: graph)
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      let (one, other) = (graph.entryPoints[left], graph.entryPoints[right])
      let ranks = (unitRanks[Int(one.unit)], unitRanks[Int(other.unit)])
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let byName = order.compareNames(one.node, other.node)
      if byName != 0 { return byName < 0 }
      if one.node != other.node { return order.isBefore(one.node, other.node) }
      return one.kind == other.kind ? left < right : one.kind.rawValue < other.kind.rawValue
    }
    var entryRank = Array(repeating: UInt64(0), count: graph.entryPoints.count)
    for (rank, entry) in graph.entryPoints.indices.sorted(by: isBefore).enumerated() {
      entryRank[entry] = UInt64(rank)
    }
    let byName = taxonomy.capabilities.indices.sorted {
      taxonomy.capabilities[$0].name < taxonomy.capabilities[$1].name
    }
    var capabilityRank = Array(repeating: UInt64(0), count: byName.count)
    for (rank, capability) in byName.enumerated() { capabilityRank[capability] = UInt64(rank) }
    func key(_ item: Evidence) -> UInt64 {
      entryRank[Int(item.entry)] << 8 | capabilityRank[Int(item.capability.raw)]
    }
    return evidence.sorted { key($0) < key($1) }
  }
}

extension SinkSites {
  /// The functions that use a sink of a capability, once each, and whether all such uses are uncertain.
  func nearest(
    to capability: CapabilityID, isUsed: [Bool], _ passage: Passage
  ) -> [(node: UInt32, isUncertain: Bool)] {
    var result: [(node: UInt32, isUncertain: Bool)] = []
    for node in own.indices where isUsed[node] && own[node].contains(capability) && passage.beginsIn(node) {
      let uses = sites(of: node).filter { sinks[Int($0.sink)].capabilities.contains(capability) }
      result.append((UInt32(node), uses.allSatisfy { $0.isUncertain }))
    }
    return result
  }
}
