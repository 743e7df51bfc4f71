import CallGraph
import RustDump

/// Sums up, for each unit, what its code can do and what of it could not be analysed.
struct UnitSummary {
  private let graph: CallGraph
  private let sites: SinkSites
  private let reached: [CapabilitySet]
  private let taxonomy: Taxonomy
  private var results: [UnitResult]
  /// The last unit whose search came to a node, plus one.
  private var visited: [UInt32]

  init(graph: CallGraph, sites: SinkSites, reached: [CapabilitySet], taxonomy: Taxonomy) {
    self.graph = graph
    self.sites = sites
    self.reached = reached
    self.taxonomy = taxonomy
    results = Array(repeating: UnitResult(), count: graph.units.count)
    visited = Array(repeating: 0, count: graph.nodes.count)
  }

  mutating func summarise(gaps: [GraphGap]) -> [UnitResult] {
    sumUpContained()
    var entries = Array(repeating: [UInt32](), count: graph.units.count)
    for entry in graph.entryPoints { entries[Int(entry.unit)].append(entry.node) }
    for unit in entries.indices { sumUpReached(unit, entries[unit]) }
    countOperations()
    sumUpGaps(gaps)
    return results
  }

  private mutating func sumUpContained() {
    for (index, node) in graph.nodes.enumerated() where node.unit != GraphNode.noUnit {
      results[Int(node.unit)].contained.formUnion(sites.own[index].union(sites.mentioned[index]))
    }
    for (index, unit) in graph.units.enumerated() {
      if unit.unsafeBlocks > 0 { insert("unsafe.block", index) }
      if unit.unsafeImplementations > 0 { insert("unsafe.impl", index) }
      if !unit.definedSymbols.isEmpty { insert("symbol.define", index) }
      if !unit.linkedLibraries.isEmpty { insert("link", index) }
    }
  }

  private mutating func insert(_ name: String, _ unit: Int) {
    if let id = taxonomy.id(name) { results[unit].contained.insert(id) }
  }

  /// Follows all that may run from a unit's entry points, and keeps apart in whose code sinks are used.
  private mutating func sumUpReached(_ unit: Int, _ entries: [UInt32]) {
    let mark = UInt32(unit) + 1
    var stack: [UInt32] = []
    var direct = CapabilitySet()
    var transitive = CapabilitySet()
    func push(_ node: UInt32) {
      // Where nothing is reached there is nothing to sum up.
      guard visited[Int(node)] != mark, !reached[Int(node)].isEmpty else { return }
      visited[Int(node)] = mark
      stack.append(node)
    }
    for entry in entries { push(entry) }
    while let node = stack.popLast() {
      if graph.nodes[Int(node)].unit == UInt32(unit) {
        direct.formUnion(sites.own[Int(node)])
      } else {
        transitive.formUnion(sites.own[Int(node)])
      }
      for index in Int(graph.edgeStarts[Int(node)])..<Int(graph.edgeStarts[Int(node) + 1])
      where graph.edges[index].kind.mayRun {
        push(graph.edges[index].target)
      }
    }
    results[unit].direct = direct
    results[unit].transitive = transitive
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
