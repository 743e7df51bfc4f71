import Capabilities

extension FeatureMatrix {
  /// Writes the section of the text report: for each set what it brings beyond the one that all are compared with.
  func write(style: TextStyle, line: (String) -> Void) {
    line("")
    line(style.paint("Feature sets", .heading) + " (compared with \(TextStyle.harmless(baseline)))")
    for row in rows {
      let name = "  " + style.paint(TextStyle.harmless(row.name), .heading)
      guard row.failure.isEmpty else {
        line(name + style.paint("  not analysed: " + TextStyle.harmless(row.failure), .warning))
        continue
      }
      let brought = row.reached.filter(\.isBrought)
      let all = Set(row.reached.map(\.capability)).count
      line(name + "  \(all == 1 ? "1 capability" : "\(all) capabilities"), brings " + words(brought))
      for reached in brought {
        let place = reached.line == 0 ? "" : "  \(reached.file):\(reached.line)"
        line(
          "    " + TextStyle.padded(reached.capability, 18) + " "
            + TextStyle.harmless("\(reached.package) (\(reached.target)): \(reached.entry) … \(reached.sink)")
            + style.paint(TextStyle.harmless(place), .position))
      }
      if !row.broughtPackages.isEmpty {
        for text in style.wrapped(
          row.broughtPackages.map { TextStyle.harmless($0) + "," }, indent: "      ", first: "    packages:")
        {
          line(text.hasSuffix(",") ? String(text.dropLast()) : text)
        }
      }
    }
  }

  private func words(_ brought: [Reached]) -> String {
    let names = Set(brought.map(\.capability)).sorted()
    return names.isEmpty ? "nothing more" : names.joined(separator: ", ")
  }
}
