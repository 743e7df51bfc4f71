/// Compares one crate of the old report with the same crate of the new one; one of them may be missing.
struct CrateComparison {
  let old: CrateGroups.Group?
  let new: CrateGroups.Group?
  /// The new report.
  let content: ReportContent

  private static let phases = ["run", "build-script", "proc-macro"]

  /// All changes, by phase, then subject.
  func changes() -> [Difference.Change] {
    let runsIn = (new?.crate.runsIn ?? []).union(old?.crate.runsIn ?? [])
    var changes: [Difference.Change] = []
    for phase in Self.phases where runsIn.contains(phase) {
      changes += capabilities(in: phase)
      // Of a crate that is new as a whole its entry points are no news.
      if old != nil, new != nil { changes += entryPoints(in: phase) }
    }
    if old != nil, new != nil {
      changes += sets(.dependency, old?.dependencies, new?.dependencies)
    }
    changes += sets(.link, old?.crate.links, new?.crate.links)
    changes += symbols() + operations()
    return changes
  }

  /// A change without content.
  func change(_ subject: Difference.Subject, phase: String? = nil) -> Difference.Change? {
    guard let group = new ?? old else { return nil }
    let crate = group.crate
    return Difference.Change(
      crate: crate.target == "build-script" ? crate.package : crate.name, package: crate.package,
      oldVersion: old?.crate.version, newVersion: new?.crate.version, target: crate.target,
      isWorkspaceMember: crate.isWorkspaceMember,
      phase: phase ?? Self.phases.first { crate.runsIn.contains($0) } ?? crate.phase, subject: subject, scope: nil,
      added: [], removed: [])
  }

  private func sets(
    _ subject: Difference.Subject, _ old: Set<String>?, _ new: Set<String>?
  ) -> [Difference.Change] {
    let (before, after) = (old ?? [], new ?? [])
    guard before != after, var change = change(subject) else { return [] }
    change.added = after.subtracting(before).sorted()
    change.removed = before.subtracting(after).sorted()
    return [change]
  }

  // MARK: Capabilities

  private func capabilities(in phase: String) -> [Difference.Change] {
    let before = old?.capabilities(in: phase) ?? []
    let after = new?.capabilities(in: phase) ?? []
    var told = Difference.Scoped()
    told.add(.reachable, added: after.subtracting(before), removed: before.subtracting(after))
    let (direct, wasDirect) = (new?.crate.direct ?? [], old?.crate.direct ?? [])
    told.add(
      .direct, added: direct.subtracting(wasDirect).intersection(after),
      removed: wasDirect.subtracting(direct).intersection(before))
    told.add(.entry, added: Set(gains(in: phase).flatMap(\.value.keys)), removed: [])
    let (dead, wasDead) = (dead(new, after), dead(old, before))
    let known = before.union(old?.crate.contained ?? [])
    let knownNow = after.union(new?.crate.contained ?? [])
    told.add(.contained, added: dead.subtracting(known), removed: wasDead.subtracting(knownNow))
    return told.scopes.compactMap { scope, added, removed in
      guard var change = change(.capability, phase: phase) else { return nil }
      change.scope = scope
      change.added = added.sorted()
      change.removed = removed.sorted()
      attach(paths(to: added, scope, phase), to: &change)
      return change
    }
  }

  /// What only code that nobody reaches has.
  private func dead(_ group: CrateGroups.Group?, _ reached: Set<String>) -> Set<String> {
    (group?.crate.contained ?? []).subtracting(reached)
  }

  /// Entry points of both reports, and what they reach now and did not reach before.
  private func gains(in phase: String) -> CrateGroups.Reached {
    guard let before = old?.reached[phase], let after = new?.reached[phase] else { return [:] }
    var gains: CrateGroups.Reached = [:]
    for (entry, paths) in after {
      guard let former = before[entry] else { continue }
      let gained = paths.filter { former[$0.key] == nil }
      if !gained.isEmpty { gains[entry] = gained }
    }
    return gains
  }

  /// The places of paths that show a change of capabilities.
  private func paths(to added: Set<String>, _ scope: Difference.Scope, _ phase: String) -> [Int] {
    let reached = new?.reached[phase] ?? [:]
    switch scope {
    case .contained: return []
    case .entry:
      return gains(in: phase).values.flatMap { paths in added.compactMap { paths[$0] } }
    case .reachable, .direct:
      return added.compactMap { capability in
        let all = reached.values.compactMap { $0[capability] }
        let own = all.filter { content.evidence[$0].lastCrate == new?.crate.name }
        return (scope == .direct && !own.isEmpty ? own : all).min(by: content.isBetter)
      }
    }
  }

  private func attach(_ paths: [Int], to change: inout Difference.Change) {
    change.evidenceCount = paths.count
    let shown = paths.sorted { left, right in
      let (one, other) = (content.evidence[left], content.evidence[right])
      if one.capability != other.capability, change.scope != .entry { return one.capability < other.capability }
      return content.isBetter(left, right)
    }
    change.evidence = shown.prefix(DifferenceFinder.mostEvidence).map { index in
      Difference.ChangedEvidence(
        evidence: content.evidence[index], crate: change.crate, steps: content.steps(index))
    }
  }

  // MARK: The rest

  private func entryPoints(in phase: String) -> [Difference.Change] {
    let before = old?.reached[phase] ?? [:]
    let after = new?.reached[phase] ?? [:]
    let added = Set(after.keys).subtracting(before.keys)
    let removed = Set(before.keys).subtracting(after.keys)
    guard !added.isEmpty || !removed.isEmpty, var change = change(.entry, phase: phase) else { return [] }
    change.added = added.sorted()
    change.removed = removed.sorted()
    attach(added.flatMap { Array((after[$0] ?? [:]).values) }, to: &change)
    return [change]
  }

  private func symbols() -> [Difference.Change] {
    func all(_ crate: ReportCrate?) -> Set<String> {
      Set(
        (crate?.definedSymbols ?? []).map { "\($0) (defined)" } + (crate?.foreignSymbols ?? []).map { "\($0) (called)" }
      )
    }
    return sets(.symbol, all(old?.crate), all(new?.crate))
  }

  private func operations() -> [Difference.Change] {
    let before = old?.crate.operations ?? [:]
    let after = new?.crate.operations ?? [:]
    let names = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    guard !names.isEmpty, var change = change(.unsafeOperation) else { return [] }
    change.counts = names.map { Difference.Count(name: $0, old: before[$0] ?? 0, new: after[$0] ?? 0) }
    change.added = change.counts.filter { $0.new > $0.old }.map(\.name)
    change.removed = change.counts.filter { $0.new < $0.old }.map(\.name)
    return [change]
  }
}

extension Difference {
  /// Capabilities that came and went, each in the first sense that holds for it.
  struct Scoped {
    private(set) var scopes: [(scope: Scope, added: Set<String>, removed: Set<String>)] = []

    mutating func add(_ scope: Scope, added: Set<String>, removed: Set<String>) {
      let added = scopes.reduce(added) { $0.subtracting($1.added) }
      let removed = scopes.reduce(removed) { $0.subtracting($1.removed) }
      if !added.isEmpty || !removed.isEmpty { scopes.append((scope, added, removed)) }
    }
  }
}
