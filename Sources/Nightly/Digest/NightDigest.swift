import Capabilities
import NightlyStore
import Policy
import Project
import Reports

/// What a run brought: what is new since the run before, target by target, and which rules of the plan that breaks.
public struct NightDigest: Sendable {
  public var run: RunInformation
  /// By name.
  public var targets: [TargetChange]
  public var violations: [Violation]
  /// Of this run and those before it, the oldest first.
  public var trends: [RunTrend]
  let tables: CapabilityTables

  /// A rule of the plan that a run breaks.
  public struct Violation: Sendable, Equatable {
    public var target: String
    /// The rule's key in the plan.
    public var rule: String
    public var what: String
  }

  /// How many runs the history shows.
  private static let shownRuns = 60

  /// Makes the digest of a run.
  ///
  /// - Parameters:
  ///   - number: of the run; its outcomes must be in the store.
  ///   - rules: of the plan; `nil` for none.
  /// - Throws: a `Failure` if the store cannot be read or has no such run.
  public init(of number: Int, in store: NightlyDatabase, rules: Plan.Rules?, tables: CapabilityTables) throws {
    guard let run = try store.runs().first(where: { $0.number == number }) else {
      throw Failure("has no run \(number)", file: store.path, kind: .usage)
    }
    self.run = run
    self.tables = tables
    let targets = try store.changes(inRun: number, rules: tables.riskRules)
    self.targets = targets
    trends = try store.trends(newest: Self.shownRuns).filter { $0.run <= number }
    violations = rules.map { rules in targets.flatMap { Self.violations(of: rules, by: $0) } } ?? []
  }

  private static func violations(of rules: Plan.Rules, by target: TargetChange) -> [Violation] {
    var found: [Violation] = []
    func note(_ rule: String, _ what: String) {
      found.append(Violation(target: target.target, rule: rule, what: what))
    }
    if rules.broken, target.kind == .broken { note("broken", "there was a result and there is none") }
    for change in target.difference?.changes ?? [] where !change.added.isEmpty {
      switch change.subject {
      case .capability where change.scope != .contained:
        let names = change.added.filter(rules.newCapabilities.contains)
        if !names.isEmpty {
          note("new-capability", "\(change.crate) (\(change.phase)): \(names.joined(separator: ", "))")
        }
      case .buildScript where rules.newBuildScript: note("new-build-script", change.package)
      case .dependency where rules.newDependency:
        note("new-dependency", "\(change.crate): \(change.added.joined(separator: ", "))")
      default: break
      }
    }
    if rules.newGap { for gap in target.addedGaps { note("new-gap", "\(gap.crate): \(gap.gap.what)") } }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.rule + $0.what).inserted }
  }

  /// The targets of a kind.
  func targets(_ kind: TargetChange.Kind) -> [TargetChange] { targets.filter { $0.kind == kind } }

  /// `17 targets: 16 analysed, 1 does-not-build; 15 as before`.
  var summary: String {
    let present = targets.filter { $0.kind != .removed }
    let statuses = TargetOutcome.Status.allCases.compactMap { status -> String? in
      let count = present.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status.rawValue)"
    }
    let unchanged = targets(.unchanged).count + targets(.stillBroken).count
    return
      "\(present.count) \(present.count == 1 ? "target" : "targets"): \(statuses.joined(separator: ", ")); \(unchanged) as before"
  }

  /// The report of what differs in a target, with its risks and paths.
  func report(of target: TargetChange, toolVersion: String) -> DifferenceReport? {
    target.difference.map { DifferenceReport($0, tables: tables, toolVersion: toolVersion) }
  }

  static func line(_ gap: TargetChange.LocatedGap) -> String {
    let place = gap.gap.file.isEmpty ? "" : " \(gap.gap.file):\(gap.gap.line)"
    return "\(gap.crate)\(place): \(gap.gap.kind): \(gap.gap.what): \(gap.gap.why)"
  }
}
