import CallGraph
import Capabilities

extension ComparisonBuilder {
  /// Rows of the levels `own` and `reach`: each statement about a crate once.
  mutating func addCrates(
    _ placed: [PlacedClaim], _ places: PlaceComparison, to comparison: inout ScannerComparison
  ) {
    var own = Array(repeating: CapabilitySet(), count: subjects.list.count)
    var firstUse: [[CapabilityID: Int]] = Array(repeating: [:], count: subjects.list.count)
    for (index, use) in uses.enumerated() where use.runs && !use.isMention {
      own[use.subject].insert(use.capability)
      // A use that tells more of why it cannot be seen comes before one that is told only so.
      if firstUse[use.subject][use.capability] == nil { firstUse[use.subject][use.capability] = index }
    }
    for subject in subjects.list.indices where paths.hasEntries[subject] && referee == nil {
      // What its own entry points reach of it: types that other crates choose are theirs to answer for.
      own[subject] = subjects.list[subject].units.reduce(into: CapabilitySet()) {
        $0.formUnion(result.unitResults[$1].direct)
      }
    }
    // Nothing leads to a promise (`unsafe impl`): it holds where it stands.
    for use in uses where use.isPromise && use.runs { own[use.subject].insert(use.capability) }
    for subject in subjects.list.indices {
      if linksLibraries(subject) { own[subject].formUnion(placeless) }
    }
    var ownClaims: [[PlacedClaim]] = Array(repeating: [], count: subjects.list.count)
    var allClaims = ownClaims
    for claim in placed {
      allClaims[claim.subject].append(claim)
      if !claim.claim.isTransitive { ownClaims[claim.subject].append(claim) }
    }
    let reasons = reasons(places)
    for subject in subjects.list.indices {
      guard referee?.isInProgram[subject] != false else { continue }
      let reached = reached[subject].union(own[subject])
      addRows(
        .own, subject, truth: own[subject], claims: ownClaims[subject], reasons: reasons, places, firstUse[subject],
        to: &comparison)
      addRows(
        .reach, subject, truth: reached, claims: allClaims[subject], reasons: reasons, places, firstUse[subject],
        to: &comparison)
    }
  }

  private func linksLibraries(_ subject: Int) -> Bool {
    subjects.list[subject].units.contains { !result.graph.units[$0].linkedLibraries.isEmpty }
  }

  private struct ClaimKey: Hashable {
    var subject: Int
    var capability: String
  }

  /// Of each wrong word about a crate the strongest reason: what comes nearest to being so.
  private func reasons(_ places: PlaceComparison) -> [ClaimKey: PlaceComparison.Judgement] {
    var reasons: [ClaimKey: PlaceComparison.Judgement] = [:]
    let order = ComparisonCause.ofFalsePositives
    for judgement in places.judgements {
      guard let why = judgement.why else { continue }
      let key = ClaimKey(subject: judgement.claim.subject, capability: label(judgement.claim.claim.capabilities))
      if let known = reasons[key]?.why, order.firstIndex(of: known)! <= order.firstIndex(of: why)! { continue }
      reasons[key] = judgement
    }
    return reasons
  }

