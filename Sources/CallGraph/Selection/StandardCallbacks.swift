import RustDump

/// Works out what std may call back, from the bounds of its items.
///
/// A bound `F: FnMut(u8)` on a closure gives the closure's body; `T: Display` on a type of the user the methods of its
/// impl; on a type of std the bounds of std's own impl, with the type's arguments (`Vec<T>: Debug` asks for `T: Debug`).
/// Supertraits are asked for too. Of a trait's methods those are taken that `StandardDemands` says the function may call.
final class StandardCallbacks {
  let program: Program
  let lowering: TypeLowering
  let types: TypeTable
  private let selector: TraitSelector
  private let index: StandardDemandIndex
  private var callbacksOfFunction = WordMap<TermID, [Callback]>()
  private var demands = WordMap<TermID, [Callback]>()
  private let isSink: (TermID) -> Bool
  private var sinks = WordMap<TermID, Bool>()

  /// - Parameter isSink: whether a function of std does something that counts by itself.
  init(
    _ program: Program, _ lowering: TypeLowering, _ selector: TraitSelector, _ index: StandardDemandIndex,
    isSink: @escaping (TermID) -> Bool
  ) {
    self.isSink = isSink
    self.index = index
    self.program = program
    self.lowering = lowering
    self.selector = selector
    types = lowering.types
  }

  /// What a call of a function of std may call back. `function` is a `functionDefinition` without parameters.
  func callbacks(of function: TermID) -> [Callback] {
    if let known = callbacksOfFunction[function] { return known }
    callbacksOfFunction[function] = []
    let found = findCallbacks(of: function)
    callbacksOfFunction[function] = found
    return found
  }

  private func findCallbacks(of function: TermID) -> [Callback] {
    let item = types.item(function)
    let parent = program.parent(item)
    guard !isIdentity(parent) else { return [] }
    let arguments = types.argumentList(of: function)
    let filter = index.filter(of: item)
    var found = boundCallbacks(item, arguments, filter)
    if program.kind(parent) == .trait, types.childCount(arguments) > 0 {
      // A default body calls the other methods of its own trait.
      let count = lowering.generics.scope(of: parent).names.count
      let reference = types.make(.traitReference, a: parent, Array(types.children(arguments).prefix(count).dropFirst()))
      found += demand(types.child(arguments, 0), reference, filter)
    }
    found += pointerParameters(item, arguments)
    return unique(resolveHandedOn(found, item, arguments))
  }

  /// `impl<I: Iterator> IntoIterator for I` and `impl<F: Future> IntoFuture for F` give back what they get.
  private func isIdentity(_ implementation: UInt32) -> Bool {
    guard let index = lowering.impls.recordOfItem[implementation] else { return false }
    let record = lowering.impls.records[index]
    guard types.kind(record.selfType) == .parameter, let trait = record.trait else { return false }
    return selector.known.conversions.contains(trait)
  }

  /// Asks whatever a function is generic over for what is asked of values that it may hand on. What its own caller chose,
  /// of a method whose parameters were left open, that caller asks: `Result::from_iter` hands its iterator on, wrapped.
  private func resolveHandedOn(_ found: [Callback], _ item: UInt32, _ arguments: TermID) -> [Callback] {
    var result: [Callback] = []
    var work = unique(found)
    var asked: Set<Callback> = []
    lazy var subjects = self.subjects(of: item, arguments)
    while let callback = work.popLast() {
      guard case .handedOn(let trait, let filter, let receiver) = callback else {
        result.append(callback)
        continue
      }
      guard asked.insert(callback).inserted else { continue }
      if subjects.contains(where: { types.kind($0) == .open }) {
        result.append(.handedOn(trait: trait, filter: .all, to: receiver))
      }
      for subject in subjects
      where subject != receiver && selector.implements(subject, types.item(trait), types.children(trait)) {
        work += demand(subject, trait, filter)
      }
    }
    return result.reversed()
  }

