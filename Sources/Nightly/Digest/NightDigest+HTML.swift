import NightlyStore
import Reports

extension NightDigest {
  /// One page that needs nothing else: the digest, and charts of the runs so far.
  public func writeHTML(toolVersion: String, to output: inout ByteOutput) {
    let title = Self.escaped("\(run.plan), run \(run.number)")
    output.append(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>\(title)</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
      pre { overflow-x: auto; background: #f5f5f5; padding: .7em; font-size: 14px }
      table { border-collapse: collapse } td, th { text-align: left; padding: .2em .8em; border-bottom: 1px solid #ccc; vertical-align: top }
      figure { margin: 1em 0 } svg { max-width: 100%; height: auto } svg text { font: 12px system-ui, sans-serif; fill: #222 }
      .no { color: #a00000; font-weight: bold }
      @media (prefers-color-scheme: dark) { body { color: #ddd; background: #1b1b1b } pre { background: #2a2a2a }
        svg text { fill: #ddd } td, th { border-color: #555 } .no { color: #ff8a80 } }
      </style></head><body>
      <h1>\(title)</h1>
      <p>\(Self.escaped("\(run.started), mircap \(toolVersion). \(summary)."))</p>

      """)
    writeViolations(to: &output)
    writeTable(to: &output)
    writeChanges(toolVersion: toolVersion, to: &output)
    writeCharts(to: &output)
    output.append("</body></html>\n")
  }

  private func writeViolations(to output: inout ByteOutput) {
    if violations.isEmpty { return }
    output.append("<h2 class=\"no\">Rules of the plan that say no</h2>\n<ul>\n")
    for violation in violations {
      output.append("<li>\(Self.escaped("\(violation.target): \(violation.rule): \(violation.what)"))</li>\n")
    }
    output.append("</ul>\n")
  }

  private func writeTable(to output: inout ByteOutput) {
    output.append(
      "<h2>Targets</h2>\n<table><thead><tr><th>target</th><th>since the last run</th><th>outcome</th></tr></thead><tbody>\n"
    )
    let order: [TargetChange.Kind] = [.broken, .changed, .recovered, .new, .removed, .stillBroken, .unchanged]
    for target in order.flatMap({ targets($0) }) {
      let reason = target.reason.isEmpty ? "" : ": " + target.reason.replacing("\n", with: "; ")
      output.append(
        "<tr><td>\(Self.escaped(target.target))</td><td>\(target.kind.rawValue)</td><td>\(Self.escaped(target.status.rawValue + reason))</td></tr>\n"
      )
    }
    output.append("</tbody></table>\n")
  }

  private func writeChanges(toolVersion: String, to output: inout ByteOutput) {
    let style = TextStyle(width: 110, color: false, verbose: false)
    for target in targets {
      guard let lines = changeLines(of: target, style: style, toolVersion) else { continue }
      output.append("<h2>\(Self.escaped(target.target))</h2>\n<pre>")
      for line in lines { output.append(Self.escaped(line) + "\n") }
      output.append("</pre>\n")
    }
  }

  private func writeCharts(to output: inout ByteOutput) {
    guard trends.count > 1 else { return }
    output.append("<h2>History</h2>\n")
    let analysed = LineChart.Line(name: "analysed", values: trends.map { $0.statuses["analysed"] ?? 0 })
    let others = LineChart.Line(
      name: "without a result", values: trends.map { $0.statuses.values.reduce(0, +) - ($0.statuses["analysed"] ?? 0) })
    let labels = trends.map { String($0.started.prefix(10)) }
    let first = LineChart(title: "Targets", labels: labels, lines: [analysed, others])
    let groups = ["net", "fs", "process", "env"]
    let second = LineChart(
      title: "Crates that reach", labels: labels,
      lines: groups.map { group in
        LineChart.Line(
          name: group,
          values: trends.map { trend in
            trend.capabilities.filter { $0.key == group || $0.key.hasPrefix(group + ".") }.map(\.value).max() ?? 0
          })
      })
    let third = LineChart(
      title: "Evidence and gaps", labels: labels,
      lines: [
        LineChart.Line(name: "evidence", values: trends.map(\.evidence)),
        LineChart.Line(name: "gaps", values: trends.map(\.gaps)),
      ])
    for chart in [first, second, third] { output.append("<figure>\(chart.svg)</figure>\n") }
  }

  static func escaped(_ text: String) -> String {
    TextStyle.harmless(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
