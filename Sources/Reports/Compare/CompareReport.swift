import Capabilities
import SyntacticScan

/// What `mircap compare` prints: scanners' reports compared with evidence.
public struct CompareReport {
  public static let schema = "mircap-compare/1"

  let comparisons: [ScannerComparison]
  let taxonomy: Taxonomy
  let toolVersion: String
  /// Whether nothing was missing from the analysis that the scanner is measured by.
  let isComplete: Bool

  public init(_ comparisons: [ScannerComparison], taxonomy: Taxonomy, isComplete: Bool, toolVersion: String) {
    self.comparisons = comparisons
    self.taxonomy = taxonomy
    self.isComplete = isComplete
    self.toolVersion = toolVersion
  }

  /// The level that `total`, `byCapability` and `byCrate` speak of.
  static let mainLevel = ScannerComparison.Level.reach

  /// Counts by a property of rows, sorted by its values.
  static func counts(
    _ comparison: ScannerComparison, _ level: ScannerComparison.Level,
    by property: (ScannerComparison.Row) -> String
  ) -> [(name: String, counts: ScannerComparison.Counts)] {
    var counts: [String: ScannerComparison.Counts] = [:]
    for row in comparison.rows where row.level == level {
      counts[property(row), default: ScannerComparison.Counts()].count(row.verdict)
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// How often each cause was given, in the order of the causes.
  static func causes(
    _ comparison: ScannerComparison, _ level: ScannerComparison.Level, _ verdict: ScannerComparison.Verdict
  ) -> [(cause: ComparisonCause, count: Int)] {
    var counts: [ComparisonCause: Int] = [:]
    for row in comparison.rows where row.level == level && row.verdict == verdict {
      if let why = row.why { counts[why, default: 0] += 1 }
    }
    return ComparisonCause.allCases.compactMap { cause in counts[cause].map { (cause, $0) } }
  }

  /// What a cause means, in a few words.
  static func words(_ cause: ComparisonCause) -> String {
    switch cause {
    case .notReached: "its address is taken, or it stands behind a false condition, but control never comes there"
    case .deadCode: "nothing leads to the code"
    case .nameOnly: "a type, a constant, a description, a declaration, or another thing of that name"
    case .otherPhase: "only another phase of the package does it"
    case .otherCfg: "the build leaves the code out: another system, a feature that is off, tests"
    case .commentOrString: "it stands in a comment or a string"
    case .noPlace: "the scanner names no place that is known"
    case .renamedImport: "an import gives it another name"
    case .reExport: "another module or crate hands it on"
    case .traitDispatch: "a method of a trait, chosen by types"
    case .dyn: "a call through a trait object"
    case .functionPointer: "a call through a function pointer"
    case .callback: "a function that is handed over, and called from there"
    case .macro: "a macro makes the call"
    case .drop: "a value is dropped"
    case .ffi: "foreign code"
    case .staticInitialiser: "the initialiser of a static or constant"
    case .standard: "std does it for a call that does not name it"
    case .method: "a method on a value whose type the file does not name"
    case .generated: "code that a build script has written"
    case .dependency: "another crate does it"
    case .notListed: "the text names it, and the scanner does not report it"
    }
  }
}
