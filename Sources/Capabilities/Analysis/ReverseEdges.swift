import CallGraph

/// The edges along which control can pass, by target, among the functions that evidence can lead through.
struct ReverseEdges {
  /// `sources[starts[n]..<starts[n + 1]]` are the functions that can come to run node `n`.
  var starts: [UInt32]
  var sources: [UInt32]
  var uncertain: [Bool]

  /// - Parameter isUsed: which nodes matter; edges of others are left out.
  init(graph: CallGraph, isUsed: [Bool]) {
    let count = graph.nodes.count
    var starts = [UInt32](repeating: 0, count: count + 1)
    ReverseEdges.forEachEdge(graph, isUsed) { _, edge in starts[Int(edge.target) + 1] += 1 }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var next = starts
    var sources = [UInt32](repeating: 0, count: Int(starts[count]))
    var uncertain = [Bool](repeating: false, count: Int(starts[count]))
    ReverseEdges.forEachEdge(graph, isUsed) { source, edge in
      let slot = Int(next[Int(edge.target)])
      next[Int(edge.target)] += 1
      sources[slot] = UInt32(source)
      uncertain[slot] = edge.isUncertain
    }
    self.starts = starts
    self.sources = sources
    self.uncertain = uncertain
  }

  private static func forEachEdge(_ graph: CallGraph, _ isUsed: [Bool], _ body: (Int, GraphEdge) -> Void) {
    for source in graph.nodes.indices where isUsed[source] {
      for index in Int(graph.edgeStarts[source])..<Int(graph.edgeStarts[source + 1]) {
        let edge = graph.edges[index]
        if edge.kind.mayRun, isUsed[Int(edge.target)] { body(source, edge) }
      }
    }
  }

  /// All nodes that control can come to from the given ones.
  static func reachable(from roots: some Sequence<UInt32>, graph: CallGraph) -> [Bool] {
    var seen = [Bool](repeating: false, count: graph.nodes.count)
    var stack: [UInt32] = []
    func push(_ node: UInt32) {
      guard !seen[Int(node)] else { return }
      seen[Int(node)] = true
      stack.append(node)
    }
    for root in roots { push(root) }
    while let node = stack.popLast() {
      for index in Int(graph.edgeStarts[Int(node)])..<Int(graph.edgeStarts[Int(node) + 1]) {
        let edge = graph.edges[index]
        if edge.kind.mayRun { push(edge.target) }
      }
    }
    return seen
  }
}
