import CallGraph

/// Where capabilities do not travel on, because a rule of the user's says so. Empty without rules, and then costs nothing.
public struct Barriers: Sendable {
  /// For each function, what does not travel out of it; empty if there are none.
  private(set) var ofNodes: [CapabilitySet] = []
  /// For edges, as indices into `CallGraph.edges`, what does not travel along them, beside what their targets keep.
  private(set) var ofEdges: [UInt32: CapabilitySet] = [:]
  /// For each unit, from which capabilities of its own sinks it is absolved; empty if there are none.
  private(set) var absolved: [CapabilitySet] = []

  init() {}

  init(_ rules: ResolvedRules, _ matches: RuleMatches, graph: CallGraph) {
    if !matches.safeNodes.isEmpty {
      ofNodes = Array(repeating: CapabilitySet(), count: graph.nodes.count)
      for (node, indices) in matches.safeNodes {
        for index in indices { ofNodes[Int(node)].formUnion(rules.safe[index].capabilities) }
      }
    }
    for (edge, indices) in matches.safeEdges {
      for index in indices { ofEdges[edge, default: CapabilitySet()].formUnion(rules.safe[index].capabilities) }
    }
    guard !rules.absolutions.isEmpty else { return }
    absolved = Array(repeating: CapabilitySet(), count: graph.units.count)
    for rule in rules.absolutions {
      for unit in rule.units where absolved.indices.contains(unit) { absolved[unit].formUnion(rule.capabilities) }
    }
  }

  /// Whether nothing stops any capability on an edge.
  public var hasNoEdges: Bool { ofNodes.isEmpty && ofEdges.isEmpty }

  /// What does not travel along an edge.
  @inline(__always)
  public func onEdge(_ index: Int, to target: UInt32) -> CapabilitySet {
    if hasNoEdges { return CapabilitySet() }
    let ofTarget = ofNodes.isEmpty ? CapabilitySet() : ofNodes[Int(target)]
    return ofEdges[UInt32(index)].map { ofTarget.union($0) } ?? ofTarget
  }

  /// What does not travel out of a function.
  @inline(__always)
  public func outOf(_ node: UInt32) -> CapabilitySet { ofNodes.isEmpty ? CapabilitySet() : ofNodes[Int(node)] }

  /// Of what sinks the code of a unit is absolved.
  @inline(__always)
  func absolution(ofUnit unit: UInt32) -> CapabilitySet {
    absolved.isEmpty || unit == GraphNode.noUnit ? CapabilitySet() : absolved[Int(unit)]
  }
}

/// Along which edges, and from which functions, one capability travels.
struct Passage {
  private let graph: CallGraph
  private let barriers: Barriers
  private let capability: CapabilityID
  /// Whether it is about sinks of absolved crates, whose capabilities stay in the crate.
  private let isAbsolved: Bool
  /// Whether every edge along which control can pass carries it.
  let isOpen: Bool

  init(graph: CallGraph, barriers: Barriers, capability: CapabilityID, isAbsolved: Bool) {
    self.graph = graph
    self.barriers = barriers
    self.capability = capability
    self.isAbsolved = isAbsolved
    isOpen = barriers.hasNoEdges && !isAbsolved
  }

  /// Whether an edge carries the capability from its target back to its source.
  @inline(__always)
  func carries(edge index: Int, source: UInt32, target: UInt32) -> Bool {
    if isOpen { return true }
    if isAbsolved, graph.nodes[Int(source)].unit != graph.nodes[Int(target)].unit { return false }
    return !barriers.onEdge(index, to: target).contains(capability)
  }

  /// Whether sinks that a function's own code uses are of the kind that this is about.
  func beginsIn(_ node: Int) -> Bool {
    barriers.absolution(ofUnit: graph.nodes[node].unit).contains(capability) == isAbsolved
  }
}
