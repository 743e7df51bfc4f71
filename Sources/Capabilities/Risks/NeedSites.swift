import CallGraph
import RustDump

/// The places in code that fulfil the needs of risk rules.
///
/// They have the form of `SinkSites`, with the numbers of needs in place of capabilities, so that the searches for
/// capabilities find needs as well.
struct NeedSites {
  private(set) var sites = SinkSites()
  /// What each of `sites.sinks` is charged with; none for functions that are needed by name.
  private(set) var capabilities: [CapabilitySet] = []

  /// Finds the places.
  ///
  /// - Parameter known: the sinks of the graph and the places that use them.
  init(_ rules: RiskRules, graph: CallGraph, known: SinkSites) {
    var found: [SinkSite] = []
    let needsOfSink = known.sinks.map { Self.needs(of: $0, rules) }
    var numbers: [UInt32?] = Array(repeating: nil, count: known.sinks.count)
    for site in known.sites where !needsOfSink[Int(site.sink)].isEmpty {
      let number = numbers[Int(site.sink)] ?? add(known.sinks[Int(site.sink)], needsOfSink[Int(site.sink)])
      numbers[Int(site.sink)] = number
      var copy = site
      copy.sink = number
      found.append(copy)
    }
    collectCalls(rules, graph, into: &found)
    sort(found, nodeCount: graph.nodes.count)
  }

  private static func needs(of sink: Sink, _ rules: RiskRules) -> CapabilitySet {
    CapabilitySet(
      rules.needs.indices.filter { !rules.needs[$0].fulfilling(sink.capabilities, sink.authority).isEmpty }
        .map { CapabilityID(UInt8($0)) })
  }

  private mutating func add(_ sink: Sink, _ needs: CapabilitySet) -> UInt32 {
    sites.sinks.append(Sink(name: sink.name, capabilities: needs, authority: sink.authority))
    capabilities.append(sink.capabilities)
    return UInt32(sites.sinks.count - 1)
  }

  /// Calls of functions that needs name, and calls into crates that they name.
  private mutating func collectCalls(_ rules: RiskRules, _ graph: CallGraph, into found: inout [SinkSite]) {
    let wanted = WantedFunctions(rules, graph)
    let needsOfNode = graph.nodes.map { wanted.needs(of: $0, graph) }
    var numbers: [UInt32: UInt32] = [:]
    for source in graph.nodes.indices {
      for edge in graph.edges(of: source) where edge.kind.mayRun && !needsOfNode[Int(edge.target)].isEmpty {
        let target = graph.nodes[Int(edge.target)]
        // A crate that calls itself is no user of itself.
        guard target.unit == GraphNode.noUnit || target.unit != graph.nodes[source].unit else { continue }
        let name = graph.names.string(target.name)
        let number =
          numbers[edge.target]
          ?? add(
            Sink(name: name, capabilities: CapabilitySet(), authority: .ambient), needsOfNode[Int(edge.target)])
        numbers[edge.target] = number
        found.append(
          SinkSite(
            node: UInt32(source), sink: number, kind: edge.kind, candidates: edge.candidates,
            position: edge.position, isConstantFalse: edge.isConstantFalse))
      }
    }
  }

  private mutating func sort(_ found: [SinkSite], nodeCount: Int) {
    sites.own = Array(repeating: CapabilitySet(), count: nodeCount)
    sites.mentioned = sites.own
    var starts = [UInt32](repeating: 0, count: nodeCount + 1)
    for site in found { starts[Int(site.node) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    sites.sites = found
    for site in found {
      sites.sites[Int(next[Int(site.node)])] = site
      next[Int(site.node)] += 1
      sites.own[Int(site.node)].formUnion(sites.sinks[Int(site.sink)].capabilities)
    }
    sites.starts = starts
  }
}

/// Which needs name a function, or the crate that it stands in.
private struct WantedFunctions {
  /// By the number of a name: a path without generic arguments, or a symbol.
  private var ofName: [CapabilitySet]
  private var ofUnit: [CapabilitySet]

  init(_ rules: RiskRules, _ graph: CallGraph) {
    ofName = Array(repeating: CapabilitySet(), count: graph.names.count)
    ofUnit = Array(repeating: CapabilitySet(), count: graph.units.count)
    var names = graph.names
    for (index, need) in rules.needs.enumerated() {
      let number = CapabilityID(UInt8(index))
      for function in need.functions {
        if function.hasSuffix("*") {
          insert(number, prefix: function.dropLast(), names)
        } else if let name = names.find(function) {
          ofName[Int(name.raw)].insert(number)
        }
      }
      for unit in graph.units.indices where need.crates.contains(Self.crateName(graph.units[unit])) {
        ofUnit[unit].insert(number)
      }
    }
  }

  private mutating func insert(_ need: CapabilityID, prefix: Substring, _ names: NameTable) {
    for raw in ofName.indices where names.withBytes(of: NameID(UInt32(raw)), { $0.starts(with: prefix.utf8) }) {
      ofName[raw].insert(need)
    }
  }

  /// Without `@version`.
  private static func crateName(_ unit: GraphUnit) -> String { String(unit.displayName.prefix { $0 != "@" }) }

  func needs(of node: GraphNode, _ graph: CallGraph) -> CapabilitySet {
    var needs = ofName[Int(node.name.raw)]
    if node.symbol != .none { needs.formUnion(ofName[Int(node.symbol.raw)]) }
    guard node.unit != GraphNode.noUnit, !ofUnit[Int(node.unit)].isEmpty else { return needs }
    let name = graph.names.string(node.name)
    return name.hasPrefix("<") && name.contains(" as std::") ? needs : needs.union(ofUnit[Int(node.unit)])
  }
}
