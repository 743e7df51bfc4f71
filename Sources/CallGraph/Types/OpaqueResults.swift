import CrateFacts
import RustDump

/// The results of trait methods that only the impl knows: `async fn` and `-> impl Trait` in traits.
///
/// MIR prints the type of such a result by its bounds, `impl std::future::Future<Output = u8>`, without the method that it
/// comes from. It can only come from the methods of that kind that the function around it calls: those whose declared
/// bounds agree. The result of method `m` of a trait is an associated type of it, named `m::{opaque#0}`, which is
/// normalised to what the method of the impl returns.
final class OpaqueResults {
  private let program: Program
  private unowned let lowering: TypeLowering
  private let types: TypeTable
  /// Traits' methods with such results, by name.
  private var methodNames: Set<NameID> = []
  /// The method's name and the number of the opaque type in its result, by the name of the associated type.
  private var parts: [NameID: (method: NameID, index: Int)] = [:]
  /// For each function: the opaque types that it may mention.
  private var memo: [UInt32: [Candidate]] = [:]
  /// The bodies of each function, by unit.
  private var bodiesOfRoot: [Int: [UInt32: [UInt32]]] = [:]

  private struct Candidate {
    var type: TermID
    /// The name of the first trait that the opaque type is declared with.
    var trait: NameID
    /// What that trait's associated types are declared as, by name, as far as it is known there.
    var bindings: [NameID: TermID]
  }

  init(_ program: Program, _ lowering: TypeLowering) {
    self.program = program
    self.lowering = lowering
    types = lowering.types
    for item in UInt32(0)..<UInt32(program.unitOfItem.count) where isOpaqueMethod(item) {
      methodNames.insert(program.name(item))
    }
  }

  private func isOpaqueMethod(_ item: UInt32) -> Bool {
    let record = program.item(item)
    guard record.itemKind == .function, program.kind(program.parent(item)) == .trait else { return false }
    return record.itemFlags.contains(.asyncItem)
      || !opaques(in: TermID(record.type), program.unit(ofItem: item)).isEmpty
  }

  /// The opaque types in a type as written, in order.
  private func opaques(in term: TermID, _ unit: Int) -> [TermID] {
    guard !term.isNone else { return [] }
    let terms = program.terms(unit)
    return (terms.kind(term) == .opaque ? [term] : []) + terms.childList(term).flatMap { opaques(in: $0, unit) }
  }

  // MARK: From MIR

  /// What an opaque type that MIR prints in a function stands for; `nil` if no method there gives such a type.
  func meaning(of term: TermID, _ context: LoweringContext) -> TermID? {
    guard !methodNames.isEmpty, let root = context.body else { return nil }
    let terms = program.terms(context.unit)
    guard let first = terms.childList(term).first, terms.kind(first) == .segment else { return nil }
    let trait = program.globalName(context.unit, terms.name(first).raw)
    let found = candidates(root, context).filter { $0.trait == trait && agree($0.bindings, first, context) }
    return found.isEmpty ? nil : types.oneOf(found.map(\.type))
  }

  private func agree(_ bindings: [NameID: TermID], _ bound: TermID, _ context: LoweringContext) -> Bool {
    let terms = program.terms(context.unit)
    return terms.childList(bound).allSatisfy { child in
      guard terms.kind(child) == .binding,
        let declared = bindings[program.globalName(context.unit, terms.name(child).raw)]
      else { return true }
      let printed = lowering.lower(terms.child(child, 0), context)
      return printed == declared || isVague(printed) || isVague(declared)
    }
  }

  private func isVague(_ type: TermID) -> Bool {
    types.hasUnknown(type) || types.hasProjection(type) || types.hasParameter(type) || types.hasChoice(type)
  }

  private func candidates(_ root: UInt32, _ context: LoweringContext) -> [Candidate] {
    if let known = memo[root] { return known }
    memo[root] = []
    var seen: Set<TermID> = []
    let facts = program.units[context.unit].facts
    var found: [Candidate] = []
    for body in bodies(of: root, context.unit) {
      let record = program.body(body)
      for site in facts.bodies.sites[Int(record.sitesStart)...].prefix(Int(record.sitesCount)) {
        guard site.siteKind == .call || site.siteKind == .mention, mayBeOpaque(site.a, context.unit) else { continue }
        let callees = types.meanings(of: lowering.lowerCallee(TermID(site.a), context))
        found += callees.filter { seen.insert($0).inserted }.flatMap { candidates($0) }
      }
    }
    memo[root] = found
    return found
  }

