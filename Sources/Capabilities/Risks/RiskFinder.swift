import CallGraph
import RustDump

/// Finds the combinations that the rules name.
///
/// What the user's own rules say of functions and crates is not looked at: a combination is told whoever is trusted with
/// its parts.
struct RiskFinder {
  private let graph: CallGraph
  private let units: [AnalysedUnit]
  private let rules: RiskRules
  private let components: Components
  private let noBarriers = Barriers()
  private let needs: NeedSites
  /// The needs that each function fulfils along edges that may run.
  private let reached: [CapabilitySet]
  private var costs: [CapabilityID: [StepCost]] = [:]

  /// - Parameter components: of the whole graph, without barriers.
  init(graph: CallGraph, units: [AnalysedUnit], rules: RiskRules, components: Components, known: SinkSites) {
    self.graph = graph
    self.units = units
    self.rules = rules
    self.components = components
    needs = NeedSites(rules, graph: graph, known: known)
    reached = components.propagate(needs.sites.own)
  }

  /// All combinations, by rule, then unit in the order of reports, then phase.
  mutating func find(order: [Int]) -> [Risk] {
    var entries: [[Int]] = Array(repeating: [], count: graph.units.count)
    for (index, entry) in graph.entryPoints.enumerated() { entries[Int(entry.unit)].append(index) }
    var risks: [Risk] = []
    for rule in rules.rules {
      let mask = Self.mask(rule)
      for unit in order {
        let phases = self.phases(of: units[unit], rule)
        guard !phases.isEmpty else { continue }
        let matching = entries[unit].filter { reached[Int(graph.entryPoints[$0].node)].isSuperset(of: mask) }
        guard let entry = nearest(of: matching, mask) else { continue }
        let (meeting, edges) = meeting(from: graph.entryPoints[entry].node, mask)
        let paths = rule.needs.map { path(to: $0, from: graph.entryPoints[entry].node, edges, meeting) }
        risks += phases.map {
          Risk(
            rule: rule, unit: unit, phase: $0, entry: entry, entryCount: matching.count, meeting: meeting, paths: paths)
        }
      }
    }
    return risks
  }

  private static func mask(_ rule: RiskRules.Rule) -> CapabilitySet {
    CapabilitySet(rule.needs.map { CapabilityID(UInt8($0)) })
  }

  /// At run time all crates answer for what their entry points reach; while building, the build script or proc macro
  /// does: which functions of a library it calls is known.
  private func phases(of unit: AnalysedUnit, _ rule: RiskRules.Rule) -> [String] {
    if unit.phase != "run" { return rule.phases.contains(unit.phase) ? [unit.phase] : [] }
    return unit.runsIn.contains("run") && rule.phases.contains("run") ? ["run"] : []
  }

  /// The entry point with the fewest uncertain steps to all needs together, then the fewest steps, then by name.
  private mutating func nearest(of entries: [Int], _ mask: CapabilitySet) -> Int? {
    guard !entries.isEmpty else { return nil }
    for need in mask where costs[need] == nil { costs[need] = search(need) }
    let order = NameOrder(graph: graph)
    func cost(_ entry: Int) -> StepCost {
      mask.reduce(StepCost(raw: 0)) { $0 + (costs[$1]?[Int(graph.entryPoints[entry].node)] ?? .unreachable) }
    }
    let costed = entries.map { (entry: $0, cost: cost($0)) }
    return costed.min { left, right in
      left.cost == right.cost
        ? order.isBefore(graph.entryPoints[left.entry].node, graph.entryPoints[right.entry].node)
        : left.cost < right.cost
    }?.entry
  }

  private func search(_ need: CapabilityID) -> [StepCost] {
    var used = ReverseEdges.reachable(from: graph.entryPoints.map(\.node), graph: graph)
    for node in used.indices where !reached[node].contains(need) { used[node] = false }
    var search = DistanceSearch(
      reverse: ReverseEdges(graph: graph, isUsed: used, keepsEdges: false), nodeCount: graph.nodes.count)
    let passage = passage(need)
    search.run(sites: needs.sites.nearest(to: need, isUsed: used, passage), passage: passage)
    return search.costs
  }

  private func passage(_ need: CapabilityID) -> Passage {
    Passage(graph: graph, barriers: noBarriers, capability: need, isAbsolved: false)
  }

  /// The nearest function behind which no single one reaches all needs any more, and the edges to it.
  ///
  /// A breadth-first search among the functions that reach all. Some function ends it: what leads from one strongly
  /// connected component to another never leads back.
  private func meeting(from start: UInt32, _ mask: CapabilitySet) -> (node: UInt32, edges: [UInt32]) {
    var parents: [UInt32: (node: UInt32, edge: UInt32)] = [:]
    var queue = [start]
    var left: Set<UInt32> = []
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for index in graph.edgeStarts[Int(node)]..<graph.edgeStarts[Int(node) + 1] {
        let edge = graph.edges[Int(index)]
        guard edge.kind.mayRun, reached[Int(edge.target)].isSuperset(of: mask) else { continue }
        let component = components.ofNode[Int(node)]
        if components.ofNode[Int(edge.target)] != component { left.insert(component) }
        guard edge.target != start, parents[edge.target] == nil else { continue }
        parents[edge.target] = (node, index)
        queue.append(edge.target)
      }
    }
    let last = queue.first { !left.contains(components.ofNode[Int($0)]) } ?? start
    return (last, edges(to: last, parents))
  }

  private func edges(to node: UInt32, _ parents: [UInt32: (node: UInt32, edge: UInt32)]) -> [UInt32] {
    var edges: [UInt32] = []
    var node = node
    while let parent = parents[node] {
      edges.append(parent.edge)
      node = parent.node
    }
    return edges.reversed()
  }

  private func path(to need: Int, from start: UInt32, _ first: [UInt32], _ meeting: UInt32) -> RiskPath {
    let number = CapabilityID(UInt8(need))
    var edges = first
    var selector = PathSelector(
      graph: graph, sites: needs.sites, capability: number, costs: costs[number] ?? [],
      passage: passage(number))
    let site = needs.sites.sites[Int(selector.select(from: meeting, into: &edges))]
    var steps: [EvidenceStep] = []
    var node = start
    for index in edges {
      let edge = graph.edges[Int(index)]
      steps.append(
        EvidenceStep(
          node: node, kind: edge.kind, candidates: edge.candidates, position: edge.position,
          isConstantFalse: edge.isConstantFalse))
      node = edge.target
    }
    steps.append(
      EvidenceStep(
        node: node, kind: site.kind, candidates: site.candidates, position: site.position,
        isConstantFalse: site.isConstantFalse))
    let sink = needs.sites.sinks[Int(site.sink)]
    return RiskPath(
      need: rules.needs[need], steps: steps, sink: sink.name,
      capabilities: rules.needs[need].fulfilling(needs.capabilities[Int(site.sink)], sink.authority))
  }
}
