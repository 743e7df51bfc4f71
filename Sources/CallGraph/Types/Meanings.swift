import RustDump

/// Types and callees that MIR prints alike: of crates of one name, or of equally named functions in sibling blocks.
extension TypeTable {
  /// So many meanings of one type are told apart.
  private static let meaningsLimit = 16

  /// A type that stands for each of some; the only one itself.
  func oneOf(_ meanings: [TermID]) -> TermID {
    if meanings.count == 1 { return meanings[0] }
    var seen: Set<TermID> = []
    let distinct = meanings.filter { seen.insert($0).inserted }
    return distinct.count == 1 ? distinct[0] : make(.oneOf, distinct)
  }

  /// What a type can mean, each without choices within. Where that is too much, the choices are left open.
  func meanings(of type: TermID) -> [TermID] {
    guard hasChoice(type) else { return [type] }
    let found = combinations(of: type)
    return found.count <= TypeTable.meaningsLimit ? found : [blurred(type)]
  }

  private func combinations(of type: TermID) -> [TermID] {
    guard hasChoice(type) else { return [type] }
    if kind(type) == .oneOf { return children(type).flatMap { combinations(of: $0) } }
    var lists: [[TermID]] = [[]]
    for child in children(type) {
      let options = combinations(of: child)
      lists = lists.flatMap { list in options.map { list + [$0] } }
      if lists.count > TypeTable.meaningsLimit { break }
    }
    let record = terms.record(type)
    return lists.map { make(kind(type), a: record.a, b: record.b, $0) }
  }

  private func blurred(_ type: TermID) -> TermID {
    if kind(type) == .oneOf { return make(.inferred) }
    guard hasChoice(type) else { return type }
    let record = terms.record(type)
    return make(kind(type), a: record.a, b: record.b, children(type).map { blurred($0) })
  }
}