  private mutating func addRows(
    _ level: ScannerComparison.Level, _ subject: Int, truth: CapabilitySet, claims: [PlacedClaim],
    reasons: [ClaimKey: PlaceComparison.Judgement], _ places: PlaceComparison, _ firstUse: [CapabilityID: Int],
    to comparison: inout ScannerComparison
  ) {
    var said: [CapabilityID: PlacedClaim] = [:]
    var wrong: [String: PlacedClaim] = [:]
    for claim in claims {
      let hits = claim.claim.capabilities.intersection(truth)
      for capability in hits where said[capability] == nil { said[capability] = claim }
      if hits.isEmpty, wrong[label(claim.claim.capabilities)] == nil { wrong[label(claim.claim.capabilities)] = claim }
    }
    let scored = truth.intersection(comparison.scope)
    for capability in scored {
      var row = ScannerComparison.Row(
        level: level, subject: subject, capability: result.taxonomy.name(capability), file: "", line: 0,
        verdict: said[capability] == nil ? .falseNegative : .truePositive)
      let way = level == .reach ? paths.steps(of: subject, to: capability) : nil
      if let claim = said[capability] {
        (row.file, row.line, row.claim) = (file(of: claim), claim.claim.line, claim.claim.shown)
      }
      if let use = firstUse[capability], level == .own || row.verdict == .falseNegative {
        // Its own code does it.
        if row.verdict == .falseNegative { (row.why, row.detail) = places.whyMissed(use) }
        row.evidence = evidence(of: uses[use])
      } else if row.verdict == .falseNegative, let way {
        (row.why, row.detail) = whyNotSeen(way.steps, subject)
      } else if row.verdict == .falseNegative {
        // What only a build script tells the linker stands in no text.
        row.why = placeless.contains(capability) ? .ffi : .notListed
      }
      if let way { row.evidence = evidence(way.steps, sink: way.sink) }
      if row.file.isEmpty, let step = row.evidence?.steps.last(where: { isOwn($0, subject) }) {
        (row.file, row.line) = (step.file, Int(step.line))
      }
      comparison.rows.append(row)
    }
    for (capability, claim) in wrong.sorted(by: { $0.key < $1.key }) {
      var row = ScannerComparison.Row(
        level: level, subject: subject, capability: capability, file: file(of: claim), line: claim.claim.line,
        verdict: .falsePositive)
      row.claim = claim.claim.shown
      let reason = reasons[ClaimKey(subject: subject, capability: capability)]
      if let reason, let why = reason.why {
        (row.why, row.detail) = (why, reason.detail)
        (row.file, row.line, row.claim) = (file(of: reason.claim), reason.claim.claim.line, reason.claim.claim.shown)
        if let use = reason.uses.first { row.evidence = evidence(of: uses[use]) }
      } else {
        row.why = .nameOnly
      }
      if row.why == .noPlace, let phase = otherPhase(subject, claim.claim.capabilities) {
        row.why = .otherPhase
        row.detail = phase
      }
      comparison.rows.append(row)
    }
  }

  /// A phase of the same package in which its code does one of some things.
  private func otherPhase(_ subject: Int, _ set: CapabilitySet) -> String? {
    let own = subjects.list[subject]
    return subjects.list.indices.first { other in
      other != subject && subjects.list[other].package == own.package && subjects.list[other].version == own.version
        && !reached[other].intersection(set).isEmpty
    }.map { subjects.list[$0].phase }
  }

  private func isOwn(_ step: ScannerComparison.RowEvidence.Step, _ subject: Int) -> Bool {
    subjects.list[subject].units.contains { result.graph.units[$0].displayName == step.crate }
  }

  private func file(of claim: PlacedClaim) -> String {
    claim.file.map { catalogue.files[$0].name } ?? claim.claim.file
  }

  /// How a way leaves the crate's own code: by what a look at that code does not show.
  private func whyNotSeen(_ steps: [EvidenceStep], _ subject: Int) -> (ComparisonCause, String) {
    let graph = result.graph
    let units = Set(subjects.list[subject].units.map { UInt32($0) })
    guard let last = steps.lastIndex(where: { units.contains(graph.nodes[Int($0.node)].unit) }) else {
      return (.dependency, "")
    }
    // Through std's own code the way goes on by what leaves that.
    var kind = steps[last].kind
    var next = last + 1
    while next < steps.count, graph.nodes[Int(steps[next].node)].unit == GraphNode.noUnit {
      if kind == .call { kind = steps[next].kind }
      next += 1
    }
    let target = next < steps.count ? graph.names.string(graph.nodes[Int(steps[next].node)].name) : ""
    switch kind {
    case .call, .cast: return (.dependency, target)
    case .dispatch: return (.traitDispatch, target)
    case .dyn: return (.dyn, target)
    case .pointer: return (.functionPointer, target)
    case .callback: return (.callback, target)
    case .drop: return (.drop, target)
    case .staticInitialiser: return (.staticInitialiser, target)
    case .symbol: return (.ffi, target)
    }
  }
}
