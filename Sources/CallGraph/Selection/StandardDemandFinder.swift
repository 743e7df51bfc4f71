import CrateFacts
import RustDump

/// Works out from std's own bodies which trait methods each of its functions may call on the types that it is generic over.
///
/// Bounds alone say too much: `Iterator::filter` asks for `Self: Iterator` and calls nothing, `BTreeMap::insert` asks for
/// `K: Ord` and calls `cmp`, never `max`. A function calls what its own body and closures call on its parameters, and what
/// the functions of std that it calls do. Types of std around its parameters that it hands to a callee, `iterator.cloned()`,
/// are called by the methods that the callee may call. Which of its parameters a method is called on is not told apart: more
/// may be said than is true. What goes through trait objects is not followed; but all methods of a vtable that is made of
/// such a type count.
///
/// Made once for each version of std; `StandardDemands` reads the result.
public final class StandardDemandFinder {
  private let link: Linkage
  private let program: Program
  private let types: TypeTable
  private let selector: TraitSelector
  /// What is known of each function: the numbers of the methods that its own code calls, and the functions it calls.
  private var ownMethods: [UInt32: Set<UInt32>] = [:]
  private var callees: [UInt32: Set<UInt32>] = [:]
  /// Functions with calls that could not be resolved.
  private var unclear: Set<UInt32> = []
  private var asked: [UInt32: Set<UInt32>] = [:]
  private var methods: [UInt64: UInt32] = [:]
  private var methodNames: [(trait: UInt32, name: NameID)] = []
  /// Types of std around a function's parameters that it hands to a callee which asks for a trait.
  private var handed: Set<Handed> = []

  private struct Handed: Hashable {
    var caller: UInt32
    /// `nil` where the callee is a method of a type that the caller chooses, which may call anything.
    var callee: UInt32?
    var type: TermID
    var trait: TermID
  }

  /// - Parameter standard: std's crates, with bodies.
  public init(standard: [StandardCrate]) {
    link = Linkage(GraphInput(units: [], facts: [], standard: standard, demands: StandardDemands(text: "")))
    program = link.program
    types = link.lowering.types
    selector = link.selector
  }

  /// The table as text: one line for each function of which the bounds alone would say too much.
  public func table() -> String {
    for body in UInt32(0)..<UInt32(program.unitOfBody.count) { collect(body) }
    var all = propagate()
    while followHanded(all) { all = propagate() }
    var lines: [String: Set<String>] = [:]
    for (item, found) in all where !unclear.contains(item) {
      let asked = askedTraits(of: item)
      let possible = methodNames.indices.filter { asked.contains(methodNames[$0].trait) }
      guard !possible.isEmpty || !asked.isEmpty else { continue }
      let called = possible.filter { found.contains(UInt32($0)) }
      lines[link.names.path(of: item), default: []].formUnion(called.map { text(ofMethod: $0) })
    }
    link.disconnect()
    return lines.sorted { $0.key < $1.key }
      .map { "\($0.key)\t\($0.value.isEmpty ? "-" : $0.value.sorted().joined(separator: " "))\n" }.joined()
  }

  private func text(ofMethod number: Int) -> String {
    let (trait, name) = methodNames[number]
    return "\(link.names.path(of: trait))::\(program.string(name))"
  }

  // MARK: One body

