import CallGraph

/// In whose code the sinks are that std's own code uses.
///
/// std is no crate that is reported on: what its code does on behalf of a call is done by the code that makes the call.
public enum StandardAttribution {
  /// For each function of the crates the capabilities of the sinks in its code and in code of std that it leads to through
  /// std alone; nothing for code of std.
  static func own(_ graph: CallGraph, _ own: [CapabilitySet]) -> [CapabilitySet] {
    guard graph.nodes.contains(where: isStandard) else { return own }
    let reached = reachedInStandard(graph, own)
    return graph.nodes.indices.map { node in
      guard !isStandard(graph.nodes[node]) else { return CapabilitySet() }
      return graph.edges(of: node).reduce(own[node]) { set, edge in
        edge.kind.mayRun && isStandard(graph.nodes[Int(edge.target)]) ? set.union(reached[Int(edge.target)]) : set
      }
    }
  }

  /// Code of std with a body here.
  public static func isStandard(_ node: GraphNode) -> Bool {
    node.flags.contains(.standard) && !node.flags.contains(.external)
  }

  /// For each function of std what it reaches through functions of std; for others what is in their own code.
  public static func reachedInStandard(_ graph: CallGraph, _ own: [CapabilitySet]) -> [CapabilitySet] {
    var reached = own
    var callers: [Int: [Int]] = [:]
    var work: [Int] = []
    for node in graph.nodes.indices where isStandard(graph.nodes[node]) {
      if !own[node].isEmpty { work.append(node) }
      for edge in graph.edges(of: node) where edge.kind.mayRun && isStandard(graph.nodes[Int(edge.target)]) {
        callers[Int(edge.target), default: []].append(node)
      }
    }
    while let node = work.popLast() {
      for caller in callers[node] ?? [] where !reached[caller].isSuperset(of: reached[node]) {
        reached[caller].formUnion(reached[node])
        work.append(caller)
      }
    }
    return reached
  }
}
