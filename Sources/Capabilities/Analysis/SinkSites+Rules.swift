import CallGraph

// What rules change.
extension SinkSiteFinder {
  /// What a function without a body here has of itself.
  struct ChangedSink {
    /// By the tables.
    var known = CapabilitySet()
    /// By the tables or by a rule in their place, and its labels.
    var offered = CapabilitySet()
  }

  mutating func apply(to sink: inout Sink?, _ node: UInt32) {
    let labels = rules.matches.labels[node] ?? CapabilitySet()
    let added = rules.matches.sinks[node]
    let stopped = rules.barriers.outOf(node)
    guard !labels.isEmpty || added != nil || !stopped.isEmpty || rules.isSafeForSome(node) else { return }
    let name = sink?.name ?? graph.names.string(graph.nodes[Int(node)].name)
    var changed = ChangedSink(known: sink?.capabilities ?? CapabilitySet())
    if let added {
      sink = Sink(name: name, capabilities: added.capabilities, authority: added.authority)
      // The rule says what the tables do not know; what a foreign function does beside it is still not analysed.
      if let gap = gapOfNode[node], gap.kind != .nativeCode { gapOfNode[node] = nil }
    }
    changed.offered = (sink?.capabilities ?? CapabilitySet()).union(labels)
    changedSinks[node] = changed
    if let rest = sink?.capabilities.subtracting(stopped) {
      if rest.isEmpty { sink = nil } else { sink?.capabilities = rest }
    }
    let travelling = labels.subtracting(stopped)
    guard !travelling.isEmpty else { return }
    labelSinkOfNode[node] = UInt32(result.sinks.count)
    result.sinks.append(Sink(name: name, capabilities: travelling, authority: .ambient))
  }

  /// The sink without some of its capabilities; `noSink` if none are left.
  mutating func without(_ stopped: CapabilitySet, _ sink: UInt32) -> UInt32 {
    var rest = result.sinks[Int(sink)]
    rest.capabilities = rest.capabilities.subtracting(stopped)
    if rest.capabilities.isEmpty { return SinkSiteFinder.noSink }
    if rest.capabilities == result.sinks[Int(sink)].capabilities { return sink }
    let key = ReducedSink(sink: sink, capabilities: rest.capabilities)
    if let known = reducedSinks[key] { return known }
    let number = UInt32(result.sinks.count)
    result.sinks.append(rest)
    reducedSinks[key] = number
    return number
  }

  /// Labels of calls of foreign functions in a function.
  mutating func addForeignCallLabels(_ source: Int, _ index: Int, _ sites: inout [SinkSite]) {
    let edge = graph.edges[index]
    let target = graph.nodes[Int(edge.target)]
    guard target.flags.contains(.foreign) || edge.kind == .symbol, edge.kind.mayRun,
      let labels = rules.foreignCallLabels(UInt32(source))
    else { return }
    let sink = UInt32(result.sinks.count)
    let name = graph.names.string(target.symbol == .none ? target.name : target.symbol)
    result.sinks.append(Sink(name: name, capabilities: labels, authority: .ambient))
    add(sink, source, index, &sites)
  }

  /// Functions with a body that rules give labels or capabilities of their own: what they do stands at the function.
  mutating func collectNamedFunctions(_ sites: inout [SinkSite]) {
    for node in rules.namedFunctions where !graph.nodes[Int(node)].flags.contains(.external) {
      let name = graph.names.string(graph.nodes[Int(node)].name)
      let position = graph.nodes[Int(node)].position
      var sinks: [Sink] = []
      if let labels = rules.matches.labels[node] {
        sinks.append(Sink(name: name, capabilities: labels, authority: .ambient))
      }
      if let added = rules.matches.sinks[node] {
        sinks.append(Sink(name: name, capabilities: added.capabilities, authority: added.authority))
      }
      for sink in sinks where !sink.capabilities.isEmpty && (!ambientOnly || sink.authority == .ambient) {
        sites.append(
          SinkSite(
            node: node, sink: UInt32(result.sinks.count), kind: .call, candidates: 1, position: position))
        result.sinks.append(sink)
      }
    }
  }
}
