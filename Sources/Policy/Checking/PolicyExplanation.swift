import CallGraph
import Capabilities
import Project

/// What a policy makes of each crate: what it does, what grants that, and what is silenced.
public struct PolicyExplanation: Sendable {
  /// What grants one capability to a subject.
  public struct Permission: Sendable {
    /// How it comes that nothing is said against it.
    public enum Source: Sendable, Equatable {
      /// A name in the `allow` list of a section: as written, its section's title, the line.
      case grant(name: String, rule: String, line: Int)
      /// An entry of an allowlist.
      case allowlist(AllowlistEntryReference)
      /// Sections `USER>NAME` allow every use there is.
      case contexts
      /// A label that no `allow` list names: it is there for claims.
      case claimsOnly
      /// Its uses need labels instead of a grant.
      case labels
      /// Nothing: `check` says no.
      case nothing
    }
    public var capability: CapabilityID
    public var source: Source
  }

  /// An entry of an allowlist, as explanations name it.
  public struct AllowlistEntryReference: Sendable, Equatable {
    public var crate: String
    public var versions: String
    public var reason: String
    public var note: String
    public var file: String
    public var line: Int
    public var isShipped: Bool
  }

  /// One subject with all that its own code does.
  public struct Row: Sendable {
    public var subject: Subject
    public var permissions: [Permission]
  }

  /// An entry of an allowlist with the crates that it silences.
  public struct Silenced: Sendable {
    public var entry: AllowlistEntryReference
    /// Package, version, and the capabilities that are silenced.
    public var crates: [(package: String, version: String, capabilities: CapabilitySet)]
  }

  /// In the order of reports; those that do nothing are left out.
  public private(set) var rows: [Row] = []
  /// In the order of the lists.
  public private(set) var silenced: [Silenced] = []

  /// Explains a result that was made with the policy's rules.
  public init(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits) {
    let check = PolicyCheck(policy: policy, result: result, absolved: absolved)
    let uses = UsedInContext(result, policy, check.subjects)
    for subject in check.subjects.all {
      let own = result.ownCapabilities(ofUnit: subject.unit, policy.scope)
      let permissions = own.map {
        Permission(capability: $0, source: PolicyExplanation.source(of: $0, subject, check, uses))
      }
      if !permissions.isEmpty { rows.append(Row(subject: subject, permissions: permissions)) }
    }
    silenced = PolicyExplanation.silenced(policy, result, absolved)
  }

  private static func source(
    of capability: CapabilityID, _ subject: Subject, _ check: PolicyCheck, _ uses: UsedInContext
  ) -> Permission.Source {
    if let section = check.subjects.allowing(subject),
      let grant = section.allow?.first(where: { $0.capabilities.contains(capability) })
    {
      return .grant(name: grant.name, rule: section.title, line: grant.line)
    }
    if let entry = check.absolved.entries(absolving: subject.unit, from: capability).first {
      return .allowlist(AllowlistEntryReference(entry))
    }
    if check.claimsOnly.contains(capability) { return .claimsOnly }
    if check.unsafeRule(ofUnit: subject.unit).rule == .labelledOnly, check.labelledUses.contains(capability) {
      return .labels
    }
    return uses.elsewhere(subject, capability) == .covered ? .contexts : .nothing
  }

  private static func silenced(
    _ policy: Policy, _ result: AnalysisResult, _ absolved: AbsolvedUnits
  ) -> [Silenced] {
    absolved.entries.indices.compactMap { index in
      var crates: [(package: String, version: String, capabilities: CapabilitySet)] = []
      for unit in result.unitOrder where absolved.entriesOfUnit[unit].contains(index) {
        let own = result.ownCapabilities(ofUnit: unit, policy.scope).intersection(absolved.entries[index].absolves)
        if own.isEmpty { continue }
        let described = result.units[unit]
        if let last = crates.indices.last, crates[last].package == described.package,
          crates[last].version == described.version
        {
          crates[last].capabilities.formUnion(own)
        } else {
          crates.append((described.package, described.version, own))
        }
      }
      if crates.isEmpty { return nil }
      return Silenced(entry: AllowlistEntryReference(absolved.entries[index]), crates: crates)
    }
  }
}

extension PolicyExplanation.AllowlistEntryReference {
  init(_ entry: AllowlistEntry) {
    self.init(
      crate: entry.package, versions: entry.versions.text, reason: entry.reason, note: entry.note,
      file: entry.origin.file, line: entry.origin.line, isShipped: entry.isShipped)
  }
}