  private func collect(_ body: UInt32) {
    let root = link.lowering.rootBody(body)
    guard let item = program.item(ofBody: root), program.kind(item) == .function else { return }
    ownMethods[item, default: []].formUnion([])
    let unit = program.unit(ofBody: body)
    let record = program.body(body)
    let context = link.lowering.context(ofBody: body)
    let arguments = link.edges.openArguments(of: item)
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      let site = program.units[unit].facts.bodies.sites[Int(index)]
      switch site.siteKind {
      case .call, .mention, .reify:
        guard site.a != 0 else { continue }
        let callee = link.lowering.lowerCallee(TermID(site.a), context)
        add(selector.completed(selector.normalise(types.substitute(callee, arguments))), to: item)
      case .unsize:
        let parts = [site.a, site.b].map {
          selector.normalise(types.substitute(link.lowering.lower(TermID($0), context), arguments))
        }
        addVtable(parts[0], parts[1], to: item)
      default: break
      }
    }
  }

  private func add(_ callee: TermID, to item: UInt32) {
    switch types.kind(callee) {
    case .functionDefinition: addFunction(callee, to: item)
    case .traitMethod: addMethod(callee, to: item)
    default: unclear.insert(item)
    }
  }

  private func addFunction(_ function: TermID, to item: UInt32) {
    addCallee(types.item(function), to: item)
    noteHanded(types.item(function), types.argumentList(of: function), to: item, isOpen: false)
  }

  /// Notes the types among a callee's arguments that are made by std around what the caller of `item` chooses.
  private func noteHanded(_ callee: UInt32, _ arguments: TermID, to item: UInt32, isOpen: Bool) {
    guard types.hasOpen(arguments) else { return }
    for bound in link.lowering.bounds(of: callee) where !selector.known.isCallable(types.item(bound.trait)) {
      let type = selector.normalise(types.substitute(bound.subject, arguments))
      guard types.kind(type) == .nominal, types.hasOpen(type) else { continue }
      let list = link.lowering.traitArguments(bound.trait, selfType: bound.subject).map {
        selector.normalise(types.substitute($0, arguments))
      }
      let trait = types.make(.traitReference, a: types.item(bound.trait), list)
      handed.insert(Handed(caller: item, callee: isOpen ? nil : callee, type: type, trait: trait))
    }
  }

  /// Adds the methods of handed types that callees may call. Returns whether that brought a new callee.
  private func followHanded(_ all: [UInt32: Set<UInt32>]) -> Bool {
    var isNew = false
    for handed in handed {
      let called = handed.callee.map { all[$0] ?? [] }
      for reference in link.edges.traitClosure(of: handed.trait) {
        for member in program.childrenOf.all(types.item(reference)) where program.kind(member) == .function {
          let number = methods[MultiMap.key(types.item(reference), program.name(member).raw)]
          guard called == nil || number.map({ called?.contains($0) == true }) == true else { continue }
          for target in targets(of: member, reference, on: handed.type) {
            if callees[handed.caller, default: []].insert(target).inserted { isNew = true }
          }
        }
      }
    }
    return isNew
  }

  /// What a trait's method is on a type, as far as it is std's.
  private func targets(of member: UInt32, _ reference: TermID, on type: TermID) -> [UInt32] {
    let arguments = types.list(link.lowering.traitArguments(reference, selfType: type))
    let method = types.make(
      .traitMethod, a: types.item(reference), b: program.name(member).raw, [type, arguments, types.list([])])
    guard case .targets(let targets) = selector.select(method) else { return [] }
    return targets.compactMap { target in
      guard case .function(let function) = target else { return nil }
      return program.bodyOfItem[types.item(function)] == nil ? nil : types.item(function)
    }
  }

  private func addCallee(_ callee: UInt32, to item: UInt32) {
    if program.bodyOfItem[callee] != nil { callees[item, default: []].insert(callee) }
  }

  private func addMethod(_ method: TermID, to item: UInt32) {
    guard !selector.known.isCallable(types.item(method)) else { return }
    switch selector.select(method) {
    case .targets(let targets):
      for target in targets {
        switch target {
        case .function(let function): addFunction(function, to: item)
        case .closure(let body, _):
          if let owner = program.item(ofBody: link.lowering.rootBody(body)) { addCallee(owner, to: item) }
        }
      }
    case .callerSupplied, .unknown, .builtin:
      addOwn(types.item(method), types.name(method), to: item)
      if let declared = program.scopeChildren.first(MultiMap.key(types.item(method), types.name(method).raw)) {
        let arguments =
          [types.child(method, 0)] + types.children(types.child(method, 1)) + types.children(types.child(method, 2))
        noteHanded(declared, types.list(arguments), to: item, isOpen: true)
      }
      addBlanketImpls(types.item(method), types.name(method), to: item)
    case .dynamic, .pointer: break
    }
  }

  /// A trait that a function does not ask for is there by an impl for all types, such as those by which std specialises,
  /// and leads to what that asks for: `impl<T: Display> SpecToString for T`.
  private func addBlanketImpls(_ trait: UInt32, _ name: NameID, to item: UInt32) {
    guard !askedTraits(of: item).contains(trait) else { return }
    for record in link.lowering.impls.records where record.trait == trait && types.kind(record.selfType) == .parameter {
      let own = program.scopeChildren.first(MultiMap.key(record.item, name.raw))
      let member = own ?? program.scopeChildren.first(MultiMap.key(trait, name.raw))
      if let member { addCallee(member, to: item) }
    }
  }

  private func addOwn(_ trait: UInt32, _ name: NameID, to item: UInt32) {
    let key = MultiMap.key(trait, name.raw)
    let number = methods[key] ?? UInt32(methodNames.count)
    if methods[key] == nil {
      methods[key] = number
      methodNames.append((trait, name))
    }
    ownMethods[item, default: []].insert(number)
  }

  private func addVtable(_ source: TermID, _ target: TermID, to item: UInt32) {
    guard let (from, object) = link.edges.objectPair(source, target, 0), types.childCount(object) > 0,
      types.kind(from) != .dynamic
    else { return }
    for reference in link.edges.traitClosure(of: types.child(object, 0)) {
      let arguments = types.list(link.lowering.traitArguments(reference, selfType: from))
      for member in program.childrenOf.all(types.item(reference)) where program.kind(member) == .function {
        addMethod(
          types.make(
            .traitMethod, a: types.item(reference), b: program.name(member).raw, [from, arguments, types.list([])]),
          to: item)
      }
    }
  }

  // MARK: All bodies

  /// Methods with those of all callees. What calls something unclear is unclear itself.
  private func propagate() -> [UInt32: Set<UInt32>] {
    var callers: [UInt32: [UInt32]] = [:]
    for (item, list) in callees { for callee in list { callers[callee, default: []].append(item) } }
    var all = ownMethods
    var work = Array(ownMethods.keys)
    while let item = work.popLast() {
      let found = all[item] ?? []
      let isUnclear = unclear.contains(item)
      for caller in callers[item] ?? [] {
        let before = all[caller]?.count ?? 0
        all[caller, default: []].formUnion(found)
        let becomesUnclear = isUnclear && unclear.insert(caller).inserted
        if becomesUnclear || all[caller]?.count != before { work.append(caller) }
      }
    }
    return all
  }

  /// The traits with methods that a function asks of types, their supertraits and those of associated types included.
  private func askedTraits(of item: UInt32) -> Set<UInt32> {
    if let known = asked[item] { return known }
    var seen: Set<UInt32> = []
    var work = link.lowering.bounds(of: item).map { types.item($0.trait) }
    if program.kind(program.parent(item)) == .trait { work.append(program.parent(item)) }
    while let trait = work.popLast() {
      guard !selector.known.isCallable(trait), seen.insert(trait).inserted else { continue }
      work += link.lowering.supertraits(trait).map { types.item($0) }
      work += link.lowering.associatedTypeBounds(of: trait).map { types.item($0.trait) }
    }
    let answer = seen.filter { hasMethods($0) }
    asked[item] = answer
    return answer
  }

  private func hasMethods(_ trait: UInt32) -> Bool {
    program.childrenOf.all(trait).contains { program.kind($0) == .function }
  }
}
