import CallGraph
import Capabilities
import Policy

extension CheckReport {
  /// SARIF: each violation is a result of level `error` with its path, each rule that nothing needs one of level `note`.
  public func writeSarif(to output: inout ByteOutput) {
    var log = SarifLog(toolVersion: toolVersion, notifications: SarifReport.notifications(result))
    var rules = SarifRules(taxonomy: result.taxonomy)
    var places: [String: Int] = [:]
    for violation in verdict.violations {
      rules.use(CheckReport.rule(violation.kind))
      var finding = finding(violation)
      // Two uses of one function are told apart by their order, which survives changes of lines.
      let number = places[finding.identity.joined(separator: "\n"), default: 0]
      places[finding.identity.joined(separator: "\n")] = number + 1
      if number > 0 { finding.identity.append(String(number)) }
      log.results.append(finding)
    }
    for (number, unused) in verdict.unused.enumerated() {
      rules.use(
        SarifRule(
          id: "policy/unused", summary: "The policy allows something that nothing needs.",
          help:
            "A grant, claim or allowlist entry that nothing needs can be taken back: it would silence what comes later.",
          level: .note))
      let grant = unused.grant.isEmpty ? "" : " \(unused.grant)"
      log.results.append(
        SarifResult(
          ruleID: "policy/unused", level: .note, message: "\(unused.rule)\(grant): \(unused.why)",
          location: policyLocation(unused.line), identity: [unused.rule, unused.grant, unused.why, String(number)]))
    }
    log.rules = rules.used
    SarifWriter.write(log, to: &output)
  }

  private func finding(_ violation: PolicyViolation) -> SarifResult {
    let unit = violation.subject?.unit
    let locations = locations(violation)
    let sink = violation.evidence.path.map { result.sites.sinks[Int(result.sites.sites[Int($0.site)].sink)].name }
    let flows =
      violation.evidence.path == nil
      ? [] : [SarifFlow(message: "\(locations.first?.function ?? "") → \(sink ?? "")", locations: locations)]
    return SarifResult(
      ruleID: "policy/\(violation.kind.rawValue)", level: .error, message: violation.message,
      location: SarifLocation.shown(of: locations) ?? policyLocation(violation.line), flows: flows,
      identity: (unit.map { SarifReport.identity(result, $0) } ?? []) + [
        violation.subject?.phase.rawValue ?? "", violation.user, violation.capability, violation.rule,
        locations.first?.function ?? "", violation.evidence.statement,
      ],
      properties: [
        ("crate", unit.map { result.graph.units[$0].displayName } ?? ""),
        ("version", unit.map { result.units[$0].version } ?? ""),
        ("phase", violation.subject?.phase.rawValue ?? ""), ("capability", violation.capability),
        ("rule", violation.rule),
      ])
  }

  /// The path's steps; of code that nothing reaches, its place.
  private func locations(_ violation: PolicyViolation) -> [SarifLocation] {
    let evidence = violation.evidence
    if let start = evidence.start, let path = evidence.path {
      let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)].name
      return result.sarifLocations(result.steps(from: start, edges: path.edges, site: path.site), sink: sink)
    }
    guard let index = evidence.site, let node = evidence.containing else { return [] }
    let site = result.sites.sites[Int(index)]
    let steps = result.steps(from: node, edges: EmptyCollection<UInt32>(), site: index)
    return result.sarifLocations(steps, sink: result.sites.sinks[Int(site.sink)].name)
  }

  /// A line of the policy, if it lies in the workspace.
  private func policyLocation(_ line: Int) -> SarifLocation? {
    guard line > 0, !policy.file.hasPrefix("/") else { return nil }
    return SarifLocation(file: policy.file, isInWorkspace: true, line: line, column: 0, function: "")
  }

  private static func rule(_ kind: PolicyViolation.Kind) -> SarifRule {
    let summary: String
    switch kind {
    case .capability: summary = "A crate does something that the policy does not allow it."
    case .dependency: summary = "A crate depends on one that the policy does not name."
    case .requirement: summary = "What the policy claims of a function does not hold."
    case .unsafeUse: summary = "A use of unsafe has no label."
    }
    return SarifRule(
      id: "policy/\(kind.rawValue)", summary: summary,
      help:
        "\(summary) Follow the path to what is done. If the crate should be able to do it, grant it in the policy"
        + " (mircap policy update); if not, look for the change that brought it.",
      level: .error)
  }
}
