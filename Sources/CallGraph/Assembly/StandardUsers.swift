/// Where the crates come to code of std.
struct StandardUsers {
  /// A call, drop or the like in a function of the crates.
  struct Use {
    var node: UInt32
    var position: SourcePosition
  }

  /// A place in the sources that leads to something that std calls.
  struct Place: Comparable {
    var file: String
    var line: UInt32
    var callee: String

    static func < (left: Place, right: Place) -> Bool {
      (left.file, left.line, left.callee) < (right.file, right.line, right.callee)
    }
  }

  private let graph: CallGraph
  /// `callers[starts[n]..<starts[n + 1]]` are those that lead to node `n`, if it is a function of std, in one step.
  private var starts: [UInt32]
  private var callers: [Use] = []
  /// The last search that came to a node.
  private var seen: [UInt32]
  private var searches: UInt32 = 0

  init(_ graph: CallGraph) {
    self.graph = graph
    starts = Array(repeating: 0, count: graph.nodes.count + 1)
    seen = Array(repeating: 0, count: graph.nodes.count)
    var count = 0
    forEachStep { _, edge in
      starts[Int(edge.target) + 1] += 1
      count += 1
    }
    for node in graph.nodes.indices { starts[node + 1] += starts[node] }
    var next = starts
    callers = Array(repeating: Use(node: 0, position: SourcePosition()), count: count)
    forEachStep { node, edge in
      callers[Int(next[Int(edge.target)])] = Use(node: node, position: edge.position)
      next[Int(edge.target)] += 1
    }
  }

  private func forEachStep(_ body: (UInt32, GraphEdge) -> Void) {
    for node in graph.nodes.indices {
      for edge in graph.edges(of: node) where edge.kind.mayRun && isStandard(edge.target) { body(UInt32(node), edge) }
    }
  }

  /// The places in the crates from which control can come to any of some functions of std through std alone.
  mutating func uses(of nodes: [UInt32]) -> [Use] {
    searches += 1
    var found: [Use] = []
    var work: [UInt32] = []
    for node in nodes where seen[Int(node)] != searches {
      seen[Int(node)] = searches
      work.append(node)
    }
    while let next = work.popLast() {
      for index in starts[Int(next)]..<starts[Int(next) + 1] {
        let use = callers[Int(index)]
        if graph.nodes[Int(use.node)].unit != GraphNode.noUnit {
          found.append(use)
        } else if seen[Int(use.node)] != searches, isStandard(use.node) {
          seen[Int(use.node)] = searches
          work.append(use.node)
        }
      }
    }
    return found
  }

  /// Code of std with a body here.
  private func isStandard(_ node: UInt32) -> Bool {
    graph.nodes[Int(node)].flags.contains(.standard) && !graph.nodes[Int(node)].flags.contains(.external)
  }
}
