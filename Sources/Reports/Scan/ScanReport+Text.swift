import SyntacticScan

extension ScanReport {
  private static let shownPlaces = 3

  /// Package by package, what the text shows, with the first places of each capability (all with `verbose`).
  public func writeText(_ style: TextStyle, to output: inout ByteOutput) {
    for scanned in packages where !scanned.findings.isEmpty || style.verbose {
      write(scanned, style, &output)
    }
    for scanned in packages {
      for (file, why) in scanned.unread {
        output.append(style.paint("not read: ", .warning) + "\(TextStyle.harmless(file)) (\(why))\n")
      }
    }
    let (findings, count) = totals
    output.append(
      """
      \(findings) findings in \(count) of \(packages.count) packages, \(packages.reduce(0) { $0 + $1.files }) files, \
      \(packages.reduce(0) { $0 + $1.lines }) lines (rules: \(rules.rawValue)).
      A look at the text: neither proof nor path. mircap analyze follows the code; mircap compare scores one by the other.

      """)
  }

  private func write(_ scanned: ScannedPackage, _ style: TextStyle, _ output: inout ByteOutput) {
    let counts = "\(scanned.files) files, \(scanned.lines) lines"
    output.append("\(style.paint(Self.title(scanned.package), .heading))  \(style.paint(counts, .dim))\n")
    var byLabel: [String: [ScanFinding]] = [:]
    for finding in scanned.findings {
      for label in labels(of: finding.finding) { byLabel[label, default: []].append(finding) }
    }
    for (label, found) in byLabel.sorted(by: { $0.key < $1.key }) {
      let title = style.paint(TextStyle.padded(label, 16), .capability)
      output.append("  \(title) \(found.count) \(found.count == 1 ? "place" : "places")\n")
      for finding in found.prefix(style.verbose ? found.count : Self.shownPlaces) {
        let place = "\(TextStyle.harmless(finding.file)):\(finding.finding.line)"
        let phase = finding.phase == .buildScript ? ", build script" : ""
        output.append(
          "    \(TextStyle.harmless(finding.finding.what)) (\(finding.finding.match.rawValue)\(phase))  "
            + style.paint(place, .position) + "\n")
      }
      let more = found.count - Self.shownPlaces
      if !style.verbose, more > 0 { output.append("    … \(more) more\n") }
    }
    output.append("\n")
  }
}
