import CallGraph

/// Carries sets from the functions that have them to all functions from which control can come to those.
///
/// Strongly connected components (Tarjan's algorithm, iterative: call chains are deeper than any stack) come out in
/// reverse topological order, so that one pass suffices.
enum Propagation {
  /// For each node the union of `own` over all nodes that it reaches along edges that may run, itself included.
  static func propagate(_ own: [CapabilitySet], graph: CallGraph) -> [CapabilitySet] {
    var state = ComponentSearch(own: own, graph: graph)
    for root in graph.nodes.indices { state.visit(root) }
    return state.sets
  }
}

private struct ComponentSearch {
  let graph: CallGraph
  var sets: [CapabilitySet]
  /// 0: not seen; otherwise the order of first visit; `finished` when its component is known.
  var order: [UInt32]
  var lowest: [UInt32]
  var counter: UInt32 = 0
  var path: [(node: UInt32, edge: UInt32)] = []
  var open: [UInt32] = []

  static let finished = UInt32.max

  init(own: [CapabilitySet], graph: CallGraph) {
    self.graph = graph
    sets = own
    order = Array(repeating: 0, count: graph.nodes.count)
    lowest = order
  }

  mutating func visit(_ root: Int) {
    guard order[root] == 0 else { return }
    enter(UInt32(root))
    while let (node, edge) = path.last {
      if edge == graph.edgeStarts[Int(node) + 1] {
        path.removeLast()
        leave(node)
        continue
      }
      path[path.count - 1].edge = edge + 1
      let step = graph.edges[Int(edge)]
      guard step.kind.mayRun else { continue }
      let target = Int(step.target)
      if order[target] == 0 {
        enter(step.target)
      } else if order[target] == ComponentSearch.finished {
        sets[Int(node)].formUnion(sets[target])
      } else {
        lowest[Int(node)] = min(lowest[Int(node)], order[target])
      }
    }
  }

  private mutating func enter(_ node: UInt32) {
    counter += 1
    order[Int(node)] = counter
    lowest[Int(node)] = counter
    open.append(node)
    path.append((node, graph.edgeStarts[Int(node)]))
  }

  private mutating func leave(_ node: UInt32) {
    if lowest[Int(node)] == order[Int(node)] { close(node) }
    guard let caller = path.last?.node else { return }
    lowest[Int(caller)] = min(lowest[Int(caller)], lowest[Int(node)])
    sets[Int(caller)].formUnion(sets[Int(node)])
  }

  /// All nodes above `root` on the stack are one component: they share one set.
  private mutating func close(_ root: UInt32) {
    var shared = CapabilitySet()
    var first = open.count
    repeat {
      first -= 1
      shared.formUnion(sets[Int(open[first])])
    } while open[first] != root
    for index in first..<open.count {
      sets[Int(open[index])] = shared
      order[Int(open[index])] = ComponentSearch.finished
      lowest[Int(open[index])] = ComponentSearch.finished
    }
    open.removeLast(open.count - first)
  }
}
