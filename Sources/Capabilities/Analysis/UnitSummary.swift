import CallGraph
import RustDump

/// Sums up, for each unit, what its code can do and what of it could not be analysed.
struct UnitSummary {
  private let graph: CallGraph
  private let sites: SinkSites
  /// For each function of the crates the capabilities of the sinks in its code, what std does for it included.
  private let own: [CapabilitySet]
  private let components: Components
  private let reached: ReachedCapabilities
  private let barriers: Barriers
  private let taxonomy: Taxonomy
  private var results: [UnitResult]

  init(
    graph: CallGraph, sites: SinkSites, components: Components, reached: ReachedCapabilities, barriers: Barriers,
    taxonomy: Taxonomy
  ) {
    self.graph = graph
    self.sites = sites
    own = StandardAttribution.own(graph, sites.own)
    self.components = components
    self.reached = reached
    self.barriers = barriers
    self.taxonomy = taxonomy
    results = Array(repeating: UnitResult(), count: graph.units.count)
  }

  mutating func summarise(gaps: [GraphGap]) -> [UnitResult] {
    sumUpContained()
    sumUpReached()
    sumUpAbsolved()
    countOperations()
    sumUpGaps(gaps)
    return results
  }

  private mutating func sumUpContained() {
    for (index, node) in graph.nodes.enumerated() where node.unit != GraphNode.noUnit {
      results[Int(node.unit)].contained.formUnion(own[index].union(sites.mentioned[index]))
    }
    for (index, unit) in graph.units.enumerated() {
      if unit.unsafeBlocks > 0 { insert("unsafe.block", index) }
      if unit.unsafeImplementations > 0 { insert("unsafe.impl", index) }
      if !unit.definedSymbols.isEmpty { insert("symbol.define", index) }
      if !unit.linkedLibraries.isEmpty { insert("link", index) }
      if unit.hooks.contains(where: { $0.kind == .globalAssembly }) { insert("asm", index) }
    }
  }

  private mutating func insert(_ name: String, _ unit: Int) {
    if let id = taxonomy.id(name) { results[unit].contained.insert(id) }
  }

  /// In whose code a capability's sinks are used.
  private struct Use: Hashable {
    /// A unit, or `GraphNode.noUnit`.
    var unit: UInt32
    var capability: CapabilityID
  }

  /// Carries each (unit, capability) back to all that reaches it, 64 of them at a time, and keeps apart in whose code
  /// the sinks are that a unit's entry points reach.
  private mutating func sumUpReached() {
    var nodes: [Use: [UInt32]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for capability in own[index].subtracting(barriers.absolution(ofUnit: node.unit)) {
        nodes[Use(unit: node.unit, capability: capability), default: []].append(UInt32(index))
      }
    }
    let uses = nodes.keys.sorted { ($0.unit, $0.capability) < ($1.unit, $1.capability) }
    for first in stride(from: 0, to: uses.count, by: 64) {
      let some = uses[first..<min(first + 64, uses.count)]
      var bits = [UInt64](repeating: 0, count: components.count)
      for (bit, use) in some.enumerated() {
        for node in nodes[use] ?? [] { bits[Int(components.ofNode[Int(node)])] |= 1 << UInt64(bit) }
      }
      func mask(_ stopped: CapabilitySet) -> UInt64 {
        some.enumerated().reduce(UInt64.max) {
          stopped.contains($1.element.capability) ? $0 & ~(1 << UInt64($1.offset)) : $0
        }
      }
      components.propagate(&bits, passing: components.masks.map(mask))
      addReached(Array(some), bits, mask)
    }
  }

