import SyntacticScan

extension ScanReport {
  /// SARIF: each finding is a result of level `note`; those of packages outside of the workspace only if asked for.
  public func writeSarif(allPackages: Bool, to output: inout ByteOutput) {
    var log = SarifLog(toolVersion: toolVersion)
    var rules = SarifRules(taxonomy: taxonomy)
    for scanned in packages where allPackages || scanned.package.isWorkspaceMember {
      for (file, why) in scanned.unread { log.notifications.append("not read: \(file): \(why)") }
      var numbers: [[String]: Int] = [:]
      for found in scanned.findings {
        for label in labels(of: found.finding) {
          rules.use(Self.rule(label))
          var identity = [scanned.package.name, label, found.file, found.finding.what, found.finding.match.rawValue]
          // Findings of one kind in one file are told apart by their order, which survives changes of lines.
          let number = numbers[identity, default: 0]
          numbers[identity] = number + 1
          if number > 0 { identity.append(String(number)) }
          log.results.append(result(found, label, scanned, identity))
        }
      }
    }
    log.rules = rules.used
    SarifWriter.write(log, to: &output)
  }

  private func result(
    _ found: ScanFinding, _ label: String, _ scanned: ScannedPackage, _ identity: [String]
  ) -> SarifResult {
    SarifResult(
      ruleID: "scan/\(label)", level: .note,
      message: "The text shows \(found.finding.what), which stands for \(label) (\(found.finding.match.rawValue)).",
      location: SarifLocation(
        file: found.file, isInWorkspace: scanned.package.isWorkspaceMember, line: found.finding.line,
        column: found.finding.column, function: ""),
      identity: identity,
      properties: [
        ("crate", scanned.package.name), ("version", scanned.package.version), ("phase", found.phase.rawValue),
        ("capability", label), ("match", found.finding.match.rawValue),
      ])
  }

  private static func rule(_ label: String) -> SarifRule {
    SarifRule(
      id: "scan/\(label)", summary: "The text of the code shows names that stand for \(label).",
      help:
        "A syntactic scanner has met a function, method, module or word that stands for \(label). That is neither proof"
        + " nor path: the code may never run, and what other crates do is not seen. mircap analyze tells what is reached.",
      level: .note)
  }
}
