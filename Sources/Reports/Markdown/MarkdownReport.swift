import CallGraph
import Capabilities

/// `mircap analyze --format markdown`: a summary for pull requests and issues. It tells members of the workspace path by
/// path and the rest in counts; services cut comments at about 65,000 characters.
public enum MarkdownReport {
  /// Writes the summary.
  public static func write(_ result: AnalysisResult, context: ReportContext, to output: inout ByteOutput) {
    var report = MarkdownReportWriter(result: result, context: context, output: output)
    report.write()
    output = report.output
  }
}

private struct MarkdownReportWriter {
  let result: AnalysisResult
  let context: ReportContext
  var output: ByteOutput

  private static let mostRows = 150
  private static let mostRisks = 30

  mutating func write() {
    let members = result.unitOrder.filter { result.units[$0].isWorkspaceMember }
    output.append("## What this code can do\n\n")
    if !result.isComplete {
      output.append("> [!WARNING]\n> Some code could not be analysed: see “Not analysed” in the full report.\n\n")
    }
    for (phase, title) in [
      ("run", "At run time"), ("build-script", "While building"), ("proc-macro", "While compiling"),
    ] { writeTable(members.filter { result.units[$0].runsIn.contains(phase) }, title) }
    writeRisks()
    writeDependencies()
    writeFooter()
  }

  private mutating func writeTable(_ units: [Int], _ title: String) {
    if units.isEmpty { return }
    output.append("### \(title)\n\n| crate | capability | entry point → what does it |\n| --- | --- | --- |\n")
    var rows = 0
    var left = 0
    for unit in units {
      let groups = BestEvidence.perCapability(result, unit: unit, ambientOnly: context.ambientOnly)
      if groups.isEmpty { output.append(MarkdownText.row([label(unit), "nothing outside", ""])) }
      for group in groups {
        guard rows < Self.mostRows else {
          left += 1
          continue
        }
        rows += 1
        writeRow(group, unit)
      }
    }
    if left > 0 { output.append("\n\(left) more rows are in the full report.\n") }
    output.append("\n")
  }

  private mutating func writeRow(_ group: BestEvidence, _ unit: Int) {
    let steps = result.steps(of: group.best)
    let paths = PathLine(result: result, style: TextStyle())
    let everything = result.taxonomy.everything.contains(group.best.capability) ? " :warning:" : ""
    let may = group.best.path.isCertain ? "" : " (may)"
    let position = steps.last.map(paths.position) ?? ""
    let chain = paths.chain(steps, sink: result.sink(of: group.best.path).name, width: 110)
    output.append(
      MarkdownText.row([
        label(unit), MarkdownText.code(result.taxonomy.name(group.best.capability)) + everything + may,
        MarkdownText.code(chain) + (position.isEmpty ? "" : " " + MarkdownText.code(position)),
      ]))
  }

  private func label(_ unit: Int) -> String {
    let described = result.units[unit]
    let kind = described.target == "bin" ? " (bin \(described.targetName))" : ""
    return MarkdownText.plain("\(result.crateLabel(unit)) \(described.version)\(kind)")
  }

  private mutating func writeRisks() {
    let risks = result.risks.filter { result.units[$0.unit].isWorkspaceMember }
    if risks.isEmpty { return }
    output.append("### Combinations to look at\n\nThey say what is possible, not that anything is wrong.\n\n")
    for risk in risks.prefix(Self.mostRisks) {
      let entry = result.graph.names.string(result.graph.nodes[Int(result.graph.entryPoints[risk.entry].node)].name)
      let sinks = risk.paths.map { MarkdownText.code($0.sink) }.joined(separator: ", ")
      output.append(
        "- **\(MarkdownText.plain(risk.rule.name))** in \(label(risk.unit)): \(MarkdownText.code(entry)) reaches \(sinks);"
          + " \(MarkdownText.plain(risk.rule.why)).\n")
    }
    if risks.count > Self.mostRisks { output.append("- and \(risks.count - Self.mostRisks) more\n") }
    output.append("\n")
  }

  private mutating func writeDependencies() {
    let others = result.unitOrder.filter { !result.units[$0].isWorkspaceMember }
    if others.isEmpty { return }
    var users: [CapabilityID: [String]] = [:]
    for unit in others {
      for capability in result.unitResults[unit].direct { users[capability, default: []].append(label(unit)) }
    }
    output.append("<details><summary>Dependencies by the capabilities of their own code</summary>\n\n")
    output.append("| capability | crates |\n| --- | --- |\n")
    for capability in users.keys.sorted() {
      var seen: Set<String> = []
      let labels = (users[capability] ?? []).filter { seen.insert($0).inserted }
      let more = labels.count > 20 ? " and \(labels.count - 20) more" : ""
      output.append(
        MarkdownText.row([
          MarkdownText.code(result.taxonomy.name(capability)), labels.prefix(20).joined(separator: ", ") + more,
        ]))
    }
    output.append("\n</details>\n\n")
  }

  private mutating func writeFooter() {
    let coverage = result.graph.coverage
    output.append(
      "\(result.units.count) units, \(coverage.functions) functions, \(coverage.calls) calls,"
        + " \(coverage.unresolved) of them unresolved. :warning: amounts to everything: who has it can do anything."
        + " mircap \(context.toolVersion)\n")
  }
}
