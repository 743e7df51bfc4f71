import CrateFacts
import Project
import RustDump

/// Collects what could not be read or linked, so that reports can state it.
enum GapCollector {
  static func collect(_ link: Linkage, _ input: GraphInput, _ graph: inout CallGraph, _ files: inout SourceFiles) {
    for (index, unit) in input.units.enumerated() {
      addDumpStates(index, unit, &graph)
      addDumpGaps(index, input.facts[index], &graph)
    }
    addUnresolvedCalls(link, &graph, &files)
    addUnresolvedInStandard(link, &graph, files)
    addLimits(link, input, &graph, &files)
  }

  private static func addDumpStates(_ index: Int, _ unit: Unit, _ graph: inout CallGraph) {
    for form in [DumpForm.mir, .expanded] where unit.dumpStates[form] != .ok {
      let why = unit.errors.first ?? "the dump is not there"
      graph.gaps.append(
        GraphGap(kind: .unreadable, unit: UInt32(index), what: form.rawValue, file: unit.rootFile, line: 0, why: why))
    }
  }

  private static func addDumpGaps(_ index: Int, _ facts: UnitFacts, _ graph: inout CallGraph) {
    let forms = ["mir", "hir", "expanded", "unit.json"]
    for gap in facts.gaps {
      graph.gaps.append(
        GraphGap(
          kind: .unreadable, unit: UInt32(index), what: facts.store.names.string(NameID(gap.what)),
          file: forms[Int(min(gap.dump, 3))], line: gap.line, why: facts.store.names.string(NameID(gap.why))))
    }
    if facts.membersWithoutImpl > 0 {
      graph.gaps.append(
        GraphGap(
          kind: .unlinked, unit: UInt32(index), what: "\(facts.membersWithoutImpl) members of impls", file: "mir",
          line: 0, why: "no impl of the expanded source has them"))
    }
  }

  /// Calls of what no unit and no table has: by name, or of an operand whose type is not known.
  private static func addUnresolvedCalls(_ link: Linkage, _ graph: inout CallGraph, _ files: inout SourceFiles) {
    var seen: Set<String> = []
    for node in graph.nodes.indices where graph.nodes[node].unit != GraphNode.noUnit {
      for edge in graph.edges(of: node) {
        let target = graph.nodes[Int(edge.target)]
        guard target.flags.contains(.unknownStandardPath) else { continue }
        let name = graph.names.string(target.name)
        let key = "\(graph.nodes[node].unit) \(edge.position.file) \(edge.position.line) \(name)"
        guard seen.insert(key).inserted else { continue }
        // A path of another version of std may still be one that the sink table knows: it is judged there.
        guard !["std::", "core::", "alloc::"].contains(where: { name.hasPrefix($0) }) else { continue }
        graph.gaps.append(
          GraphGap(
            kind: .unlinked, unit: graph.nodes[node].unit, what: name,
            file: files.names[Int(edge.position.file)], line: edge.position.line,
            why: "the callee could not be resolved",
            node: UInt32(node)))
      }
    }
    for call in link.edges.unresolvedOperands {
      let position = files.position(ofSite: call.place.site, Int(call.place.unit), link.program)
      graph.gaps.append(
        GraphGap(
          kind: .unlinked, unit: call.place.unit, what: "a call of an operand", file: files.names[Int(position.file)],
          line: position.line, why: "the type of the operand is not known", node: call.node))
    }
  }

  /// Calls in std's bodies on types that are not known, and std's bodies whose arguments nest too deep: one gap a unit, for
  /// most are of generic machinery that runs nothing of the crates.
  private static func addUnresolvedInStandard(_ link: Linkage, _ graph: inout CallGraph, _ files: SourceFiles) {
    var stated: [UInt32: String] = [:]
    for (node, callee) in link.edges.unresolvedInStandard { stated[node] = callee }
    if let standard = link.edges.standard {
      for (node, instance) in link.edges.instances.instances.enumerated() where instance.kind == .body {
        guard standard.isStandard(body: instance.body), link.edges.deepBodies.contains(instance.body) else { continue }
        stated[UInt32(node)] = graph.names.string(graph.nodes[node].name)
      }
    }
    guard !stated.isEmpty else { return }
    for (unit, found) in callsByStandard(stated, graph, files).sorted(by: { $0.key < $1.key }) {
      graph.gaps.append(
        GraphGap(
          kind: .limit, unit: unit, what: "\(found.first.callee), called by std", file: found.first.file,
          line: found.first.line,
          why: "on a type that is not known, so it is not followed; the first of \(found.count) such calls"))
    }
  }

  /// For each unit the places that lead to functions of std: the first in the order of the sources, and how many there are.
  private static func callsByStandard(
    _ stated: [UInt32: String], _ graph: CallGraph, _ files: SourceFiles
  ) -> [UInt32: (first: StandardUsers.Place, count: Int)] {
    struct Line: Hashable {
      var unit: UInt32
      var file: UInt32
      var line: UInt32
    }
    var users = StandardUsers(graph)
    var places: [UInt32: (first: StandardUsers.Place, count: Int)] = [:]
    for (callee, nodes) in Dictionary(grouping: stated.keys, by: { stated[$0] ?? "" }) {
      var seen: Set<Line> = []
      for use in users.uses(of: nodes) {
        let unit = graph.nodes[Int(use.node)].unit
        guard seen.insert(Line(unit: unit, file: use.position.file, line: use.position.line)).inserted else { continue }
        let place = StandardUsers.Place(
          file: files.names[Int(use.position.file)], line: use.position.line, callee: callee)
        let known = places[unit]
        places[unit] = (first: min(known?.first ?? place, place), count: (known?.count ?? 0) + 1)
      }
    }
    return places
  }

  private static func addLimits(
    _ link: Linkage, _ input: GraphInput, _ graph: inout CallGraph, _ files: inout SourceFiles
  ) {
    for (unit, crates) in link.lowering.cratesAlike.sorted(by: { $0.key < $1.key }) {
      for crate in crates.sorted() {
        graph.gaps.append(
          GraphGap(
            kind: .limit, unit: UInt32(unit), what: "names in crates called \(crate)", file: input.units[unit].rootFile,
            line: 0, why: "MIR prints several crates of this name alike: each is taken to be meant"))
      }
    }
    for body in link.edges.deepBodies.sorted() where link.edges.standard?.isStandard(body: body) != true {
      let position = files.position(ofBody: body, link.program)
      graph.gaps.append(
        GraphGap(
          kind: .limit, unit: UInt32(link.program.unit(ofBody: body)), what: link.names.path(ofBody: body),
          file: files.names[Int(position.file)], line: position.line,
          why: "its type arguments nest deeper than \(EdgeBuilder.depthLimit); the deepest were left open"))
    }
  }
}
