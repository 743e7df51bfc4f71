import CallGraph
import RustDump

/// Tells what each rule has silenced.
struct SilencingCollector {
  private let graph: CallGraph
  private let sites: SinkSites
  private let reached: ReachedCapabilities
  private let rules: ResolvedRules
  private let matches: RuleMatches
  private let changedSinks: [UInt32: SinkSiteFinder.ChangedSink]
  private var found: [Key: Silencing] = [:]

  private struct Key: Hashable, Comparable {
    var rule: RuleReference
    var capability: CapabilityID
    var unit: UInt32

    static func < (left: Key, right: Key) -> Bool {
      (left.rule, left.capability, left.unit) < (right.rule, right.capability, right.unit)
    }
  }

  init(
    graph: CallGraph, sites: SinkSites, reached: ReachedCapabilities, rules: ResolvedRules, matches: RuleMatches,
    changedSinks: [UInt32: SinkSiteFinder.ChangedSink]
  ) {
    self.graph = graph
    self.sites = sites
    self.reached = reached
    self.rules = rules
    self.matches = matches
    self.changedSinks = changedSinks
  }

  /// All of it, sorted by rule, capability, unit.
  mutating func collect() -> [Silencing] {
    if !(matches.safeNodes.isEmpty && matches.safeEdges.isEmpty && matches.sinks.isEmpty) { collectEdges() }
    collectEntryPoints()
    collectAbsolved()
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Calls at which something was stopped, or whose target has no longer what the tables say.
  private mutating func collectEdges() {
    for source in graph.nodes.indices {
      for index in graph.edgeStarts[source]..<graph.edgeStarts[source + 1] {
        let edge = graph.edges[Int(index)]
        guard edge.kind.mayRun, edge.target != UInt32(source) else { continue }
        let safe = (matches.safeNodes[edge.target] ?? []) + (matches.safeEdges[index] ?? [])
        for rule in safe {
          let stopped = offered(edge.target, to: UInt32(source)).intersection(rules.safe[rule].capabilities)
          add(stopped, RuleReference(.safe, rule), UInt32(source), edge.position)
        }
        for rule in matches.sinks[edge.target]?.rules ?? [] {
          let known = changedSinks[edge.target]?.known ?? CapabilitySet()
          let said = matches.sinks[edge.target]?.capabilities ?? CapabilitySet()
          add(known.subtracting(said), RuleReference(.sink, rule), UInt32(source), edge.position)
        }
      }
    }
  }

  /// What would travel from a function to a caller, but for rules at the function or the edge.
  private func offered(_ node: UInt32, to caller: UInt32) -> CapabilitySet {
    if let changed = changedSinks[node] { return changed.offered }
    let isSameCrate = graph.nodes[Int(node)].unit == graph.nodes[Int(caller)].unit
    let absolved = reached.absolved.isEmpty || !isSameCrate ? CapabilitySet() : reached.absolved[Int(node)]
    return reached.travelling[Int(node)].union(absolved)
  }

  /// Entry points that are safe.
  private mutating func collectEntryPoints() {
    for entry in graph.entryPoints {
      for rule in matches.safeNodes[entry.node] ?? [] {
        let stopped = offered(entry.node, to: entry.node).intersection(rules.safe[rule].capabilities)
        add(stopped, RuleReference(.safe, rule), entry.node, graph.nodes[Int(entry.node)].position)
      }
    }
  }

  /// Uses of sinks in absolved crates.
  private mutating func collectAbsolved() {
    for (rule, absolution) in rules.absolutions.enumerated() {
      let units = Set(absolution.units.map { UInt32(truncatingIfNeeded: $0) })
      for site in sites.sites where units.contains(graph.nodes[Int(site.node)].unit) {
        let silenced = sites.sinks[Int(site.sink)].capabilities.intersection(absolution.capabilities)
        add(silenced, RuleReference(.absolution, rule), site.node, site.position)
      }
    }
  }

  private mutating func add(
    _ capabilities: CapabilitySet, _ rule: RuleReference, _ node: UInt32, _ position: SourcePosition
  ) {
    let unit = graph.nodes[Int(node)].unit
    for capability in capabilities {
      let key = Key(rule: rule, capability: capability, unit: unit)
      if found[key] == nil {
        found[key] = Silencing(
          rule: rule, capability: capability, unit: unit, places: 0, node: node, position: position)
      }
      found[key]?.places += 1
    }
  }
}
