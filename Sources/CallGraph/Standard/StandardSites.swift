import CrateFacts
import RustDump

// How std's own bodies are followed.
//
// As those of any crate, with one difference. Much in std is made to be called later and elsewhere, by code that all of the
// program shares: what `format_args!` prints is a table of function pointers that one loop calls, each thread starts in
// one function that calls a `Box<dyn FnOnce()>`. Followed to the letter, all that is ever formatted or spawned would meet
// there. So trait objects and function pointers that std itself makes are taken to run where they are made, where their
// type is known, and calls of the trait objects and pointers that std's own code names lead nowhere. Objects that the
// crates make are called where they are handed over if a parameter of std is declared with them (`f: &mut dyn Write`),
// and in std's bodies if they come as a generic argument (`Box<dyn Iterator>` in `Map`).

extension EdgeBuilder {
  /// Looks at one site of a body of std. What it finds is counted apart.
  func visitStandard(_ site: SiteRecord, _ view: BodyView) {
    var view = view
    // std's own panics count for nothing; where nothing of its caller's is called, only those unwind.
    view.isCast = site.siteFlags.contains(.cleanup) && !callsCaller(view)
    switch site.siteKind {
    case .call: visitStandardCall(site, view)
    case .callOperand: visitStandardOperandCall(site, view)
    case .drop: addStandardDrop(site, view)
    case .reify, .functionInMemory: handOverFunction(site, view)
    case .closurePointer: handOverClosure(site, view)
    case .unsize: handOverObject(from: site.a, to: site.b, view)
    case .vtableInMemory: handOverObject(from: site.b, to: site.a, view)
    case .closure: addStandardClosure(site, view)
    case .constantUse, .staticUse, .threadLocalUse: addStandardUse(site, view)
    case .callConstant, .mention, .assemblySymbol, .assembly, .transmute, .rawDereference, .unsafeStaticUse, .literal,
      .unionField, .forgottenPointer, .numberArgument:
      break
    }
  }

  /// Whether a function of std calls anything that its caller chose.
  private func callsCaller(_ view: BodyView) -> Bool {
    guard let standard, let reach else { return true }
    let calls = reach.leads(view.body).calls
    return (0..<types.childCount(view.arguments)).contains {
      calls.contains($0) && standard.isChoice(types.child(view.arguments, $0))
    }
  }

  // MARK: Calls

  private func visitStandardCall(_ site: SiteRecord, _ view: BodyView) {
    standardCoverage.calls += 1
    let declared = site.a == 0 ? types.make(.inferred) : lowering.lowerCallee(TermID(site.a), view.context)
    let callee = callee(site.a, view)
    let mentions = types.hasParameter(declared)
    switch types.kind(callee) {
    case .functionDefinition:
      addStandardCall(.function(callee), view, .call, candidates: 1, isSupplied: false, mentions: mentions)
    case .traitMethod:
      visitStandardTraitCall(callee, declared, view)
      handOverConverted(callee, view)
    default: noteUnresolved(site, view)
    }
  }

  private func visitStandardTraitCall(_ callee: TermID, _ declared: TermID, _ view: BodyView) {
    let mentions = types.hasParameter(declared)
    let isSupplied = types.kind(declared) != .traitMethod || types.hasParameter(types.child(declared, 0))
    // Objects and pointers that std's own code names, here or as the argument of what it calls.
    let isOwnObject =
      view.account == .own
      || types.kind(declared) == .traitMethod
        && [.dynamic, .functionPointer].contains(types.kind(types.child(declared, 0)))
    switch selector.select(callee) {
    case .targets(let targets):
      for target in targets {
        addStandardCall(
          target, view, .dispatch, candidates: targets.count, isSupplied: isSupplied, mentions: mentions)
      }
    case .dynamic(let bound):
      if !isOwnObject { addDeferred(view, .method(bound: bound, method: callee), .dyn) }
    case .pointer(let type):
      if !isOwnObject { addDeferred(view, .pointer(type), .pointer) }
    case .builtin: addBuiltinClone(callee, declared, view)
    case .callerSupplied: handOverToUnknown(callee, view)
    case .unknown: noteUnresolved(callee, view)
    }
  }

