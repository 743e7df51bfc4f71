import CallGraph
import Capabilities

// What is unsafe in a crate, and what rules have silenced.
extension TextReportWriter {
  /// How much there is of each, and where it is; with `--verbose` one by one.
  mutating func writeUnsafeUses(_ unit: Int, _ summary: UnitResult) {
    let uses = summary.unsafeUses
    if uses.isEmpty { return }
    let declared: [(UnsafeUse.Kind, String)] = [
      (.block, "unsafe block"), (.function, "unsafe function"), (.implementation, "unsafe impl"),
    ]
    var words: [String] = []
    for (kind, word) in declared {
      let count = uses.count { $0.kind == kind }
      if count > 0 { words.append(counted(count, word) + ",") }
    }
    var counts: [CapabilityID: Int] = [:]
    for use in uses where use.kind == .operation { counts[use.capability, default: 0] += 1 }
    for capability in counts.keys.sorted() {
      words.append("\(result.taxonomy.name(capability)) \(counts[capability] ?? 0),")
    }
    let labelled = uses.count { $0.isLabelled }
    if !result.rules.unsafeLabels.isEmpty { words.append("\(labelled) of \(uses.count) labelled,") }
    let lines = style.wrapped(words, indent: "      ", first: "    unsafe in its own code:")
    for (index, text) in lines.enumerated() { line(index + 1 == lines.count ? String(text.dropLast()) : text) }
    guard style.verbose else { return }
    for use in uses {
      for text in style.wrapped(parts(of: use), indent: "          ", first: "      ") { line(text) }
    }
  }

  private func parts(of use: UnsafeUse) -> [String] {
    let place =
      use.position.line == 0
      ? "(no place known)" : TextStyle.harmless("\(result.files[Int(use.position.file)]):\(use.position.line)")
    let what = use.kind == .operation ? result.taxonomy.name(use.capability) : "unsafe \(use.kind.rawValue)"
    let sink = use.sink == .none ? [] : [TextStyle.harmless(result.graph.names.string(use.sink))]
    let function = TextStyle.harmless(result.graph.names.string(use.function))
    let labels = use.labels.isEmpty ? [] : ["[" + result.taxonomy.names(use.labels).joined(separator: ", ") + "]"]
    return [place + " ", what] + sink + [(use.kind == .implementation ? "" : "in ") + function] + labels
  }

  /// Which capabilities stay in a crate because a rule absolves it.
  mutating func writeAbsolved(_ summary: UnitResult) {
    if summary.absolved.isEmpty { return }
    let words = result.taxonomy.orderedNames(summary.absolved)
    for text in style.wrapped(words, indent: "      ", first: "    absolved by a rule, not passed on:") { line(text) }
  }

  /// What each rule has silenced, summed up over crates; with `--verbose` for each crate.
  mutating func writeSilenced() {
    if result.silenced.isEmpty { return }
    line()
    line(style.paint("Silenced by rules", .heading))
    var rest = result.silenced[...]
    while let first = rest.first {
      let group = rest.prefix { $0.rule == first.rule }
      rest = rest.dropFirst(group.count)
      let rule = result.rules.description(of: first.rule)
      let reason = rule.reason.isEmpty ? "" : ": " + rule.reason
      line("  " + TextStyle.harmless("\(first.rule.kind.rawValue) \(rule.names) (\(rule.origin))\(reason)"))
      var places: [CapabilityID: Int] = [:]
      for silencing in group { places[silencing.capability, default: 0] += silencing.places }
      let words = places.keys.sorted().map {
        "\(result.taxonomy.name($0)) in \(counted(places[$0] ?? 0, "place"))"
      }
      line("    " + words.joined(separator: ", "))
      guard style.verbose else { continue }
      for silencing in group { line("      " + text(of: silencing)) }
    }
  }

  private func text(of silencing: Silencing) -> String {
    let crate = silencing.unit == GraphNode.noUnit ? "" : result.crateLabel(Int(silencing.unit)) + ": "
    let function = TextStyle.harmless(result.graph.names.string(result.graph.nodes[Int(silencing.node)].name))
    let place = TextStyle.harmless("\(result.files[Int(silencing.position.file)]):\(silencing.position.line)")
    return crate + result.taxonomy.name(silencing.capability) + ", first in \(function)  "
      + style.paint(place, .position)
  }
}
