import CallGraph
import Capabilities
import Policy
import RustDump

/// What `mircap check` prints: each violation with its evidence, and what of the policy is not needed.
public struct CheckReport {
  public static let schema = "mircap-check/1"

  let verdict: PolicyVerdict
  let policy: Policy
  let result: AnalysisResult
  let toolVersion: String

  public init(_ verdict: PolicyVerdict, policy: Policy, result: AnalysisResult, toolVersion: String) {
    self.verdict = verdict
    self.policy = policy
    self.result = result
    self.toolVersion = toolVersion
  }

  /// For people.
  public func writeText(_ style: TextStyle, to output: inout ByteOutput) {
    var writer = CheckTextWriter(report: self, style: style, output: output)
    writer.write()
    output = writer.output
  }

  /// One violation for people, as `mircap policy update` shows it.
  public func writeText(_ violation: PolicyViolation, _ style: TextStyle, to output: inout ByteOutput) {
    var writer = CheckTextWriter(report: self, style: style, output: output)
    writer.write(violation)
    output = writer.output
  }
}

private struct CheckTextWriter {
  let report: CheckReport
  let style: TextStyle
  var output: ByteOutput

  private var result: AnalysisResult { report.result }

  mutating func line(_ text: String = "") {
    output.append(text)
    output.append("\n")
  }

  mutating func write() {
    if style.quiet { return writeSummary() }
    for violation in report.verdict.violations {
      write(violation)
      line()
    }
    writeUnused()
    if !report.verdict.passes { line("`mircap policy update` lets you accept them one by one.") }
    if !result.isComplete {
      line(style.paint("Not all of it could be analysed", .warning) + ": `mircap analyze` says what is missing.")
    }
    writeSummary()
  }

  mutating func write(_ violation: PolicyViolation) {
    line(style.paint(TextStyle.harmless(violation.message), .heading))
    line("  " + rule(of: violation))
    let paths = PathLine(result: result, style: style)
    if let path = violation.evidence.path, let start = violation.evidence.start {
      let steps = result.steps(from: start, edges: path.edges, site: path.site)
      let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)]
      for text in paths.allLines(steps, sink: sink.name, indent: "  ") { line(text) }
      let notes = [sink.authority.word, path.isCertain ? "certain" : "may"].joined(separator: ", ")
      line("    " + notes + "  " + style.paint(steps.last.map(paths.position) ?? "", .position))
    } else if let site = violation.evidence.site, let node = violation.evidence.containing {
      let use = result.sites.sites[Int(site)]
      let sink = result.sites.sinks[Int(use.sink)].name
      let file = TextStyle.harmless(result.files[Int(use.position.file)])
      let place = file.isEmpty ? "" : "  " + style.paint("\(file):\(use.position.line)", .position)
      line("  contained in \(paths.name(node)): \(TextStyle.harmless(sink))" + place)
    } else if let use = violation.evidence.use {
      let sink = use.sink == .none ? "" : ": " + TextStyle.harmless(result.graph.names.string(use.sink))
      let file = TextStyle.harmless(result.files[Int(use.position.file)])
      let place = file.isEmpty ? "" : "  " + style.paint("\(file):\(use.position.line)", .position)
      line("  in \(TextStyle.harmless(result.graph.names.string(use.function)))\(sink)" + place)
    } else if !violation.evidence.statement.isEmpty {
      line("  it " + TextStyle.harmless(violation.evidence.statement))
    }
  }

  /// The rule that says no, and where it stands.
  private func rule(of violation: PolicyViolation) -> String {
    if violation.rule.isEmpty { return "no section of \(TextStyle.harmless(report.policy.file)) allows it" }
    let place = "\(report.policy.file):\(violation.line)"
    let words = violation.kind == .capability ? "\(violation.rule) does not allow it" : violation.rule
    return TextStyle.harmless(words) + "  " + style.paint(TextStyle.harmless(place), .position)
  }

  private mutating func writeUnused() {
    let unused = report.verdict.unused
    if unused.isEmpty { return }
    line(style.paint("Not needed", .heading))
    for rule in unused {
      let grant = rule.grant.isEmpty ? "" : " \"\(rule.grant)\""
      let text = "\(report.policy.file):\(rule.line): \(rule.rule)\(grant): \(rule.why)"
      line("  " + TextStyle.harmless(text))
    }
    line()
  }

  /// The last line, for whoever reads only that.
  private mutating func writeSummary() {
    let verdict = report.verdict
    let incomplete = result.isComplete ? "" : " " + style.paint("INCOMPLETE", .warning)
    let looked = "\(counted(verdict.subjectCount, "unit")) in their phases, \(counted(verdict.grantCount, "grant"))"
    if verdict.passes {
      line("The policy holds: \(looked).\(incomplete)")
    } else {
      let count = counted(verdict.violations.count, "violation")
      line(style.paint("\(count) of \(TextStyle.harmless(report.policy.file))", .warning) + ": \(looked).\(incomplete)")
    }
  }

  private func counted(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(count) \(word)s" }
}
