import Capabilities

/// A scanner's report and mircap's evidence, compared. docs/comparison.md says what counts.
public struct ScannerComparison: Sendable {
  /// What is compared.
  public enum Level: String, Sendable, CaseIterable {
    /// Crate and capability: what code of the crate reaches when it runs, through other crates too.
    case reach
    /// Crate and capability: what the crate's own code does.
    case own
    /// Crate, place and capability: where its own code does it.
    case place
  }

  /// Who says it.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Both.
    case truePositive = "true-positive"
    /// Only the scanner.
    case falsePositive = "false-positive"
    /// Only mircap.
    case falseNegative = "false-negative"
  }

  /// How often which verdict was given.
  public struct Counts: Sendable, Equatable {
    public var truePositives = 0
    public var falsePositives = 0
    public var falseNegatives = 0

    public init() {}

    /// How much of what the scanner says is so: part and whole.
    public var precision: (part: Int, whole: Int) { (truePositives, truePositives + falsePositives) }
    /// How much of what is so the scanner says.
    public var recall: (part: Int, whole: Int) { (truePositives, truePositives + falseNegatives) }

    public mutating func count(_ verdict: Verdict) {
      switch verdict {
      case .truePositive: truePositives += 1
      case .falsePositive: falsePositives += 1
      case .falseNegative: falseNegatives += 1
      }
    }
  }

  /// One statement, and who makes it.
  public struct Row: Sendable {
    public var level: Level
    /// An index into `subjects`.
    public var subject: Int
    /// A capability; of what only a scanner says its group or its own words where any of several may be meant.
    public var capability: String
    /// As reports print it; empty if there is none.
    public var file: String
    public var line: Int
    public var verdict: Verdict
    /// `nil` if both say it.
    public var why: ComparisonCause?
    /// What the scanner met, in its words; empty if it says nothing.
    public var claim = ""
    /// More on why, in words.
    public var detail = ""
    public var evidence: RowEvidence?
    /// What the linked program says, if there is one.
    public var referee: Referee?
  }

  /// What the linked program says of a statement.
  public enum Referee: String, Sendable {
    /// The linker kept the function, or one of those that the crate's code comes to it by.
    case kept
    /// It kept none.
    case dropped
    /// It cannot tell: the function leaves no symbol of its own.
    case silent
  }

  /// The path behind a row: functions from the start to the one that uses the sink.
  public struct RowEvidence: Sendable {
    /// One step, as in `mircap-report/1`.
    public struct Step: Sendable {
      public var function: String
      public var crate: String
      public var file: String
      public var line: UInt32
      public var edge: String
      public var candidates: UInt32
    }
    public var steps: [Step]
    public var sink: String
  }

  /// A crate in one phase: the run-time targets of a package together, its build script, its proc macro.
  public struct Subject: Sendable {
    /// As in policies: `demo`, `demo:build-script`; with `@version` where two have one name.
    public var name: String
    public var package: String
    public var version: String
    public var phase: String
    public var isWorkspaceMember: Bool
    /// Indices of units.
    public var units: [Int]
  }

  public var tool: String
  public var form: String
  public var subjects: [Subject]
  /// The capabilities that the scanner can speak of: others are not compared.
  public var scope: CapabilitySet
  /// By level, subject, file, line, capability.
  public var rows: [Row] = []
  /// Findings of the scanner: all, those about packages that were not analysed, those without a known place, those
  /// without a capability, and words that no table translates.
  public var claims = 0
  public var foreignClaims = 0
  public var unplacedClaims = 0
  public var silentClaims = 0
  public var unknownWords: [String: Int] = [:]
  /// How good the analysis itself is by the linked program, by level; empty without one.
  public var analysis: [Level: Counts] = [:]
  /// The places at which the analysis and the linked program differ: verdicts are on the analysis.
  public var analysisRows: [Row] = []
  /// The linked program; empty if there is none.
  public var program = ""

  /// Counts of rows that fulfil a condition.
  public func counts(where condition: (Row) -> Bool) -> Counts {
    rows.reduce(into: Counts()) { if condition($1) { $0.count($1.verdict) } }
  }

  /// Counts of a level.
  public func counts(_ level: Level) -> Counts { counts { $0.level == level } }
}
