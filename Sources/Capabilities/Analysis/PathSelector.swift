import CallGraph
import RustDump

/// Of all cheapest paths from a function to a sink of one capability, takes the first by the names of its functions.
///
/// It walks forward through all functions that a cheapest path with the first names so far can be at; there is nearly
/// always one, and what follows one function is remembered.
struct PathSelector {
  private let graph: CallGraph
  private let sites: SinkSites
  private let order: NameOrder
  private let capability: CapabilityID
  private let costs: [StepCost]
  private let passage: Passage
  /// For each function that leads on to exactly one: the edge, or what else is known.
  private var known: [UInt32: UInt32] = [:]

  private static let several = UInt32.max

  /// A place that a path can be at.
  private struct Place {
    var node: UInt32
    /// The place before it in the previous rank, and the edge from there.
    var previous: Int
    var edge: UInt32
  }

  /// - Parameters:
  ///   - costs: of each function, as a `DistanceSearch` along the same passage gave them.
  ///   - passage: along which edges the capability travels.
  init(graph: CallGraph, sites: SinkSites, capability: CapabilityID, costs: [StepCost], passage: Passage) {
    self.graph = graph
    self.sites = sites
    self.capability = capability
    self.costs = costs
    self.passage = passage
    order = NameOrder(graph: graph)
  }

  /// The edges of the best path from `start`, appended to `edges`, and the site that ends it.
  ///
  /// - Precondition: `costs` of `start` is not `.unreachable`.
  mutating func select(from start: UInt32, into edges: inout [UInt32]) -> UInt32 {
    var node = start
    while costs[Int(node)].length > 1 {
      let next = known[node] ?? onlyStep(from: node)
      if next == PathSelector.several { return selectAmongSeveral(from: node, into: &edges) }
      edges.append(next)
      node = graph.edges[Int(next)].target
    }
    return bestSite([node]).site
  }

  /// The edge to the one function that all cheapest paths go on to, or `several` if names alone do not decide.
  private mutating func onlyStep(from node: UInt32) -> UInt32 {
    let places = nextRank([Place(node: node, previous: 0, edge: 0)])
    let answer = places.count == 1 ? places[0].edge : PathSelector.several
    known[node] = answer
    return answer
  }

  private func selectAmongSeveral(from start: UInt32, into edges: inout [UInt32]) -> UInt32 {
    var ranks = [[Place(node: start, previous: 0, edge: 0)]]
    while let last = ranks.last, costs[Int(last[0].node)].length > 1 { ranks.append(nextRank(last)) }
    let ends = ranks[ranks.count - 1].map(\.node)
    let (site, index) = bestSite(ends)
    var path: [UInt32] = []
    var place = index
    for rank in ranks.dropFirst().reversed() {
      path.append(rank[place].edge)
      place = rank[place].previous
    }
    edges.append(contentsOf: path.reversed())
    return site
  }

  /// All functions with the first name among those that cheapest paths go on to, in the order of their instances.
  private func nextRank(_ rank: [Place]) -> [Place] {
    var next: [Place] = []
    var placeOfNode: [UInt32: Int] = [:]
    for (previous, place) in rank.enumerated() {
      let cost = costs[Int(place.node)]
      for index in Int(graph.edgeStarts[Int(place.node)])..<Int(graph.edgeStarts[Int(place.node) + 1]) {
        let edge = graph.edges[index]
        guard edge.kind.mayRun, costs[Int(edge.target)] != .unreachable,
          costs[Int(edge.target)] + .step(isUncertain: edge.isUncertain) == cost,
          passage.carries(edge: index, source: place.node, target: edge.target)
        else { continue }
        if let first = next.first {
          let comparison = order.compareNames(edge.target, first.node)
          if comparison > 0 { continue }
          if comparison < 0 {
            next.removeAll(keepingCapacity: true)
            placeOfNode.removeAll(keepingCapacity: true)
          }
        }
        add(Place(node: edge.target, previous: previous, edge: UInt32(index)), to: &next, &placeOfNode)
      }
    }
    return next.count == 1 ? next : next.sorted { order.isBefore($0.node, $1.node) }
  }

  /// Adds a place; of two ways to one function, the one from the earlier place, then the earlier position, stays.
  private func add(_ place: Place, to places: inout [Place], _ placeOfNode: inout [UInt32: Int]) {
    guard let same = placeOfNode[place.node] else {
      placeOfNode[place.node] = places.count
      places.append(place)
      return
    }
    guard places[same].previous == place.previous else { return }
    if isBefore(graph.edges[Int(place.edge)], graph.edges[Int(places[same].edge)]) { places[same] = place }
  }

  private func isBefore(_ left: GraphEdge, _ right: GraphEdge) -> Bool {
    if left.position != right.position { return left.position.isBefore(right.position) }
    return left.kind.rawValue < right.kind.rawValue
  }

  /// The site that ends the path, and which of the functions it stands in: by the sink's name, then by position.
  private func bestSite(_ nodes: [UInt32]) -> (site: UInt32, node: Int) {
    var best: (site: UInt32, node: Int)?
    for (place, node) in nodes.enumerated() {
      for index in Int(sites.starts[Int(node)])..<Int(sites.starts[Int(node) + 1]) {
        let site = sites.sites[index]
        guard sites.sinks[Int(site.sink)].capabilities.contains(capability),
          StepCost.step(isUncertain: site.isUncertain) == costs[Int(node)]
        else { continue }
        if let current = best, !isBefore(site, sites.sites[Int(current.site)]) { continue }
        best = (UInt32(index), place)
      }
    }
    guard let best else { preconditionFailure("a path of cost 1 ends at a site") }
    return best
  }

  private func isBefore(_ left: SinkSite, _ right: SinkSite) -> Bool {
    let names = (sites.sinks[Int(left.sink)].name, sites.sinks[Int(right.sink)].name)
    if names.0 != names.1 { return names.0 < names.1 }
    if left.node != right.node { return false }
    return left.position.isBefore(right.position)
  }
}
