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
  /// The edges at which rules stop some capabilities, in the order of their sources.
  private var barred: [BarredEdge] = []
  /// The different sets of capabilities that are stopped.
  private(set) var masks: [CapabilitySet] = []

  /// An edge along which not all travels; it joins no components.
  private struct BarredEdge {
    var source: UInt32
    var target: UInt32
    /// An index into `masks`.
    var mask: Int
  }

  init(graph: CallGraph, barriers: Barriers = Barriers()) {
    var search = ComponentSearch(graph: graph, barriers: Barriers())
    for root in graph.nodes.indices { search.visit(root) }
    if !barriers.hasNoEdges {
      // Callees first over all edges: then barred edges, too, lead to smaller numbers, except within a cycle.
      let whole = search.componentOfNode
      let roots = graph.nodes.indices.sorted { (whole[$0], $0) < (whole[$1], $1) }
      search = ComponentSearch(graph: graph, barriers: barriers)
      for root in roots { search.visit(root) }
    }
    ofNode = search.componentOfNode
    count = search.componentCount
    condense(graph, barriers)
    if !barriers.hasNoEdges { collectBarred(graph, barriers) }
  }

  private mutating func collectBarred(_ graph: CallGraph, _ barriers: Barriers) {
    var numbers: [CapabilitySet: Int] = [:]
    for source in graph.nodes.indices {
      for index in Int(graph.edgeStarts[source])..<Int(graph.edgeStarts[source + 1])
      where graph.edges[index].kind.mayRun {
        let mask = barriers.onEdge(index, to: graph.edges[index].target)
        let (from, to) = (ofNode[source], ofNode[Int(graph.edges[index].target)])
        if mask.isEmpty || from == to { continue }
        if numbers[mask] == nil {
          numbers[mask] = masks.count
          masks.append(mask)
        }
        barred.append(BarredEdge(source: from, target: to, mask: numbers[mask] ?? 0))
      }
    }
    barred.sort { ($0.source, $0.target, $0.mask) < ($1.source, $1.target, $1.mask) }
  }

  private mutating func condense(_ graph: CallGraph, _ barriers: Barriers) {
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
          if !barriers.onEdge(index, to: graph.edges[index].target).isEmpty { continue }
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
  /// - Parameters:
  ///   - bits: what each component has of itself; on return also what it reaches.
  ///   - passing: for each of `masks`, the bits that travel along edges which stop those capabilities.
  func propagate(_ bits: inout [UInt64], passing: [UInt64]) {
    precondition(bits.count == count && passing.count == masks.count)
    if barred.isEmpty { return propagateFreely(&bits) }
    // One round is enough but where a barred edge is part of a cycle.
    while propagateOverBarred(&bits, passing) {}
  }

  /// One round over all components, callees first, over barred edges too.
  ///
  /// - Returns: whether a barred edge leads to a component that comes later and had something new.
  private func propagateOverBarred(_ bits: inout [UInt64], _ passing: [UInt64]) -> Bool {
    var next = 0
    var isOpen = false
    for component in 0..<count {
      var union = bits[component]
      for index in Int(starts[component])..<Int(starts[component + 1]) { union |= bits[Int(targets[index])] }
      while next < barred.count, barred[next].source == UInt32(component) {
        union |= bits[Int(barred[next].target)] & passing[barred[next].mask]
        next += 1
      }
      bits[component] = union
    }
    for edge in barred where edge.target > edge.source {
      let new = bits[Int(edge.target)] & passing[edge.mask]
      if new & ~bits[Int(edge.source)] != 0 { isOpen = true }
    }
    return isOpen
  }

  private func propagateFreely(_ bits: inout [UInt64]) {
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
    propagate(&bits, passing: masks.map { ~$0.bits })
    return ofNode.map { CapabilitySet(bits: bits[Int($0)]) }
  }
}

private struct ComponentSearch {
  let graph: CallGraph
  /// Edges at which something is stopped are not followed.
  let barriers: Barriers
  /// 0: not seen; otherwise the order of first visit; `finished` when its component is known.
  private var order: [UInt32]
  private var lowest: [UInt32]
  private(set) var componentOfNode: [UInt32]
  private(set) var componentCount = 0
  private var counter: UInt32 = 0
  private var path: [(node: UInt32, edge: UInt32)] = []
  private var open: [UInt32] = []

  private static let finished = UInt32.max

  init(graph: CallGraph, barriers: Barriers) {
    self.graph = graph
    self.barriers = barriers
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
      guard step.kind.mayRun, barriers.onEdge(Int(edge), to: step.target).isEmpty else { continue }
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
