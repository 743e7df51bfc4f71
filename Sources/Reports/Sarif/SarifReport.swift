import CallGraph
import Capabilities

/// `mircap analyze --format sarif`: one result for each crate, phase and capability that its entry points reach, and one
/// for each combination that a risk rule points out.
///
/// Members of the workspace are told, as in the text report; all crates if asked for.
public enum SarifReport {
  /// Writes the report.
  ///
  /// - Parameter allCrates: whether dependencies have results of their own.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, allCrates: Bool = false, to output: inout ByteOutput
  ) {
    var log = SarifLog(toolVersion: context.toolVersion, notifications: notifications(result))
    var rules = SarifRules(taxonomy: result.taxonomy)
    for unit in result.unitOrder where allCrates || result.units[unit].isWorkspaceMember {
      for phase in Array(Set(result.units[unit].runsIn)).sorted() {
        for group in BestEvidence.perCapability(result, unit: unit, ambientOnly: context.ambientOnly) {
          rules.use(group.best.capability)
          log.results.append(finding(group, result, unit: unit, phase: phase))
        }
      }
    }
    for risk in result.risks where allCrates || result.units[risk.unit].isWorkspaceMember {
      rules.use(risk.rule)
      log.results.append(finding(risk, result))
    }
    log.rules = rules.used
    SarifWriter.write(log, to: &output)
  }

  private static func finding(
    _ group: BestEvidence, _ result: AnalysisResult, unit: Int, phase: String
  ) -> SarifResult {
    let steps = result.steps(of: group.best)
    let sink = result.sink(of: group.best.path)
    let locations = result.sarifLocations(steps, sink: sink.name)
    let name = result.taxonomy.name(group.best.capability)
    let entry = result.graph.names.string(result.graph.nodes[Int(steps[0].node)].name)
    let more = group.entryCount > 1 ? "; so do \(group.entryCount - 1) more entry points" : ""
    let may = group.best.path.isCertain ? "reaches" : "may reach"
    let level: SarifLevel = result.taxonomy.everything.contains(group.best.capability) ? .warning : .note
    return SarifResult(
      ruleID: "capability/\(name)", level: level,
      message: "\(result.crateLabel(unit)) \(may) \(name) \(words(phase)): \(entry) leads to \(sink.name)\(more).",
      location: SarifLocation.shown(of: locations),
      flows: [SarifFlow(message: "\(entry) → \(sink.name)", locations: locations)],
      identity: identity(result, unit) + [phase, name],
      properties: [
        ("crate", result.graph.units[unit].displayName), ("version", result.units[unit].version), ("phase", phase),
        ("capability", name), ("authority", sink.authority.word),
        ("certainty", group.best.path.isCertain ? "certain" : "may"), ("entry", entry), ("sink", sink.name),
      ])
  }

  private static func finding(_ risk: Risk, _ result: AnalysisResult) -> SarifResult {
    let flows = risk.paths.map { path in
      SarifFlow(
        message: "\(path.need.name): \(path.need.description)",
        locations: result.sarifLocations(path.steps, sink: path.sink))
    }
    let meeting = result.graph.names.string(result.graph.nodes[Int(risk.meeting)].name)
    return SarifResult(
      ruleID: "risk/\(risk.rule.name)", level: .warning,
      message:
        "\(result.crateLabel(risk.unit)), \(words(risk.phase)): \(risk.rule.why). The parts come together in \(meeting).",
      location: flows.last.flatMap { SarifLocation.shown(of: $0.locations) }, flows: flows,
      identity: identity(result, risk.unit) + [risk.phase],
      properties: [
        ("crate", result.graph.units[risk.unit].displayName), ("version", result.units[risk.unit].version),
        ("phase", risk.phase), ("meeting", meeting),
      ])
  }

  /// A unit in the next version of the same project.
  static func identity(_ result: AnalysisResult, _ unit: Int) -> [String] {
    let described = result.units[unit]
    return [described.package, result.graph.units[unit].displayName, described.target, described.targetName]
  }

  private static func words(_ phase: String) -> String {
    switch phase {
    case "build-script": "while building"
    case "proc-macro": "while compiling"
    default: "at run time"
    }
  }

  /// Gaps that hide code.
  static func notifications(_ result: AnalysisResult) -> [String] {
    let gaps = result.unitOrder.flatMap { result.unitResults[$0].gaps }.filter { $0.kind.makesIncomplete }
    let texts = gaps.prefix(100).map { gap in
      let place = gap.file.isEmpty ? "" : " (\(gap.file):\(gap.line))"
      return "not analysed: \(gap.kind.rawValue) \(gap.what): \(gap.why)\(place)"
    }
    return texts + (gaps.count > 100 ? ["not analysed: \(gaps.count - 100) more gaps; the JSON report lists them"] : [])
  }
}

/// The SARIF rules that results have used, in the order of their first use.
struct SarifRules {
  let taxonomy: Taxonomy
  private(set) var used: [SarifRule] = []
  private var known: Set<String> = []

  init(taxonomy: Taxonomy) { self.taxonomy = taxonomy }

  mutating func use(_ rule: SarifRule) {
    if known.insert(rule.id).inserted { used.append(rule) }
  }

  /// The rule of a capability.
  mutating func use(_ capability: CapabilityID) {
    let described = taxonomy.capabilities[Int(capability.raw)]
    let everything = described.amountsToEverything ? " It amounts to everything: \(described.whyEverything)." : ""
    use(
      SarifRule(
        id: "capability/\(described.name)", summary: "Code \(described.description).",
        help:
          "\(described.name): \(described.description).\(everything) Follow the path from the entry point to the function"
          + " that does it, and decide whether the crate needs it.",
        level: described.amountsToEverything ? .warning : .note))
  }

  mutating func use(_ rule: RiskRules.Rule) {
    use(
      SarifRule(
        id: "risk/\(rule.name)", summary: "Capabilities come together that attacks combine: \(rule.name).",
        help:
          "It is possible that \(rule.why). This explains what the code can do and is no verdict: follow the paths and"
          + " decide whether this crate should be able to.",
        level: .warning))
  }
}
