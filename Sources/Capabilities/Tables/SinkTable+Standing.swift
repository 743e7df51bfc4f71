import CallGraph

extension SinkTable {
  /// What the table says of a path of std to a graph that follows calls through std's bodies.
  public func standing(of path: String) -> StandardClass {
    switch classify(path) {
    case .capabilities: .sink
    case .none: .harmless
    case .unclassified: .unclassified
    }
  }
}
