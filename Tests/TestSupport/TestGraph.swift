import CallGraph
import Capabilities
import RustDump

/// Builds small graphs by names.
public struct TestGraph {
  public private(set) var graph = CallGraph()
  public var units: [AnalysedUnit] = []
  private var numbers: [String: UInt32] = [:]
  private var outgoing: [[GraphEdge]] = []

  /// An empty graph with a library for each name.
  public init(units names: [String] = ["demo"]) {
    graph.files.append("src/lib.rs")
    for name in names { addUnit(name) }
  }

  /// A unit, a library unless told otherwise.
  public mutating func addUnit(
    _ name: String, phase: String = "run", runsIn: [String]? = nil, target: String = "lib", isMember: Bool = true,
    package: String? = nil
  ) {
    graph.units.append(GraphUnit(displayName: name))
    units.append(
      AnalysedUnit(
        package: package ?? name, version: "0.1.0", id: "\(name)-\(units.count)", phase: phase,
        runsIn: runsIn ?? [phase],
        target: target, targetName: name, isWorkspaceMember: isMember, rustcVersion: "1.95.0", host: "host"))
  }

  /// The node of a name, made at first use: `std::` is external, `c:` foreign; the unit is the first segment's.
  @discardableResult
  public mutating func node(_ text: String) -> UInt32 {
    if let known = numbers[text] { return known }
    let number = UInt32(graph.nodes.count)
    let isForeign = text.hasPrefix("c:")
    // `name#instance` has an instance of its own.
    let parts = text.split(separator: "#", maxSplits: 1)
    let name = String(isForeign ? parts[0].dropFirst(2) : parts[0])
    let unit = graph.units.firstIndex { unit in
      name.drop { $0 == "<" }.hasPrefix(unit.displayName + "::")
    }
    var flags: NodeFlags = unit == nil ? [.external] : [.reached, .mayRun]
    if isForeign { flags.insert(.foreign) }
    let nameID = graph.names.intern(name)
    let instance = parts.count > 1 ? graph.names.intern(String(parts[1])) : nameID
    graph.nodes.append(
      GraphNode(
        name: nameID, instance: instance, symbol: isForeign ? nameID : .none, kind: .function, flags: flags,
        unit: unit.map(UInt32.init) ?? GraphNode.noUnit, position: SourcePosition(file: 1, line: number + 1)))
    outgoing.append([])
    numbers[text] = number
    return number
  }

  /// An edge at a line of `src/lib.rs`.
  public mutating func edge(
    _ source: String, _ target: String, _ kind: EdgeKind = .call, candidates: UInt32 = 1, line: UInt32 = 1
  ) {
    let (from, to) = (node(source), node(target))
    outgoing[Int(from)].append(
      GraphEdge(
        target: to, kind: kind, candidates: candidates, position: SourcePosition(file: 1, line: line, column: 5)))
  }

  /// A chain of certain calls.
  public mutating func chain(_ names: String...) {
    for (source, target) in zip(names, names.dropFirst()) { edge(source, target) }
  }

  /// An entry point of the function's unit.
  public mutating func entry(_ name: String, _ kind: EntryKind = .publicItem) {
    let number = node(name)
    graph.entryPoints.append(EntryPoint(node: number, kind: kind, unit: graph.nodes[Int(number)].unit))
  }

  /// An operation at a line of `src/lib.rs`.
  public mutating func operation(_ name: String, _ capability: String, _ sink: String, line: UInt32 = 1) {
    let number = node(name)
    graph.operations.append(
      GraphOperation(
        node: number, capability: capability, sink: graph.names.intern(sink),
        position: SourcePosition(file: 1, line: line, column: 1)))
  }

  /// Changes what the other functions do not cover.
  public mutating func change(_ body: (inout CallGraph) -> Void) { body(&graph) }

  /// The finished graph.
  public var finished: CallGraph {
    var result = graph
    result.edges = outgoing.flatMap { $0 }
    result.edgeStarts = [0]
    var end: UInt32 = 0
    for edges in outgoing {
      end += UInt32(edges.count)
      result.edgeStarts.append(end)
    }
    return result
  }

  /// The analysis with this repository's tables.
  public func analysed(ambientOnly: Bool = false) -> AnalysisResult {
    do {
      return try Analysis.run(graph: finished, units: units, tables: TestTables.all, ambientOnly: ambientOnly)
    } catch {
      fatalError("\(error)")
    }
  }

  /// The analysis with rules.
  public func analysed(rules: AnalysisRules) throws -> AnalysisResult {
    try Analysis.run(graph: finished, units: units, tables: TestTables.all, rules: rules)
  }
}

extension AnalysisResult {
  /// The best path as text: the functions and the sink, with `?` before each uncertain step.
  public func path(_ entry: String, _ capability: String) -> String? {
    let found = evidence.first {
      graph.names.string(graph.nodes[Int(graph.entryPoints[Int($0.entry)].node)].name) == entry
        && taxonomy.name($0.capability) == capability
    }
    guard let found else { return nil }
    return text(steps(of: found), sink: sink(of: found.path).name)
  }

  /// Steps as text.
  public func text(_ steps: [EvidenceStep], sink: String) -> String {
    steps.map { graph.names.string(graph.nodes[Int($0.node)].name) + ($0.candidates > 1 ? " ?" : " ") + "> " }
      .joined() + sink
  }

  /// The names of a set, sorted.
  public func names(_ set: CapabilitySet) -> [String] { taxonomy.names(set) }
}
