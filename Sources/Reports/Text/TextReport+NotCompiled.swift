import CallGraph
import Capabilities
import SyntacticScan

extension TextReportWriter {
  /// What cfgs left out, by its text: for members of the workspace one by one, for others in sum.
  mutating func writeNotCompiled() {
    guard context.notCompiled.contains(where: { !$0.entries.isEmpty }) else { return }
    line()
    line(style.paint("Not compiled in this build", .heading) + " (what its text shows; not followed, not proven)")
    for unit in result.unitOrder where unit < context.notCompiled.count {
      let entries = context.notCompiled[unit].entries
      guard !entries.isEmpty else { continue }
      let isDetailed = style.verbose || result.units[unit].isWorkspaceMember
      let all = entries.reduce(into: CapabilitySet()) { $0.formUnion($1.mayContain) }
      var words = [counted(entries.count, "item")]
      words += all.isEmpty ? [] : ["that may contain"] + result.taxonomy.orderedNames(all)
      let name = result.crateLabel(unit) + " " + TextStyle.harmless(result.units[unit].version)
      for text in style.wrapped(words, indent: "      ", first: "    \(name): ") { line(text) }
      if isDetailed { writeEntries(entries.filter { !$0.mayContain.isEmpty }) }
    }
  }

  private mutating func writeEntries(_ entries: [NotCompiled]) {
    let shown = style.verbose ? entries.count : 10
    for entry in entries.prefix(shown) {
      let condition = entry.cfg.isEmpty ? "no declaration" : "cfg(\(entry.cfg))"
      let text = TextStyle.harmless("\(entry.what)  \(condition)")
      line("      " + text + "  " + style.paint(TextStyle.harmless("\(entry.file):\(entry.line)"), .position))
      for finding in entry.findings {
        let name = TextStyle.padded(result.taxonomy.name(finding.capability), 16)
        let place = TextStyle.harmless("\(finding.file):\(finding.line)")
        line("        \(name) " + TextStyle.harmless(finding.what) + "  " + style.paint(place, .position))
      }
    }
    if entries.count > shown { line("      and \(entries.count - shown) more (--verbose lists them)") }
  }
}
