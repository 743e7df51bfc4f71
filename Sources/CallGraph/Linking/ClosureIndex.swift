import CrateFacts
import RustDump

/// Finds the body that the text of a closure or coroutine type stands for.
///
/// The text names a span. Macros make several closures with one span; those of the function at hand come first, and
/// where several remain the type stands for all of them (a group).
final class ClosureIndex {
  private let program: Program
  private unowned let lowering: TypeLowering
  /// Bodies by (unit, text).
  private var byText = MultiMap()
  /// Bodies that share one text in one function, by their first body.
  private(set) var groups: [[UInt32]] = [[]]
  private var groupNumbers: [[UInt32]: UInt32] = [:]
  /// For each closure body: the types of its captured values, in terms of the parameters of the item around it.
  private(set) var captures = WordMap<UInt32, [TermID]>()
  private(set) lazy var lost = LostClosureArguments(program, lowering)

  init(_ program: Program, _ lowering: TypeLowering) {
    self.program = program
    self.lowering = lowering
    for unit in program.units.indices { addBodies(unit) }
  }

  private func addBodies(_ unit: Int) {
    let facts = program.units[unit].facts
    let terms = facts.store.terms
    for (index, body) in facts.bodies.bodies.enumerated() where body.parametersCount > 0 && body.bodyKind == .function {
      var type = TermID(facts.bodies.lists[Int(body.parametersStart)])
      var level = 0
      while level < 4, terms.childCount(type) > 0, terms.kind(type) == .reference || terms.kind(type) == .segment {
        type = terms.child(type, 0)
        level += 1
      }
      guard terms.kind(type) == .closureAt, facts.itemOfBody[index] == UnitFacts.none, !isByMove(body, facts) else {
        continue
      }
      byText.add(MultiMap.key(UInt32(unit), terms.record(type).b), program.bodyBase[unit] + UInt32(index))
    }
  }

  /// The second body of an async closure, for calls by value: `TraitSelector` leads to it.
  private func isByMove(_ body: BodyRecord, _ facts: UnitFacts) -> Bool {
    let path = TermID(body.path)
    return facts.store.terms.kind(path) == .segment
      && facts.store.names.withBytes(of: facts.store.terms.name(path)) { $0.starts(with: "{synthetic".utf8) }
  }

  /// Reads which values each closure captures, from the places where closures are made.
  func collectCaptures() {
    for unit in program.units.indices {
      let facts = program.units[unit].facts
      for (index, body) in facts.bodies.bodies.enumerated() {
        let number = program.bodyBase[unit] + UInt32(index)
        for site in body.sitesStart..<(body.sitesStart + body.sitesCount) {
          let record = facts.bodies.sites[Int(site)]
          guard record.siteKind == .closure, record.listCount > 0, let child = made(record, number, unit) else {
            continue
          }
          let context = lowering.context(ofBody: number)
          captures[child] = (record.listStart..<(record.listStart + record.listCount)).map {
            lowering.lower(TermID(facts.bodies.lists[Int($0)]), context)
          }
        }
      }
    }
  }

  /// The body of the closure that a site makes.
  func made(_ site: SiteRecord, _ body: UInt32, _ unit: Int) -> UInt32? {
    let terms = program.terms(unit)
    if site.a != 0 {
      let name = program.globalName(unit, terms.name(TermID(site.a)).raw)
      return program.body(in: promotedOwner(body), named: name)
    }
    guard site.b != 0, terms.kind(TermID(site.b)) == .closureAt else { return nil }
    return candidates(terms.record(TermID(site.b)).b, lowering.context(ofBody: body)).first
  }

  private func promotedOwner(_ body: UInt32) -> UInt32 {
    program.body(body).bodyKind == .promoted ? program.owner(ofBody: body) ?? body : body
  }

  private func candidates(_ text: UInt32, _ context: LoweringContext) -> [UInt32] {
    let all = byText.all(MultiMap.key(UInt32(context.unit), text))
    guard all.count > 1, let root = context.body else { return all }
    let own = all.filter { lowering.rootBody($0) == root }
    return own.isEmpty ? all : own
  }

  // MARK: Types

  /// `{closure@FILE:L:C: L:C}`
  func type(at text: NameID, _ context: LoweringContext) -> TermID {
    let found = candidates(text.raw, context)
    guard let first = found.first else {
      return lowering.types.make(.unknown, b: program.globalName(context.unit, text.raw).raw)
    }
    var group: UInt32 = 0
    if found.count > 1 { group = groupNumber(found) }
    return lowering.types.oneOf(
      arguments(first, context).map { lowering.types.make(.closureType, a: first, b: group, $0) })
  }

