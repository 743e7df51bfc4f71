import CrateFacts
import RustDump

/// A function that control can come to.
enum CallTarget: Hashable {
  /// A `functionDefinition` term without parameters.
  case function(TermID)
  /// The body of a closure or coroutine, with the arguments of the definition around it.
  case closure(UInt32, TermID)
}

/// What a trait method on a given self type is.
enum Selection {
  case targets([CallTarget])
  /// Through the vtable of a trait object (its first bound).
  case dynamic(TermID)
  /// Through a function pointer of this type.
  case pointer(TermID)
  /// The caller of an entry point chooses the type.
  case callerSupplied
  /// The compiler's own implementation: calls nothing of the crates.
  case builtin
  case unknown
}

/// Selects impls, in the way of the compiler: unify the self type and the trait's arguments with the headers of all
/// impls, check where clauses if several unify, take the trait's default where the impl has no such member.
final class TraitSelector {
  let program: Program
  let lowering: TypeLowering
  let types: TypeTable
  let known: WellKnownItems
  private var selections = NumberMap<TermID, Selection>()
  var normalised = WordMap<TermID, TermID>()
  private var implementations = WordMap<TermID, Bool>()
  private var completions = NumberMap<TermID, TermID>()
  var traitsByAssociatedType: [NameID: [UInt32]] = [:]
  var depth = 0
  /// Whether one impl (a record) is a special case of another, by both.
  var specialities: [UInt64: Bool] = [:]
  static let depthLimit = 24

  init(_ program: Program, _ lowering: TypeLowering, _ known: WellKnownItems) {
    self.program = program
    self.lowering = lowering
    types = lowering.types
    self.known = known
    for item in UInt32(0)..<UInt32(program.unitOfItem.count) where program.kind(item) == .typeAlias {
      let parent = program.parent(item)
      if program.kind(parent) == .trait { traitsByAssociatedType[program.name(item), default: []].append(parent) }
    }
  }

  // MARK: Methods

  /// What a `traitMethod` term stands for.
  func select(_ callee: TermID) -> Selection {
    if let known = selections[callee] { return known }
    selections[callee] = .unknown
    let selection = selectUncached(callee)
    selections[callee] = selection
    return selection
  }

  private func selectUncached(_ callee: TermID) -> Selection {
    let trait = types.item(callee)
    let name = types.name(callee)
    let selfType = normalise(types.child(callee, 0))
    let arguments = types.children(types.child(callee, 1)).map { normalise($0) }
    let own = types.children(types.child(callee, 2))
    switch types.kind(selfType) {
    case .open: if isChosenByCaller(selfType, trait) { return .callerSupplied }
    case .projection: return types.hasOpen(selfType) ? .callerSupplied : .unknown
    case .parameter: return .callerSupplied
    case .inferred, .unknown, .oneOf: return .unknown
    case .dynamic:
      if let bound = principal(selfType, covering: trait) { return .dynamic(bound) }
    default:
      if let called = selectCallable(trait, selfType) { return called }
    }
    let found = impls(of: trait, for: selfType, arguments)
    guard !found.isEmpty else {
      if known.builtin.contains(trait) || types.kind(selfType) == .closureType { return .builtin }
      let isOpen = types.hasOpen(selfType) || arguments.contains { types.hasOpen($0) }
      return isOpen ? .callerSupplied : .unknown
    }
    // Of an impl whose other parameters follow from what the caller chooses, the caller decides.
    if types.kind(selfType) == .open, found.contains(where: { $0.arguments.contains { types.hasUnknown($0) } }) {
      return .callerSupplied
    }
    return .targets(found.compactMap { member(name, $0, trait, selfType, arguments, own) })
  }

  private func member(
    _ name: NameID, _ found: FoundImpl, _ trait: UInt32, _ selfType: TermID, _ arguments: [TermID], _ own: [TermID]
  ) -> CallTarget? {
    let record = lowering.impls.records[found.record]
    let items = program.scopeChildren.all(MultiMap.key(record.item, name.raw))
    if let item = items.first(where: { program.kind($0) != .typeAlias }) {
      return .function(lowering.definition(item, found.arguments + own))
    }
    if let inherited = inherited(name, found, trait, selfType, arguments) {
      return .function(lowering.definition(inherited.item, inherited.arguments + own))
    }
    guard let item = program.scopeChildren.first(MultiMap.key(trait, name.raw)) else { return nil }
    return .function(lowering.definition(item, [selfType] + arguments + own))
  }

  /// Closures, function items and function pointers implement the `Fn` traits, coroutines `Future` and `Iterator`.
  private func selectCallable(_ trait: UInt32, _ selfType: TermID) -> Selection? {
    switch types.kind(selfType) {
    case .closureType:
      guard known.isCallable(trait) || trait == known.future || trait == known.iterator else { return nil }
      return .targets(closureTargets(selfType))
    case .functionDefinition where known.isCallable(trait): return .targets([.function(selfType)])
    case .traitMethod where known.isCallable(trait): return select(selfType)
    case .functionPointer where known.isCallable(trait): return .pointer(selfType)
    default: return nil
    }
  }

  /// The bodies that a closure type stands for.
  func closureTargets(_ type: TermID) -> [CallTarget] {
    let arguments = types.argumentList(of: type)
    let group = types.terms.record(type).b
    guard group > 0, Int(group) < lowering.closures.groups.count else {
      return [.closure(types.item(type), arguments)]
    }
    return lowering.closures.groups[Int(group)].map { .closure($0, arguments) }
  }

