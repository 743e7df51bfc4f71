import CallGraph
import Capabilities
import Project

/// Compares the call graph of a program with its machine code.
public enum Verification {
  /// Compares.
  ///
  /// - Parameters:
  ///   - result: with a graph that was built with `linkerNames`, in which *reached* counts from the program's `main`.
  ///   - units: the units of the graph, in its order.
  ///   - root: the unit of the program.
  ///   - binary: the linked program.
  ///   - linked: the crates that were linked; empty if that is not known.
  public static func run(
    result: AnalysisResult, units: [Unit], root: Int, binary: LinkedBinary, linked: [LinkedCrate]
  ) -> Comparison {
    let graph = result.graph
    let crates =
      linked.isEmpty
      ? CrateMap(guessingFrom: binary, graph: graph, units: units, root: root)
      : CrateMap(crates: linked, units: units, root: root, aliases: graph.linkerAliases)
    let index = MachineIndex(graph: graph, binary: binary, crates: crates)
    var comparison = Comparison()
    comparison.isExact = crates.isExact
    comparison.missingCrates = index.missingCrates.sorted()
    FunctionComparison(index, ReasonFinder(index)).fill(&comparison)
    var edges = EdgeComparison(index)
    edges.compareMachineEdges(&comparison)
    edges.compareGraphEdges(&comparison)
    edges.compareForeign(&comparison)
    edges.compareEvidence(evidence(of: root, result), &comparison)
    comparison.unresolvedCalls = Comparison.Ratio(part: graph.coverage.unresolved, whole: graph.coverage.calls)
    comparison.unresolved = unresolved(graph)
    return comparison
  }

  /// Gaps in the code of functions are calls that could not be resolved.
  private static func unresolved(_ graph: CallGraph) -> [Comparison.UnresolvedCall] {
    graph.gaps.filter { $0.kind == .unlinked && $0.node != nil }.map { gap in
      Comparison.UnresolvedCall(callee: gap.what, file: gap.file, line: Int(gap.line), why: gap.why)
    }.sorted { ($0.file, $0.line, $0.callee) < ($1.file, $1.line, $1.callee) }
  }

  /// The paths from the program's `main` and from what runs before it.
  private static func evidence(of root: Int, _ result: AnalysisResult) -> [[EdgeComparison.PathStep]] {
    result.evidence.filter { result.graph.entryPoints[Int($0.entry)].unit == UInt32(root) }.map { evidence in
      result.steps(of: evidence).map {
        EdgeComparison.PathStep(
          node: Int($0.node), kind: $0.kind, candidates: $0.candidates, isConstantFalse: $0.isConstantFalse)
      }
    }
  }
}
