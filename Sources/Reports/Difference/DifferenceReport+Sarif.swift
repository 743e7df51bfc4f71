import CallGraph
import Capabilities
import Policy

extension DifferenceReport {
  /// SARIF: one result for each thing that came; what went is no finding.
  public func writeSarif(to output: inout ByteOutput) {
    var log = SarifLog(toolVersion: toolVersion)
    var used = SarifRules(taxonomy: taxonomy)
    for (name, isComplete) in [
      (difference.oldName, difference.oldIsComplete), (difference.newName, difference.newIsComplete),
    ] where !isComplete {
      log.notifications.append("code of \(name) could not be analysed: what it can do is not compared")
    }
    for crate in difference.addedCrates {
      used.use(Self.rule("crate"))
      log.results.append(
        SarifResult(
          ruleID: "added/crate", level: .note, message: "The crate \(crate) is new.", identity: [crate]))
    }
    for change in difference.changes {
      for name in change.added {
        used.use(Self.rule(change.subject.rawValue))
        log.results.append(finding(name, change))
      }
    }
    for risk in difference.addedRisks {
      used.use(riskRule(risk))
      let entry = risk.entry.isEmpty ? "" : " (from \(risk.entry))"
      log.results.append(
        SarifResult(
          ruleID: "risk/\(risk.rule)", level: .warning,
          message: "\(risk.crate) \(risk.version)\(entry): \(risk.why).", identity: [risk.crate, risk.phase]))
    }
    log.rules = used.used
    SarifWriter.write(log, to: &output)
  }

  private func finding(_ name: String, _ change: Difference.Change) -> SarifResult {
    let evidence = change.evidence.filter {
      change.subject == .capability ? $0.evidence.capability == name : $0.evidence.entry == name
    }
    let flows = evidence.map { item in
      SarifFlow(message: "\(item.evidence.entry) → \(item.evidence.sink)", locations: Self.locations(item))
    }
    let isPowerful = change.subject == .capability && amountsToEverything(name)
    return SarifResult(
      ruleID: "added/\(change.subject.rawValue)", level: isPowerful ? .warning : .note,
      message: message(name, change), location: flows.first.flatMap { SarifLocation.shown(of: $0.locations) },
      flows: flows,
      identity: [change.package, change.crate, change.target, change.phase, change.scope?.rawValue ?? "", name],
      properties: [
        ("crate", change.crate), ("version", change.newVersion ?? ""), ("phase", change.phase), ("added", name),
      ])
  }

  private func message(_ name: String, _ change: Difference.Change) -> String {
    let crate = "\(title(change)), \(Self.words(change.phase))"
    switch change.subject {
    case .capability: return "\(crate): \(name), \(change.scope.map(Self.words) ?? "new")."
    case .entry: return "\(crate): the entry point \(name) is new and reaches something outside."
    case .dependency: return "\(crate): depends on \(name) now."
    case .buildScript: return "\(crate): has a build script now."
    case .link: return "\(crate): links \(name) now."
    case .symbol: return "\(crate): the symbol \(name) is new."
    case .unsafeOperation:
      let count = change.counts.first { $0.name == name }
      return "\(crate): \(name) \(count?.new ?? 0) times, \(count?.old ?? 0) before."
    }
  }

  /// The locations of a path's steps; reports do not say which files belong to the workspace, but those of other packages
  /// begin with `<package>-<version>/`.
  private static func locations(_ item: Difference.ChangedEvidence) -> [SarifLocation] {
    item.steps.enumerated().map { index, step in
      let next = index + 1 < item.steps.count ? item.steps[index + 1].function : item.evidence.sink
      let kind = EdgeKind.allCases.first { $0.word == step.edge } ?? .call
      return SarifLocation(
        file: step.file, isInWorkspace: !isPackageFile(step.file), line: step.line, column: step.column,
        function: step.function,
        message: SarifLocation.message(
          kind: kind, candidates: UInt32(clamping: step.candidates), from: step.function, to: next))
    }
  }

  /// Whether the first folder is `<package>-<version>`.
  static func isPackageFile(_ file: String) -> Bool {
    guard let folder = file.split(separator: "/").first, file.contains("/"), let dash = folder.lastIndex(of: "-")
    else { return false }
    let version = folder[folder.index(after: dash)...]
    return version.first?.isNumber == true && version.split(separator: ".").count >= 3
  }

  private static func rule(_ subject: String) -> SarifRule {
    let name = subject.replacing("-", with: " ")
    return SarifRule(
      id: "added/\(subject)", summary: "The newer version has a \(name) that the older one does not have.",
      help:
        "Compared with the older version this \(name) is new. Look at the path, if there is one, and at the change of the"
        + " sources that brought it, and decide whether the update needs it.",
      level: .note)
  }

  private func riskRule(_ risk: ReportRisk) -> SarifRule {
    SarifRule(
      id: "risk/\(risk.rule)", summary: "Capabilities come together that attacks combine: \(risk.rule).",
      help:
        "\(risk.why). This explains what the code can do and is no verdict: follow the paths and decide whether this crate"
        + " should be able to.",
      level: .warning)
  }
}
