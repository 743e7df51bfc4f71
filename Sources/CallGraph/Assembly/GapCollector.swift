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
    addLimits(link, &graph, &files)
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

  private static func addUnresolvedCalls(_ link: Linkage, _ graph: inout CallGraph, _ files: inout SourceFiles) {
    var seen: Set<SiteReference> = []
    for call in link.edges.unresolvedCalls where seen.insert(call.place).inserted {
      let position = files.position(ofSite: call.place.site, Int(call.place.unit), link.program)
      graph.gaps.append(
        GraphGap(
          kind: .unlinked, unit: call.place.unit, what: link.program.string(call.text),
          file: files.names[Int(position.file)], line: position.line, why: "the callee could not be resolved",
          node: call.node))
    }
  }

  private static func addLimits(_ link: Linkage, _ graph: inout CallGraph, _ files: inout SourceFiles) {
    for body in link.edges.deepBodies.sorted() {
      let position = files.position(ofBody: body, link.program)
      graph.gaps.append(
        GraphGap(
          kind: .limit, unit: UInt32(link.program.unit(ofBody: body)), what: link.names.path(ofBody: body),
          file: files.names[Int(position.file)], line: position.line,
          why: "its type arguments nest deeper than \(EdgeBuilder.depthLimit); the deepest were left open"))
    }
  }
}
