import SyntacticScan

extension CompareReport {
  private static let shownRows = 5

  /// The scores at three levels, by capability and by crate, then why one side says what the other does not, with
  /// examples.
  public func writeText(_ style: TextStyle, to output: inout ByteOutput) {
    for (index, comparison) in comparisons.enumerated() {
      if index > 0 { output.append("\n") }
      write(comparison, style, &output)
    }
    if !isComplete {
      output.append(
        style.paint("The analysis is not complete: ", .warning)
          + "code is missing that could do more (mircap analyze says what), so that the scanner may be right where it says more.\n"
      )
    }
  }

  private func write(_ comparison: ScannerComparison, _ style: TextStyle, _ output: inout ByteOutput) {
    output.append(
      style.paint("\(TextStyle.harmless(comparison.tool)) compared with mircap's evidence", .heading) + "\n")
    writeIntroduction(comparison, style, &output)
    output.append("\n" + Self.head("level"))
    for level in ScannerComparison.Level.allCases {
      output.append(Self.line(Self.title(level), comparison.counts(level)))
    }
    writeReferee(comparison, &output)
    let byCapability = Self.counts(comparison, Self.mainLevel) { $0.capability }
    writeTable("by capability (what crates reach)", byCapability, style, &output)
    let byCrate = Self.counts(comparison, Self.mainLevel) { comparison.subjects[$0.subject].name }
    let members = Set(comparison.subjects.filter(\.isWorkspaceMember).map(\.name))
    let shown = style.verbose ? byCrate : byCrate.filter { members.contains($0.name) }
    writeTable("by crate (what they reach)", shown, style, &output)
    if shown.count < byCrate.count {
      output.append("  \(byCrate.count - shown.count) crates outside of the workspace: --verbose shows them\n")
    }
    for level in ScannerComparison.Level.allCases.reversed() {
      writeCauses(comparison, level, .falsePositive, style, &output)
      writeCauses(comparison, level, .falseNegative, style, &output)
    }
  }

  private func writeIntroduction(_ comparison: ScannerComparison, _ style: TextStyle, _ output: inout ByteOutput) {
    var parts = ["\(comparison.claims) findings (\(comparison.form))"]
    if comparison.foreignClaims > 0 { parts.append("\(comparison.foreignClaims) of packages that were not analysed") }
    if comparison.unplacedClaims > 0 { parts.append("\(comparison.unplacedClaims) without a known place") }
    if comparison.silentClaims > 0 { parts.append("\(comparison.silentClaims) that name no capability") }
    output.append("  " + parts.joined(separator: "; ") + "\n")
    if !comparison.unknownWords.isEmpty {
      let words = comparison.unknownWords.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
      let lines = style.wrapped(
        words.map(TextStyle.harmless), indent: "    ", first: "  words that are not known, not compared: ")
      output.append(lines.joined(separator: "\n") + "\n")
    }
  }

  private func writeReferee(_ comparison: ScannerComparison, _ output: inout ByteOutput) {
    guard !comparison.program.isEmpty else { return }
    output.append("\n" + Self.head("mircap itself, by \(TextStyle.harmless(comparison.program))"))
    for level in ScannerComparison.Level.allCases {
      if let counts = comparison.analysis[level] { output.append(Self.line(Self.title(level), counts)) }
    }
  }

  private static func title(_ level: ScannerComparison.Level) -> String {
    switch level {
    case .reach: "crates: what they reach"
    case .own: "crates: what their own code does"
    case .place: "places in their code"
    }
  }

  private static let titleWidth = 36

  private static func head(_ title: String) -> String {
    TextStyle.padded("  " + title, titleWidth) + "    both  scanner only  mircap only   precision      recall\n"
  }

  private static func line(_ title: String, _ counts: ScannerComparison.Counts) -> String {
    func number(_ value: Int, _ width: Int) -> String {
      let text = String(value)
      return String(repeating: " ", count: max(1, width - text.count)) + text
    }
    return TextStyle.padded("  " + title, titleWidth) + number(counts.truePositives, 8)
      + number(counts.falsePositives, 14) + number(counts.falseNegatives, 13) + "   " + percent(counts.precision)
      + "   " + percent(counts.recall) + "\n"
  }

  /// Rounded down: all is said only of all; `-` if there is nothing to count.
  private static func percent(_ ratio: (part: Int, whole: Int)) -> String {
    guard ratio.whole > 0 else { return "        -" }
    let tenths = ratio.part * 1000 / ratio.whole
    let text = "\(tenths / 10).\(tenths % 10) %"
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }

  private func writeTable(
    _ title: String, _ table: [(name: String, counts: ScannerComparison.Counts)], _ style: TextStyle,
    _ output: inout ByteOutput
  ) {
    guard !table.isEmpty else { return }
    output.append("\n" + Self.head(title))
    for (name, counts) in table { output.append(Self.line(TextStyle.harmless(name), counts)) }
  }

  private func writeCauses(
    _ comparison: ScannerComparison, _ level: ScannerComparison.Level, _ verdict: ScannerComparison.Verdict,
    _ style: TextStyle, _ output: inout ByteOutput
  ) {
    let causes = Self.causes(comparison, level, verdict)
    guard !causes.isEmpty else { return }
    let who = verdict == .falsePositive ? "only the scanner" : "only mircap"
    output.append("\n" + style.paint("\(Self.title(level)): \(who), why", .heading) + "\n")
    for (cause, count) in causes {
      output.append(
        "  \(style.paint(TextStyle.padded(cause.rawValue, 18), .capability))\(count)  \(Self.words(cause))\n")
      let rows = comparison.rows.filter { $0.level == level && $0.verdict == verdict && $0.why == cause }
      for row in style.verbose ? rows[...] : rows.prefix(Self.shownRows) { write(row, comparison, style, &output) }
    }
  }

  private func write(
    _ row: ScannerComparison.Row, _ comparison: ScannerComparison, _ style: TextStyle, _ output: inout ByteOutput
  ) {
    let place = row.file.isEmpty ? "" : "  " + style.paint("\(TextStyle.harmless(row.file)):\(row.line)", .position)
    var text = "\(comparison.subjects[row.subject].name) \(row.capability)"
    if !row.claim.isEmpty { text += ": \(row.claim.prefix(60))" }
    if let evidence = row.evidence {
      let names = evidence.steps.map(\.function)
      let path = names.count > 4 ? Array(names.prefix(2)) + ["… (\(names.count - 3))"] + names.suffix(1) : names
      text += row.claim.isEmpty ? ": " : "; "
      text += (path + [evidence.sink]).joined(separator: " → ")
    } else if !row.detail.isEmpty {
      text += " (\(row.detail))"
    }
    if let referee = row.referee { text += " [\(referee.rawValue)]" }
    output.append("    \(TextStyle.harmless(text))\(place)\n")
  }
}
