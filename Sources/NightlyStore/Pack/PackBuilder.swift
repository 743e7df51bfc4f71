import Policy
import Project

/// Makes the records of a pack from a result.
struct PackBuilder {
  private(set) var texts: [String] = []
  private(set) var evidence: [PackedEvidence] = []
  private(set) var steps: [PackedStep] = []
  private var places: [String: UInt32] = [:]
  private var stepPlaces: [PackedStep: UInt32] = [:]

  /// Adds all evidence of a result.
  mutating func add(_ content: ReportContent) {
    evidence.reserveCapacity(content.evidence.count)
    for (index, item) in content.evidence.enumerated() {
      var next: UInt32 = 0
      for step in content.steps(index).reversed() { next = place(of: step, before: next) }
      evidence.append(
        PackedEvidence(
          unit: place(of: item.unit), phase: place(of: item.phase), entry: place(of: item.entry),
          entryKind: place(of: item.entryKind), capability: place(of: item.capability),
          authority: place(of: item.authority), isCertain: item.isCertain ? 1 : 0, sink: place(of: item.sink),
          lastCrate: place(of: item.lastCrate), stepCount: UInt32(clamping: item.stepCount), path: next))
    }
  }

  private mutating func place(of text: String) -> UInt32 {
    if let place = places[text] { return place }
    let place = UInt32(texts.count)
    texts.append(text)
    places[text] = place
    return place
  }

  private mutating func place(of step: ReportStep, before next: UInt32) -> UInt32 {
    let packed = PackedStep(
      function: place(of: step.function), instance: place(of: step.instance), crate: place(of: step.crate),
      file: place(of: step.file), line: UInt32(clamping: step.line), column: UInt32(clamping: step.column),
      edge: place(of: step.edge), candidates: UInt32(clamping: step.candidates),
      isConstantFalse: step.isConstantFalse ? 1 : 0, next: next)
    if let place = stepPlaces[packed] { return place }
    steps.append(packed)
    let place = UInt32(steps.count)
    stepPlaces[packed] = place
    return place
  }
}