  /// The types that a function's bounds are about.
  private func subjects(of item: UInt32, _ arguments: TermID) -> [TermID] {
    var list = lowering.bounds(of: item).map { selector.normalise(types.substitute($0.subject, arguments)) }
    if program.kind(program.parent(item)) == .trait, types.childCount(arguments) > 0 {
      list.append(types.child(arguments, 0))
    }
    var seen: Set<TermID> = []
    return list.filter { seen.insert($0).inserted }
  }

  private func boundCallbacks(
    _ item: UInt32, _ arguments: TermID, _ filter: StandardDemandIndex.Filter
  ) -> [Callback] {
    lowering.bounds(of: item).flatMap { bound -> [Callback] in
      let subject = selector.normalise(types.substitute(bound.subject, arguments))
      let list = lowering.traitArguments(bound.trait, selfType: bound.subject).map {
        selector.normalise(types.substitute($0, arguments))
      }
      // Making a trait object calls nothing: who has it does.
      if let object = traitObject(of: types.item(bound.trait), madeBy: item, arguments) {
        return [.unsized(type: subject, bound: object)]
      }
      // `panic_any(payload)` makes a `Box<dyn Any>`.
      if types.item(bound.trait) == selector.known.any, program.kind(program.parent(item)) == .module {
        return [.unsized(type: subject, bound: types.make(.traitReference, a: types.item(bound.trait)))]
      }
      return demand(subject, types.make(.traitReference, a: types.item(bound.trait), list), filter)
    }
  }

  /// The bound of a trait object of a trait that an impl's self type holds: such impls turn what they are bounded on
  /// into one.
  /// What follows from `type: trait`.
  func demand(
    _ type: TermID, _ reference: TermID, _ filter: StandardDemandIndex.Filter = .all
  ) -> [Callback] {
    let key = types.make(.bound, a: types.item(reference), b: filter.number, [type, reference])
    if let known = demands[key] { return known }
    demands[key] = []
    let found = demandUncached(type, reference, filter)
    demands[key] = found
    return found
  }

  private func demandUncached(
    _ type: TermID, _ reference: TermID, _ filter: StandardDemandIndex.Filter
  ) -> [Callback] {
    let trait = types.item(reference)
    let arguments = types.children(reference)
    switch types.kind(type) {
    case .open, .projection, .inferred, .unknown, .parameter: return []
    case .oneOf: return types.children(type).flatMap { demand($0, reference, filter) }
    case .dynamic:
      if let bound = selector.principal(type, covering: trait) { return [.dynamic(bound: bound, trait: reference)] }
    case .closureType where selector.known.isCallable(trait) || trait == selector.known.future:
      return selector.closureTargets(type).map { .target($0) }
    case .functionDefinition where selector.known.isCallable(trait): return [.target(.function(type))]
    case .traitMethod where selector.known.isCallable(trait): return traitMethodCallback(type)
    case .functionPointer where selector.known.isCallable(trait): return [.pointer(type)]
    default: break
    }
    // What is `Copy` is `Clone` too, but is copied without a call.
    guard hasMethods(trait), trait != selector.known.copy else { return [] }
    // `&F: Fn` is std's impl for references, which calls the function.
    let takesAll = filter == .all || selector.known.isCallable(trait)
    var found = takesAll ? implCallbacks(type, reference) : calledMethods(type, reference, filter)
    for parent in lowering.supertraits(trait) {
      let list = types.list([type] + arguments)
      let parentArguments = lowering.traitArguments(parent, selfType: types.make(.parameter, a: 0)).map {
        selector.normalise(types.substitute($0, list))
      }
      found += demand(type, types.make(.traitReference, a: types.item(parent), parentArguments), filter)
    }
    for bound in lowering.associatedTypeBounds(of: trait) {
      found += associatedDemand(bound, [type] + arguments, filter)
    }
    return unique(found)
  }