  /// - Parameter mask: the bits that are left of those of an entry point out of which some capabilities do not travel.
  private mutating func addReached(_ uses: [Use], _ bits: [UInt64], _ mask: (CapabilitySet) -> UInt64) {
    var reached = [UInt64](repeating: 0, count: graph.units.count)
    for entry in graph.entryPoints {
      let stopped = barriers.outOf(entry.node)
      let passing = stopped.isEmpty ? UInt64.max : mask(stopped)
      reached[Int(entry.unit)] |= bits[Int(components.ofNode[Int(entry.node)])] & passing
    }
    for unit in reached.indices {
      for (bit, use) in uses.enumerated() where reached[unit] & (1 << UInt64(bit)) != 0 {
        if use.unit == UInt32(unit) {
          results[unit].direct.insert(use.capability)
        } else {
          results[unit].transitive.insert(use.capability)
        }
      }
    }
  }

  /// Adds what entry points of absolved crates reach in their own crate.
  private mutating func sumUpAbsolved() {
    guard !reached.absolved.isEmpty else { return }
    for entry in graph.entryPoints where graph.nodes[Int(entry.node)].unit == entry.unit {
      results[Int(entry.unit)].direct.formUnion(
        reached.absolved[Int(entry.node)].subtracting(barriers.outOf(entry.node)))
    }
    for unit in results.indices {
      results[unit].absolved = results[unit].direct.union(results[unit].contained)
        .intersection(barriers.absolution(ofUnit: UInt32(unit)))
    }
  }

  /// An operation in three instances of one function stands in the sources once.
  private struct Place: Hashable {
    var unit: UInt32
    var capability: CapabilityID
    var definition: NameID
    var sink: NameID
    var position: SourcePosition
  }

  private mutating func countOperations() {
    var seen: Set<Place> = []
    var counts = Array(
      repeating: Array(repeating: 0, count: taxonomy.capabilities.count), count: graph.units.count)
    for operation in graph.operations {
      let node = graph.nodes[Int(operation.node)]
      guard node.unit != GraphNode.noUnit, let capability = taxonomy.id(operation.capability) else { continue }
      let place = Place(
        unit: node.unit, capability: capability, definition: node.name, sink: operation.sink,
        position: operation.position)
      if seen.insert(place).inserted { counts[Int(node.unit)][Int(capability.raw)] += 1 }
    }
    for unit in counts.indices {
      results[unit].operations = counts[unit].enumerated().filter { $0.element > 0 }
        .map { (CapabilityID(UInt8($0.offset)), $0.element) }
    }
  }

  private mutating func sumUpGaps(_ gaps: [GraphGap]) {
    for gap in gaps where Int(gap.unit) < results.count { results[Int(gap.unit)].gaps.append(gap) }
    for (index, unit) in graph.units.enumerated() {
      for library in unit.linkedLibraries {
        results[index].gaps.append(
          GraphGap(
            kind: .nativeCode, unit: UInt32(index), what: library, file: "", line: 0,
            why: "the code of this native library is not analysed"))
      }
    }
    for unit in results.indices {
      var seen: Set<GapText> = []
      let distinct = results[unit].gaps.filter { seen.insert(GapText($0)).inserted }
      results[unit].gaps = distinct.sorted { GapText($0) < GapText($1) }
      if results[unit].gaps.contains(where: { $0.kind.makesIncomplete }) {
        results[unit].contained.insert(taxonomy.unknown)
      }
    }
  }
}

extension UnitResult {
  /// Adds a gap where it sorts.
  public mutating func add(_ gap: GraphGap) {
    let place = gaps.firstIndex { GapText(gap) < GapText($0) } ?? gaps.endIndex
    gaps.insert(gap, at: place)
  }
}

/// What a report prints of a gap, in the order in which it sorts.
private struct GapText: Hashable, Comparable {
  var fields: [String]
  var line: UInt32

  init(_ gap: GraphGap) {
    fields = [gap.kind.rawValue, gap.file, gap.what, gap.why]
    line = gap.line
  }

  static func < (left: GapText, right: GapText) -> Bool {
    if left.fields[0] != right.fields[0] || left.fields[1] != right.fields[1] {
      return left.fields.lexicographicallyPrecedes(right.fields)
    }
    return left.line == right.line ? left.fields.lexicographicallyPrecedes(right.fields) : left.line < right.line
  }
}
