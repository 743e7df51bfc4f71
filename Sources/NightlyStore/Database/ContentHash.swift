import Policy
import Project

/// Names what a result says of each unit, so that the same is stored once.
struct ContentHash {
  private let pack: ResultPack
  /// The hash of each path, by its first step.
  private let paths: [[UInt8]]

  /// Hashes all steps, each with what follows it.
  init(_ pack: ResultPack) {
    self.pack = pack
    var paths: [[UInt8]] = []
    paths.reserveCapacity(pack.steps.count)
    for step in pack.steps {
      var hash = SHA256()
      for text in step.texts { hash.add(pack.texts[Int(text)]) }
      for number in [step.line, step.column, step.candidates, step.isConstantFalse] { hash.add(Int(number)) }
      if step.next > 0 { hash.add(paths[Int(step.next) - 1]) }
      paths.append(hash.finish())
    }
    self.paths = paths
  }

  /// The hash of a unit with its evidence.
  func hash(of description: [UInt8], evidence: [PackedEvidence]) -> [UInt8] {
    var hash = SHA256()
    hash.add(description)
    for item in evidence {
      for text in item.texts { hash.add(pack.texts[Int(text)]) }
      hash.add(Int(item.isCertain))
      if item.path > 0 { hash.add(paths[Int(item.path) - 1]) }
    }
    return hash.finish()
  }
}
