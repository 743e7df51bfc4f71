import Policy

extension DifferenceReport {
  /// For people: `+` came, `-` went.
  public func writeText(style: TextStyle, to output: inout ByteOutput) {
    var writer = DifferenceTextWriter(report: self, style: style, output: output)
    writer.write()
    output = writer.output
  }
}

private struct DifferenceTextWriter {
  let report: DifferenceReport
  let style: TextStyle
  var output: ByteOutput
  private var difference: Difference { report.difference }
  /// How many entry points are named of each change.
  private var mostNames: Int { style.verbose ? Int.max : 6 }

  init(report: DifferenceReport, style: TextStyle, output: ByteOutput) {
    self.report = report
    self.style = style
    self.output = output
  }

  private mutating func line(_ text: String = "") {
    output.append(text)
    output.append("\n")
  }

  mutating func write() {
    if style.quiet { return line("Added: \(report.summary)") }
    line(
      style.paint("mircap \(report.toolVersion)", .heading)
        + TextStyle.harmless(" · from \(difference.oldName) to \(difference.newName)"))
    for (name, isComplete) in [
      (difference.oldName, difference.oldIsComplete), (difference.newName, difference.newIsComplete),
    ] where !isComplete {
      line(style.paint(TextStyle.harmless("INCOMPLETE: code of \(name) could not be analysed"), .warning))
    }
    list("Versions", difference.versions.map { "\($0.crate) \($0.old) → \($0.new)" })
    list("Crates that came", difference.addedCrates)
    list("Crates that went", difference.removedCrates)
    writeRisks()
    let sections = report.sections
    for section in sections where style.verbose || !section.isThroughOthersOnly { write(section) }
    if !style.verbose { writeThroughOthers(sections.filter(\.isThroughOthersOnly)) }
    line()
    if difference.isEmpty { line("No differences.") }
    line("Added: \(report.summary)")
  }

  private mutating func list(_ title: String, _ words: [String]) {
    if words.isEmpty { return }
    line()
    let harmless = words.map(TextStyle.harmless)
    let shown = harmless.enumerated().map { $0.offset + 1 == words.count ? $0.element : $0.element + "," }
    let texts = style.wrapped(shown, indent: "  ", first: title + ":")
    for text in texts { line(text) }
  }

  private mutating func writeRisks() {
    if difference.addedRisks.isEmpty, difference.removedRisks.isEmpty { return }
    line()
    line(style.paint("Combinations to look at", .heading))
    line("  (what is possible, not that anything is wrong)")
    let (likely, unlikely) = report.addedRisks
    for risk in style.verbose ? difference.addedRisks : likely {
      let entry = risk.entry.isEmpty ? "" : " from \(risk.entry)"
      let words = TextStyle.harmless("\(risk.crate) \(risk.version)\(entry): \(risk.why)").split(separator: " ")
        .map(String.init)
      let first = "  + " + style.paint(TextStyle.harmless(risk.rule), .warning)
      for text in style.wrapped(words, indent: "      ", first: first) { line(text) }
    }
    if !unlikely.isEmpty, !style.verbose {
      let words = unlikely.map { TextStyle.harmless("\($0.rule) (\($0.crate))") }
      let first = "  + through steps that may as well lead to many others:"
      for text in style.wrapped(words, indent: "      ", first: first) { line(text) }
    }
    for risk in difference.removedRisks {
      line(TextStyle.harmless("  - \(risk.rule) \(risk.crate) \(risk.version)"))
    }
  }

