import RustDump

/// Linked types of all units, hash-consed, with what passes need to know of each at once.
///
/// A type is a `TermID` of one table: equal types have equal numbers. See `TermKind` for the forms.
final class TypeTable {
  private(set) var terms = TermTable()
  private var facts: [UInt8] = [0]
  private var depths: [UInt8] = [0]

  private static let hasParameterBit: UInt8 = 1
  private static let hasOpenBit: UInt8 = 2
  private static let hasProjectionBit: UInt8 = 4
  private static let hasUnknownBit: UInt8 = 8
  private static let hasChoiceBit: UInt8 = 16
  /// Whether any type has several meanings.
  private(set) var hasChoices = false
  private static let hasClosureBit: UInt8 = 32

  /// The number of the type with these words.
  func make(_ kind: TermKind, a: UInt32 = 0, b: UInt32 = 0, _ children: [TermID] = []) -> TermID {
    children.withUnsafeBufferPointer { make(kind, a: a, b: b, $0) }
  }

  private func make(_ kind: TermKind, a: UInt32, b: UInt32, _ children: UnsafeBufferPointer<TermID>) -> TermID {
    let term = terms.intern(kind, a: a, b: b, children: children)
    if Int(term.raw) == facts.count {
      facts.append(derive(kind, children))
      var below: UInt8 = 0
      for child in children { below = max(below, depths[Int(child.raw)]) }
      depths.append(below == UInt8.max ? below : below + 1)
    }
    return term
  }

  /// How deep a type is nested, at most 255.
  func depth(_ type: TermID) -> Int { Int(depths[Int(type.raw)]) }

  private func derive(_ kind: TermKind, _ children: UnsafeBufferPointer<TermID>) -> UInt8 {
    var bits: UInt8 = 0
    switch kind {
    case .parameter: bits = TypeTable.hasParameterBit
    case .open: bits = TypeTable.hasOpenBit
    case .projection: bits = TypeTable.hasProjectionBit
    case .unknown, .inferred: bits = TypeTable.hasUnknownBit
    case .oneOf:
      bits = TypeTable.hasUnknownBit | TypeTable.hasChoiceBit
      hasChoices = true
    case .closureType: bits = TypeTable.hasClosureBit
    default: break
    }
    for child in children { bits |= facts[Int(child.raw)] }
    return bits
  }

  func kind(_ type: TermID) -> TermKind { terms.kind(type) }
  func item(_ type: TermID) -> UInt32 { terms.record(type).a }
  func name(_ type: TermID) -> NameID { terms.name(type) }
  func children(_ type: TermID) -> [TermID] { terms.childList(type) }
  func child(_ type: TermID, _ index: Int) -> TermID { terms.child(type, index) }
  func childCount(_ type: TermID) -> Int { terms.childCount(type) }

  /// Whether a generic parameter occurs within.
  func hasParameter(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasParameterBit != 0 }
  /// Whether a type that the caller chooses occurs within.
  func hasOpen(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasOpenBit != 0 }
  func hasProjection(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasProjectionBit != 0 }
  /// Whether the type of a closure or coroutine occurs within.
  func hasClosure(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasClosureBit != 0 }
  func hasUnknown(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasUnknownBit != 0 }
  /// Whether something that has several meanings occurs within.
  func hasChoice(_ type: TermID) -> Bool { facts[Int(type.raw)] & TypeTable.hasChoiceBit != 0 }

  /// Whether something occurs within that is not known, or not yet.
  func isVague(_ type: TermID) -> Bool {
    facts[Int(type.raw)] & (TypeTable.hasUnknownBit | TypeTable.hasProjectionBit | TypeTable.hasOpenBit) != 0
  }

  var unit: TermID { make(.tuple) }

  // MARK: Substitution

  private var substitutions = WordMap<UInt64, TermID>()

  /// A list of arguments as one term, so that lists can be compared and stored.
  func list(_ arguments: [TermID]) -> TermID { make(.tuple, arguments) }

  /// The children of a type as such a list.
  func argumentList(of type: TermID) -> TermID {
    if let known = argumentLists[type] { return known }
    let list = list(children(type))
    argumentLists[type] = list
    return list
  }
  private var argumentLists = NumberMap<TermID, TermID>()

  /// Replaces generic parameters by the arguments in a list. Parameters beyond the list become unknown.
  func substitute(_ type: TermID, _ arguments: TermID) -> TermID {
    guard hasParameter(type) else { return type }
    if kind(type) == .parameter { return argument(type, arguments) }
    // Small types are made anew sooner than they are found.
    if depth(type) <= TypeTable.smallDepth { return substituteUncached(type, arguments) }
    let key = UInt64(type.raw) << 32 | UInt64(arguments.raw)
    if let known = substitutions[key] { return known }
    let result = substituteUncached(type, arguments)
    substitutions[key] = result
    return result
  }

  private func substituteUncached(_ type: TermID, _ arguments: TermID) -> TermID {
    let record = terms.record(type)
    let count = Int(record.childCount)
    return withUnsafeTemporaryAllocation(of: TermID.self, capacity: count) { list in
      for index in 0..<count { list.initializeElement(at: index, to: substitute(child(type, index), arguments)) }
      return make(kind(type), a: record.a, b: record.b, UnsafeBufferPointer(list))
    }
  }

  private static let smallDepth = 2

  private func argument(_ parameter: TermID, _ arguments: TermID) -> TermID {
    let position = Int(item(parameter))
    return position < childCount(arguments) ? child(arguments, position) : make(.inferred)
  }
}
