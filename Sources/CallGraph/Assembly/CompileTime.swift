/// Tells which reached functions only the compiler runs.
///
/// The compiler evaluates constants and the initialisers of statics: what they call leaves no code, unless something that
/// runs needs it too. Functions, closures and vtables that they keep are code.
enum CompileTime {
  private static let runs: UInt8 = 1
  private static let evaluates: UInt8 = 2

  /// Marks the functions that are only reached by calls in constants.
  static func mark(_ starts: [UInt32], _ graph: inout CallGraph) {
    var ways = [UInt8](repeating: 0, count: graph.nodes.count)
    var work: [(node: UInt32, way: UInt8)] = []
    func visit(_ node: UInt32, _ way: UInt8) {
      let actual = isEvaluated(graph.nodes[Int(node)].kind) ? evaluates : way
      guard ways[Int(node)] & actual == 0 else { return }
      ways[Int(node)] |= actual
      work.append((node, actual))
    }
    for node in starts { visit(node, runs) }
    while let (node, way) = work.popLast() {
      for edge in graph.edges(of: Int(node)) {
        visit(edge.target, way == runs || keeps(edge.kind) ? runs : evaluates)
      }
    }
    for node in graph.nodes.indices where ways[node] == evaluates && !isEvaluated(graph.nodes[node].kind) {
      graph.nodes[node].flags.insert(.compileTimeOnly)
    }
  }

  private static func isEvaluated(_ kind: NodeKind) -> Bool { kind == .constant || kind == .staticItem }

  private static func keeps(_ kind: EdgeKind) -> Bool { kind == .cast || kind == .staticInitialiser }
}
