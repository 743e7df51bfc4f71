import Capabilities
import GRDB
import Policy
import Project

/// What a run says of one target, against what the run before it said.
public struct TargetChange: Sendable {
  /// What became of it.
  public enum Kind: String, Sendable, CaseIterable {
    /// It was in no run before.
    case new
    /// The last run has it no more.
    case removed
    /// There was a result and there is none.
    case broken
    /// There was none and there is one.
    case recovered
    /// There was none and there is none.
    case stillBroken = "still-broken"
    /// There are two results, which differ.
    case changed
    /// The result says what it said before.
    case unchanged
  }

  public var target: String
  public var kind: Kind
  /// How it ended in the new run; for a removed target, in the old one.
  public var status: TargetOutcome.Status
  public var reason: String
  /// Against the last result that there was; `nil` without two that differ.
  public var difference: Difference?
  /// What could not be looked at before, and what cannot now, by crate.
  public var addedGaps: [LocatedGap] = []
  public var removedGaps: [LocatedGap] = []
  /// For a new target: what its crates can do, the members' first.
  public var capabilities: [CrateCapabilities] = []

  /// A gap and the crate that has it.
  public struct LocatedGap: Sendable, Hashable, Comparable {
    public var crate: String
    public var gap: ReportGap

    public static func < (left: LocatedGap, right: LocatedGap) -> Bool {
      left.order.lexicographicallyPrecedes(right.order)
    }

    private var order: [String] { [crate, gap.kind, gap.file, String(gap.line), gap.what, gap.why] }
  }

  /// What a crate can do.
  public struct CrateCapabilities: Sendable, Equatable {
    public var crate: String
    public var version: String
    public var phase: String
    public var isWorkspaceMember: Bool
    public var capabilities: [String]
  }
}

extension NightlyDatabase {
  /// What a run says against the one before, one entry a target, by name.
  ///
  /// A target's former result is its last one before the run, so that a night in which it did not build hides nothing.
  public func changes(inRun number: Int, rules: RiskRules) throws -> [TargetChange] {
    try outcomePairs(ofRun: number).map { pair in
      var change = TargetChange(target: pair.target, kind: pair.kind, status: pair.status, reason: pair.reason)
      if let new = pair.newResult {
        if let old = pair.oldResult {
          if old != new { try compare(old, new, rules, &change) }
        } else {
          change.capabilities = try capabilities(ofResult: new)
        }
      }
      return change
    }
  }

  /// A target in a run and before it.
  private struct OutcomePair {
    var target: String
    var status: TargetOutcome.Status
    var reason: String
    var newResult: Int64?
    /// The last result before the run.
    var oldResult: Int64?
    var wasThere: Bool
    var isThere: Bool
    var wasAnalysed: Bool

    var kind: TargetChange.Kind {
      guard isThere else { return .removed }
      guard wasThere else { return .new }
      guard newResult != nil else { return wasAnalysed ? .broken : .stillBroken }
      guard wasAnalysed else { return .recovered }
      return oldResult == newResult ? .unchanged : .changed
    }
  }

  private func outcomePairs(ofRun number: Int) throws -> [OutcomePair] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT target.name, new.status, new.reason, new.result, old.run, old.status, old.result,
            (SELECT result FROM outcome WHERE target = target.id AND run < :run AND result IS NOT NULL
              ORDER BY run DESC LIMIT 1), new.run, old.reason
          FROM target
          LEFT JOIN outcome AS new ON new.target = target.id AND new.run = :run
          LEFT JOIN outcome AS old ON old.target = target.id
            AND old.run = (SELECT max(run) FROM outcome WHERE target = target.id AND run < :run)
          WHERE new.run IS NOT NULL OR old.run = :run - 1
          ORDER BY target.name
          """, arguments: ["run": number])
      return rows.map { row in
        let isThere = row[8] != nil
        return OutcomePair(
          target: row[0], status: TargetOutcome.Status(rawValue: isThere ? row[1] : row[5]) ?? .failed,
          reason: (isThere ? row[2] : row[9]) ?? "", newResult: row[3], oldResult: row[7], wasThere: row[4] != nil,
          isThere: isThere, wasAnalysed: row[6] != nil)
      }
    }
  }

  private func compare(_ old: Int64, _ new: Int64, _ rules: RiskRules, _ change: inout TargetChange) throws {
    let (former, current) = try read { database in
      let stored = StoredContent(database: database)
      return (try stored.units(ofResult: old), try stored.units(ofResult: new))
    }
    // Units that are what they were, in both results, cannot differ: their evidence is not read.
    let formerIDs = Set(former.map(\.content))
    let currentIDs = Set(current.map(\.content))
    let changed = Set(
      (former + current).filter { !formerIDs.contains($0.content) || !currentIDs.contains($0.content) }.map(\.key))
    let oldContent = try content(ofResult: old, former, evidenceOf: changed)
    let newContent = try content(ofResult: new, current, evidenceOf: changed)
    let difference = DifferenceFinder.compare(oldContent, newContent, rules: rules)
    change.difference = difference
    let oldGaps = Self.gaps(of: former)
    let newGaps = Self.gaps(of: current)
    change.addedGaps = newGaps.subtracting(oldGaps).sorted()
    change.removedGaps = oldGaps.subtracting(newGaps).sorted()
    if difference.isEmpty, difference.versions.isEmpty, change.addedGaps.isEmpty, change.removedGaps.isEmpty,
      change.kind == .changed
    {
      change.kind = .unchanged
    }
  }

  private static func gaps(of units: [StoredContent.Unit]) -> Set<TargetChange.LocatedGap> {
    Set(units.flatMap { unit in unit.crate.gaps.map { TargetChange.LocatedGap(crate: unit.crate.name, gap: $0) } })
  }

  private func content(
    ofResult result: Int64, _ units: [StoredContent.Unit], evidenceOf keys: Set<[String]>
  ) throws -> ReportContent {
    let (evidence, paths, risks, isComplete) = try read { database in
      let stored = StoredContent(database: database)
      var texts = try TextCache(database)
      let (evidence, paths) = try stored.evidence(of: units.filter { keys.contains($0.key) }, &texts)
      let complete = try Bool.fetchOne(database, sql: "SELECT complete FROM result WHERE id = ?", arguments: [result])
      return (evidence, paths, try stored.risks(ofResult: result), complete ?? false)
    }
    return ReportContent(
      name: "", isComplete: isComplete, crates: units.map(\.crate), evidence: evidence, risks: risks,
      steps: { [self] index in
        guard paths.indices.contains(index) else { return [] }
        return (try? self.steps(from: paths[index])) ?? []
      })
  }

  /// The steps of a stored path.
  func steps(from first: Int64) throws -> [ReportStep] {
    try read { database in
      var texts = try TextCache(database)
      return try StoredContent(database: database).steps(from: first, &texts)
    }
  }

  private func capabilities(ofResult result: Int64) throws -> [TargetChange.CrateCapabilities] {
    try read { database in
      try StoredContent(database: database).units(ofResult: result)
        .map { unit in
          TargetChange.CrateCapabilities(
            crate: unit.crate.name, version: unit.crate.version, phase: unit.crate.phase,
            isWorkspaceMember: unit.crate.isWorkspaceMember,
            capabilities: unit.crate.direct.union(unit.crate.transitive).sorted())
        }
        .filter { !$0.capabilities.isEmpty }
        .sorted {
          ($0.isWorkspaceMember ? 0 : 1, $0.crate, $0.version, $0.phase) < (
            $1.isWorkspaceMember ? 0 : 1, $1.crate, $1.version, $1.phase
          )
        }
    }
  }
}
