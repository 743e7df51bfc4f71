import CallGraph
import RustDump

/// Finds the best path for each entry point and each capability that it reaches.
struct EvidenceSearch {
  private let graph: CallGraph
  private let sites: SinkSites
  private let reached: [CapabilitySet]
  private(set) var evidence: [Evidence] = []
  private(set) var paths = EvidencePaths()

  init(graph: CallGraph, sites: SinkSites, reached: [CapabilitySet]) {
    self.graph = graph
    self.sites = sites
    self.reached = reached
  }

  /// One backward search for each capability, then one walk for each entry point.
  mutating func run(capabilityCount: Int) {
    let live = ReverseEdges.reachable(from: graph.entryPoints.map(\.node), graph: graph)
    var used = live
    for node in used.indices where reached[node].isEmpty { used[node] = false }
    var search = DistanceSearch(
      reverse: ReverseEdges(graph: graph, isUsed: used), nodeCount: graph.nodes.count)
    for number in 0..<capabilityCount {
      let capability = CapabilityID(UInt8(number))
      let entries = graph.entryPoints.indices.filter {
        reached[Int(graph.entryPoints[$0].node)].contains(capability)
      }
      if entries.isEmpty { continue }
      search.run(sites: sites.nearest(to: capability, isUsed: used))
      var selector = PathSelector(graph: graph, sites: sites, capability: capability, costs: search.costs)
      for entry in entries { select(entry, capability, &selector, search.costs) }
    }
  }

  private mutating func select(
    _ entry: Int, _ capability: CapabilityID, _ selector: inout PathSelector, _ costs: [StepCost]
  ) {
    let start = graph.entryPoints[entry].node
    let firstEdge = paths.edges.count
    let site = selector.select(from: start, into: &paths.edges)
    let path = EvidencePath(
      firstEdge: UInt32(firstEdge), edgeCount: UInt32(paths.edges.count - firstEdge), site: site,
      uncertainSteps: costs[Int(start)].uncertainSteps)
    evidence.append(Evidence(entry: UInt32(entry), capability: capability, path: path))
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
  func nearest(to capability: CapabilityID, isUsed: [Bool]) -> [(node: UInt32, isUncertain: Bool)] {
    var result: [(node: UInt32, isUncertain: Bool)] = []
    for node in own.indices where isUsed[node] && own[node].contains(capability) {
      let uses = sites(of: node).filter { sinks[Int($0.sink)].capabilities.contains(capability) }
      result.append((UInt32(node), uses.allSatisfy { $0.isUncertain }))
    }
    return result
  }
}
