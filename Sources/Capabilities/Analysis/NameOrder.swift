import CallGraph
import RustDump

/// The order of functions by name, then by instance, compared as bytes.
struct NameOrder {
  private let graph: CallGraph

  init(graph: CallGraph) { self.graph = graph }

  /// Negative, zero or positive, as the first text stands before, is, or stands after the second.
  func compare(_ left: NameID, _ right: NameID) -> Int {
    if left == right { return 0 }
    return graph.names.withBytes(of: left) { first in
      graph.names.withBytes(of: right) { second in
        for (one, other) in zip(first, second) where one != other { return one < other ? -1 : 1 }
        return first.count - second.count
      }
    }
  }

  /// By definition name alone.
  func compareNames(_ left: UInt32, _ right: UInt32) -> Int {
    compare(graph.nodes[Int(left)].name, graph.nodes[Int(right)].name)
  }

  /// A total order: name, instance, then the place in the graph.
  func isBefore(_ left: UInt32, _ right: UInt32) -> Bool {
    let byName = compareNames(left, right)
    if byName != 0 { return byName < 0 }
    let byInstance = compare(graph.nodes[Int(left)].instance, graph.nodes[Int(right)].instance)
    return byInstance != 0 ? byInstance < 0 : left < right
  }
}

extension SourcePosition {
  /// Whether it stands earlier in the sources.
  func isBefore(_ other: SourcePosition) -> Bool {
    (file, line, column) < (other.file, other.line, other.column)
  }
}
