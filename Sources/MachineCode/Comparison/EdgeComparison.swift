import CallGraph

/// Compares who refers to whom, in both directions.
struct EdgeComparison {
  let index: MachineIndex
  var contracted: ContractedEdges
  private var paths: MachinePaths
  /// The nodes of the program's main function.
  private let entries: Set<Int>
  /// What the system starts.
  private let start: [Int]

  init(_ index: MachineIndex) {
    self.index = index
    entries = Set(index.graph.entryPoints.filter { $0.kind == .main }.map { Int($0.node) })
    start = index.binary.functions.indices.filter { index.binary.functions[$0].symbols.contains("main") }
    contracted = ContractedEdges(index)
    paths = MachinePaths(index)
  }

  // MARK: Machine code to graph

  private struct Pair: Hashable {
    var from: Int
    var to: Int
  }

  /// Counts the references of machine code between functions of crates that the graph has too.
  mutating func compareMachineEdges(_ result: inout Comparison) {
    var definitionPairs: [Pair: Bool] = [:]
    var lost: [Pair: Comparison.EdgeFinding] = [:]
    for function in index.functions.indices {
      guard let from = index.functions[function].definition else { continue }
      let edges = directEdges(of: function)
      guard !edges.isEmpty else { continue }
      let starts = index.reachedNodes(ofFunction: function)
      // What the graph does not reach is counted as missed already.
      guard !starts.isEmpty else { continue }
      let isExact = index.functions[function].nodes.contains { index.isReached($0) }
      var nodes: Set<Int> = []
      for start in starts { nodes.formUnion(contracted.targets(of: start, onlyMayRun: false).map(\.node)) }
      let definitions = Set(nodes.map { index.definitions.definitionOfNode[$0] })
      for edge in edges {
        guard let to = index.functions[edge.target].definition else { continue }
        let hasInstance = index.functions[edge.target].nodes.contains { nodes.contains($0) }
        if isExact { result.machineInstanceEdges.count(hasInstance) }
        let pair = Pair(from: from, to: to)
        if pair.from != pair.to {
          definitionPairs[pair] = (definitionPairs[pair] ?? false) || definitions.contains(to)
        }
        if !hasInstance, lost[pair] == nil {
          lost[pair] = Comparison.EdgeFinding(
            from: index.functions[function].name, to: index.functions[edge.target].name, kind: edge.kind,
            isJoinedAsDefinitions: definitions.contains(to))
        }
      }
    }
    for found in definitionPairs.values { result.machineEdges.count(found) }
    result.missedEdges = Self.sorted(lost.values)
  }

  private func directEdges(of function: Int) -> [(target: Int, kind: String)] {
    index.binary.graph.edges(of: function).compactMap { edge in
      let target = Int(edge.target)
      guard target < index.functions.count, index.functions[target].definition != nil else { return nil }
      return (target, edge.kind == .call ? "call" : "address")
    }
  }

  static func sorted(_ list: some Sequence<Comparison.EdgeFinding>) -> [Comparison.EdgeFinding] {
    list.sorted { ($0.from, $0.to, $0.kind) < ($1.from, $1.to, $1.kind) }
  }

  // MARK: Graph to machine code

  /// What one function comes to in machine code.
  private struct Reach {
    var direct: Set<Int> = []
    var any: Set<Int> = []
  }

  private mutating func reach(ofNode node: Int) -> Reach? {
    var functions = index.functions(ofNode: node)
    guard !functions.isEmpty else { return nil }
    // The runtime deals with what the program's main function gives back.
    if entries.contains(node) { functions += start }
    var reach = Reach()
    for function in functions {
      reach.direct.formUnion(paths.targets(of: function, throughData: false))
      reach.any.formUnion(paths.targets(of: function, throughData: true))
    }
    return reach
  }

  private func holds(_ reach: Reach, _ target: Int, isIndirect: Bool, isDirect: Bool) -> Bool {
    let functions = index.functions(ofNode: target)
    if functions.contains(where: { reach.direct.contains($0) }) { return true }
    if isDirect { return false }
    if functions.contains(where: { reach.any.contains($0) }) { return true }
    return isIndirect && functions.contains { paths.held[$0] }
  }

  /// Counts the edges of the graph between reached functions along which control can pass that machine code has too.
  mutating func compareGraphEdges(_ result: inout Comparison) {
    var seen: [Pair: Bool] = [:]
    var lost: [Pair: Comparison.EdgeFinding] = [:]
    for node in index.graph.nodes.indices where index.isReached(node) && index.leavesCode(node) {
      let targets = contracted.targets(of: node, onlyMayRun: true).filter { !$0.isBetween }
      // An extra function's edges are its consequence.
      guard !targets.isEmpty, let reach = reach(ofNode: node) else { continue }
      for target in targets {
        let pair = Pair(from: node, to: target.node)
        let isThere = holds(reach, target.node, isIndirect: target.isIndirect, isDirect: target.isDirect)
        seen[pair] = (seen[pair] ?? false) || isThere
        if !isThere { lost[pair] = finding(node, target.node, target.kind) }
      }
    }
    for (pair, isThere) in seen {
      result.graphEdges.count(isThere)
      if isThere { lost[pair] = nil }
    }
    result.extraEdges = Self.sorted(lost.values)
  }

  private func finding(_ from: Int, _ to: Int, _ kind: EdgeKind) -> Comparison.EdgeFinding {
    let names = index.graph.names
    return Comparison.EdgeFinding(
      from: names.string(index.graph.linkerNames[from].instance),
      to: names.string(index.graph.linkerNames[to].instance), kind: kind.word,
      isJoinedAsDefinitions: false)
  }

  /// A step of a path: a node, and the edge that leads away from it.
  struct PathStep {
    var node: Int
    var kind: EdgeKind
    var candidates: UInt32
    var isConstantFalse: Bool
  }

  /// Counts steps of paths that machine code has too. What leaves no code is looked through: the steps from one function
  /// with code to the next are one. Steps behind conditions that are never true are said to have no code, and not counted.
  ///
  /// - Parameter evidence: the steps of each path; the edge of the last is not looked at.
  mutating func compareEvidence(_ evidence: [[PathStep]], _ result: inout Comparison) {
    var known: [Pair: Bool] = [:]
    var lost: [Pair: Comparison.EdgeFinding] = [:]
    for path in evidence {
      var from: Int?
      var between: [PathStep] = []
      for step in path {
        if let last = between.last, last.isConstantFalse { from = nil }
        guard index.leavesCode(step.node) else {
          between.append(step)
          continue
        }
        if let start = from, start != step.node {
          let pair = Pair(from: start, to: step.node)
          let isThere = known[pair] ?? isStep(start, step.node, between)
          known[pair] = isThere
          if !isThere { lost[pair] = finding(start, step.node, between.last?.kind ?? .call) }
        }
        from = step.node
        between = [step]
      }
    }
    for isThere in known.values { result.evidenceSteps.count(isThere) }
    result.falseSteps = Self.sorted(lost.values)
  }

  /// Whether machine code has the way along some steps; the first is that of `from`.
  private mutating func isStep(_ from: Int, _ to: Int, _ steps: [PathStep]) -> Bool {
    guard let reach = reach(ofNode: from) else { return false }
    let isPlain = steps.allSatisfy { $0.kind == .call || $0.kind == .dispatch }
    return holds(
      reach, to, isIndirect: steps.contains { ContractedEdges.isIndirect($0.kind, candidates: $0.candidates) },
      isDirect: isPlain && steps.dropFirst().allSatisfy { !index.isBetweenCrates($0.node) })
  }
}