  /// Whatever implements a trait for a type that the caller of an entry point chooses may call what it is given.
  private func handOverToUnknown(_ callee: TermID, _ view: BodyView) {
    let trait = types.item(callee)
    guard program.isStandard(trait), types.childCount(types.child(callee, 2)) > 0,
      let method = program.scopeChildren.first(MultiMap.key(trait, types.name(callee).raw))
    else { return }
    let arguments =
      [types.child(callee, 0)] + types.children(types.child(callee, 1)) + types.children(types.child(callee, 2))
    for callback in callbacks.callbacks(of: lowering.definition(method, arguments)) {
      switch callback {
      case .target(let target):
        guard hasBody(target) else { continue }
        addStandardTarget(target, view, .callback, candidates: 1, isSupplied: true, mentions: true)
      case .dynamic(let bound, let trait): addDeferred(view, .anyMethod(bound: bound, trait: trait), .dyn)
      case .pointer(let type): addDeferred(view, .pointer(type), .pointer)
      case .parameterObject, .unsized, .handedOn: break
      }
    }
  }

  /// The compiler's own `Clone` of tuples, arrays and closures clones the parts.
  func addBuiltinClone(_ callee: TermID, _ declared: TermID, _ view: BodyView) {
    guard types.item(callee) == selector.known.clone else { return }
    let type = types.child(callee, 0)
    var parts: [TermID]
    switch types.kind(type) {
    case .tuple: parts = types.children(type)
    case .array: parts = [types.child(type, 0)]
    case .closureType:
      let arguments = types.argumentList(of: type)
      parts = (lowering.closures.captures[types.item(type)] ?? []).map {
        selector.normalise(types.substitute($0, arguments))
      }
    default: parts = []
    }
    for part in parts where !isShared(part) {
      let record = types.terms.record(callee)
      let inner = types.make(
        .traitMethod, a: record.a, b: record.b, [part, types.child(callee, 1), types.child(callee, 2)])
      visitStandardTraitCall(inner, declared, view)
    }
  }

  private func isShared(_ type: TermID) -> Bool {
    switch types.kind(type) {
    case .reference, .pointer, .primitive, .functionDefinition, .functionPointer, .never: true
    default: false
    }
  }

  /// A call of an operand: of a function pointer that std's own code names, or of what the caller chose.
  private func visitStandardOperandCall(_ site: SiteRecord, _ view: BodyView) {
    standardCoverage.calls += 1
    let declared = site.a == 0 ? types.make(.inferred) : lowering.lower(TermID(site.a), view.context)
    let type = type(site.a, view)
    switch types.kind(type) {
    case .functionPointer:
      if types.kind(declared) != .functionPointer, view.account != .own { addDeferred(view, .pointer(type), .pointer) }
    case .functionDefinition:
      addStandardCall(.function(type), view, .call, candidates: 1, isSupplied: true, mentions: true)
    case .closureType:
      for target in selector.closureTargets(type) {
        addStandardCall(target, view, .call, candidates: 1, isSupplied: true, mentions: true)
      }
    default: break
    }
  }

  /// The edge to what std's code calls. A few functions are the compiler's own.
  func addStandardCall(
    _ target: CallTarget, _ view: BodyView, _ kind: EdgeKind, candidates: Int, isSupplied: Bool, mentions: Bool
  ) {
    if case .function(let function) = target, let standard {
      let item = types.item(function)
      if item == standard.language.dropInPlace, types.childCount(function) == 1 {
        return addStandardDrop(types.child(function, 0), view, mentions: mentions)
      }
      // The function for the compiler is `F`, that for the program `G` of `const_eval_select::<ARG, F, G, RET>`.
      if item == standard.constEvalSelect, types.childCount(function) > 2 {
        let chosen = types.child(function, 2)
        guard types.kind(chosen) == .functionDefinition else { return }
        return addStandardCall(
          .function(chosen), view, .call, candidates: candidates, isSupplied: false, mentions: mentions)
      }
      if program.kind(item) == .foreignFunction { return addForeignCall(item, view) }
    }
    addStandardTarget(target, view, kind, candidates: candidates, isSupplied: isSupplied, mentions: mentions)
  }

  private func addForeignCall(_ item: UInt32, _ view: BodyView) {
    addEdge(view, instances.foreign(item), .call)
    addDefinitions(of: item, view)
  }

  /// Edges to what defines the symbol of a foreign declaration.
  func addDefinitions(of item: UInt32, _ view: BodyView) {
    guard let standard else { return }
    let definitions = standard.definitions(of: symbol(of: item), declaredBy: item)
    for definition in definitions {
      guard let body = program.bodyOfItem[definition] else { continue }
      addEdge(
        view, bodyNode(body, openArguments(of: definition), .own), .symbol, candidates: max(1, definitions.count))
    }
  }