  private func groupNumber(_ bodies: [UInt32]) -> UInt32 {
    if let known = groupNumbers[bodies] { return known }
    let number = UInt32(groups.count)
    groups.append(bodies)
    groupNumbers[bodies] = number
    return number
  }

  /// In the function around it a closure has that function's own parameters; elsewhere they are not printed: then those
  /// with which it may have come there.
  private func arguments(_ body: UInt32, _ context: LoweringContext) -> [[TermID]] {
    let root = lowering.rootBody(body)
    guard let item = program.item(ofBody: root) else { return [[]] }
    let count = lowering.generics.scope(of: item).names.count
    if root == context.body { return [(0..<count).map { lowering.types.make(.parameter, a: UInt32($0)) }] }
    if count > 0, let user = context.body {
      let found = lost.arguments(of: body, in: user)
      if !found.isEmpty { return found.map { lowering.types.children($0) } }
    }
    return [(0..<count).map { _ in lowering.types.make(.inferred) }]
  }

  /// `{closure@krate::f::{closure#0}}`: a closure of another crate.
  func type(ofPath path: TermID, _ context: LoweringContext) -> TermID {
    let bodies = bodies(ofPath: path, context)
    guard !bodies.isEmpty else {
      let text = PathPrinter.text(of: path, program.units[context.unit].facts.store)
      return lowering.types.make(.unknown, b: program.names.intern(text).raw)
    }
    let printed = printedArguments(path, context).map { [$0] }
    return lowering.types.oneOf(
      bodies.flatMap { body in
        (printed ?? arguments(body, context)).map { lowering.types.make(.closureType, a: body, $0) }
      })
  }

  /// The arguments of the definition around a closure, as the path of the closure prints them.
  private func printedArguments(_ path: TermID, _ context: LoweringContext) -> [TermID]? {
    let store = program.units[context.unit].facts.store
    var owner = path
    while store.terms.kind(owner) == .segment,
      store.names.withBytes(of: store.terms.name(owner), { $0.first == Ascii.openBrace })
    {
      owner = store.terms.parent(owner)
    }
    let callee = lowering.types.meanings(of: lowering.lowerCallee(owner, context)).map { lowering.resolved($0) }.first
    guard let callee, lowering.types.kind(callee) == .functionDefinition else { return nil }
    return lowering.types.children(callee)
  }

  /// The bodies of a path that ends in closures or constants; more than one where crates share a name.
  func bodies(ofPath path: TermID, _ context: LoweringContext) -> [UInt32] {
    let store = program.units[context.unit].facts.store
    guard store.terms.kind(path) == .segment else { return [] }
    let isNested = store.names.withBytes(of: store.terms.name(path)) {
      $0.first == Ascii.openBrace || $0.starts(with: "promoted[".utf8)
    }
    if isNested {
      let name = program.globalName(context.unit, store.terms.name(path).raw)
      return bodies(ofPath: store.terms.parent(path), context).compactMap { program.body(in: $0, named: name) }
    }
    return lowering.types.meanings(of: lowering.lowerCallee(path, context)).compactMap { meaning in
      let callee = lowering.resolved(meaning)
      guard lowering.types.kind(callee) == .functionDefinition else { return nil }
      return program.bodyOfItem[lowering.types.item(callee)]
    }
  }

  /// `{async fn body of f<T>()}`: the coroutine within an async function.
  func type(ofBodyOf path: TermID, _ context: LoweringContext) -> TermID {
    let types = lowering.types
    let coroutines = types.meanings(of: lowering.lowerCallee(path, context)).compactMap { meaning -> TermID? in
      let callee = lowering.resolved(meaning)
      guard types.kind(callee) == .functionDefinition, let body = program.bodyOfItem[types.item(callee)],
        let coroutine = program.body(in: body, named: program.names.intern("{closure#0}"))
      else { return nil }
      return types.make(.closureType, a: coroutine, types.children(callee))
    }
    if !coroutines.isEmpty { return types.oneOf(coroutines) }
    let text = PathPrinter.text(of: path, program.units[context.unit].facts.store)
    return types.make(.unknown, b: program.names.intern(text).raw)
  }
}
