import CallGraph
import Capabilities
import Policy

/// What `mircap policy explain` prints: what grants each crate what it does, and what the allowlists silence.
public enum PolicyExplainReport {
  /// Writes the explanation for people.
  public static func write(
    _ explanation: PolicyExplanation, policy: Policy, result: AnalysisResult, style: TextStyle,
    to output: inout ByteOutput
  ) {
    var writer = PolicyExplainWriter(policy: policy, result: result, style: style, output: output)
    writer.write(explanation)
    output = writer.output
  }
}

private struct PolicyExplainWriter {
  let policy: Policy
  let result: AnalysisResult
  let style: TextStyle
  var output: ByteOutput

  mutating func line(_ text: String = "") {
    output.append(text)
    output.append("\n")
  }

  mutating func write(_ explanation: PolicyExplanation) {
    for row in explanation.rows { write(row) }
    writeSilenced(explanation.silenced)
    writeRules()
  }

  private mutating func write(_ row: PolicyExplanation.Row) {
    line(style.paint(TextStyle.harmless(result.label(row.subject)), .heading))
    // What comes from one place stands in one line.
    var sources: [(text: String, position: String, names: [String])] = []
    for permission in row.permissions {
      let (text, position) = describe(permission.source)
      let name = policy.taxonomy.name(permission.capability)
      if let known = sources.firstIndex(where: { $0.text == text && $0.position == position }) {
        sources[known].names.append(name)
      } else {
        sources.append((text, position, [name]))
      }
    }
    for source in sources {
      let names = style.paint(source.names.joined(separator: ", "), .capability)
      let position = source.position.isEmpty ? "" : "  " + style.paint(source.position, .position)
      line("  \(names): \(source.text)\(position)")
    }
  }

  private func describe(_ source: PolicyExplanation.Permission.Source) -> (text: String, position: String) {
    switch source {
    case .grant(let name, let rule, let lineNumber):
      (TextStyle.harmless("\(rule) allows \"\(name)\""), TextStyle.harmless("\(policy.file):\(lineNumber)"))
    case .allowlist(let entry):
      (TextStyle.harmless("\(list(entry)): \(entry.crate) \(entry.versions)"), position(entry))
    case .contexts: ("allowed wherever it is used, by sections USER>NAME", "")
    case .claimsOnly: ("a label that no `allow` names: only [[require]] asks for it", "")
    case .labels: ("each use needs a label instead of a grant ([[unsafe-label]])", "")
    case .nothing: (style.paint("nothing allows it", .warning), "")
    }
  }

  private func list(_ entry: PolicyExplanation.AllowlistEntryReference) -> String {
    entry.isShipped ? "mircap's allowlist" : "[[allowlist]]"
  }

  private func position(_ entry: PolicyExplanation.AllowlistEntryReference) -> String {
    TextStyle.harmless("\(entry.file):\(entry.line)")
  }

  private mutating func writeSilenced(_ silenced: [PolicyExplanation.Silenced]) {
    if silenced.isEmpty { return }
    line()
    line(style.paint("Silenced by allowlists", .heading) + ": stays in the crate, needs no grant")
    for item in silenced {
      line(
        "  \(style.paint(TextStyle.harmless("\(item.entry.crate) \(item.entry.versions)"), .heading))"
          + "  \(list(item.entry))  \(style.paint(position(item.entry), .position))")
      for text in style.wrapped(words(item.entry.reason), indent: "    ", first: "    why: ") { line(text) }
      if !item.entry.note.isEmpty {
        for text in style.wrapped(words(item.entry.note), indent: "    ", first: "    note: ") { line(text) }
      }
      for crate in item.crates {
        let names = policy.taxonomy.orderedNames(crate.capabilities).joined(separator: ", ")
        line(TextStyle.harmless("    silences in \(crate.package) \(crate.version): \(names)"))
      }
    }
  }

  private func words(_ text: String) -> [String] { TextStyle.harmless(text).split(separator: " ").map(String.init) }

  /// What the policy's own rules silence beside the allowlists.
  private mutating func writeRules() {
    let safe = policy.rules.safe
    if safe.isEmpty { return }
    line()
    line(style.paint("Safe by [[safe]]", .heading))
    for rule in safe {
      let caller = rule.caller.map { " called by \($0)" } ?? ""
      let names = rule.capabilities.isEmpty ? "all" : rule.capabilities.joined(separator: ", ")
      let place = style.paint(TextStyle.harmless("\(policy.file):\(rule.origin.line)"), .position)
      line("  " + TextStyle.harmless("\(rule.path)\(caller): \(names): \(rule.reason)") + "  " + place)
    }
  }
}
