import CallGraph

/// The strongly connected components of a graph along edges that may run, callees before callers.
///
/// Tarjan's algorithm, iterative: call chains are deeper than any stack. Components come out in reverse topological
/// order, so that one pass over them carries sets from the functions that have them to all that reach those.
struct Components {
  /// The component of each node; a component's number is greater than those of all that it leads to.
  private(set) var ofNode: [UInt32]
  private(set) var count = 0
  /// `targets[starts[c]..<starts[c + 1]]` are the components that component `c` leads to.
  private var starts: [UInt32] = [0]
  private var targets: [UInt32] = []

  init(graph: CallGraph) {
    var search = ComponentSearch(graph: graph)
    for root in graph.nodes.indices { search.visit(root) }
    ofNode = search.componentOfNode
    count = search.componentCount
    condense(graph)
  }

  private mutating func condense(_ graph: CallGraph) {
    var members = [UInt32](repeating: 0, count: ofNode.count)
    var memberStarts = [UInt32](repeating: 0, count: count + 1)
    for component in ofNode { memberStarts[Int(component) + 1] += 1 }
    for component in 0..<count { memberStarts[component + 1] += memberStarts[component] }
    var next = memberStarts
    for node in ofNode.indices {
      members[Int(next[Int(ofNode[node])])] = UInt32(node)
      next[Int(ofNode[node])] += 1
    }
    var last = [UInt32](repeating: UInt32.max, count: count)
    starts.reserveCapacity(count + 1)
    for component in 0..<count {
      for place in memberStarts[component]..<memberStarts[component + 1] {
        let node = Int(members[Int(place)])
        for index in Int(graph.edgeStarts[node])..<Int(graph.edgeStarts[node + 1])
        where graph.edges[index].kind.mayRun {
          let target = ofNode[Int(graph.edges[index].target)]
          if Int(target) == component || last[Int(target)] == UInt32(component) { continue }
          last[Int(target)] = UInt32(component)
          targets.append(target)
        }
      }
      starts.append(UInt32(targets.count))
    }
  }

  /// For each component the union of the bits of all nodes that it reaches, its own included.
  ///
  /// - Parameter bits: what each component has of itself; on return also what it reaches.
  func propagate(_ bits: inout [UInt64]) {
    precondition(bits.count == count)
    bits.withUnsafeMutableBufferPointer { bits in
      starts.withUnsafeBufferPointer { starts in
        targets.withUnsafeBufferPointer { targets in
          for component in 0..<count {
            var union = bits[component]
            for index in Int(starts[component])..<Int(starts[component + 1]) { union |= bits[Int(targets[index])] }
            bits[component] = union
          }
        }
      }
    }
  }

  /// For each node the union of `own` over all nodes that it reaches along edges that may run, itself included.
  func propagate(_ own: [CapabilitySet]) -> [CapabilitySet] {
    var bits = [UInt64](repeating: 0, count: count)
    for node in own.indices { bits[Int(ofNode[node])] |= own[node].bits }
    propagate(&bits)
    return ofNode.map { CapabilitySet(bits: bits[Int($0)]) }
  }
}

private struct ComponentSearch {
  let graph: CallGraph
  /// 0: not seen; otherwise the order of first visit; `finished` when its component is known.
  private var order: [UInt32]
  private var lowest: [UInt32]
  private(set) var componentOfNode: [UInt32]
  private(set) var componentCount = 0
  private var counter: UInt32 = 0
  private var path: [(node: UInt32, edge: UInt32)] = []
  private var open: [UInt32] = []

  private static let finished = UInt32.max

  init(graph: CallGraph) {
    self.graph = graph
    order = Array(repeating: 0, count: graph.nodes.count)
    lowest = order
    componentOfNode = order
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
      } else if order[target] != ComponentSearch.finished {
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
  }

  /// All nodes above `root` on the stack are one component.
  private mutating func close(_ root: UInt32) {
    while let node = open.popLast() {
      componentOfNode[Int(node)] = UInt32(componentCount)
      order[Int(node)] = ComponentSearch.finished
      lowest[Int(node)] = ComponentSearch.finished
      if node == root { break }
    }
    componentCount += 1
  }
}
