import CallGraph
import Capabilities

extension TextReportWriter {
  /// What one rule says of one function in which all parts come together, whoever reaches it.
  private struct Group {
    var first: Risk
    var others: [Risk] = []
  }

  /// The combinations that risk rules point out. What several crates reach through one function is told once, of the
  /// crate whose code that function is; what only long chains of possibilities lead to is named in one line.
  mutating func writeRisks() {
    if result.risks.isEmpty { return }
    line()
    line(style.paint("Combinations to look at", .heading))
    line("  (what is possible, not that anything is wrong)")
    let all = groups()
    let shown = style.verbose ? all : all.filter { Self.isLikely($0.first) }
    var rule = ""
    for group in shown {
      if group.first.rule.name != rule {
        rule = group.first.rule.name
        line()
        let words = TextStyle.harmless(group.first.rule.why).split(separator: " ").map(String.init)
        let lines = style.wrapped(words, indent: "    ", first: "  " + style.paint(rule, .warning) + ":")
        for text in lines { line(text) }
      }
      write(group)
    }
    if shown.count < all.count { writeUnlikely(all.filter { !Self.isLikely($0.first) }) }
  }

  /// Whether each path is one of few.
  private static func isLikely(_ risk: Risk) -> Bool {
    risk.paths.allSatisfy { $0.possibilities <= RiskPath.fewPossibilities }
  }

  private mutating func writeUnlikely(_ groups: [Group]) {
    line()
    let title = "only through steps that may as well lead to many others (--verbose shows the paths):"
    for text in style.wrapped(title.split(separator: " ").map(String.init), indent: "  ", first: "  ") { line(text) }
    var names: [(rule: String, crates: [String])] = []
    for group in groups {
      if names.last?.rule != group.first.rule.name { names.append((group.first.rule.name, [])) }
      for risk in [group.first] + group.others {
        let crate = result.crateLabel(risk.unit)
        if names[names.count - 1].crates.contains(crate) { continue }
        names[names.count - 1].crates.append(crate)
      }
    }
    for (rule, crates) in names {
      let words = crates.enumerated().map { $0.offset + 1 == crates.count ? $0.element : $0.element + "," }
      for text in style.wrapped(words, indent: "        ", first: "    \(rule):") { line(text) }
    }
  }

  private func groups() -> [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for risk in result.risks {
      let meeting = result.graph.names.string(result.graph.nodes[Int(risk.meeting)].name)
      let key = "\(risk.rule.name) \(risk.phase == "run") \(meeting)"
      guard let place = places[key] else {
        places[key] = groups.count
        groups.append(Group(first: risk))
        continue
      }
      if isOwn(risk), !isOwn(groups[place].first) {
        groups[place].others.append(groups[place].first)
        groups[place].first = risk
      } else {
        groups[place].others.append(risk)
      }
    }
    return groups
  }

  /// Whether the function in which all parts come together is the crate's own.
  private func isOwn(_ risk: Risk) -> Bool { result.graph.nodes[Int(risk.meeting)].unit == UInt32(risk.unit) }

  private mutating func write(_ group: Group) {
    let risk = group.first
    let paths = PathLine(result: result, style: style)
    let entry = paths.name(result.graph.entryPoints[risk.entry].node)
    let more = risk.entryCount > 1 ? " and \(counted(risk.entryCount - 1, "more entry point"))" : ""
    let title = "\(result.crateLabel(risk.unit)) \(TextStyle.harmless(result.units[risk.unit].version))"
    let words = "\(entry)\(more)".split(separator: " ").map(String.init)
    for text in style.wrapped(words, indent: "      ", first: "    \(style.paint(title, .heading)):") { line(text) }
    let meeting = result.graph.entryPoints[risk.entry].node == risk.meeting
    if !meeting { line("      they come together in \(paths.name(risk.meeting))") }
    for path in risk.paths { write(path, after: risk.meeting) }
    if !group.others.isEmpty {
      let labels = group.others.map { result.crateLabel($0.unit) }
      var seen: Set<String> = []
      let words = labels.filter { seen.insert($0).inserted }.map { $0 + "," }
      let lines = style.wrapped(words, indent: "        ", first: "      also reached from:")
      for text in lines.dropLast() { line(text) }
      line(String((lines.last ?? "").dropLast()))
    }
  }

  /// One line for the way from the function in which all parts come together to one of them.
  private mutating func write(_ path: RiskPath, after meeting: UInt32) {
    let paths = PathLine(result: result, style: style)
    let start = path.steps.lastIndex { $0.node == meeting } ?? 0
    let label = TextStyle.padded(path.need.name, 11) + (path.isCertain ? "" : " (may)")
    let room = style.width - 8 - label.count
    let chain = paths.chain(Array(path.steps[start...]), sink: path.sink, width: room)
    let position = path.steps.last.map(paths.position) ?? ""
    if chain.count <= room {
      let fits = chain.count + 2 + position.count <= room
      line("      \(label) \(chain)" + (fits ? "  " + style.paint(position, .position) : ""))
      if !fits { line("          " + style.paint(position, .position)) }
    } else {
      line("      \(label)")
      for text in paths.lines(Array(path.steps[start...]), sink: path.sink, indent: "        ") { line(text) }
      line("          " + style.paint(position, .position))
    }
  }
}
