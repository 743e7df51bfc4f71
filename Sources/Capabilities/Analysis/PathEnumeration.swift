import CallGraph
import RustDump

/// A path that was asked for: its edges, the use of the sink that ends it, and what it costs.
public struct FoundPath: Sendable, Equatable {
  public var edges: [UInt32]
  /// An index into `SinkSites.sites`.
  public var site: UInt32
  public var uncertainSteps: Int

  public init(edges: [UInt32], site: UInt32, uncertainSteps: Int) {
    self.edges = edges
    self.site = site
    self.uncertainSteps = uncertainSteps
  }

  public var isCertain: Bool { uncertainSteps == 0 }
}

/// Lists the best paths from one function to sinks of one capability, best first, in the order in which evidence is
/// chosen: fewest uncertain steps, then shortest, then by names.
///
/// Paths differ in their functions or in the sink at their end; no function occurs twice on a path. The search extends
/// the path first whose cost plus the least possible rest is smallest, so that paths come out in order and only a few
/// more than those asked for are looked at.
public struct PathEnumeration {
  private let graph: CallGraph
  private let sites: SinkSites
  private let order: NameOrder
  private let capability: CapabilityID
  private let costs: [StepCost]
  private let passage: Passage
  private var partial: [Partial] = []
  private var heap: [Candidate] = []

  /// How many beginnings of paths are looked at at most: cycles could make them very many.
  static let bound = 200_000

  /// The beginning of a path, as a list from its end.
  private struct Partial {
    var node: UInt32
    var previous: Int
    var edge: UInt32
    var spent: StepCost
  }

  private struct Candidate {
    var estimate: StepCost
    var place: Int
    /// The site that ends the path, or `noSite` if it goes on.
    var site: UInt32
  }

  private static let noSite = UInt32.max
  private static let noPlace = -1

  /// - Parameters:
  ///   - start: where the paths start.
  ///   - isAbsolved: whether paths to sinks are asked for from which the start's crate is absolved.
  public init(
    _ result: AnalysisResult, from start: UInt32, to capability: CapabilityID, isAbsolved: Bool = false
  ) {
    graph = result.graph
    sites = result.sites
    order = NameOrder(graph: result.graph)
    self.capability = capability
    passage = Passage(
      graph: graph, barriers: result.barriers, capability: capability, isAbsolved: isAbsolved)
    var used = ReverseEdges.reachable(from: [start], graph: graph)
    let reached = isAbsolved ? result.absolvedCapabilities : result.reachedCapabilities
    for node in used.indices where !reached[node].contains(capability) { used[node] = false }
    var search = DistanceSearch(
      reverse: ReverseEdges(graph: graph, isUsed: used, keepsEdges: !passage.isOpen), nodeCount: graph.nodes.count)
    search.run(sites: sites.nearest(to: capability, isUsed: used, passage), passage: passage)
    costs = search.costs
    guard costs[Int(start)] != .unreachable else { return }
    partial.append(
      Partial(node: start, previous: PathEnumeration.noPlace, edge: 0, spent: StepCost(raw: 0)))
    push(Candidate(estimate: costs[Int(start)], place: 0, site: PathEnumeration.noSite))
  }

  /// The next best path, or `nil` when there is none or the search has become too large.
  public mutating func next() -> FoundPath? {
    while let candidate = pop() {
      if candidate.site != PathEnumeration.noSite { return found(candidate) }
      guard partial.count < PathEnumeration.bound else { return nil }
      extend(candidate.place)
    }
    return nil
  }

  private func found(_ candidate: Candidate) -> FoundPath {
    FoundPath(
      edges: places(to: candidate.place).dropFirst().map { partial[$0].edge }, site: candidate.site,
      uncertainSteps: Int(candidate.estimate.uncertainSteps))
  }

  /// The places of a path, from its start.
  private func places(to end: Int) -> [Int] {
    var result: [Int] = []
    var place = end
    while place != PathEnumeration.noPlace {
      result.append(place)
      place = partial[place].previous
    }
    return result.reversed()
  }