  private mutating func write(_ section: DifferenceReport.Section) {
    line()
    line(
      style.paint(report.title(section.first), .heading) + ", " + DifferenceReport.words(section.first.phase))
    for change in section.changes {
      switch change.subject {
      case .capability: writeCapabilities(change, section)
      case .entry: writeEntries(change)
      case .unsafeOperation:
        for count in change.counts {
          line("  \(count.new > count.old ? "+" : "-") \(count.name): \(count.old) → \(count.new)")
        }
      case .buildScript: line("  \(change.added.isEmpty ? "-" : "+") build script")
      case .dependency, .link, .symbol:
        for (sign, names) in [("+", change.added), ("-", change.removed)] where !names.isEmpty {
          let words = names.map(TextStyle.harmless)
          let title = "  \(sign) \(word(change.subject))"
          for text in style.wrapped(words, indent: "      ", first: title) { line(text) }
        }
      }
    }
  }

  private func word(_ subject: Difference.Subject) -> String {
    switch subject {
    case .dependency: "depends on"
    case .link: "links"
    case .symbol: "symbols"
    case .capability, .entry, .buildScript, .unsafeOperation: subject.rawValue
    }
  }

  private mutating func writeCapabilities(_ change: Difference.Change, _ section: DifferenceReport.Section) {
    let scope = change.scope.map(DifferenceReport.words) ?? ""
    for name in report.untold(change.added, change, in: section) {
      let isPowerful = report.amountsToEverything(name)
      let label = TextStyle.padded(TextStyle.harmless(name) + (isPowerful ? "!" : ""), 18)
      line("  + " + style.paint(label, isPowerful ? .powerful : .capability) + " " + scope)
      let paths = change.evidence.filter { $0.evidence.capability == name }
      for item in paths.prefix(style.verbose ? paths.count : 1) { write(item) }
    }
    for name in report.untold(change.removed, change, in: section) {
      line("  - " + TextStyle.padded(TextStyle.harmless(name), 18) + " " + gone(change))
    }
  }

  /// Packages that are as they were and reach more through others, in a line each.
  private mutating func writeThroughOthers(_ sections: [DifferenceReport.Section]) {
    if sections.isEmpty { return }
    line()
    let title = "The same as before, but reach more or less through others (--verbose shows the paths):"
    for text in style.wrapped(title.split(separator: " ").map(String.init), indent: "  ") { line(text) }
    for section in sections {
      let added = Set(section.changes.flatMap(\.added)).sorted().map { "+" + TextStyle.harmless($0) }
      let removed = Set(section.changes.flatMap(\.removed)).sorted().map { "-" + TextStyle.harmless($0) }
      let first = "  \(report.title(section.first)), \(DifferenceReport.words(section.first.phase)):"
      for text in style.wrapped(added + removed, indent: "      ", first: first) { line(text) }
    }
  }

  private func gone(_ change: Difference.Change) -> String {
    switch change.scope {
    case .direct: "not by the crate's own code any more"
    case .contained: "not in its code any more"
    case .reachable, .entry, nil: "not reached any more"
    }
  }

  private mutating func write(_ item: Difference.ChangedEvidence) {
    let lines = PathLine.lines(DifferenceReport.names(item), style: style, indent: "      ")
    for text in lines.dropLast() { line(text) }
    let last = (lines.last ?? "") + (item.evidence.isCertain ? "" : "  (may)")
    let position = DifferenceReport.position(item)
    let fits = last.count + 2 + position.count <= style.width
    line(last + (fits && !position.isEmpty ? "  " + style.paint(position, .position) : ""))
    if !fits { line("        " + style.paint(position, .position)) }
  }

  private mutating func writeEntries(_ change: Difference.Change) {
    for (sign, names) in [("+", change.added), ("-", change.removed)] where !names.isEmpty {
      for name in names.prefix(mostNames) {
        let capabilities = Set(change.evidence.filter { $0.evidence.entry == name }.map(\.evidence.capability)).sorted()
        let reached = capabilities.isEmpty || sign == "-" ? "" : "  (\(capabilities.joined(separator: ", ")))"
        line("  \(sign) entry point \(TextStyle.harmless(name + reached))")
      }
      if names.count > mostNames {
        line("  \(sign) and \(names.count - mostNames) more entry points (--verbose lists them)")
      }
    }
  }
}
