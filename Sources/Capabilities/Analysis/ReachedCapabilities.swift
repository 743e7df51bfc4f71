import CallGraph

/// What each function reaches along edges that may run, itself included.
struct ReachedCapabilities {
  /// What travels on to its callers, but for what rules stop at the function itself.
  private(set) var travelling: [CapabilitySet]
  /// What stays in its crate, because the crate is absolved from sinks in its own code; empty if there are no such crates.
  private(set) var absolved: [CapabilitySet] = []

  init(graph: CallGraph, own: [CapabilitySet], components: Components, barriers: Barriers) {
    guard !barriers.absolved.isEmpty else {
      travelling = components.propagate(own)
      return
    }
    travelling = components.propagate(
      own.indices.map { own[$0].subtracting(barriers.absolution(ofUnit: graph.nodes[$0].unit)) })
    absolved = own.indices.map { own[$0].intersection(barriers.absolution(ofUnit: graph.nodes[$0].unit)) }
    carryWithinCrates(graph, barriers, components)
  }

  /// Whether a function reaches nothing.
  func isEmpty(_ node: Int) -> Bool { travelling[node].isEmpty && (absolved.isEmpty || absolved[node].isEmpty) }

  /// Repeats one round over the functions of absolved crates, callees first, until nothing is new.
  private mutating func carryWithinCrates(_ graph: CallGraph, _ barriers: Barriers, _ components: Components) {
    let nodes = graph.nodes.indices.filter { !barriers.absolution(ofUnit: graph.nodes[$0].unit).isEmpty }
      .sorted { (components.ofNode[$0], $0) < (components.ofNode[$1], $1) }
    var isNew = true
    while isNew {
      isNew = false
      for node in nodes {
        var union = absolved[node]
        for index in Int(graph.edgeStarts[node])..<Int(graph.edgeStarts[node + 1]) {
          let edge = graph.edges[index]
          guard edge.kind.mayRun, graph.nodes[Int(edge.target)].unit == graph.nodes[node].unit else { continue }
          union.formUnion(absolved[Int(edge.target)].subtracting(barriers.onEdge(index, to: edge.target)))
        }
        if union != absolved[node] { isNew = true }
        absolved[node] = union
      }
    }
  }
}
