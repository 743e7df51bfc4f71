import NightlyStore
import Reports

/// The answer to `mircap history`.
public enum HistoryReport {
  /// The name and version of the JSON form.
  public static let schema = "mircap-history/1"

  /// An entry for each change, `+` and `-` for what came and went.
  public static func writeText(_ entries: [CrateHistory], to output: inout ByteOutput) {
    var target = ""
    for entry in entries {
      if entry.target != target {
        output.append((target.isEmpty ? "" : "\n") + TextStyle.harmless(entry.target) + "\n")
        target = entry.target
      }
      let runs =
        entry.firstRun == entry.lastRun ? "run \(entry.firstRun)" : "runs \(entry.firstRun) to \(entry.lastRun)"
      output.append(
        "  \(runs), \(entry.since): \(TextStyle.harmless("\(entry.crate) \(entry.version)")) (\(entry.phase))\n")
      line("direct", entry.direct, &output)
      line("through others", entry.transitive, &output)
      line("came", entry.added.map { "+" + $0 }, &output)
      line("went", entry.removed.map { "-" + $0 }, &output)
    }
  }

  private static func line(_ title: String, _ names: [String], _ output: inout ByteOutput) {
    if names.isEmpty { return }
    output.append("      \(TextStyle.padded(title, 15)) \(names.map(TextStyle.harmless).joined(separator: " "))\n")
  }

  public static func writeJSON(_ entries: [CrateHistory], to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.field("schema", schema)
      json.lines("entries", entries) { entry, json in
        json.field("target", entry.target)
        json.field("crate", entry.crate)
        json.field("version", entry.version)
        json.field("phase", entry.phase)
        json.field("firstRun", entry.firstRun)
        json.field("lastRun", entry.lastRun)
        json.field("since", entry.since)
        json.field("direct", entry.direct)
        json.field("transitive", entry.transitive)
        json.field("added", entry.added)
        json.field("removed", entry.removed)
      }
    }
  }
}
