import RustDump

/// The call graph of all units: nodes, edges sorted by source (compressed sparse rows), entry points, operations, gaps.
public struct CallGraph: Sendable {
  public var names = NameTable()
  /// Paths as reports print them; file 0 is empty.
  public var files: [String] = [""]
  public var units: [GraphUnit] = []
  public var nodes: [GraphNode] = []
  /// What symbols of a linked program are compared with, one for each node; empty unless `GraphInput.linkerNames` asks
  /// for it.
  public var linkerNames: [LinkerName] = []
  /// Aliases of types in std by their path, as `linkerNames` spell what they stand for; `$0` is the first argument. What is
  /// an alias in the version of std that the graph knows may be a type of its own in the program's.
  public var linkerAliases: [String: String] = [:]
  /// `edges[edgeStarts[n]..<edgeStarts[n + 1]]` are the edges of node `n`.
  public var edgeStarts: [UInt32] = [0]
  public var edges: [GraphEdge] = []
  public var entryPoints: [EntryPoint] = []
  public var operations: [GraphOperation] = []
  public var gaps: [GraphGap] = []
  /// The numbers of calls that a number decides.
  public var numberArguments: [NumberArgument] = []
  /// Where foreign functions and statics are declared, by node.
  public var foreignOrigins: [UInt32: ForeignOrigin] = [:]
  public var coverage = GraphCoverage()
  /// How calls in std's own bodies were resolved, where those are followed.
  public var standardCoverage = StandardCoverage()

  public init() {}

  /// The edges that leave a node.
  public func edges(of node: Int) -> ArraySlice<GraphEdge> {
    edges[Int(edgeStarts[node])..<Int(edgeStarts[node + 1])]
  }
}
