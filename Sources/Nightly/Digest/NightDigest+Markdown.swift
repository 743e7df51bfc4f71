import NightlyStore
import Reports

extension NightDigest {
  /// For issues and messages, as GitHub and its likes read it.
  public func writeMarkdown(toolVersion: String, to output: inout ByteOutput) {
    output.append(
      "# \(MarkdownText.plain(run.plan)), run \(run.number)\n\n\(run.started), mircap \(toolVersion). \(summary).\n")
    list("Rules of the plan that say no", violations.map { "\($0.target): \($0.rule): \($0.what)" }, &output)
    list("New targets", targets(.new).map(Self.introduction), &output)
    list("Targets that are gone", targets(.removed).map(\.target), &output)
    list("Broken", targets(.broken).map(Self.problem), &output)
    list("Broken as before", targets(.stillBroken).map(Self.problem), &output)
    list("Recovered", targets(.recovered).map(\.target), &output)
    for target in targets where target.kind != .unchanged {
      guard let report = report(of: target, toolVersion: toolVersion) else { continue }
      output.append("\n## \(MarkdownText.plain(target.target))\n\n")
      report.writeMarkdown(to: &output)
      list("Not analysed any more", target.addedGaps.map(Self.line), &output)
      list("Analysed now", target.removedGaps.map(Self.line), &output)
    }
  }

  private func list(_ title: String, _ lines: [String], _ output: inout ByteOutput) {
    if lines.isEmpty { return }
    output.append("\n**\(title)**\n\n")
    for text in lines { output.append("- \(MarkdownText.plain(text.replacing("\n", with: "; ")))\n") }
  }
}