  /// The first bound of a trait object, if its vtable holds the methods of a trait.
  func principal(_ type: TermID, covering trait: UInt32) -> TermID? {
    guard types.childCount(type) > 0 else { return nil }
    let bound = types.child(type, 0)
    return covers(types.item(bound), trait, 0) ? bound : nil
  }

  func covers(_ trait: UInt32, _ wanted: UInt32, _ level: Int) -> Bool {
    if trait == wanted { return true }
    guard level < 12 else { return false }
    return lowering.supertraits(trait).contains { covers(types.item($0), wanted, level + 1) }
  }

  // MARK: Impls

  struct FoundImpl {
    var record: Int
    var arguments: [TermID]
  }

  /// The impls of a trait that a type has.
  func impls(of trait: UInt32, for selfType: TermID, _ arguments: [TermID]) -> [FoundImpl] {
    guard depth < TraitSelector.depthLimit else { return [] }
    depth += 1
    defer { depth -= 1 }
    var found: [FoundImpl] = []
    for index in lowering.impls.candidates(trait, selfType) {
      let record = lowering.impls.records[index]
      var unifier = Unifier(types, parameters: record.parameters)
      guard unifier.unify(record.selfType, selfType), isForPointers(index, selfType) != false,
        zip(record.traitArguments, arguments).allSatisfy({ unifier.unify($0, $1) })
      else { continue }
      bindProjections(record, &unifier)
      found.append(FoundImpl(record: index, arguments: unifier.arguments()))
    }
    guard found.count > 1 else { return found }
    let checked = found.filter { holds($0) }
    guard checked.count > 1 else { return checked.isEmpty ? found : checked }
    return mostSpecial(checked, for: selfType, arguments)
  }

  /// Parameters that only a where clause fixes: `impl<B, F: FnMut(u8) -> B> ..`.
  private func bindProjections(_ record: ImplRecord, _ unifier: inout Unifier) {
    guard unifier.bindings.contains(where: { $0 == nil }) else { return }
    for bound in lowering.bounds(of: record.item) {
      for binding in types.children(bound.trait) where types.kind(binding) == .binding {
        let partial = types.list(unifier.arguments())
        let subject = types.substitute(bound.subject, partial)
        let arguments = lowering.traitArguments(bound.trait, selfType: bound.subject).map {
          types.substitute($0, partial)
        }
        let projection = types.make(
          .projection, a: types.item(bound.trait), b: types.name(binding).raw,
          [subject, types.list(arguments), types.list([])])
        let actual = normalise(projection)
        // What depends on a type that the caller chooses is the caller's choice too.
        guard types.kind(actual) != .projection || types.hasOpen(actual) else { continue }
        _ = unifier.unify(types.child(binding, 0), actual)
      }
    }
  }

  /// A method of an impl with those of the impl's arguments that were not printed, because only a where clause fixes
  /// them: `impl<F, E> Task<F> where F: Future<Output = Result<(), E>>`.
  func completed(_ function: TermID) -> TermID {
    guard types.hasUnknown(function), types.kind(function) == .functionDefinition,
      let index = lowering.impls.recordOfItem[program.parent(types.item(function))]
    else { return function }
    if let known = completions[function] { return known }
    let record = lowering.impls.records[index]
    let arguments = types.children(function)
    var unifier = Unifier(types, parameters: record.parameters)
    for (position, argument) in arguments.prefix(record.parameters).enumerated()
    where types.kind(argument) != .inferred {
      unifier.bindings[position] = argument
    }
    bindProjections(record, &unifier)
    let result = types.make(
      .functionDefinition, a: types.item(function), unifier.arguments() + arguments.dropFirst(record.parameters))
    completions[function] = result
    return result
  }

  private func holds(_ found: FoundImpl) -> Bool {
    let record = lowering.impls.records[found.record]
    let list = types.list(found.arguments)
    for bound in lowering.bounds(of: record.item) {
      let subject = normalise(types.substitute(bound.subject, list))
      let arguments = lowering.traitArguments(bound.trait, selfType: bound.subject).map {
        normalise(types.substitute($0, list))
      }
      if !implements(subject, types.item(bound.trait), arguments) { return false }
    }
    return true
  }

  /// Whether a type has a trait; `true` where that cannot be told.
  func implements(_ type: TermID, _ trait: UInt32, _ arguments: [TermID]) -> Bool {
    switch types.kind(type) {
    case .open, .projection, .inferred, .unknown, .oneOf, .parameter: return true
    case .dynamic where principal(type, covering: trait) != nil: return true
    case .closureType where known.isCallable(trait), .functionDefinition where known.isCallable(trait),
      .functionPointer where known.isCallable(trait), .traitMethod where known.isCallable(trait):
      return true
    case .closureType where trait == known.future: return true
    default: break
    }
    if known.builtin.contains(trait) || depth >= TraitSelector.depthLimit { return true }
    let key = types.make(.traitMethod, a: trait, [type, types.list(arguments)])
    if let known = implementations[key] { return known }
    // Recursive questions hold, as for auto traits: a missed impl would be the worse mistake.
    implementations[key] = true
    depth += 1
    defer { depth -= 1 }
    let answer = impls(of: trait, for: type, arguments).contains { holds($0) }
    implementations[key] = answer
    return answer
  }
}
