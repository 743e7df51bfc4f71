import CallGraph
import Capabilities
import MachineCode
import Project
import RustDump

/// Compares what a scanner says with mircap's evidence.
public struct ComparisonBuilder {
  private let result: AnalysisResult
  private let subjects: ComparisonSubjects
  private let catalogue: SourceCatalogue
  private let shelf: SourceShelf
  private var uses: [SinkUse]
  private var paths: ReachPaths
  /// What crates reach: by evidence, or by the linked program.
  private var reached: [CapabilitySet]
  private var referee: ComparisonReferee?
  private let placeless: CapabilitySet

  /// - Parameters:
  ///   - units: in the order of the result's graph.
  ///   - packages: the packages of these units.
  ///   - workspace: what paths of members are told relative to.
  ///   - isProgram: whether the graph starts in one program's `main` alone.
  ///   - kept: what a linked program says, which then is the measure, of mircap too; `nil` for evidence as the measure.
  ///   - program: its file.
  public init(
    _ result: AnalysisResult, units: [Unit], packages: [ScanPackage], workspace: String, isProgram: Bool = false,
    kept: KeptCode? = nil, program: String = ""
  ) {
    self.result = result
    subjects = ComparisonSubjects(result)
    catalogue = SourceCatalogue(units: units, packages: packages, workspace: workspace)
    shelf = SourceShelf(catalogue, units: units)
    uses = SinkUses(result, subjects: subjects).uses
    paths = ReachPaths(result, subjects: subjects, isProgram: isProgram)
    placeless = result.taxonomy.members(of: "link") ?? CapabilitySet()
    reached = paths.reached
    guard let kept else { return }
    var referee = ComparisonReferee(kept, program: program, subjects: subjects, placeless: placeless)
    referee.judge(&uses, &reached)
    self.referee = referee
  }

  /// Compares a report.
  ///
  /// - Parameter scope: the capabilities that the scanner can speak of; of others it is not expected to.
  public mutating func compare(_ report: ScannerReport, scope: CapabilitySet) -> ScannerComparison {
    var comparison = ScannerComparison(
      tool: report.tool, form: report.form, subjects: subjects.list,
      scope: scope.subtracting(CapabilitySet(result.taxonomy.unknown)))
    comparison.claims = report.claims.count
    comparison.silentClaims = report.silent
    comparison.unknownWords = report.unknownWords
    let placer = ClaimPlacer(subjects, catalogue)
    var placed = report.claims.compactMap { placer.place($0) }
    if let referee {
      // The program has no opinion about what is not in it.
      placed = placed.filter { referee.isInProgram[$0.subject] }
      comparison.program = referee.program
      comparison.analysis = referee.counts(scope: comparison.scope)
      comparison.analysisRows = referee.disagreements(scope: comparison.scope).map {
        row(of: uses[$0.use], .place, verdict: $0.verdict)
      }
    }
    comparison.foreignClaims = report.claims.count - placed.count
    let list = subjects.list
    var places = PlaceComparison(
      uses, catalogue: catalogue, shelf: shelf, taxonomy: result.taxonomy,
      packageOf: { (list[$0].package, list[$0].version) })
    places.judge(placed)
    comparison.unplacedClaims = places.judgements.count { $0.why == .noPlace }
    addPlaces(places, to: &comparison)
    addCrates(placed, places, to: &comparison)
    comparison.rows.sort { Self.key($0) < Self.key($1) }
    return comparison
  }

  private static func key(_ row: ScannerComparison.Row) -> (Int, Int, String, Int, String, String) {
    let level = ScannerComparison.Level.allCases.firstIndex(of: row.level) ?? 0
    return (level, row.subject, row.file, row.line, row.capability, row.verdict.rawValue)
  }

  private func label(_ set: CapabilitySet) -> String { result.taxonomy.label(ofAny: set) }

  // MARK: Places

  private struct PlaceKey: Hashable {
    var subject: Int
    var file: String
    var line: Int
    var capability: String
  }