  /// All methods of the impls that fit.
  private func implCallbacks(_ type: TermID, _ reference: TermID) -> [Callback] {
    let impls = selector.impls(of: types.item(reference), for: type, types.children(reference))
    if impls.isEmpty, types.item(reference) == selector.known.clone { return builtinClone(type, reference) }
    return impls.flatMap { implCallbacks($0) }
  }

  /// The methods of a trait that a filter allows, as the type has them. One of std calls back what it may call itself.
  private func calledMethods(
    _ type: TermID, _ reference: TermID, _ filter: StandardDemandIndex.Filter
  ) -> [Callback] {
    let trait = types.item(reference)
    var list: [Callback] = []
    for member in program.childrenOf.all(trait) where program.kind(member) == .function {
      guard index.allows(filter, trait: trait, method: member) else { continue }
      let method = types.make(
        .traitMethod, a: trait, b: program.name(member).raw,
        [type, types.argumentList(of: reference), types.list(ownParameters(member))])
      switch selector.select(method) {
      case .targets(let targets):
        list += targets.flatMap { callbacks(of: withOwnParameters($0)) + handedOn(to: $0, type) }
      case .dynamic(let bound): list.append(.dynamic(bound: bound, trait: reference))
      case .pointer(let type): list.append(.pointer(type))
      case .builtin where trait == selector.known.clone: list += builtinClone(type, reference)
      case .callerSupplied, .builtin, .unknown: break
      }
    }
    return list
  }

  /// What a method asks of its own parameters, which `calledMethods` leaves open.
  private func handedOn(to target: CallTarget, _ receiver: TermID) -> [Callback] {
    guard case .function(let function) = target else { return [] }
    let item = types.item(function)
    let scope = lowering.generics.scope(of: item)
    guard scope.names.count > scope.parentCount else { return [] }
    let filter = program.isStandard(item) ? index.filter(of: item) : .all
    let arguments = types.argumentList(of: function)
    return lowering.bounds(of: item).compactMap { bound in
      guard types.kind(bound.subject) == .parameter, Int(types.item(bound.subject)) >= scope.parentCount,
        !selector.known.isCallable(types.item(bound.trait))
      else { return nil }
      let list = lowering.traitArguments(bound.trait, selfType: bound.subject).map {
        selector.normalise(types.substitute($0, arguments))
      }
      return .handedOn(
        trait: types.make(.traitReference, a: types.item(bound.trait), list), filter: filter, to: receiver)
    }
  }

  /// An impl's own parameters bear the impl's names, not the trait's.
  private func withOwnParameters(_ target: CallTarget) -> CallTarget {
    guard case .function(let function) = target else { return target }
    let item = types.item(function)
    let count = lowering.generics.scope(of: item).parentCount
    return .function(
      lowering.definition(item, Array(types.children(function).prefix(count)) + ownParameters(item)))
  }

  private func callbacks(of target: CallTarget) -> [Callback] {
    guard case .function(let function) = target, program.isStandard(types.item(function)) else {
      return [.target(target)]
    }
    // Whoever runs it asks for what it calls back.
    return isSink(target) ? [.target(target)] : callbacks(of: function)
  }

  /// Whether a target is a function of std that does something that counts by itself: `<File as Read>::read`, which
  /// `io::copy` calls.
  func isSink(_ target: CallTarget) -> Bool {
    guard case .function(let function) = target else { return false }
    guard program.isStandard(types.item(function)) else { return false }
    // Of one function some instances may count and others not: `HashMap::default` with the hasher that takes random keys.
    if let known = sinks[function] { return known }
    let answer = isSink(function)
    sinks[function] = answer
    return answer
  }

  /// Those methods of an impl of std's that count by themselves.
  private func sinkMethods(_ found: TraitSelector.FoundImpl, _ implementation: UInt32) -> [Callback] {
    var list: [Callback] = []
    program.childrenOf.forEach(implementation) { item in
      guard program.kind(item) == .function else { return true }
      let target = CallTarget.function(lowering.definition(item, found.arguments + ownParameters(item)))
      if isSink(target) { list.append(.target(target)) }
      return true
    }
    return list
  }

