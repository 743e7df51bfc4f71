import CallGraph
import Capabilities

/// Finds the best paths from given functions to sinks that given units use in their own code.
///
/// A search forward along edges that may run. Steps cost as in evidence: fewest uncertain steps first, then length. With a
/// crossing, only what is reached after an edge of that kind counts: `foo>bar` asks what `bar` does where `foo` calls it.
struct OwnUseSearch {
  /// What was found for one capability.
  struct Use {
    var start: UInt32
    var path: FoundPath
  }

  private let result: AnalysisResult
  /// For each state what led to it; a state is a node, or that node after the crossing.
  private var previous: [(state: UInt32, edge: UInt32)]
  private var isSettled: [Bool]
  private var touched: [Int] = []

  private static let none = UInt32.max

  init(_ result: AnalysisResult) {
    self.result = result
    let count = result.graph.nodes.count * 2
    previous = Array(repeating: (Self.none, Self.none), count: count)
    isSettled = Array(repeating: false, count: count)
  }

  /// What is asked.
  struct Question {
    var starts: [UInt32]
    /// In whose code the sinks are used.
    var units: Set<UInt32>
    /// Which capabilities matter; the search ends when all are found.
    var wanted: CapabilitySet
    /// Whether an edge from a unit to a unit is the crossing; `nil` if all that is reached counts.
    var crosses: ((_ source: UInt32, _ target: UInt32) -> Bool)?
  }

  private struct Best {
    var uncertain: Int
    var length: Int
    var state: UInt32
    var site: UInt32
  }

  /// A state that is reached with one more uncertain step than those before it.
  private struct Seed {
    var state: UInt32
    var from: (state: UInt32, edge: UInt32)
    var length: Int
  }

  /// - Returns: for each capability that is found, the best use.
  mutating func run(_ question: Question) -> [CapabilityID: Use] {
    if result.barriers.hasNoEdges { return search(question) }
    // Rules stop some capabilities where others pass: each has its own ways.
    var found: [CapabilityID: Use] = [:]
    for capability in question.wanted {
      var single = question
      single.wanted = CapabilitySet(capability)
      single.starts = question.starts.filter { !result.barriers.outOf($0).contains(capability) }
      found.merge(search(single)) { first, _ in first }
    }
    return found
  }

  private mutating func search(_ question: Question) -> [CapabilityID: Use] {
    defer { reset() }
    var best: [CapabilityID: Best] = [:]
    let offset = question.crosses == nil ? UInt32(result.graph.nodes.count) : 0
    var seeds = question.starts.map { Seed(state: $0 + offset, from: (Self.none, Self.none), length: 1) }
    var uncertain = 0
    while !seeds.isEmpty {
      seeds = runLevel(seeds, uncertain, question, &best)
      uncertain += 1
      let isDone = question.wanted.allSatisfy { best[$0].map { $0.uncertain < uncertain } ?? false }
      if isDone { break }
    }
    return best.mapValues { use(of: $0) }
  }

  /// Settles all states that need exactly this number of uncertain steps, the nearest first, and gives those that need
  /// one more, in order of length.
  private mutating func runLevel(
    _ seeds: [Seed], _ uncertain: Int, _ question: Question, _ best: inout [CapabilityID: Best]
  ) -> [Seed] {
    var next: [Seed] = []
    var queue: [(state: UInt32, length: Int)] = []
    var head = 0
    var nextSeed = 0
    while head < queue.count || nextSeed < seeds.count {
      if head == queue.count || nextSeed < seeds.count && seeds[nextSeed].length <= queue[head].length {
        let seed = seeds[nextSeed]
        nextSeed += 1
        settle(seed.state, seed.from, seed.length, &queue)
      } else {
        let (state, length) = queue[head]
        head += 1
        note(state, uncertain, length, question, &best)
        expand(state, length, question, &queue, &next)
      }
    }
    return next
  }

  private mutating func expand(
    _ state: UInt32, _ length: Int, _ question: Question, _ queue: inout [(state: UInt32, length: Int)],
    _ next: inout [Seed]
  ) {
    let graph = result.graph
    let count = UInt32(graph.nodes.count)
    let node = state >= count ? state - count : state
    let unit = graph.nodes[Int(node)].unit
    for index in graph.edgeStarts[Int(node)]..<graph.edgeStarts[Int(node) + 1] {
      let edge = graph.edges[Int(index)]
      guard edge.kind.mayRun, !isStopped(Int(index), edge.target, question.wanted) else { continue }
      let isCounted = state >= count || question.crosses?(unit, graph.nodes[Int(edge.target)].unit) ?? false
      let target = edge.target + (isCounted ? count : 0)
      guard !isSettled[Int(target)] else { continue }
      if edge.isUncertain {
        next.append(Seed(state: target, from: (state, index), length: length + 1))
      } else {
        settle(target, (state, index), length + 1, &queue)
      }
    }
  }

  /// Whether a rule stops all that is looked for.
  private func isStopped(_ edge: Int, _ target: UInt32, _ wanted: CapabilitySet) -> Bool {
    !result.barriers.hasNoEdges && result.barriers.onEdge(edge, to: target).isSuperset(of: wanted)
  }

  private mutating func settle(
    _ state: UInt32, _ from: (state: UInt32, edge: UInt32), _ length: Int,
    _ queue: inout [(state: UInt32, length: Int)]
  ) {
    guard !isSettled[Int(state)] else { return }
    isSettled[Int(state)] = true
    touched.append(Int(state))
    previous[Int(state)] = from
    queue.append((state, length))
  }

  /// Notes the uses of sinks in the code of a state that counts.
  private func note(
    _ state: UInt32, _ uncertain: Int, _ length: Int, _ question: Question, _ best: inout [CapabilityID: Best]
  ) {
    let count = UInt32(result.graph.nodes.count)
    guard state >= count else { return }
    let node = Int(state - count)
    guard question.units.contains(result.graph.nodes[node].unit),
      !result.sites.own[node].intersection(question.wanted).isEmpty
    else { return }
    for index in result.sites.starts[node]..<result.sites.starts[node + 1] {
      let site = result.sites.sites[Int(index)]
      let found = Best(uncertain: uncertain + (site.isUncertain ? 1 : 0), length: length, state: state, site: index)
      for capability in result.sites.sinks[Int(site.sink)].capabilities.intersection(question.wanted) {
        if let known = best[capability], (known.uncertain, known.length) <= (found.uncertain, found.length) { continue }
        best[capability] = found
      }
    }
  }

  private func use(of best: Best) -> Use {
    var edges: [UInt32] = []
    var state = best.state
    while previous[Int(state)].edge != Self.none {
      edges.append(previous[Int(state)].edge)
      state = previous[Int(state)].state
    }
    let count = UInt32(result.graph.nodes.count)
    return Use(
      start: state >= count ? state - count : state,
      path: FoundPath(edges: edges.reversed(), site: best.site, uncertainSteps: best.uncertain))
  }

  private mutating func reset() {
    for state in touched {
      isSettled[state] = false
      previous[state] = (Self.none, Self.none)
    }
    touched.removeAll(keepingCapacity: true)
  }
}
