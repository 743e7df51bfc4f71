import CallGraph
import Capabilities
import RustDump

/// Compares claims that name a place with what is done there.
struct PlaceComparison {
  /// What became of one claim.
  struct Judgement {
    var claim: PlacedClaim
    /// `nil` if it is so.
    var why: ComparisonCause?
    var detail = ""
    /// Indices of uses that it names.
    var uses: [Int] = []
  }

  private let uses: [SinkUse]
  private let catalogue: SourceCatalogue
  private let shelf: SourceShelf
  private let missCause: MissCause
  private let unsafeSet: CapabilitySet
  private let phaseOf: (Int) -> (package: String, version: String)
  /// Uses by file and line on which a scanner may see them.
  private var byLine: [Place: [Int]] = [:]
  private var byFile: [String: [Int]] = [:]
  private(set) var chains: [Int: CallChain] = [:]
  private(set) var found: Set<Int> = []
  private(set) var judgements: [Judgement] = []

  /// Uses that the calls of a macro make.
  private var ofMacro: [MacroKey: [Int]] = [:]

  private struct MacroKey: Hashable {
    var subject: Int
    var name: String
  }

  private struct Place: Hashable {
    var file: String
    var line: Int
  }

  init(
    _ uses: [SinkUse], catalogue: SourceCatalogue, shelf: SourceShelf, taxonomy: Taxonomy,
    packageOf: @escaping (Int) -> (package: String, version: String)
  ) {
    self.uses = uses
    self.catalogue = catalogue
    self.shelf = shelf
    unsafeSet = taxonomy.members(of: "unsafe") ?? CapabilitySet()
    missCause = MissCause(catalogue, shelf, taxonomy: taxonomy)
    phaseOf = packageOf
    for (index, use) in uses.enumerated() where use.position.line > 0 {
      byFile[use.file, default: []].append(index)
      let chain = missCause.chain(of: use)
      chains[index] = chain
      if let macro = chain?.macro, !macro.isEmpty {
        ofMacro[MacroKey(subject: use.subject, name: macro), default: []].append(index)
      }
      for line in chain?.lines ?? [Int(use.position.line)] {
        byLine[Place(file: use.file, line: line), default: []].append(index)
      }
    }
  }

  /// Judges claims one by one.
  mutating func judge(_ claims: [PlacedClaim]) {
    for claim in claims where !claim.claim.isTransitive {
      let judgement = judge(claim)
      if judgement.why == nil { found.formUnion(judgement.uses) }
      judgements.append(judgement)
    }
  }

  private func judge(_ placed: PlacedClaim) -> Judgement {
    var judgement = Judgement(claim: placed)
    guard let file = placed.file, placed.claim.line > 0 else {
      judgement.why = .noPlace
      judgement.detail = placed.claim.file.isEmpty ? "the scanner names no place" : "no such file is known"
      return judgement
    }
    let name = catalogue.files[file].name
    var named = (byLine[Place(file: name, line: placed.claim.line)] ?? []).filter {
      placed.claim.capabilities.contains(uses[$0].capability)
    }
    named += definitions(placed, name)
    let own = named.filter { uses[$0].subject == placed.subject }
    if own.contains(where: { uses[$0].runs }) {
      judgement.uses = own.filter { uses[$0].runs } + enclosed(by: own, placed.claim, name)
      return judgement
    }
    if let macro = shelf.facts(of: file)?.macro(at: placed.claim.line) {
      // What stands in the definition of a macro is done where that is called.
      let made = (ofMacro[MacroKey(subject: placed.subject, name: macro)] ?? []).filter {
        uses[$0].runs && placed.claim.capabilities.contains(uses[$0].capability)
      }
      if !made.isEmpty {
        judgement.uses = made
        return judgement
      }
    }
    (judgement.why, judgement.detail) = why(placed, file, own: own, others: named)
    judgement.uses = own
    return judgement
  }

  /// An attribute or the word `extern` stands above what it is about: the uses below it.
  private func definitions(_ placed: PlacedClaim, _ name: String) -> [Int] {
    guard placed.claim.match == .word, placed.claim.what != "unsafe" else { return [] }
    return (byFile[name] ?? []).filter { index in
      let use = uses[index]
      let line = Int(use.position.line)
      return (placed.claim.line...(placed.claim.line + 8)).contains(line) && use.sink.hasPrefix("unsafe") == false
        && placed.claim.capabilities.contains(use.capability) && use.kind == .call && !use.isForeign
    }
  }

  /// What is done in the blocks, functions and impls that a word names.
  private func enclosed(by own: [Int], _ claim: ScannerClaim, _ name: String) -> [Int] {
    guard !claim.capabilities.intersection(unsafeSet).isEmpty else { return [] }
    var inside: [Int] = []
    for index in own where uses[index].endLine > uses[index].position.line {
      let lines = uses[index].position.line...uses[index].endLine
      inside += (byFile[name] ?? []).filter {
        lines.contains(uses[$0].position.line) && claim.capabilities.contains(uses[$0].capability)
          && unsafeSet.contains(uses[$0].capability) && uses[$0].subject == uses[index].subject
      }
    }
    return inside
  }

  /// Why a claim is wrong.
  private func why(
    _ placed: PlacedClaim, _ file: Int, own: [Int], others: [Int]
  ) -> (ComparisonCause, String) {
    let line = placed.claim.line
    if let facts = shelf.facts(of: file), facts.isWithoutCode(line) {
      return (.commentOrString, "no code stands on the line")
    }
    if !own.isEmpty {
      let isReached = own.contains { uses[$0].isReached }
      return isReached ? (.notReached, uses[own[0]].sink) : (.deadCode, uses[own[0]].sink)
    }
    let (package, version) = phaseOf(placed.subject)
    if let other = others.first(where: { phaseOf(uses[$0].subject) == (package, version) && uses[$0].runs }) {
      return (.otherPhase, uses[other].sink)
    }
    if catalogue.files[file].units.isEmpty { return (.otherCfg, "the build does not read this file") }
    guard let facts = shelf.facts(of: file) else { return (.noPlace, "the file is not at hand") }
    if facts.tests.contains(where: { $0.contains(line) }) { return (.otherCfg, "test") }
    if let condition = shelf.conditionLeavingOut(line, of: file) { return (.otherCfg, condition) }
    if let macro = facts.macro(at: line) { return (.nameOnly, "in the definition of the macro \(macro)") }
    return (.nameOnly, Self.words(placed.claim))
  }

  private static func words(_ claim: ScannerClaim) -> String {
    switch claim.match {
    case .word where claim.what == "extern block": "a declaration; calls stand elsewhere"
    case .method: "a method of this name on another type, or not called"
    case .declaration: "a declaration"
    case .call: "a function that does nothing by itself"
    case .name: "a name"
    default: "nothing is done there"
    }
  }

  // MARK: What no claim names

  /// Why nothing of a use is seen.
  func whyMissed(_ index: Int) -> (why: ComparisonCause, detail: String) {
    missCause.cause(of: uses[index], chains[index])
  }
}
