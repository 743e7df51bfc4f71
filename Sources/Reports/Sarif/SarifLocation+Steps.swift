import CallGraph
import Capabilities

extension AnalysisResult {
  /// The locations of a path's steps, for a SARIF flow.
  public func sarifLocations(_ steps: [EvidenceStep], sink: String) -> [SarifLocation] {
    steps.enumerated().map { index, step in
      let node = graph.nodes[Int(step.node)]
      let name = graph.names.string(node.name)
      let isLast = index + 1 == steps.count
      let next = isLast ? sink : graph.names.string(graph.nodes[Int(steps[index + 1].node)].name)
      return SarifLocation(
        file: files[Int(step.position.file)],
        isInWorkspace: node.unit != GraphNode.noUnit && units[Int(node.unit)].isWorkspaceMember,
        line: Int(step.position.line), column: Int(step.position.column), function: name,
        message: SarifLocation.message(kind: step.kind, candidates: step.candidates, from: name, to: next))
    }
  }
}

extension SarifLocation {
  /// What happens at a step.
  static func message(kind: EdgeKind, candidates: UInt32, from function: String, to next: String) -> String {
    "\(function) → \(next) (\(WhyReport.explanation(of: kind, candidates: candidates)))"
  }

  /// Where a finding is shown: the last step that stands in the workspace, for there the reader can change something;
  /// else the last step.
  public static func shown(of locations: [SarifLocation]) -> SarifLocation? {
    let placed = locations.filter { !$0.file.isEmpty }
    return placed.last { $0.isInWorkspace } ?? placed.last
  }
}
