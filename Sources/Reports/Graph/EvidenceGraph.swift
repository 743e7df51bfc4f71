import CallGraph
import Capabilities
import RustDump

/// The part of the call graph that evidence uses: from entry points to sinks, small enough to be drawn.
///
/// Instances of one definition are one function here. What a path passes through within std, or within a crate whose own
/// evidence is not drawn, is the function by which it enters that crate. The best path of each crate and capability comes
/// first; further paths are added as long as the drawing stays within its limit. What is left out is counted.
struct EvidenceGraph {
  /// A function on a path.
  struct Function {
    /// A node of the call graph: the first of the definition's instances that a path led to.
    var node: UInt32
    /// The entry point's kind; `nil` for a function that no path starts from.
    var entry: EntryKind?
  }

  /// A sink as it is used for one capability.
  struct SinkUse: Hashable {
    var sink: UInt32
    var capability: CapabilityID
  }

  /// Where an edge leads.
  enum Target: Hashable {
    case function(Int)
    case sink(Int)
  }

  /// How often a step is taken by the paths does not matter here: each is there once.
  struct Edge: Hashable {
    var source: Int
    var target: Target
    var kind: EdgeKind
    var isUncertain: Bool
  }

  private(set) var functions: [Function] = []
  private(set) var sinks: [SinkUse] = []
  private(set) var edges: [Edge] = []
  /// For each edge where its first path takes it.
  private(set) var positions: [SourcePosition] = []
  /// How many paths are there, and how many of them are drawn as a whole.
  private(set) var pathCount = 0
  private(set) var drawnPathCount = 0

  private let result: AnalysisResult
  private let limit: Int
  /// Units whose functions are drawn one by one.
  private let detailed: Set<UInt32>
  private var functionNumbers: [FunctionKey: Int] = [:]
  private var sinkNumbers: [SinkUse: Int] = [:]
  private var edgeNumbers: Set<Edge> = []

  private struct FunctionKey: Hashable {
    var name: NameID
    var unit: UInt32
  }

  /// Collects the paths of some units.
  ///
  /// - Parameters:
  ///   - units: whose evidence counts, in the order in which it is drawn.
  ///   - ambientOnly: whether only sinks count that acquire by themselves.
  ///   - limit: how many functions and sinks are drawn at most.
  init(_ result: AnalysisResult, units: [Int], ambientOnly: Bool, limit: Int) {
    self.result = result
    self.limit = limit
    detailed = Set(units.map(UInt32.init))
    var others: [Evidence] = []
    for unit in units {
      let best = BestEvidence.perCapability(result, unit: unit, ambientOnly: ambientOnly).map(\.best)
      let drawn = Set(best.map { Identity(entry: $0.entry, capability: $0.capability) })
      for evidence in best { add(evidence) }
      others += result.evidence(ofUnit: unit).filter { evidence in
        guard !ambientOnly || result.sink(of: evidence.path).authority == .ambient else { return false }
        return !drawn.contains(Identity(entry: evidence.entry, capability: evidence.capability))
      }
    }
    for evidence in others { add(evidence) }
  }

  private struct Identity: Hashable {
    var entry: UInt32
    var capability: CapabilityID
  }

  /// Adds a path, unless its new functions would be too many.
  private mutating func add(_ evidence: Evidence) {
    pathCount += 1
    let steps = shortened(result.steps(of: evidence))
    let use = SinkUse(sink: result.sites.sites[Int(evidence.path.site)].sink, capability: evidence.capability)
    let unknown = Set(steps.map { key($0.node) }).count { functionNumbers[$0] == nil }
    let new = unknown + (sinkNumbers[use] == nil ? 1 : 0)
    guard functions.count + sinks.count + new <= limit else { return }
    drawnPathCount += 1
    let numbers = steps.map { number($0.node) }
    if let first = numbers.first {
      functions[first].entry = result.graph.entryPoints[Int(evidence.entry)].kind
    }
    for (index, step) in steps.enumerated() {
      let target: Target = index + 1 < numbers.count ? .function(numbers[index + 1]) : .sink(number(use))
      let edge = Edge(source: numbers[index], target: target, kind: step.kind, isUncertain: Self.isUncertain(step))
      guard edgeNumbers.insert(edge).inserted else { continue }
      edges.append(edge)
      positions.append(step.position)
    }
  }

  /// The steps with each run of functions of one crate that is not drawn in detail as one: entered as its first is, left as
  /// its last is.
  private func shortened(_ steps: [EvidenceStep]) -> [EvidenceStep] {
    var shortened: [EvidenceStep] = []
    for step in steps {
      let unit = result.graph.nodes[Int(step.node)].unit
      guard let last = shortened.last, !detailed.contains(unit), result.graph.nodes[Int(last.node)].unit == unit else {
        shortened.append(step)
        continue
      }
      var joined = step
      joined.node = last.node
      joined.candidates = max(last.candidates, step.candidates)
      joined.isConstantFalse = last.isConstantFalse || step.isConstantFalse
      shortened[shortened.count - 1] = joined
    }
    return shortened
  }

  private static func isUncertain(_ step: EvidenceStep) -> Bool { step.candidates > 1 || step.isConstantFalse }

  private func key(_ node: UInt32) -> FunctionKey {
    FunctionKey(name: result.graph.nodes[Int(node)].name, unit: result.graph.nodes[Int(node)].unit)
  }

  private mutating func number(_ node: UInt32) -> Int {
    let key = key(node)
    if let known = functionNumbers[key] { return known }
    functionNumbers[key] = functions.count
    functions.append(Function(node: node))
    return functions.count - 1
  }

  private mutating func number(_ use: SinkUse) -> Int {
    if let known = sinkNumbers[use] { return known }
    sinkNumbers[use] = sinks.count
    sinks.append(use)
    return sinks.count - 1
  }
}
