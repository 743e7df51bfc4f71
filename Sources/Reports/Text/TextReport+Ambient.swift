import CallGraph
import Capabilities

// The list for a review for least authority: module by module what acquires by itself.
extension TextReportWriter {
  mutating func writeAmbient() {
    let uses = AmbientUses(result)
    let shown = result.unitOrder.filter { style.verbose || result.units[$0].isWorkspaceMember }
    line()
    line(style.paint("What acquires by itself, by module", .heading))
    if shown.isEmpty { line("  no member of the workspace is among what was analysed") }
    for unit in shown {
      let found = uses.uses(ofUnit: unit)
      line()
      line("  " + style.paint(result.crateLabel(unit), .heading) + (found.isEmpty ? "  nothing" : ""))
      var module: String?
      for use in found {
        if use.module != module {
          module = use.module
          line("    " + TextStyle.harmless(use.module))
        }
        for text in style.wrapped(words(of: use), indent: "          ", first: "      ") { line(text) }
      }
    }
  }

  private func words(of use: AmbientUse) -> [String] {
    let file = TextStyle.harmless(result.files[Int(use.position.file)])
    let place = file.isEmpty ? "" : "\(file):\(use.position.line)"
    let sink = TextStyle.harmless(result.sites.sinks[Int(use.sink)].name)
    let function = TextStyle.harmless(result.graph.names.string(use.function))
    let names = result.taxonomy.orderedNames(use.capabilities).joined(separator: ", ")
    return [names, "·", sink, "in " + function, place] + (use.isReached ? [] : ["(no path found)"])
  }
}
