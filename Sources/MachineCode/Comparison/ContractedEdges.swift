import CallGraph

/// Edges of the graph between functions of crates that leave code: what stands between is looked through. That is
/// `#[inline(always)]` functions, constants, statics, what only the compiler runs, and std's functions where the graph has
/// their bodies.
struct ContractedEdges {
  /// What is reached from a function through nothing that leaves code.
  struct Target: Equatable {
    var node: Int
    /// Whether the way has an edge that machine code takes through an address that it was given.
    var isIndirect: Bool
    /// Whether the way has only `call` and `dispatch` edges.
    var isPlain: Bool
    /// Whether the way leads through std's functions, or through what joins calls of very many targets.
    var isThroughStandard = false
    /// The kind of the last edge.
    var kind: EdgeKind
    /// Whether it is looked through itself.
    var isBetween = false

    /// Whether machine code has the way in instructions, not in data.
    var isDirect: Bool { isPlain && !isThroughStandard }
  }

  private let index: MachineIndex
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0

  init(_ index: MachineIndex) {
    self.index = index
    stamps = Array(repeating: 0, count: index.graph.nodes.count * 8)
  }

  /// The targets of a node; one that is reached in several ways stands there for each way.
  ///
  /// - Parameter onlyMayRun: whether edges that only keep a function, and do not run it, are left out.
  mutating func targets(of start: Int, onlyMayRun: Bool) -> [Target] {
    stamp += 1
    var found: [Target] = []
    var work = [Target(node: start, isIndirect: false, isPlain: true, kind: .call)]
    var isStart = true
    while let way = work.popLast() {
      if !isStart {
        found.append(way)
        guard way.isBetween else { continue }
      }
      let isThroughStandard = way.isThroughStandard || !isStart && index.isBetweenCrates(way.node)
      isStart = false
      for edge in index.graph.edges(of: way.node) where isFollowed(edge, onlyMayRun) {
        var next = Target(
          node: Int(edge.target), isIndirect: way.isIndirect || Self.isIndirect(edge.kind, candidates: edge.candidates),
          isPlain: way.isPlain && (edge.kind == .call || edge.kind == .dispatch),
          isThroughStandard: isThroughStandard, kind: edge.kind)
        guard next.node != start, isNew(next) else { continue }
        next.isBetween = !index.leavesCode(next.node)
        work.append(next)
      }
    }
    return found
  }

  /// Whether machine code goes along an edge through an address that it was given: a vtable's or a pointer. Of drops, those
  /// that have several candidates are drops of trait objects.
  static func isIndirect(_ kind: EdgeKind, candidates: UInt32) -> Bool {
    kind == .dyn || kind == .pointer || kind == .drop && candidates > 1
  }

  /// What stands behind a condition that is never true is said to have no code.
  private func isFollowed(_ edge: GraphEdge, _ onlyMayRun: Bool) -> Bool {
    !edge.isConstantFalse && (edge.kind.mayRun || !onlyMayRun)
  }

  private mutating func isNew(_ way: Target) -> Bool {
    let place =
      way.node * 8 + (way.isIndirect ? 1 : 0) + (way.isPlain ? 2 : 0) + (way.isThroughStandard ? 4 : 0)
    guard stamps[place] != stamp else { return false }
    stamps[place] = stamp
    return true
  }
}