  private mutating func extend(_ place: Int) {
    let current = partial[place]
    let visited = Set(places(to: place).map { partial[$0].node })
    for (edge, cost) in bestEdges(of: current.node) where !visited.contains(graph.edges[Int(edge)].target) {
      let target = graph.edges[Int(edge)].target
      let spent = current.spent + cost
      partial.append(Partial(node: target, previous: place, edge: edge, spent: spent))
      push(
        Candidate(
          estimate: spent + costs[Int(target)], place: partial.count - 1, site: PathEnumeration.noSite))
    }
    for (site, cost) in passage.beginsIn(Int(current.node)) ? bestSites(of: current.node) : [] {
      push(Candidate(estimate: current.spent + cost, place: place, site: site))
    }
  }

  /// For each function that leads to a sink, the best edge to it.
  private func bestEdges(of node: UInt32) -> [(edge: UInt32, cost: StepCost)] {
    var best: [UInt32: UInt32] = [:]
    for index in graph.edgeStarts[Int(node)]..<graph.edgeStarts[Int(node) + 1] {
      let edge = graph.edges[Int(index)]
      guard edge.kind.mayRun, costs[Int(edge.target)] != .unreachable,
        passage.carries(edge: Int(index), source: node, target: edge.target)
      else { continue }
      if let known = best[edge.target], !isBefore(edge, graph.edges[Int(known)]) { continue }
      best[edge.target] = index
    }
    return best.values.sorted().map { ($0, .step(isUncertain: graph.edges[Int($0)].isUncertain)) }
  }

  private func isBefore(_ left: GraphEdge, _ right: GraphEdge) -> Bool {
    let costs = (StepCost.step(isUncertain: left.isUncertain), StepCost.step(isUncertain: right.isUncertain))
    if costs.0 != costs.1 { return costs.0 < costs.1 }
    if left.position != right.position { return left.position.isBefore(right.position) }
    return left.kind.rawValue < right.kind.rawValue
  }

  /// For each sink that a function uses, the best use.
  private func bestSites(of node: UInt32) -> [(site: UInt32, cost: StepCost)] {
    var best: [String: UInt32] = [:]
    for index in sites.starts[Int(node)]..<sites.starts[Int(node) + 1] {
      let site = sites.sites[Int(index)]
      let sink = sites.sinks[Int(site.sink)]
      guard sink.capabilities.contains(capability) else { continue }
      if let known = best[sink.name], !isBefore(site, sites.sites[Int(known)]) { continue }
      best[sink.name] = index
    }
    return best.values.sorted().map { ($0, .step(isUncertain: sites.sites[Int($0)].isUncertain)) }
  }

  private func isBefore(_ left: SinkSite, _ right: SinkSite) -> Bool {
    let costs = (StepCost.step(isUncertain: left.isUncertain), StepCost.step(isUncertain: right.isUncertain))
    return costs.0 == costs.1 ? left.position.isBefore(right.position) : costs.0 < costs.1
  }
}

// The heap of beginnings, the most promising first.
extension PathEnumeration {
  private func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    if left.estimate != right.estimate { return left.estimate < right.estimate }
    let (one, other) = (places(to: left.place), places(to: right.place))
    for (first, second) in zip(one, other) where partial[first].node != partial[second].node {
      let comparison = order.compareNames(partial[first].node, partial[second].node)
      if comparison != 0 { return comparison < 0 }
    }
    if one.count != other.count { return one.count < other.count }
    switch (left.site, right.site) {
    case (PathEnumeration.noSite, PathEnumeration.noSite): break
    // A path that goes on comes first: what it leads to may stand before the end of the other by name.
    case (PathEnumeration.noSite, _): return true
    case (_, PathEnumeration.noSite): return false
    default:
      let names = (sinkName(left.site), sinkName(right.site))
      if names.0 != names.1 { return names.0 < names.1 }
    }
    for (first, second) in zip(one, other) where partial[first].node != partial[second].node {
      return order.isBefore(partial[first].node, partial[second].node)
    }
    return (left.site, left.place) < (right.site, right.place)
  }

  private func sinkName(_ site: UInt32) -> String { sites.sinks[Int(sites.sites[Int(site)].sink)].name }

  private mutating func push(_ candidate: Candidate) {
    heap.append(candidate)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isBefore(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func pop() -> Candidate? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return first }
      if child + 1 < heap.count, isBefore(heap[child + 1], heap[child]) { child += 1 }
      guard isBefore(heap[child], heap[parent]) else { return first }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
