/// A combination that a rule points out: what one crate's entry point reaches, with a path to each part.
///
/// It explains; it does not say that anything is wrong.
public struct Risk: Sendable {
  public var rule: RiskRules.Rule
  /// An index into `CallGraph.units`.
  public var unit: Int
  /// Where the code runs.
  public var phase: String
  /// The entry point that is nearest to all parts: an index into `CallGraph.entryPoints`.
  public var entry: Int
  /// How many of the unit's entry points reach all parts.
  public var entryCount: Int
  /// The last function on the way from the entry point that reaches all parts by itself: there they come together.
  public var meeting: UInt32
  /// One for each need of the rule.
  public var paths: [RiskPath]
}

/// The path from a risk's entry point, through the function in which all parts come together, to one part.
public struct RiskPath: Sendable {
  public var need: RiskRules.Need
  public var steps: [EvidenceStep]
  /// What the path ends at.
  public var sink: String
  /// The capabilities of the sink that the need asks for; none if it asks for a function.
  public var capabilities: CapabilitySet

  /// Of how many paths it is one, taking the candidates of all its steps together; a bound from which on it is not counted
  /// further.
  public var possibilities: Int { RiskPath.possibilities(of: steps.map { Int($0.candidates) }) }

  /// The product of the numbers of candidates, at most about a million.
  public static func possibilities(of candidates: [Int]) -> Int {
    candidates.reduce(1) { product, count in
      product >= 1 << 20 ? product : product * min(max(count, 1), 1 << 20)
    }
  }

  /// Up to how many possibilities a path is told in short reports.
  public static let fewPossibilities = 8

  /// Whether each step has one possible target.
  public var isCertain: Bool { steps.allSatisfy { $0.candidates <= 1 && !$0.isConstantFalse } }
}