  /// Rows of level `place`: each statement about a line once.
  private func addPlaces(_ places: PlaceComparison, to comparison: inout ScannerComparison) {
    var named: [Int: String] = [:]
    var wrong: Set<PlaceKey> = []
    // A place that something true is said of is not told again as wrong under the same word.
    var right: Set<PlaceKey> = []
    for judgement in places.judgements where judgement.why == nil {
      for use in judgement.uses { named[use] = named[use] ?? judgement.claim.claim.shown }
      right.insert(key(of: judgement))
    }
    for (index, use) in uses.enumerated() where use.runs && !use.isMention && isScored(use.capability, comparison.scope)
    {
      guard referee?.isInProgram[use.subject] != false else { continue }
      var row = row(of: use, .place, verdict: places.found.contains(index) ? .truePositive : .falseNegative)
      row.claim = named[index] ?? ""
      if row.verdict == .falseNegative { (row.why, row.detail) = places.whyMissed(index) }
      comparison.rows.append(row)
    }
    for judgement in places.judgements {
      guard let why = judgement.why, why != .noPlace,
        !placeless.isSuperset(of: judgement.claim.claim.capabilities)
      else { continue }
      let key = key(of: judgement)
      guard !right.contains(key), wrong.insert(key).inserted else { continue }
      var row = ScannerComparison.Row(
        level: .place, subject: judgement.claim.subject, capability: label(judgement.claim.claim.capabilities),
        file: key.file, line: key.line, verdict: .falsePositive, why: why)
      row.claim = judgement.claim.claim.shown
      row.detail = judgement.detail
      if let use = judgement.uses.first { row.evidence = evidence(of: uses[use]) }
      comparison.rows.append(row)
    }
  }

  private func key(of judgement: PlaceComparison.Judgement) -> PlaceKey {
    let claim = judgement.claim
    return PlaceKey(
      subject: claim.subject, file: claim.file.map { catalogue.files[$0].name } ?? claim.claim.file,
      line: claim.claim.line, capability: label(claim.claim.capabilities))
  }

  private func isScored(_ capability: CapabilityID, _ scope: CapabilitySet) -> Bool {
    scope.contains(capability) && !placeless.contains(capability)
  }

  private func row(
    of use: SinkUse, _ level: ScannerComparison.Level, verdict: ScannerComparison.Verdict
  ) -> ScannerComparison.Row {
    var row = ScannerComparison.Row(
      level: level, subject: use.subject, capability: result.taxonomy.name(use.capability), file: use.file,
      line: Int(use.position.line), verdict: verdict)
    row.evidence = evidence(of: use)
    row.referee = referee?.word(of: use)
    return row
  }

  private func evidence(of use: SinkUse) -> ScannerComparison.RowEvidence {
    ScannerComparison.RowEvidence(
      steps: [step(use.node, use.kind, use.candidates, use.position)], sink: use.sink)
  }

  private func step(
    _ node: UInt32, _ kind: EdgeKind, _ candidates: UInt32, _ position: SourcePosition
  ) -> ScannerComparison.RowEvidence.Step {
    let node = result.graph.nodes[Int(node)]
    return ScannerComparison.RowEvidence.Step(
      function: result.graph.names.string(node.name),
      crate: node.unit == GraphNode.noUnit ? "" : result.graph.units[Int(node.unit)].displayName,
      file: result.files[Int(position.file)], line: position.line, edge: kind.word, candidates: candidates)
  }

  private func evidence(_ steps: [EvidenceStep], sink: String) -> ScannerComparison.RowEvidence {
    ScannerComparison.RowEvidence(
      steps: steps.map { step($0.node, $0.kind, $0.candidates, $0.position) }, sink: sink)
  }

  // MARK: Crates

  /// Rows of the levels `own` and `reach`: each statement about a crate once.
  private mutating func addCrates(
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
    for subject in subjects.list.indices {
      for name in ["link"] where linksLibraries(subject) {
        if let id = result.taxonomy.id(name) { own[subject].insert(id) }
      }
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
        row.why = .notListed
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

extension ScannerClaim {
  /// What it met, or its word where it does not say.
  var shown: String { what.isEmpty ? word : what }
}
