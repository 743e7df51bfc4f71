import CallGraph
import Capabilities
import MachineCode

/// A linked program as the measure: a use counts if the linker kept its function.
///
/// What a function does is still told by its MIR; that it is in the program, and what leads to it, by machine code.
/// Where machine code cannot tell, the use is left as the analysis has it, and not counted for or against it: functions
/// that leave no symbol of their own, calls whose target follows from values (trait objects, pointers), branches on
/// constants.
struct ComparisonReferee {
  let program: String
  /// Whether each subject has units in the program.
  let isInProgram: [Bool]
  private let kept: KeptCode
  private let subjects: ComparisonSubjects
  private let placeless: CapabilitySet
  /// For each use that the program can tell of: who says that it runs.
  private var places: [(use: Int, capability: CapabilityID, program: Bool, analysis: Bool)] = []
  private var own: [(program: CapabilitySet, analysis: CapabilitySet)] = []
  private var reach: [(program: CapabilitySet, analysis: CapabilitySet)] = []

  init(_ kept: KeptCode, program: String, subjects: ComparisonSubjects, placeless: CapabilitySet) {
    self.kept = kept
    self.program = program
    self.subjects = subjects
    self.placeless = placeless
    isInProgram = subjects.list.map { subject in subject.units.contains { kept.unitsOfProgram.contains($0) } }
  }

  /// Replaces what the analysis says of uses, and of what crates reach, by what the program says.
  mutating func judge(_ uses: inout [SinkUse], _ reached: inout [CapabilitySet]) {
    let count = subjects.list.count
    own = Array(repeating: (CapabilitySet(), CapabilitySet()), count: count)
    reach = own
    var nodes: [CapabilityID: [Int]] = [:]
    for index in uses.indices where isInProgram[uses[index].subject] && !uses[index].isMention {
      let analysis = uses[index].runs
      let word = word(of: uses[index])
      switch word {
      case .kept: uses[index].runs = true
      case .dropped: uses[index].runs = false
      case .silent: break
      }
      let (subject, capability) = (uses[index].subject, uses[index].capability)
      if word != .silent, !placeless.contains(capability) {
        places.append((index, capability, uses[index].runs, analysis))
      }
      if analysis { own[subject].analysis.insert(capability) }
      guard uses[index].runs else { continue }
      own[subject].program.insert(capability)
      // Nothing leads to a promise.
      guard !uses[index].isPromise else { continue }
      nodes[capability, default: []].append(Int(uses[index].node))
    }
    for subject in 0..<count {
      reach[subject].analysis = reached[subject].union(own[subject].analysis)
      reach[subject].program = own[subject].program
    }
    for (capability, some) in nodes {
      for unit in kept.units(reaching: some) { reach[subjects.ofUnit[unit]].program.insert(capability) }
    }
    for subject in 0..<count where isInProgram[subject] { reached[subject] = reach[subject].program }
  }

  /// How the analysis itself scores.
  func counts(scope: CapabilitySet) -> [ScannerComparison.Level: ScannerComparison.Counts] {
    var counts: [ScannerComparison.Level: ScannerComparison.Counts] = [:]
    for place in places where scope.contains(place.capability) {
      guard place.program || place.analysis else { continue }
      counts[.place, default: ScannerComparison.Counts()].count(
        place.program ? place.analysis ? .truePositive : .falseNegative : .falsePositive)
    }
    for (level, pairs) in [(ScannerComparison.Level.own, own), (.reach, reach)] {
      var sum = ScannerComparison.Counts()
      for (subject, pair) in pairs.enumerated() where isInProgram[subject] {
        let (program, analysis) = (pair.program.intersection(scope), pair.analysis.intersection(scope))
        sum.truePositives += program.intersection(analysis).count
        sum.falsePositives += analysis.subtracting(program).count
        sum.falseNegatives += program.subtracting(analysis).count
      }
      counts[level] = sum
    }
    return counts
  }

  /// The uses that only one of the two has: what the analysis missed, and what it has too much.
  func disagreements(scope: CapabilitySet) -> [(use: Int, verdict: ScannerComparison.Verdict)] {
    places.filter { scope.contains($0.capability) && $0.program != $0.analysis }
      .map { ($0.use, $0.program ? .falseNegative : .falsePositive) }
  }

  /// The statements about crates that only one of the two makes, as `disagreements`.
  func crateDisagreements(
    scope: CapabilitySet
  ) -> [(level: ScannerComparison.Level, subject: Int, capability: CapabilityID, verdict: ScannerComparison.Verdict)] {
    var found: [(ScannerComparison.Level, Int, CapabilityID, ScannerComparison.Verdict)] = []
    for (level, pairs) in [(ScannerComparison.Level.own, own), (.reach, reach)] {
      for (subject, pair) in pairs.enumerated() where isInProgram[subject] {
        for capability in pair.program.subtracting(pair.analysis).intersection(scope) {
          found.append((level, subject, capability, .falseNegative))
        }
        for capability in pair.analysis.subtracting(pair.program).intersection(scope) {
          found.append((level, subject, capability, .falsePositive))
        }
      }
    }
    return found
  }

  /// What the program says of a use.
  func word(of use: SinkUse) -> ScannerComparison.Referee {
    if use.isConstantFalse { return .silent }
    switch use.kind {
    case .dyn, .pointer, .callback, .cast, .staticInitialiser: return .silent
    // What a type decides, the same instance decides.
    case .dispatch, .drop: return word(kept.instanceStates[Int(use.node)])
    case .call where use.isPromise: return .silent
    case .call, .symbol: return word(kept.states[Int(use.node)])
    }
  }

  private func word(_ state: KeptCode.State) -> ScannerComparison.Referee {
    switch state {
    case .kept: .kept
    case .dropped: .dropped
    case .silent: .silent
    }
  }
}
