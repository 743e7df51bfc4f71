import CrateFacts
import RustDump

/// Terms of MIR that mean the same wherever they stand in their unit: no generic parameter, `Self`, closure or `impl Trait`
/// occurs within. They are most of all terms, and are lowered once a unit instead of once a body.
///
/// All terms of all units are numbered through, so that what is known of each stands in one array.
struct ClosedTerms {
  /// The number of each unit's first term.
  private var base: [Int] = []
  private var isClosed: [Bool] = []
  /// For each term its linked type; none if it is not known yet.
  private var types: [TermID]
  /// The same for terms that name a callee.
  private var callees: [TermID]

  init(_ program: Program, selfName: NameID) {
    for unit in program.units.indices {
      base.append(isClosed.count)
      ClosedTerms.mark(program.terms(unit), openNames: ClosedTerms.openNames(program, unit, selfName), &isClosed)
    }
    types = Array(repeating: .none, count: isClosed.count)
    callees = types
  }

  /// What a term is known as; `nil` if its meaning depends on the body, none if it is not known yet.
  func type(_ term: TermID, _ unit: Int) -> TermID? {
    let number = base[unit] + Int(term.raw)
    return isClosed[number] ? types[number] : nil
  }

  func callee(_ term: TermID, _ unit: Int) -> TermID? {
    let number = base[unit] + Int(term.raw)
    return isClosed[number] ? callees[number] : nil
  }

  mutating func setType(_ term: TermID, _ unit: Int, _ type: TermID) { types[base[unit] + Int(term.raw)] = type }
  mutating func setCallee(_ term: TermID, _ unit: Int, _ callee: TermID) {
    callees[base[unit] + Int(term.raw)] = callee
  }

  /// The unit's own numbers of the names that stand for something else in one body than in another.
  private static func openNames(_ program: Program, _ unit: Int, _ selfName: NameID) -> Set<UInt32> {
    var names = Set(program.units[unit].facts.items.generics.map(\.name))
    let count = UInt32(program.units[unit].facts.store.names.count)
    if let local = (0..<count).first(where: { program.globalName(unit, $0) == selfName }) { names.insert(local) }
    return names
  }

  /// Children and parents come before the terms that name them.
  private static func mark(_ terms: TermTable, openNames: Set<UInt32>, _ marks: inout [Bool]) {
    let first = marks.count
    marks.reserveCapacity(first + terms.count)
    for number in 0..<UInt32(terms.count) {
      let record = terms.record(TermID(number))
      var isClosed: Bool
      switch terms.kind(TermID(number)) {
      case .closureAt, .closureOf, .bodyOf, .opaque: isClosed = false
      case .segment: isClosed = record.a == 0 ? !openNames.contains(record.b) : marks[first + Int(record.a)]
      case .implBlock, .implOfTrait, .implAt: isClosed = record.a == 0 || marks[first + Int(record.a)]
      default: isClosed = true
      }
      for child in 0..<Int(record.childCount) where isClosed {
        isClosed = marks[first + Int(terms.child(TermID(number), child).raw)]
      }
      marks.append(isClosed)
    }
  }
}