  /// `Cow<B>` asks for `B: ToOwned`, and so for `B::Owned: Borrow<B>`.
  private func associatedDemand(
    _ bound: TypeLowering.Bound, _ arguments: [TermID], _ filter: StandardDemandIndex.Filter
  ) -> [Callback] {
    let list = types.list(arguments)
    let subject = selector.normalise(types.substitute(bound.subject, list))
    guard types.kind(subject) != .projection else { return [] }
    let traitArguments = lowering.traitArguments(bound.trait, selfType: bound.subject).map {
      selector.normalise(types.substitute($0, list))
    }
    return demand(subject, types.make(.traitReference, a: types.item(bound.trait), traitArguments), filter)
  }

  /// The compiler's own `Clone` clones the parts: of tuples, arrays and what closures capture.
  func builtinClone(_ type: TermID, _ reference: TermID) -> [Callback] {
    switch types.kind(type) {
    case .tuple: return types.children(type).flatMap { demand($0, reference) }
    case .array: return demand(types.child(type, 0), reference)
    case .closureType:
      let arguments = types.argumentList(of: type)
      return (lowering.closures.captures[types.item(type)] ?? []).flatMap {
        demand(selector.normalise(types.substitute($0, arguments)), reference)
      }
    default: return []
    }
  }

  private func traitMethodCallback(_ method: TermID) -> [Callback] {
    switch selector.select(method) {
    case .targets(let targets): return targets.map { .target($0) }
    case .dynamic(let bound):
      let reference = types.make(
        .traitReference, a: types.item(method), types.children(types.child(method, 1)))
      return [.dynamic(bound: bound, trait: reference)]
    case .pointer(let type): return [.pointer(type)]
    case .callerSupplied, .builtin, .unknown: return []
    }
  }

  private func implCallbacks(_ found: TraitSelector.FoundImpl) -> [Callback] {
    let record = lowering.impls.records[found.record]
    // `Eq` has but a hidden method, which nothing calls.
    if record.trait == selector.known.eq { return [] }
    if program.isStandard(record.item) {
      return boundCallbacks(record.item, types.list(found.arguments), .all) + sinkMethods(found, record.item)
    }
    var list: [Callback] = []
    program.childrenOf.forEach(record.item) { item in
      if program.kind(item) == .function, !isHidden(item, record.trait) {
        list.append(.target(.function(lowering.definition(item, found.arguments + ownParameters(item)))))
      }
      return true
    }
    return list
  }

  /// Hidden methods of a trait, such as those that make derives check their fields, are called by nobody.
  private func isHidden(_ item: UInt32, _ trait: UInt32?) -> Bool {
    guard let trait, let declared = program.scopeChildren.first(MultiMap.key(trait, program.name(item).raw)) else {
      return false
    }
    return program.flags(declared).contains(.docHidden)
  }

  /// The method's own parameters stay open: std chooses them. What they stand for is handed over by the caller too and
  /// has callbacks of its own (`collect` demands the iterator's methods, and `from_iter` of what it collects into).
  private func ownParameters(_ item: UInt32) -> [TermID] {
    let scope = lowering.generics.scope(of: item)
    return scope.names.dropFirst(scope.parentCount).map { types.make(.open, b: $0.raw) }
  }

  /// Whether a trait or one of its supertraits has methods: marker traits lead nowhere.
  func hasMethods(_ trait: UInt32) -> Bool {
    if let known = methodMemo[trait] { return known }
    methodMemo[trait] = false
    var answer = false
    program.childrenOf.forEach(trait) { item in
      answer = program.kind(item) == .function
      return !answer
    }
    answer = answer || lowering.supertraits(trait).contains { hasMethods(types.item($0)) }
    methodMemo[trait] = answer
    return answer
  }
  private var methodMemo = WordMap<UInt32, Bool>()

  private func unique(_ list: [Callback]) -> [Callback] {
    guard list.count > 1 else { return list }
    var seen: Set<Callback> = []
    return list.filter { seen.insert($0).inserted }
  }
}
