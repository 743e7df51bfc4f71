import CallGraph
import Capabilities

// One line at the end, for whoever reads only that: a log of CI, a script.
extension TextReportWriter {
  /// What the members of the workspace reach, phase by phase, and what to look at. It is never broken.
  mutating func writeSummary() {
    let members = result.unitOrder.filter { result.units[$0].isWorkspaceMember }
    let packages = Set(result.units.map { "\($0.package) \($0.version)" }).count
    var parts = [
      result.isComplete ? "complete" : style.paint("INCOMPLETE", .warning), counted(packages, "package"),
    ]
    for phase in ["run", "build-script", "proc-macro"] {
      let units = members.filter { result.units[$0].runsIn.contains(phase) }
      if units.isEmpty { continue }
      var reached = CapabilitySet()
      for unit in units {
        reached.formUnion(result.unitResults[unit].direct)
        reached.formUnion(result.unitResults[unit].transitive)
      }
      let names = reached.map { result.taxonomy.name($0) + (result.taxonomy.everything.contains($0) ? "!" : "") }
      parts.append("\(phase): " + (names.isEmpty ? "nothing" : names.joined(separator: " ")))
    }
    let risks = result.risks.count { result.units[$0.unit].isWorkspaceMember }
    if risks > 0 { parts.append(counted(risks, "combination") + " to look at") }
    if result.graph.coverage.unresolved > 0 {
      parts.append(counted(result.graph.coverage.unresolved, "unresolved call"))
    }
    line(style.paint("Summary:", .heading) + " " + parts.joined(separator: "; "))
  }
}
