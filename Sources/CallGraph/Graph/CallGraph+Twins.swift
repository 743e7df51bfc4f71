import RustDump

extension CallGraph {
  /// The graph with one node an instance.
  ///
  /// Binaries, build scripts, proc macros and libraries have nodes of their own for the code that they share, with the
  /// trait objects and pointers that each can meet. For programs that ask for functions and edges these are one. Where
  /// one of them is reached, the edges are those of the reached ones.
  ///
  /// - Returns: the same graph with other numbers of nodes.
  public func withoutTwins() -> CallGraph {
    var first: [TwinKey: UInt32] = [:]
    var number: [UInt32] = []
    var members: [[Int]] = []
    for (index, node) in nodes.enumerated() {
      let key = TwinKey(node)
      if node.unit != GraphNode.noUnit, let known = first[key] {
        number.append(known)
        members[Int(known)].append(index)
      } else {
        first[key] = UInt32(members.count)
        number.append(UInt32(members.count))
        members.append([index])
      }
    }
    guard members.count < nodes.count else { return self }
    return joined(members, number)
  }

  private func joined(_ members: [[Int]], _ number: [UInt32]) -> CallGraph {
    var result = self
    result.nodes = members.map { group in
      var node = nodes[group[0]]
      let isRunOnly = group.contains { isCode(nodes[$0]) }
      for index in group.dropFirst() { node.flags.formUnion(nodes[index].flags) }
      if isRunOnly { node.flags.remove(.compileTimeOnly) }
      return node
    }
    result.edges = []
    result.edgeStarts = [0]
    for group in members {
      let reached = group.filter { nodes[$0].flags.contains(.reached) }
      var seen: Set<TwinEdge> = []
      for index in reached.isEmpty ? group : reached {
        for var edge in edges(of: index) {
          edge.target = number[Int(edge.target)]
          if seen.insert(TwinEdge(edge)).inserted { result.edges.append(edge) }
        }
      }
      result.edgeStarts.append(UInt32(result.edges.count))
    }
    for index in result.entryPoints.indices {
      result.entryPoints[index].node = number[Int(entryPoints[index].node)]
    }
    for index in result.operations.indices { result.operations[index].node = number[Int(operations[index].node)] }
    for index in result.gaps.indices { result.gaps[index].node = gaps[index].node.map { number[Int($0)] } }
    return result
  }

  private func isCode(_ node: GraphNode) -> Bool {
    node.flags.contains(.reached) && !node.flags.contains(.compileTimeOnly)
  }

  private struct TwinKey: Hashable {
    var name: NameID
    var instance: NameID
    var unit: UInt32
    var kind: NodeKind
    var position: SourcePosition

    init(_ node: GraphNode) {
      name = node.name
      instance = node.instance
      unit = node.unit
      kind = node.kind
      position = node.position
    }
  }

  private struct TwinEdge: Hashable {
    var target: UInt32
    var kind: EdgeKind
    var position: SourcePosition

    init(_ edge: GraphEdge) {
      target = edge.target
      kind = edge.kind
      position = edge.position
    }
  }
}
