import Policy

extension DifferenceReport {
  /// Markdown for a comment on a pull request: what came, with a path each; what went, in counts. Services cut comments at
  /// about 65,000 characters, so that long lists are cut here.
  public func writeMarkdown(to output: inout ByteOutput) {
    output.append("## What changes in what this code can do\n\n")
    if !difference.oldIsComplete || !difference.newIsComplete {
      output.append("> [!WARNING]\n> Some code could not be analysed; what it can do is not compared.\n\n")
    }
    output.append(
      difference.hasAdditions ? "Added: \(summary).\n\n" : difference.isEmpty ? "Nothing.\n\n" : "Nothing is added.\n\n"
    )
    writeRisks(to: &output)
    writeCrates(to: &output)
    let rows = sections.filter { !$0.isThroughOthersOnly }.flatMap { section in
      section.changes.flatMap { change in untold(change.added, change, in: section).map { row($0, change) } }
    }
    if !rows.isEmpty {
      output.append("| crate | new | how it is reached |\n| --- | --- | --- |\n")
      for row in rows.prefix(Self.mostRows) { output.append(MarkdownText.row(row)) }
      if rows.count > Self.mostRows {
        output.append("\n\(rows.count - Self.mostRows) more rows are in the full report.\n")
      }
      output.append("\n")
    }
    writeRemoved(to: &output)
    output.append("mircap \(toolVersion)\n")
  }

  private static let mostRows = 150

  private func writeRisks(to output: inout ByteOutput) {
    let (likely, unlikely) = addedRisks
    for risk in likely.prefix(30) {
      let entry = risk.entry.isEmpty ? "" : " from \(MarkdownText.code(risk.entry))"
      output.append(
        "- **\(MarkdownText.plain(risk.rule))** in \(MarkdownText.plain("\(risk.crate) \(risk.version)"))\(entry):"
          + " \(MarkdownText.plain(risk.why)).\n")
    }
    if !unlikely.isEmpty {
      let names = Set(unlikely.map(\.rule)).sorted().map(MarkdownText.plain).joined(separator: ", ")
      output.append("- through steps that may as well lead to many others: \(names)\n")
    }
    if !difference.addedRisks.isEmpty {
      output.append("\nThese lines say what is possible, not that anything is wrong.\n\n")
    }
  }

  private func writeCrates(to output: inout ByteOutput) {
    let versions = difference.versions.map { "\($0.crate) \($0.old) → \($0.new)" }
    for (title, names) in [
      ("Versions", versions), ("Crates that came", difference.addedCrates),
      ("Crates that went", difference.removedCrates),
    ] where !names.isEmpty {
      let more = names.count > 50 ? " and \(names.count - 50) more" : ""
      output.append("**\(title):** " + names.prefix(50).map(MarkdownText.plain).joined(separator: ", ") + more + "\n\n")
    }
  }

  private func row(_ name: String, _ change: Difference.Change) -> [String] {
    let crate = MarkdownText.plain("\(title(change)), \(Self.words(change.phase))")
    var what: String
    switch change.subject {
    case .capability:
      what = MarkdownText.code(name) + (amountsToEverything(name) ? " :warning:" : "")
      if let scope = change.scope { what += " \(Self.words(scope))" }
    case .unsafeOperation:
      let count = change.counts.first { $0.name == name }
      what = "\(MarkdownText.code(name)) \(count?.old ?? 0) → \(count?.new ?? 0)"
    default: what = "\(change.subject.rawValue.replacing("-", with: " ")) \(MarkdownText.code(name))"
    }
    let item = change.evidence.first { ($0.evidence.capability == name) || ($0.evidence.entry == name) }
    guard let item else { return [crate, what, ""] }
    let position = Self.position(item)
    let chain = PathLine.chain(Self.names(item), width: 110)
    return [
      crate, what,
      MarkdownText.code(chain) + (item.evidence.isCertain ? "" : " (may)")
        + (position.isEmpty ? "" : " " + MarkdownText.code(position)),
    ]
  }

  private func writeRemoved(to output: inout ByteOutput) {
    let removed = difference.changes.filter { !$0.removed.isEmpty }
    if removed.isEmpty { return }
    output.append("<details><summary>What went</summary>\n\n")
    for change in removed.prefix(Self.mostRows) {
      let names = change.removed.prefix(10).map(MarkdownText.code).joined(separator: ", ")
      let more = change.removed.count > 10 ? " and \(change.removed.count - 10) more" : ""
      output.append(
        "- \(MarkdownText.plain(title(change))): \(change.subject.rawValue) \(names)\(more)\n")
    }
    output.append("\n</details>\n\n")
  }
}
