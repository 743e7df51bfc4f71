import NightlyStore
import Reports

/// The answer to `mircap trends`.
public enum TrendsReport {
  /// The name and version of the JSON form.
  public static let schema = "mircap-trends/1"

  /// A table with a line a run, then how the reach of each capability changed over the runs shown.
  public static func writeText(_ trends: [RunTrend], to output: inout ByteOutput) {
    let head = ["run", "started", "targets", "analysed", "as before", "crates", "evidence", "gaps", "seconds"]
    let rows = trends.map { trend in
      [
        "\(trend.run)", trend.started, "\(trend.statuses.values.reduce(0, +))", "\(trend.statuses["analysed"] ?? 0)",
        "\(trend.unchanged)", "\(trend.crates)", "\(trend.evidence)", "\(trend.gaps)",
        "\((trend.seconds * 10).rounded() / 10)",
      ]
    }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    for row in [head] + rows {
      let cells = row.enumerated().map { TextStyle.padded($0.element, widths[$0.offset]) }
      output.append(cells.joined(separator: "  ") + "\n")
    }
    guard let first = trends.first, let last = trends.last else { return }
    output.append("\nCrates that reach, in run \(last.run) (run \(first.run)):\n")
    for name in Set(first.capabilities.keys).union(last.capabilities.keys).sorted() {
      output.append(
        "  \(TextStyle.padded(TextStyle.harmless(name), 20)) \(last.capabilities[name] ?? 0) (\(first.capabilities[name] ?? 0))\n"
      )
    }
  }

  public static func writeJSON(_ trends: [RunTrend], to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.field("schema", schema)
      json.lines("runs", trends) { trend, json in
        json.field("run", trend.run)
        json.field("started", trend.started)
        counts("statuses", trend.statuses, &json)
        json.field("unchanged", trend.unchanged)
        json.field("crates", trend.crates)
        json.field("evidence", trend.evidence)
        json.field("gaps", trend.gaps)
        counts("capabilities", trend.capabilities, &json)
        json.key("seconds")
        json.seconds(trend.seconds)
      }
    }
  }

  private static func counts(_ name: String, _ counts: [String: Int], _ json: inout JSONStream) {
    json.key(name)
    json.beginObject()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { json.field(name, count) }
    json.endObject()
  }
}
