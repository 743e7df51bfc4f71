import CrateFacts
import RustDump

/// The types that the caller of an entry point chooses.
extension EdgeBuilder {
  /// Open parameters for a definition that is started from outside, each with the traits that it is bounded by: what
  /// these do not tell does not depend on the caller. Parameters of one name and equal bounds are one type, so that what
  /// many entry points share is looked at once.
  func openArguments(of item: UInt32) -> TermID {
    if let known = openArguments[item] { return known }
    let scope = lowering.generics.scope(of: item)
    let names = scope.names.indices.map { openName(scope, $0) }
    let plain = types.list(names.map { types.make(.open, b: $0.raw) })
    var bounds: [[TermID]] = Array(repeating: [], count: names.count)
    for bound in lowering.bounds(of: item) where types.kind(bound.subject) == .parameter {
      let position = Int(types.item(bound.subject))
      guard position < names.count, matters(types.item(bound.trait)) else { continue }
      bounds[position].append(types.substitute(bound.trait, plain))
    }
    if let trait = trait(around: item), !names.isEmpty {
      let arguments = types.children(plain).prefix(lowering.generics.scope(of: trait).names.count).dropFirst()
      bounds[0].append(types.make(.traitReference, a: trait, Array(arguments)))
    }
    let list = types.list(
      names.indices.map { types.make(.open, a: 1, b: names[$0].raw, Array(Set(bounds[$0])).sorted()) })
    openArguments[item] = list
    return list
  }

  private func openName(_ scope: GenericScope, _ index: Int) -> NameID {
    guard scope.isOpaque[index] else { return scope.names[index] }
    return program.names.intern("impl " + program.string(scope.names[index]))
  }

  private func trait(around item: UInt32) -> UInt32? {
    if program.kind(item) == .trait { return item }
    let parent = program.parent(item)
    return program.kind(parent) == .trait ? parent : nil
  }

  /// Markers such as `Send` decide nothing.
  private func matters(_ trait: UInt32) -> Bool {
    program.childrenOf.first(trait) != nil || !lowering.supertraits(trait).isEmpty
  }
}
