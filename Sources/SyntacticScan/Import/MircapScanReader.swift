import Capabilities
import Project

/// Reads `mircap scan --format json`, and turns findings of the built-in scanner into claims.
struct MircapScanReader {
  private let taxonomy: Taxonomy

  init(_ taxonomy: Taxonomy) { self.taxonomy = taxonomy }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    let rules = json["rules"]?.string ?? ""
    var report = ScannerReport(tool: "mircap scan (\(rules))", form: "mircap-scan/1")
    for (number, package) in try JSONPlace(file: name, path: "$").array(json, "packages").enumerated() {
      let place = JSONPlace(file: name, path: "$.packages[\(number)]")
      for (index, finding) in try place.array(package, "findings").enumerated() {
        let inner = JSONPlace(file: name, path: place.path + ".findings[\(index)]")
        var set = CapabilitySet()
        for word in try inner.array(finding, "capabilities") {
          guard let id = word.string.flatMap({ taxonomy.id($0) }) else {
            report.unknownWords[word.string ?? word.kindName, default: 0] += 1
            continue
          }
          set.insert(id)
        }
        guard let match = SyntacticMatch(rawValue: try inner.string(finding, "match")) else {
          throw inner.expected("a kind of match", finding["match"], "match")
        }
        var found = SyntacticFinding(
          capabilities: set, authority: .ambient, what: try inner.string(finding, "what"),
          line: JSONPlace.line(finding["line"]))
        found.match = match
        found.isAnyOf = finding["anyOf"]?.boolean ?? false
        let phase = finding["phase"]?.string.flatMap { Phase(rawValue: $0) }
        for var claim in MircapScanReader.claims(of: found, taxonomy) {
          claim.package = try place.string(package, "package")
          claim.version = package["version"]?.string ?? ""
          claim.phase = phase
          claim.file = try inner.string(finding, "file")
          report.claims.append(claim)
        }
      }
    }
    return report
  }

  /// What a finding of the built-in scanner claims: each of its capabilities, or any of them.
  static func claims(of finding: SyntacticFinding, _ taxonomy: Taxonomy) -> [ScannerClaim] {
    // A block may hold any unsafe operation; the word says no more.
    let isUnsafe = finding.match == .word && finding.what == "unsafe"
    let any = isUnsafe ? taxonomy.members(of: "unsafe") ?? finding.capabilities : finding.capabilities
    let sets =
      finding.isAnyOf || isUnsafe ? [any] : finding.capabilities.map { CapabilitySet($0) }
    return sets.filter { !$0.isEmpty }.map { set in
      var claim = ScannerClaim(capabilities: set, word: taxonomy.label(ofAny: set), match: finding.match)
      claim.what = finding.what
      claim.line = finding.line
      claim.isTransitive = finding.match == .wrapper
      return claim
    }
  }

  /// The findings of a scan as a report.
  static func report(of packages: [ScannedPackage], rules: ScanRules, _ taxonomy: Taxonomy) -> ScannerReport {
    var report = ScannerReport(tool: "mircap scan (\(rules.rawValue))", form: "built in")
    for scanned in packages {
      for found in scanned.findings {
        for var claim in claims(of: found.finding, taxonomy) {
          claim.package = scanned.package.name
          claim.version = scanned.package.version
          claim.phase = found.phase
          claim.file = found.path
          report.claims.append(claim)
        }
      }
    }
    return report
  }
}

extension SourceScan {
  /// What the built-in scanner says, for comparison.
  public static func report(of packages: [ScannedPackage], rules: ScanRules, taxonomy: Taxonomy) -> ScannerReport {
    MircapScanReader.report(of: packages, rules: rules, taxonomy)
  }
}
