import CallGraph
import Capabilities
import MachineCode
import Project
import RustDump

/// Compares what a scanner says with mircap's evidence.
public struct ComparisonBuilder {
  let result: AnalysisResult
  let subjects: ComparisonSubjects
  let catalogue: SourceCatalogue
  private let shelf: SourceShelf
  private(set) var uses: [SinkUse]
  var paths: ReachPaths
  /// What crates reach: by evidence, or by the linked program.
  private(set) var reached: [CapabilitySet]
  private(set) var referee: ComparisonReferee?
  let placeless: CapabilitySet

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
      for found in referee.crateDisagreements(scope: comparison.scope) {
        var row = ScannerComparison.Row(
          level: found.level, subject: found.subject, capability: result.taxonomy.name(found.capability), file: "",
          line: 0, verdict: found.verdict)
        if let way = paths.steps(of: found.subject, to: found.capability) {
          row.evidence = evidence(way.steps, sink: way.sink)
        }
        comparison.analysisRows.append(row)
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

  func label(_ set: CapabilitySet) -> String { result.taxonomy.label(ofAny: set) }

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

  func evidence(of use: SinkUse) -> ScannerComparison.RowEvidence {
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

  func evidence(_ steps: [EvidenceStep], sink: String) -> ScannerComparison.RowEvidence {
    ScannerComparison.RowEvidence(
      steps: steps.map { step($0.node, $0.kind, $0.candidates, $0.position) }, sink: sink)
  }
}

extension ScannerClaim {
  /// What it met, or its word where it does not say.
  var shown: String { what.isEmpty ? word : what }
}
