import CallGraph
import Capabilities
import SyntacticScan

extension TextReportWriter {
  /// What cfgs left out, by its text: for members of the workspace one by one, for others in sum.
  mutating func writeNotCompiled() {
    guard context.notCompiled.contains(where: { !$0.entries.isEmpty }) else { return }
    line()
    line(style.paint("Not compiled in this build", .heading) + " (what its text shows; not followed, not proven)")
    var told: Set<String> = []
    var silent: [String] = []
    for unit in result.unitOrder where unit < context.notCompiled.count {
      let entries = context.notCompiled[unit].entries
      guard !entries.isEmpty else { continue }
      let name = result.crateLabel(unit) + " " + TextStyle.harmless(result.units[unit].version)
      let all = entries.reduce(into: CapabilitySet()) { $0.formUnion($1.mayContain) }
      if all.isEmpty {
        silent.append("\(name) (\(entries.count)),")
        continue
      }
      let words = [counted(entries.count, "item"), "that may contain"] + result.taxonomy.orderedNames(all)
      let lines = style.wrapped(words, indent: "      ", first: "    \(name): ")
      let isDetailed = style.verbose || result.units[unit].isWorkspaceMember
      // A package that is compiled twice, for programs and for build scripts, leaves the same out.
      guard told.insert(lines.joined()).inserted || isDetailed else { continue }
      for text in lines { line(text) }
      if isDetailed { writeEntries(entries.filter { !$0.mayContain.isEmpty }) }
    }
    writeSilent(silent)
  }

  /// The crates whose left-out code shows nothing.
  private mutating func writeSilent(_ names: [String]) {
    var seen: Set<String> = []
    let distinct = names.filter { seen.insert($0).inserted }
    if distinct.isEmpty { return }
    for text in style.wrapped(distinct, indent: "      ", first: "    items that show nothing: ") {
      line(text.hasSuffix(",") && text.contains(distinct.last ?? "") ? String(text.dropLast()) : text)
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
