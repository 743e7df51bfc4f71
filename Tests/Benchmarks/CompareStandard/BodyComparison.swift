import CallGraph
import Capabilities

/// What std's functions lead to by their bodies, beside what the table says.
struct BodyComparison {
  private let graph: CallGraph
  private let tables: CapabilityTables

  init(_ graph: CallGraph, _ tables: CapabilityTables) {
    self.graph = graph
    self.tables = tables
  }

  /// A line for each function and capability that only one side has.
  func differences() -> [String] {
    let carried = CarriedCapabilities(
      names: graph.nodes.map { graph.names.string($0.name) },
      successors: graph.nodes.indices.map { node in
        graph.edges(of: node).filter { $0.kind.mayRun }.map(\.target)
      },
      own: graph.nodes.map { node in
        guard node.flags.contains(.foreign) else { return CapabilitySet() }
        return tables.capabilities(ofSymbol: graph.names.string(node.symbol == .none ? node.name : node.symbol))
      })
    var lines: Set<String> = []
    for entry in graph.entryPoints {
      let node = Int(entry.node)
      let path = graph.names.string(graph.nodes[node].name)
      let listed = tables.capabilities(ofPath: path) ?? CapabilitySet()
      for capability in carried.reached[node].subtracting(listed) {
        let way = carried.way(from: node, to: capability).joined(separator: " > ")
        lines.insert("bodies\t\(tables.taxonomy.name(capability))\t\(path)\t\(way)")
      }
      for capability in listed.subtracting(carried.reached[node]) {
        lines.insert("table\t\(tables.taxonomy.name(capability))\t\(path)\t")
      }
    }
    return lines.sorted()
  }
}

extension CapabilityTables {
  /// Those of a function of the system; none for one that no line classifies.
  func capabilities(ofSymbol symbol: String) -> CapabilitySet {
    guard case .capabilities(let set, _) = foreignSymbols.classify(symbol) else { return CapabilitySet() }
    return set
  }

  /// Those of a function of std; `nil` for one that no line classifies.
  func capabilities(ofPath path: String) -> CapabilitySet? {
    switch sinks.classify(path) {
    case .none: return CapabilitySet()
    case .capabilities(let set, _): return set
    case .unclassified: return nil
    }
  }
}
