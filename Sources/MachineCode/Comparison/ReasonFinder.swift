import CallGraph

/// Tells why a function is missed or extra, from what leads to it on the side that has it.
struct ReasonFinder {
  private let index: MachineIndex
  private let machineCallers: [[UInt32]]
  private let graphCallers: [[(source: UInt32, kind: EdgeKind)]]

  private static let shownOrigins = 5

  init(_ index: MachineIndex) {
    self.index = index
    var callers = [[UInt32]](repeating: [], count: index.binary.graph.nodeCount)
    for node in callers.indices {
      for edge in index.binary.graph.edges(of: node) { callers[Int(edge.target)].append(UInt32(node)) }
    }
    machineCallers = callers
    var sources = [[(source: UInt32, kind: EdgeKind)]](repeating: [], count: index.graph.nodes.count)
    for node in index.graph.nodes.indices where index.isReached(node) {
      for edge in index.graph.edges(of: node) where !edge.isConstantFalse {
        sources[Int(edge.target)].append((UInt32(node), edge.kind))
      }
    }
    graphCallers = sources
  }

  // MARK: Missed

  /// A way by which machine code comes to a function, looked at backwards up to the nearest function of a crate.
  private struct MachineOrigin {
    var function: Int
    var throughData = false
    var throughStandard = false
    var throughDrop = false

    var kind: String { throughDrop ? "drop" : throughStandard ? "std" : throughData ? "data" : "call" }

    var reason: Reason {
      throughDrop ? .missedDrop : throughStandard ? .missedCallback : throughData ? .missedAddress : .missedCall
    }
  }

  private func origins(of function: Int) -> [MachineOrigin] {
    var found: [MachineOrigin] = []
    var seen: Set<Int> = [function]
    var work = [MachineOrigin(function: function)]
    var next = 0
    while next < work.count, found.count < 200 {
      let way = work[next]
      next += 1
      for caller in machineCallers[way.function].map({ Int($0) }) where seen.insert(caller).inserted {
        var origin = way
        origin.function = caller
        if caller >= index.functions.count {
          origin.throughData = true
        } else if index.isPassedThrough(caller) {
          origin.throughStandard = true
          if index.functions[caller].name.hasPrefix("core::ptr::drop") { origin.throughDrop = true }
        } else {
          found.append(origin)
          continue
        }
        work.append(origin)
      }
    }
    return found
  }

  private func isReached(_ function: Int) -> Bool { !index.reachedNodes(ofFunction: function).isEmpty }

  private func shown(_ origins: [MachineOrigin]) -> [Comparison.Origin] {
    origins.map { Comparison.Origin(function: index.functions[$0.function].name, kind: $0.kind) }
      .sorted { ($0.function, $0.kind) < ($1.function, $1.kind) }.prefix(Self.shownOrigins).map { $0 }
  }

  /// Why kept functions are not reached.
  func ofMissed(_ functions: [Int], _ reached: [Int]) -> (Reason, [Comparison.Origin]) {
    let all = functions.flatMap { origins(of: $0) }
    let fromReached = all.filter { isReached($0.function) }
    if !reached.isEmpty { return (.compileTimeOnly, shown(fromReached.isEmpty ? all : fromReached)) }
    guard !all.isEmpty else { return (.missedCallback, []) }
    guard !fromReached.isEmpty else { return (.followsMiss, shown(all)) }
    return (reason(fromReached), shown(fromReached))
  }

  /// The plainest way tells most.
  private func reason(_ origins: [MachineOrigin]) -> Reason {
    let order: [Reason] = [.missedCall, .missedAddress, .missedDrop, .missedCallback]
    return order.first { reason in origins.contains { $0.reason == reason } } ?? .missedCallback
  }

  /// What leads to a function whose name fits nothing.
  func callers(ofName name: String) -> [Comparison.Origin] {
    shown(index.functions.indices.filter { index.functions[$0].name == name }.flatMap { origins(of: $0) })
  }

  /// Why the graph reaches other instances only.
  func ofMissedInstances(_ functions: [Int], _ names: Set<String>) -> (Reason, [Comparison.Origin]) {
    let patterns = names.filter { $0.contains("?") }.map { Array($0.utf8) }
    let isOpen = functions.contains { function in
      let text = Array(index.functions[function].name.utf8)
      return patterns.contains { NamePattern.matches($0, text) }
    }
    return (isOpen ? .unknownArguments : .otherArguments, shown(functions.flatMap { origins(of: $0) }))
  }

  // MARK: Extra

  /// Why reached functions are not kept.
  func ofExtra(_ nodes: [Int]) -> (Reason, [Comparison.Origin]) {
    var ways: [(node: Int, kind: EdgeKind, isKept: Bool)] = []
    for node in nodes { ways += graphOrigins(of: node) }
    guard !ways.isEmpty else { return (.entryPoint, []) }
    let kept = ways.filter(\.isKept)
    let origins = (kept.isEmpty ? ways : kept).map {
      Comparison.Origin(
        function: index.graph.names.string(index.graph.linkerNames[$0.node].instance), kind: $0.kind.word)
    }
    let shown = Array(Set(origins)).sorted { ($0.function, $0.kind) < ($1.function, $1.kind) }
      .prefix(Self.shownOrigins)
    guard !kept.isEmpty else { return (.followsExtra, Array(shown)) }
    let order: [EdgeKind] = [
      .call, .dispatch, .symbol, .callback, .drop, .dyn, .pointer, .cast, .staticInitialiser,
    ]
    let kind = order.first { kind in kept.contains { $0.kind == kind } } ?? .call
    return (Self.reason(kind), Array(shown))
  }

  private static func reason(_ kind: EdgeKind) -> Reason {
    switch kind {
    case .call, .dispatch, .symbol: .constantBranch
    case .callback: .unusedCallback
    case .drop: .unusedDrop
    case .dyn, .pointer: .unusedTarget
    case .cast: .unusedAddress
    case .staticInitialiser: .unusedStatic
    }
  }

  /// What leads to a node, looked at backwards through what leaves no code; the kind is that of the last edge.
  private func graphOrigins(of node: Int) -> [(node: Int, kind: EdgeKind, isKept: Bool)] {
    var found: [(node: Int, kind: EdgeKind, isKept: Bool)] = []
    var seen: Set<Int> = [node]
    var work: [(node: Int, kind: EdgeKind?)] = [(node, nil)]
    var next = 0
    while next < work.count, found.count < 200 {
      let way = work[next]
      next += 1
      for caller in graphCallers[way.node] where seen.insert(Int(caller.source)).inserted {
        let source = Int(caller.source)
        let kind = way.kind ?? caller.kind
        if index.leavesCode(source) {
          found.append((source, kind, !index.functions(ofNode: source).isEmpty))
        } else {
          work.append((source, kind))
        }
      }
    }
    return found
  }
}
