import CallGraph
import Capabilities

extension TextReportWriter {
  /// What was not analysed: kinds that hide code first, the first few of each, all with `--verbose`.
  mutating func writeGaps() {
    let gaps = result.unitOrder.flatMap { unit in result.unitResults[unit].gaps }
    if gaps.isEmpty { return }
    line()
    line(style.paint("Not analysed", .heading))
    for (kind, title) in [
      (GraphGap.Kind.unreadable, "could not be read"), (.unlinked, "could not be linked"),
      (.unknownStandard, "parts of the standard library that the tables do not know"),
      (.nativeCode, "native code"), (.limit, "documented limits"),
    ] {
      let ofKind = gaps.filter { $0.kind == kind }
      if !ofKind.isEmpty { writeGaps(ofKind, kind, title) }
    }
  }

  private mutating func writeGaps(_ gaps: [GraphGap], _ kind: GraphGap.Kind, _ title: String) {
    line("  " + style.paint("\(kind.rawValue): \(gaps.count) \(title)", kind.makesIncomplete ? .warning : .dim))
    let shown = style.verbose ? gaps.count : kind.makesIncomplete ? 10 : 3
    for gap in gaps.prefix(shown) {
      let crate = result.crateLabel(Int(gap.unit))
      let position = gap.file.isEmpty ? "" : TextStyle.harmless("  \(gap.file):\(gap.line)")
      let words = TextStyle.harmless("\(gap.what): \(gap.why)").split(separator: " ").map(String.init)
      let lines = style.wrapped(words, indent: "      ", first: "    \(crate): ")
      for text in lines.dropLast() { line(text) }
      let last = lines.last ?? ""
      let fits = last.count + position.count <= style.width
      line(last + (fits ? style.paint(position, .position) : ""))
      if !fits { line("      " + style.paint(String(position.dropFirst(2)), .position)) }
    }
    if gaps.count > shown { line("    and \(gaps.count - shown) more (--verbose lists them)") }
  }
}
