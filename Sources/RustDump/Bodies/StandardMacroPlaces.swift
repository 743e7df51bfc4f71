/// Places of bodies that a macro of std makes whole: the accessors of `thread_local!`.
///
/// Their text stands in std's files. What the user wrote of the same item, such as its first value, has a place of its
/// own: there the whole item stands.
extension MirReader {
  /// Moves bodies that stand in std's files to where a body of the same item stands.
  mutating func placeStandardBodies() {
    guard !standardBodies.isEmpty else { return }
    var bodyOfPath: [UInt32: Int] = [:]
    for index in standardBodies { bodyOfPath[facts.bodies[index].path] = index }
    let isStandard = Set(standardBodies)
    var places: [UInt32: Int] = [:]
    for index in facts.bodies.indices where !isStandard.contains(index) && facts.bodies[index].line > 0 {
      guard let root = outermost(facts.bodies[index].path, bodyOfPath), places[root] == nil else { continue }
      places[root] = index
    }
    for index in standardBodies {
      guard let root = outermost(facts.bodies[index].path, bodyOfPath), let place = places[root] else { continue }
      move(index, to: facts.bodies[place])
    }
  }

  /// The outermost path around a path (or itself) that is the path of such a body.
  private func outermost(_ path: UInt32, _ bodyOfPath: [UInt32: Int]) -> UInt32? {
    var current = TermID(path)
    var found: UInt32?
    while !current.isNone, terms.store.terms.kind(current) == .segment {
      if bodyOfPath[current.raw] != nil { found = current.raw }
      current = terms.store.terms.parent(current)
    }
    return found
  }

  private mutating func move(_ index: Int, to place: BodyRecord) {
    let standardFile = facts.bodies[index].file
    facts.bodies[index].file = place.file
    facts.bodies[index].line = place.line
    facts.bodies[index].lastLine = place.line
    let first = Int(facts.bodies[index].sitesStart)
    for site in first..<(first + Int(facts.bodies[index].sitesCount)) where facts.sites[site].file == standardFile {
      facts.sites[site].file = place.file
      facts.sites[site].line = place.line
      facts.sites[site].column = 1
    }
  }
}
