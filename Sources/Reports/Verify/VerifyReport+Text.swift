import MachineCode

extension VerifyReport {
  private static let shownFindings = 10

  /// The ratios as a table, then what one side has and the other has not.
  public func writeText(_ style: TextStyle, to output: inout ByteOutput) {
    output.append(style.paint("\(binary) compared with \(TextStyle.harmless(file))", .heading) + "\n\n")
    let rows = Self.ratios(comparison)
    let width = rows.map(\.text.count).max() ?? 0
    for (_, text, ratio) in rows {
      let padding = String(repeating: " ", count: width - text.count)
      output.append("  \(text)\(padding)  \(Self.percent(ratio))  \(ratio.part) of \(ratio.whole)\n")
    }
    if !comparison.isExact {
      output.append(
        """

        Crates were told by their names and functions: crates of one name may be mixed up. A program that mircap links \
        itself is compared exactly.

        """)
    }
    if !comparison.missingCrates.isEmpty {
      output.append("\nLinked, but without a dump, and so not compared: ")
      output.append(TextStyle.harmless(comparison.missingCrates.joined(separator: ", ")) + "\n")
    }
    for (_, text, findings) in Self.lists(comparison) { write(text, findings, style, &output) }
    for (_, text, findings) in Self.edgeLists(comparison) { write(text, findings, style, &output) }
    writeUnresolved(style, &output)
  }

  private func writeUnresolved(_ style: TextStyle, _ output: inout ByteOutput) {
    guard !comparison.unresolved.isEmpty else { return }
    output.append("\n" + style.paint("calls without a known target: \(comparison.unresolved.count)", .heading) + "\n")
    for call in shown(comparison.unresolved, style) {
      output.append("  \(TextStyle.harmless("\(call.file):\(call.line)  \(call.callee) (\(call.why))"))\n")
    }
    closeList(comparison.unresolved.count, style, &output)
  }

  private static func percent(_ ratio: Comparison.Ratio) -> String {
    // Rounded down: all is said only of all.
    let hundredths = ratio.whole > 0 ? ratio.part * 10_000 / ratio.whole : 10_000
    let fraction = hundredths % 100
    let text = "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }

  private func write(
    _ title: String, _ findings: [Comparison.Finding], _ style: TextStyle, _ output: inout ByteOutput
  ) {
    guard !findings.isEmpty else { return }
    output.append("\n" + style.paint("\(title): \(findings.count)", .heading) + "\n")
    var counts: [Reason: Int] = [:]
    for finding in findings { counts[finding.reason, default: 0] += 1 }
    let classes = Reason.allCases.compactMap { reason in counts[reason].map { "\(reason.rawValue) \($0)" } }
    output.append("  " + classes.joined(separator: ", ") + "\n")
    for finding in shown(findings, style) {
      output.append("  \(plain(finding.function, style))  [\(finding.reason.rawValue)]\n")
      if style.verbose {
        for instance in finding.instances where instance != finding.function {
          output.append("      instance \(plain(instance, style))\n")
        }
      }
      for origin in finding.from.prefix(style.verbose ? finding.from.count : 1) {
        output.append("      from \(plain(origin.function, style)) (\(origin.kind))\n")
      }
    }
    closeList(findings.count, style, &output)
  }

  private func write(
    _ title: String, _ findings: [Comparison.EdgeFinding], _ style: TextStyle, _ output: inout ByteOutput
  ) {
    guard !findings.isEmpty else { return }
    output.append("\n" + style.paint("\(title): \(findings.count)", .heading) + "\n")
    for finding in shown(findings, style) {
      let note = finding.isJoinedAsDefinitions ? ", other instances are joined" : ""
      output.append("  \(plain(finding.from, style))\n    -> \(plain(finding.to, style)) (\(finding.kind)\(note))\n")
    }
    closeList(findings.count, style, &output)
  }

  private func shown<Item>(_ findings: [Item], _ style: TextStyle) -> ArraySlice<Item> {
    style.verbose ? findings[...] : findings.prefix(Self.shownFindings)
  }

  private func closeList(_ count: Int, _ style: TextStyle, _ output: inout ByteOutput) {
    guard !style.verbose, count > Self.shownFindings else { return }
    output.append("  .. \(count - Self.shownFindings) more (--verbose shows all)\n")
  }

  /// A name for people; of long ones, which types make, the ends tell most.
  private func plain(_ name: String, _ style: TextStyle) -> String {
    let text = TextStyle.harmless(readable(name))
    let most = max(style.width * 2, 120)
    guard !style.verbose, text.count > most else { return text }
    return text.prefix(most * 2 / 3) + " … " + text.suffix(most / 3)
  }
}
