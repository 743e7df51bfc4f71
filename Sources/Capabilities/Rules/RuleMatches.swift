import CallGraph
import RustDump

/// Which functions and edges of a graph the rules mean.
struct RuleMatches {
  /// For each function that has labels, which.
  private(set) var labels: [UInt32: CapabilitySet] = [:]
  /// For each function that a rule makes a sink, what it has and which rules say so.
  private(set) var sinks: [UInt32: AddedSink] = [:]
  /// For each function, the rules for safe functions that name it without a caller.
  private(set) var safeNodes: [UInt32: [Int]] = [:]
  /// For each edge, as an index into `CallGraph.edges`, the rules for safe functions that name it by its ends.
  private(set) var safeEdges: [UInt32: [Int]] = [:]
  /// For each function with labelled uses of `unsafe`, the rules.
  private(set) var unsafeLabels: [UInt32: [Int]] = [:]

  struct AddedSink {
    var capabilities: CapabilitySet
    var authority: Authority
    var rules: [Int]
  }

  private let graph: CallGraph
  private var nodesOfPattern: [String: [UInt32]] = [:]

  init(_ rules: ResolvedRules, graph: CallGraph) {
    self.graph = graph
    for tag in rules.tags {
      for node in nodes(tag.pattern) { labels[node, default: CapabilitySet()].insert(tag.label) }
    }
    for (index, rule) in rules.sinks.enumerated() {
      for node in nodes(rule.pattern) { add(rule, index, to: node) }
    }
    for (index, rule) in rules.safe.enumerated() { addSafe(rule, index) }
    for (index, rule) in rules.unsafeLabels.enumerated() {
      for node in nodes(rule.pattern, withClosures: true) { unsafeLabels[node, default: []].append(index) }
    }
  }

  /// Functions that are safe for some callers only.
  var targetsOfSafeEdges: Set<UInt32> { Set(safeEdges.keys.map { graph.edges[Int($0)].target }) }

  /// The functions that a pattern means, in the order of the graph.
  private mutating func nodes(_ pattern: PathPattern, withClosures: Bool = false) -> [UInt32] {
    let key = pattern.text + (withClosures ? " {}" : "")
    if let known = nodesOfPattern[key] { return known }
    var answers: [NameID: Bool] = [:]
    func isMeant(_ name: NameID) -> Bool {
      if let known = answers[name] { return known }
      let answer =
        graph.names.withBytes(of: name) { pattern.matches($0) }
        || withClosures && pattern.matches(PathPattern.withoutClosures(graph.names.string(name)))
      answers[name] = answer
      return answer
    }
    let found = graph.nodes.indices.filter { isMeant(graph.nodes[$0].name) || isMeant(graph.nodes[$0].instance) }
      .map { UInt32($0) }
    nodesOfPattern[key] = found
    return found
  }

  private mutating func add(_ rule: ResolvedRules.AddedSink, _ index: Int, to node: UInt32) {
    guard var known = sinks[node] else {
      sinks[node] = AddedSink(capabilities: rule.capabilities, authority: rule.authority, rules: [index])
      return
    }
    known.capabilities.formUnion(rule.capabilities)
    known.authority = min(known.authority, rule.authority)
    known.rules.append(index)
    sinks[node] = known
  }

  private mutating func addSafe(_ rule: ResolvedRules.Safe, _ index: Int) {
    let targets = nodes(rule.pattern)
    guard let caller = rule.caller else {
      for node in targets { safeNodes[node, default: []].append(index) }
      return
    }
    let isTarget = Set(targets)
    for source in nodes(caller) {
      for edge in graph.edgeStarts[Int(source)]..<graph.edgeStarts[Int(source) + 1]
      where isTarget.contains(graph.edges[Int(edge)].target) {
        safeEdges[edge, default: []].append(index)
      }
    }
  }
}
