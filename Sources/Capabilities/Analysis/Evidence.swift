import CallGraph

/// The best path from an entry point to a sink of one capability.
///
/// It holds in each phase in which the entry point's unit runs.
public struct Evidence: Sendable {
  /// An index into `CallGraph.entryPoints`.
  public var entry: UInt32
  public var capability: CapabilityID
  /// Its edges up to the function that uses the sink.
  public var path: EvidencePath
  /// Whether the entry point's crate is absolved from the sink: the capability is the crate's own and does not travel on.
  public var isAbsolved = false
}

/// A path of calls from an entry point to the use of a sink.
public struct EvidencePath: Sendable {
  /// Where its edges stand in `EvidencePaths.edges`.
  public var firstEdge: UInt32
  public var edgeCount: UInt32
  /// An index into `SinkSites.sites`: the last step.
  public var site: UInt32
  /// How many of its steps have more than one candidate.
  public var uncertainSteps: UInt32

  public var isCertain: Bool { uncertainSteps == 0 }
}

/// The edges of many paths, one after the other, as indices into `CallGraph.edges`.
public struct EvidencePaths: Sendable {
  public internal(set) var edges: [UInt32] = []

  /// The edges of one path.
  public func edges(of path: EvidencePath) -> ArraySlice<UInt32> {
    edges[Int(path.firstEdge)..<Int(path.firstEdge + path.edgeCount)]
  }
}

/// One step of a path: where a function makes the next step, and how.
public struct EvidenceStep: Sendable, Equatable {
  public var node: UInt32
  public var kind: EdgeKind
  public var candidates: UInt32
  public var position: SourcePosition
  /// See `GraphEdge.isConstantFalse`.
  public var isConstantFalse = false
}