  private func bodies(of root: UInt32, _ unit: Int) -> [UInt32] {
    if bodiesOfRoot[unit] == nil {
      let range = program.bodyBase[unit]..<program.bodyBase[unit + 1]
      bodiesOfRoot[unit] = Dictionary(grouping: range) { lowering.rootBody($0) }
    }
    return bodiesOfRoot[unit]?[root] ?? []
  }

  private func mayBeOpaque(_ term: UInt32, _ unit: Int) -> Bool {
    let terms = program.terms(unit)
    return term != 0 && terms.kind(TermID(term)) == .segment
      && methodNames.contains(program.globalName(unit, terms.name(TermID(term)).raw))
  }

  /// The opaque types in the result of a method that is called.
  private func candidates(_ callee: TermID) -> [Candidate] {
    guard types.kind(callee) == .traitMethod,
      let item = program.scopeChildren.first(MultiMap.key(types.item(callee), types.name(callee).raw)),
      isOpaqueMethod(item)
    else { return [] }
    let unit = program.unit(ofItem: item)
    let record = program.item(item)
    let arguments = types.list([types.child(callee, 0)] + types.children(types.child(callee, 1)))
    if record.itemFlags.contains(.asyncItem) {
      let result = record.type == 0 ? types.unit : lowering.lower(TermID(record.type), lowering.context(ofItem: item))
      return [
        Candidate(
          type: projection(callee, 0), trait: program.names.intern("Future"),
          bindings: [program.names.intern("Output"): types.substitute(result, arguments)])
      ]
    }
    return opaques(in: TermID(record.type), unit).enumerated().compactMap { index, opaque in
      guard let first = program.terms(unit).childList(opaque).first,
        let bound = lowering.traitReference(first, lowering.context(ofItem: item))
      else { return nil }
      var bindings: [NameID: TermID] = [:]
      for child in types.children(bound) where types.kind(child) == .binding {
        bindings[types.name(child)] = types.substitute(types.child(child, 0), arguments)
      }
      return Candidate(type: projection(callee, index), trait: program.name(types.item(bound)), bindings: bindings)
    }
  }

  private func projection(_ callee: TermID, _ index: Int) -> TermID {
    let method = types.name(callee)
    let name = program.names.intern("\(program.string(method))::{opaque#\(index)}")
    parts[name] = (method, index)
    return types.make(.projection, a: types.item(callee), b: name.raw, types.children(callee))
  }

  // MARK: To what it is

  /// The method call whose result holds an opaque type, if the projection is one.
  func method(of projection: TermID) -> (callee: TermID, index: Int)? {
    guard let (method, index) = parts[types.name(projection)] else { return nil }
    return (types.make(.traitMethod, a: types.item(projection), b: method.raw, types.children(projection)), index)
  }

  /// The part of a method's actual result that stands where the trait's declaration has an opaque type.
  func part(_ index: Int, of result: TermID, _ callee: TermID) -> TermID? {
    guard let item = program.scopeChildren.first(MultiMap.key(types.item(callee), types.name(callee).raw)) else {
      return nil
    }
    let record = program.item(item)
    let unit = program.unit(ofItem: item)
    let list = opaques(in: TermID(record.type), unit)
    guard !record.itemFlags.contains(.asyncItem), index < list.count else { return result }
    let name = program.globalName(unit, program.terms(unit).record(list[index]).b)
    let declared = lowering.lower(TermID(record.type), lowering.context(ofItem: item))
    return part(named: types.make(.unknown, b: name.raw), declared, result, 0)
  }

  private func part(named hole: TermID, _ declared: TermID, _ actual: TermID, _ level: Int) -> TermID? {
    if declared == hole { return actual }
    guard level < 12, types.kind(declared) == types.kind(actual), types.childCount(declared) == types.childCount(actual)
    else { return nil }
    for (left, right) in zip(types.children(declared), types.children(actual)) {
      if let found = part(named: hole, left, right, level + 1) { return found }
    }
    return nil
  }
}
