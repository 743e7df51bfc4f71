import CallGraph
import Capabilities

/// Finds the best paths from given functions to sinks that given units use in their own code.
///
/// A search forward along edges that may run. Steps cost as in evidence: fewest uncertain steps first, then length. With
/// users, only what is reached after a call from a user's own code into the units' own code counts: `foo>bar` asks what `bar`
/// does where `foo` calls it. What std's own code does, where its bodies are followed, is done by the code that calls std.
struct OwnUseSearch {
  /// What is asked.
  struct Question {
    var starts: [UInt32]
    /// In whose code the sinks are used.
    var units: Set<UInt32>
    /// Which capabilities matter; the search ends when all are found.
    var wanted: CapabilitySet
    /// From whose code a call must lead into the units' code; `nil` if all that is reached counts.
    var users: Set<UInt32>?
  }

  /// What was found for one capability.
  struct Use {
    var start: UInt32
    var path: FoundPath
  }

  /// How a function was come to; a function can be come to in each of these ways.
  private enum Layer: Int {
    /// No call of a user has led into the units' code yet.
    case before
    /// What is reached counts.
    case counted
    /// Code of std on behalf of the units' own code.
    case standardOfUnits
    /// Code of std on behalf of a user's own code, before the call that counts.
    case standardOfUsers
  }

  private struct State {
    var layer: Layer
    var node: UInt32
  }

  /// A state that is reached with one more uncertain step than those before it.
  private struct Seed {
    var state: State
    var from: Origin
    var length: Int
  }

  private struct Origin {
    /// The number of the state before; `none` at a start.
    var state: Int
    var edge: UInt32
  }

  private struct Best {
    var uncertain: Int
    var length: Int
    var state: State
    var site: UInt32
  }

  private let result: AnalysisResult
  private let nodeCount: Int
  /// For each state what led to it.
  private var origins: [Origin]
  private var isSettled: [Bool]
  private var touched: [Int] = []

  private static let none = -1

  init(_ result: AnalysisResult) {
    self.result = result
    nodeCount = result.graph.nodes.count
    origins = Array(repeating: Origin(state: Self.none, edge: 0), count: nodeCount * 4)
    isSettled = Array(repeating: false, count: nodeCount * 4)
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
    let layer = question.users == nil ? Layer.counted : .before
    var seeds = question.starts.map {
      Seed(state: State(layer: layer, node: $0), from: Origin(state: Self.none, edge: 0), length: 1)
    }
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
    var queue: [(state: State, length: Int)] = []
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
    _ state: State, _ length: Int, _ question: Question, _ queue: inout [(state: State, length: Int)],
    _ next: inout [Seed]
  ) {
    let graph = result.graph
    for index in graph.edgeStarts[Int(state.node)]..<graph.edgeStarts[Int(state.node) + 1] {
      let edge = graph.edges[Int(index)]
      guard edge.kind.mayRun, !isStopped(Int(index), edge.target, question.wanted) else { continue }
      let target = State(layer: layer(from: state, to: edge.target, question), node: edge.target)
      guard !isSettled[number(target)] else { continue }
      let origin = Origin(state: number(state), edge: index)
      if edge.isUncertain {
        next.append(Seed(state: target, from: origin, length: length + 1))
      } else {
        settle(target, origin, length + 1, &queue)
      }
    }
  }

  private func layer(from state: State, to target: UInt32, _ question: Question) -> Layer {
    let source = result.graph.nodes[Int(state.node)].unit
    let node = result.graph.nodes[Int(target)]
    let isStandard = node.flags.contains(.standard)
    switch state.layer {
    case .counted: return isStandard && question.units.contains(source) ? .standardOfUnits : .counted
    case .standardOfUnits: return isStandard ? .standardOfUnits : .counted
    case .before, .standardOfUsers:
      let isUser = state.layer == .standardOfUsers || question.users?.contains(source) ?? false
      guard isUser else { return .before }
      if question.units.contains(node.unit) { return .counted }
      return isStandard ? .standardOfUsers : .before
    }
  }

  /// Whether a rule stops all that is looked for.
  private func isStopped(_ edge: Int, _ target: UInt32, _ wanted: CapabilitySet) -> Bool {
    !result.barriers.hasNoEdges && result.barriers.onEdge(edge, to: target).isSuperset(of: wanted)
  }

  private func number(_ state: State) -> Int { state.layer.rawValue * nodeCount + Int(state.node) }

  private mutating func settle(
    _ state: State, _ origin: Origin, _ length: Int, _ queue: inout [(state: State, length: Int)]
  ) {
    let number = number(state)
    guard !isSettled[number] else { return }
    isSettled[number] = true
    touched.append(number)
    origins[number] = origin
    queue.append((state, length))
  }

  /// Notes the uses of sinks in the code of a state that counts.
  private func note(
    _ state: State, _ uncertain: Int, _ length: Int, _ question: Question, _ best: inout [CapabilityID: Best]
  ) {
    let node = Int(state.node)
    let isOwn =
      state.layer == .standardOfUnits
      || state.layer == .counted && question.units.contains(result.graph.nodes[node].unit)
    guard isOwn, !result.sites.own[node].intersection(question.wanted).isEmpty else { return }
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
    var state = number(best.state)
    while origins[state].state != Self.none {
      edges.append(origins[state].edge)
      state = origins[state].state
    }
    return Use(
      start: UInt32(state % nodeCount),
      path: FoundPath(edges: edges.reversed(), site: best.site, uncertainSteps: best.uncertain))
  }

  private mutating func reset() {
    for state in touched {
      isSettled[state] = false
      origins[state] = Origin(state: Self.none, edge: 0)
    }
    touched.removeAll(keepingCapacity: true)
  }
}
