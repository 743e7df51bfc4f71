import CallGraph
import Capabilities

/// What crates reach, and the ways there.
struct ReachPaths {
  private let result: AnalysisResult
  private let subjects: ComparisonSubjects
  /// Whether code from outside can start in a subject: with one program as the start, in that alone.
  private(set) var hasEntries: [Bool]
  /// What each subject's entry points reach; without such, what its code reaches that may run.
  private(set) var reached: [CapabilitySet]
  /// The best evidence of each subject and capability, where its own entry points have some.
  private var evidence: [Key: Evidence] = [:]
  /// For each capability the next edge on the shortest way to a sink, by node, made when it is asked for.
  private var ways: [CapabilityID: [Int32]] = [:]
  private lazy var callers = Callers(result.graph)

  private struct Key: Hashable {
    var subject: Int
    var capability: CapabilityID
  }

  private static let none: Int32 = -1
  private static let here: Int32 = -2

  /// - Parameter isProgram: whether code starts in one program's `main` alone.
  init(_ result: AnalysisResult, subjects: ComparisonSubjects, isProgram: Bool) {
    self.result = result
    self.subjects = subjects
    reached = Array(repeating: CapabilitySet(), count: subjects.list.count)
    hasEntries = Array(repeating: false, count: subjects.list.count)
    for entry in result.graph.entryPoints where !isProgram { hasEntries[subjects.ofUnit[Int(entry.unit)]] = true }
    for (unit, found) in result.unitResults.enumerated() where hasEntries[subjects.ofUnit[unit]] {
      reached[subjects.ofUnit[unit]].formUnion(found.direct.union(found.transitive))
    }
    for (index, node) in result.graph.nodes.enumerated()
    where node.unit != GraphNode.noUnit && node.flags.contains(.mayRun) && !hasEntries[subjects.ofUnit[Int(node.unit)]]
    { reached[subjects.ofUnit[Int(node.unit)]].formUnion(result.reachedCapabilities[index]) }
    for found in result.evidence where !isProgram {
      let subject = subjects.ofUnit[Int(result.graph.entryPoints[Int(found.entry)].unit)]
      let key = Key(subject: subject, capability: found.capability)
      if let known = evidence[key], !Self.isBetter(found.path, known.path) { continue }
      evidence[key] = found
    }
  }

  private static func isBetter(_ one: EvidencePath, _ other: EvidencePath) -> Bool {
    (one.uncertainSteps, one.edgeCount) < (other.uncertainSteps, other.edgeCount)
  }

  /// The steps of a way from code of a subject to a sink, and the sink: the evidence of its entry points, else the
  /// shortest way from any of its functions that may run.
  mutating func steps(of subject: Int, to capability: CapabilityID) -> (steps: [EvidenceStep], sink: String)? {
    if let found = evidence[Key(subject: subject, capability: capability)] {
      return (result.steps(of: found), result.sink(of: found.path).label)
    }
    let next = way(to: capability)
    let units = Set(subjects.list[subject].units.map { UInt32($0) })
    guard let start = shortest(from: units, next) else { return nil }
    var node = start
    var edges: [UInt32] = []
    while next[node] >= 0, edges.count < result.graph.nodes.count {
      edges.append(UInt32(next[node]))
      node = Int(result.graph.edges[Int(next[node])].target)
    }
    guard
      let site = result.sites.sites(of: node).indices.first(where: { index in
        result.sites.sinks[Int(result.sites.sites[index].sink)].capabilities.contains(capability)
      })
    else { return nil }
    let steps = result.steps(from: UInt32(start), edges: edges, site: UInt32(site))
    return (steps, result.sites.sinks[Int(result.sites.sites[site].sink)].label)
  }

  private func shortest(from units: Set<UInt32>, _ next: [Int32]) -> Int? {
    var best: (node: Int, length: Int)?
    for (index, node) in result.graph.nodes.enumerated()
    where next[index] != Self.none && node.flags.contains(.mayRun) && units.contains(node.unit) {
      var length = 0
      var place = index
      while next[place] >= 0, length <= best?.length ?? Int.max {
        place = Int(result.graph.edges[Int(next[place])].target)
        length += 1
      }
      if length < best?.length ?? Int.max { best = (index, length) }
    }
    return best?.node
  }

  /// Breadth first from the sinks of a capability against the direction of the edges.
  private mutating func way(to capability: CapabilityID) -> [Int32] {
    if let known = ways[capability] { return known }
    var next = Array(repeating: Self.none, count: result.graph.nodes.count)
    var queue: [UInt32] = []
    for node in result.graph.nodes.indices where result.sites.own[node].contains(capability) {
      next[node] = Self.here
      queue.append(UInt32(node))
    }
    var place = 0
    while place < queue.count {
      for edge in callers.edges(into: Int(queue[place])) {
        let source = callers.source(of: edge)
        guard next[source] == Self.none else { continue }
        next[source] = Int32(edge)
        queue.append(UInt32(source))
      }
      place += 1
    }
    ways[capability] = next
    return next
  }
}

/// The edges of a graph along which control can pass, by their targets.
private struct Callers {
  private var starts: [UInt32]
  private var incoming: [UInt32]
  private var sources: [UInt32]

  init(_ graph: CallGraph) {
    sources = Array(repeating: 0, count: graph.edges.count)
    starts = Array(repeating: 0, count: graph.nodes.count + 1)
    for node in graph.nodes.indices {
      for index in Int(graph.edgeStarts[node])..<Int(graph.edgeStarts[node + 1]) {
        sources[index] = UInt32(node)
        if graph.edges[index].kind.mayRun { starts[Int(graph.edges[index].target) + 1] += 1 }
      }
    }
    for node in graph.nodes.indices { starts[node + 1] += starts[node] }
    incoming = Array(repeating: 0, count: Int(starts[graph.nodes.count]))
    var next = starts
    for (index, edge) in graph.edges.enumerated() where edge.kind.mayRun {
      incoming[Int(next[Int(edge.target)])] = UInt32(index)
      next[Int(edge.target)] += 1
    }
  }

  func edges(into node: Int) -> ArraySlice<UInt32> { incoming[Int(starts[node])..<Int(starts[node + 1])] }
  func source(of edge: UInt32) -> Int { Int(sources[Int(edge)]) }
}
