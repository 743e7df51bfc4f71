import CallGraph

/// The edges along which control can pass, by target, among the functions that evidence can lead through.
struct ReverseEdges {
  /// `sources[starts[n]..<starts[n + 1]]` are the functions that can come to run node `n`.
  var starts: [UInt32]
  var sources: [UInt32]
  var uncertain: [Bool]
  /// Which edges they are, as indices into `CallGraph.edges`; empty unless asked for.
  var edges: [UInt32] = []

  /// - Parameters:
  ///   - isUsed: which nodes matter; edges of others are left out.
  ///   - keepsEdges: whether it must be known which edges they are, because rules stop capabilities at some.
  init(graph: CallGraph, isUsed: [Bool], keepsEdges: Bool) {
    let count = graph.nodes.count
    var starts = [UInt32](repeating: 0, count: count + 1)
    ReverseEdges.forEachEdge(graph, isUsed) { _, index in
      let edge = graph.edges[index]
      starts[Int(edge.target) + 1] += 1
    }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var next = starts
    var sources = [UInt32](repeating: 0, count: Int(starts[count]))
    var uncertain = [Bool](repeating: false, count: Int(starts[count]))
    var edges = [UInt32](repeating: 0, count: keepsEdges ? sources.count : 0)
    ReverseEdges.forEachEdge(graph, isUsed) { source, index in
      let edge = graph.edges[index]
      let slot = Int(next[Int(edge.target)])
      next[Int(edge.target)] += 1
      sources[slot] = UInt32(source)
      uncertain[slot] = edge.isUncertain
      if keepsEdges { edges[slot] = UInt32(index) }
    }
    self.starts = starts
    self.sources = sources
    self.uncertain = uncertain
    self.edges = edges
  }

  private static func forEachEdge(_ graph: CallGraph, _ isUsed: [Bool], _ body: (Int, Int) -> Void) {
    for source in graph.nodes.indices where isUsed[source] {
      for index in Int(graph.edgeStarts[source])..<Int(graph.edgeStarts[source + 1]) {
        let edge = graph.edges[index]
        if edge.kind.mayRun, isUsed[Int(edge.target)] { body(source, index) }
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