  func addStandardTarget(
    _ target: CallTarget, _ view: BodyView, _ kind: EdgeKind, candidates: Int, isSupplied: Bool, mentions: Bool
  ) {
    if let function = standardFunction(target) {
      addStandardEdges(
        function, view, kind, candidates: candidates, isSupplied: isSupplied, mentions: mentions)
      return
    }
    let kind = view.isCast ? .cast : kind
    switch target {
    case .closure(let body, let arguments):
      if types.hasUnknown(arguments) {
        addDeferred(view, .closure(body, arguments), kind)
      } else {
        let account = mentions ? view.account : view.account == .given ? .own : view.account
        addEdge(view, bodyNode(body, arguments, account), kind, candidates: candidates)
      }
    case .function(let function):
      let item = types.item(function)
      // Functions of std without a body are the compiler's; what such a function does is told by the tables.
      if program.isStandard(item), program.bodyOfItem[item] == nil, program.kind(item) != .foreignFunction {
        guard isSupplied, view.account != .own, standard?.standing(of: function) == .sink else { return }
      }
      addEdge(view, node(target), kind, candidates: candidates)
    }
  }

  // MARK: Drops

  private func addStandardDrop(_ site: SiteRecord, _ view: BodyView) {
    guard site.a != 0 else { return }
    let declared = lowering.lower(TermID(site.a), view.context)
    addStandardDrop(type(site.a, view), view, mentions: types.hasParameter(declared))
  }

  func addStandardDrop(_ type: TermID, _ view: BodyView, mentions: Bool) {
    for target in drops.targets(type) {
      switch target {
      case .target(let function):
        guard hasBody(function) else { continue }
        let isOfCaller =
          mentions && (isMade(function, ofArgumentsIn: view) || argumentDrops(view.arguments).contains(target))
        addStandardTarget(function, view, .drop, candidates: 1, isSupplied: false, mentions: isOfCaller)
      case .dynamic(let bound):
        if view.account != .own, mentions, argumentDrops(view.arguments).contains(target) {
          addDeferred(view, .drop(bound: bound), view.isCast ? .cast : .drop)
        }
      case .callback: break
      }
    }
  }

  /// What dropping any of a list of arguments runs, or what they refer to: `Pin<&mut T>::set` drops a `T`.
  private func argumentDrops(_ arguments: TermID) -> Set<DropTarget> {
    if let known = dropsOfArguments[arguments] { return known }
    var targets: Set<DropTarget> = []
    var seen: Set<TermID> = []
    var work = types.children(arguments)
    while let type = work.popLast() {
      guard seen.insert(type).inserted else { continue }
      targets.formUnion(drops.targets(type))
      switch types.kind(type) {
      case .reference, .pointer: work += types.children(type)
      case .nominal where program.isStandard(types.item(type)): work += types.children(type)
      default: break
      }
    }
    dropsOfArguments[arguments] = targets
    return targets
  }

  /// Whether the `Drop` of a type of std is that of a type made of what the caller chose (`Vec<T>`), and not of one that
  /// stands beside it in std's own types.
  private func isMade(_ target: CallTarget, ofArgumentsIn view: BodyView) -> Bool {
    guard let standard, case .function(let function) = target else { return true }
    let chosen = types.children(function).filter { standard.isChoice($0) }
    return chosen.contains { sharesChoice($0, view.arguments, standard) }
  }

  /// Whether a type holds a choice (see `StandardBodies.isChoice`) that a list of arguments holds too.
  private func sharesChoice(_ type: TermID, _ arguments: TermID, _ standard: StandardBodies) -> Bool {
    if occurs(type, in: arguments) { return true }
    guard types.kind(type) != .open else { return false }
    return types.children(type).contains { standard.isChoice($0) && sharesChoice($0, arguments, standard) }
  }

  // MARK: Gaps

  private func noteUnresolved(_ site: SiteRecord, _ view: BodyView) {
    let text = site.a == 0 ? "a call" : PathPrinter.text(of: TermID(site.a), program.units[view.unit].facts.store)
    noteUnresolved(text, view)
  }

  private func noteUnresolved(_ callee: TermID, _ view: BodyView) {
    // Function pointers have their address without an impl.
    if types.item(callee) == selector.known.fnPtr { return }
    noteUnresolved(standardNames.text(ofCallee: callee), view)
  }

  /// Where nothing of its caller's is left, what std calls counts for nobody, known or not.
  private func noteUnresolved(_ text: String, _ view: BodyView) {
    standardCoverage.unresolved += 1
    standardCoverage.unresolvedNames[text, default: 0] += 1
    if view.account != .own { unresolvedInStandard.append((view.node, text)) }
  }
}
