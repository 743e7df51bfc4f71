import CallGraph

/// What is printed of the part of a graph that is std's.
extension BuildGraph {
  static func printStandard(_ graph: CallGraph) {
    let coverage = graph.standardCoverage
    guard coverage.instances > 0 else { return }
    print("std: instances \(coverage.instances) calls \(coverage.calls) unresolved \(coverage.unresolved)")
    for (name, count) in coverage.unresolvedNames.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(40) {
      print("  std unresolved \(count) \(name)")
    }
  }

  /// For each function of the crates that may run the functions of the crates that it leads to, through std or at once.
  static func printCrateEdges(_ graph: CallGraph) {
    func isOfCrates(_ node: Int) -> Bool { graph.nodes[node].unit != GraphNode.noUnit }
    func text(_ node: Int) -> String { graph.names.string(graph.nodes[node].instance) }
    for node in graph.nodes.indices where isOfCrates(node) && graph.nodes[node].flags.contains(.mayRun) {
      var seen: Set<Int> = []
      var work = [node]
      while let next = work.popLast() {
        for edge in graph.edges(of: next) where edge.kind.mayRun {
          let target = Int(edge.target)
          guard seen.insert(target).inserted else { continue }
          if isOfCrates(target) {
            print("EDGE\t\(text(node))\t\(text(target))")
          } else if !graph.nodes[target].flags.contains(.external) {
            work.append(target)
          }
        }
      }
    }
  }
}
