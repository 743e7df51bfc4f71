import CallGraph
import Capabilities

/// What std's functions lead to in the system, by their bodies.
struct BodyCapabilities {
  private let graph: CallGraph
  private let tables: CapabilityTables
  /// Of the foreign functions, by node.
  private var own: [CapabilitySet]
  private var reached: [CapabilitySet]
  private var callers: [[UInt32]]
  /// Where code stops being a function's own business.
  private let isCut: [Bool]

  /// What runs when something goes wrong, or is there for all of the program, is nobody's capability.
  private static let cut = [
    "core::panicking::", "std::panicking::", "std::rt::", "std::alloc::handle_alloc_error", "std::process::abort",
    "std::sys::pal::unix::abort_internal", "std::thread::current",
  ]

  init(_ graph: CallGraph, _ tables: CapabilityTables) {
    self.graph = graph
    self.tables = tables
    own = graph.nodes.map { node in
      guard node.flags.contains(.foreign) else { return CapabilitySet() }
      let symbol = graph.names.string(node.symbol == .none ? node.name : node.symbol)
      guard case .capabilities(let set, _) = tables.foreignSymbols.classify(symbol) else { return CapabilitySet() }
      return set
    }
    isCut = graph.nodes.map { node in
      let name = graph.names.string(node.name)
      return BodyCapabilities.cut.contains { name.hasPrefix($0) }
    }
    reached = own
    callers = Array(repeating: [], count: graph.nodes.count)
  }

  /// Carries the capabilities of foreign functions back to all that reaches them.
  mutating func carry() {
    for node in graph.nodes.indices where !isCut[node] {
      for edge in graph.edges(of: node) where edge.kind.mayRun { callers[Int(edge.target)].append(UInt32(node)) }
    }
    var work = graph.nodes.indices.filter { !own[$0].isEmpty }
    while let node = work.popLast() {
      for caller in callers[node] {
        let before = reached[Int(caller)]
        reached[Int(caller)].formUnion(reached[node])
        if reached[Int(caller)] != before { work.append(Int(caller)) }
      }
    }
  }

  /// A line for each capability that only one side has.
  func differences() -> [String] {
    var lines: Set<String> = []
    for entry in graph.entryPoints {
      let node = Int(entry.node)
      let path = graph.names.string(graph.nodes[node].name)
      var listed = CapabilitySet()
      if case .capabilities(let set, _) = tables.sinks.classify(path) { listed = set }
      for capability in reached[node].subtracting(listed) {
        let way = shortestWay(from: node, to: capability).map { graph.names.string(graph.nodes[$0].name) }
        lines.insert("bodies\t\(tables.taxonomy.name(capability))\t\(path)\t\(way.joined(separator: " > "))")
      }
      for capability in listed.subtracting(reached[node]) {
        lines.insert("table\t\(tables.taxonomy.name(capability))\t\(path)\t")
      }
    }
    return lines.sorted()
  }

  private func shortestWay(from start: Int, to capability: CapabilityID) -> [Int] {
    var before: [Int: Int] = [start: -1]
    var work = [start]
    var index = 0
    while index < work.count {
      let node = work[index]
      index += 1
      if own[node].contains(capability) {
        return Array(sequence(first: node) { before[$0] == -1 ? nil : before[$0] }).reversed()
      }
      guard !isCut[node] else { continue }
      for edge in graph.edges(of: node) where edge.kind.mayRun && reached[Int(edge.target)].contains(capability) {
        let target = Int(edge.target)
        if before[target] == nil {
          before[target] = node
          work.append(target)
        }
      }
    }
    return []
  }
}
