/// Where the crates come to code of std.
struct StandardUsers {
  /// A call, drop or the like in a function of the crates.
  struct Use {
    var node: UInt32
    var position: SourcePosition
  }

  /// A place in the sources that leads to something that std calls.
  struct Place: Hashable, Comparable {
    var file: String
    var line: UInt32
    var callee: String

    static func < (left: Place, right: Place) -> Bool {
      (left.file, left.line, left.callee) < (right.file, right.line, right.callee)
    }
  }

  private let graph: CallGraph
  /// For each function of std those that lead to it in one step, with the place.
  private var callers: [UInt32: [Use]] = [:]

  init(_ graph: CallGraph) {
    self.graph = graph
    for node in graph.nodes.indices {
      for edge in graph.edges(of: node) where edge.kind.mayRun && isStandard(edge.target) {
        callers[edge.target, default: []].append(Use(node: UInt32(node), position: edge.position))
      }
    }
  }

  /// The places in the crates from which control can come to a function of std through std alone.
  func uses(of node: UInt32) -> [Use] {
    var found: [Use] = []
    var seen: Set<UInt32> = [node]
    var work = [node]
    while let next = work.popLast() {
      for use in callers[next] ?? [] {
        if graph.nodes[Int(use.node)].unit != GraphNode.noUnit {
          found.append(use)
        } else if isStandard(use.node), seen.insert(use.node).inserted {
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
