import RustDump

/// One-way unification: a pattern with parameters (an impl header) against a type.
///
/// Unknown and inferred parts of the type match everything, projections in the pattern too: sound first. A type that the
/// caller chooses (`open`) matches only a parameter.
struct Unifier {
  let types: TypeTable
  /// What each parameter of the pattern stands for.
  var bindings: [TermID?]

  init(_ types: TypeTable, parameters: Int) {
    self.types = types
    bindings = Array(repeating: nil, count: parameters)
  }

  /// Whether the pattern can be made equal to the type. On failure the bindings are of no use.
  mutating func unify(_ pattern: TermID, _ type: TermID) -> Bool {
    if pattern == type, !types.hasParameter(pattern) { return true }
    switch types.kind(pattern) {
    case .parameter: return bind(Int(types.item(pattern)), type)
    case .projection, .inferred, .unknown, .oneOf: return true
    default: break
    }
    if isVague(type) { return true }
    if types.kind(type) == .open { return false }
    return unifyParts(pattern, type)
  }

  private mutating func bind(_ position: Int, _ type: TermID) -> Bool {
    guard position < bindings.count else { return true }
    guard let bound = bindings[position] else {
      bindings[position] = type
      return true
    }
    if bound == type { return true }
    if isVague(bound) {
      bindings[position] = type
      return true
    }
    return isVague(type) || agree(bound, type)
  }

  private func isVague(_ type: TermID) -> Bool {
    switch types.kind(type) {
    case .inferred, .unknown, .projection, .oneOf: true
    default: false
    }
  }

  /// Whether two types without parameters may be equal.
  private func agree(_ left: TermID, _ right: TermID) -> Bool {
    if left == right || isVague(left) || isVague(right) { return true }
    guard types.hasUnknown(left) || types.hasUnknown(right) || types.hasProjection(left) || types.hasProjection(right)
    else { return false }
    guard sameHead(left, right) else { return false }
    return zip(types.children(left), types.children(right)).allSatisfy { agree($0, $1) }
  }

  private func sameHead(_ left: TermID, _ right: TermID) -> Bool {
    let first = types.terms.record(left)
    let second = types.terms.record(right)
    return first.kind == second.kind && first.a == second.a && first.b == second.b
      && first.childCount == second.childCount
  }

  private mutating func unifyParts(_ pattern: TermID, _ type: TermID) -> Bool {
    guard sameHead(pattern, type) else { return false }
    for index in 0..<types.childCount(pattern) {
      guard unify(types.child(pattern, index), types.child(type, index)) else { return false }
    }
    return true
  }

  /// Whether nothing has said yet what a parameter stands for.
  func isUnbound(_ position: Int) -> Bool { position < bindings.count && bindings[position] == nil }

  /// The bindings as an argument list; what is not bound is inferred.
  func arguments() -> [TermID] {
    bindings.map { $0 ?? types.make(.inferred) }
  }
}
