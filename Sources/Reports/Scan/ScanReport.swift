import Capabilities
import SyntacticScan

/// What `mircap scan` prints: the findings of the built-in syntactic scanner.
public struct ScanReport {
  public static let schema = "mircap-scan/1"

  let packages: [ScannedPackage]
  let taxonomy: Taxonomy
  let rules: ScanRules
  let includesTests: Bool
  let toolVersion: String

  public init(
    _ packages: [ScannedPackage], taxonomy: Taxonomy, rules: ScanRules, includesTests: Bool, toolVersion: String
  ) {
    self.packages = packages
    self.taxonomy = taxonomy
    self.rules = rules
    self.includesTests = includesTests
    self.toolVersion = toolVersion
  }

  /// What a finding is told under: its capabilities one by one, or one word where any of them may be meant.
  func labels(of finding: SyntacticFinding) -> [String] {
    finding.isAnyOf ? [taxonomy.label(ofAny: finding.capabilities)] : taxonomy.orderedNames(finding.capabilities)
  }

  /// A package as readers know it.
  static func title(_ package: ScanPackage) -> String {
    TextStyle.harmless(package.version.isEmpty ? package.name : "\(package.name) \(package.version)")
  }

  /// How many findings there are, and packages that have some.
  var totals: (findings: Int, packages: Int) {
    (packages.reduce(0) { $0 + $1.findings.count }, packages.count { !$0.findings.isEmpty })
  }
}
