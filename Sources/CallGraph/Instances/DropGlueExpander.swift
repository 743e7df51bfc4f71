import CrateFacts
import RustDump

/// What dropping a value runs.
enum DropTarget: Hashable {
  case target(CallTarget)
  /// The drop glue in a trait object's vtable.
  case dynamic(TermID)
  /// What an impl of `Drop` of std calls back: that of `BufWriter<W>` writes.
  case callback(Callback)
}

/// Expands drop glue as the compiler makes it: the type's own `Drop`, then its fields, variants, captured values and
/// elements, in depth.
///
/// Of std's types the fields are mostly raw pointers, so their arguments are dropped instead, except for those that do
/// not own what they are given (`ManuallyDrop`, `PhantomData`, `Weak`, ..). References and raw pointers drop nothing.
final class DropGlueExpander {
  let program: Program
  let lowering: TypeLowering
  let types: TypeTable
  let selector: TraitSelector
  private var memo = NumberMap<TermID, [DropTarget]>()
  private var glues = WordMap<TermID, Glue>()
  private let callbacks: StandardCallbacks
  private let standard: StandardBodies?
  /// The same without std's bodies: what of the crates a drop runs.
  let crates: DropGlueExpander?

  init(
    _ program: Program, _ lowering: TypeLowering, _ selector: TraitSelector, _ callbacks: StandardCallbacks,
    _ standard: StandardBodies? = nil
  ) {
    self.standard = standard
    crates = standard == nil ? nil : DropGlueExpander(program, lowering, selector, callbacks)
    self.program = program
    self.callbacks = callbacks
    self.lowering = lowering
    self.selector = selector
    types = lowering.types
  }

  /// What dropping a value of a type runs. The type has no parameters and is normalised.
  func targets(_ type: TermID) -> [DropTarget] {
    if let known = memo[type] { return known }
    var list: [DropTarget] = []
    var seen: Set<DropTarget> = []
    var seenTypes: Set<TermID> = [type]
    var work = [type]
    // Types hold each other in circles; those that grow without end are left at some depth.
    while let next = work.popLast() {
      let glue = glue(next)
      for target in glue.targets where seen.insert(target).inserted { list.append(target) }
      for part in glue.parts.reversed() where types.depth(part) <= Self.deepest && seenTypes.insert(part).inserted {
        work.append(part)
      }
    }
    memo[type] = list
    return list
  }

  /// What dropping a value runs of itself, and the types of what is dropped with it.
  struct Glue {
    var targets: [DropTarget] = []
    var parts: [TermID] = []
  }

  private static let deepest = 48

  private func glue(_ type: TermID) -> Glue {
    if let known = glues[type] { return known }
    let glue = makeGlue(type)
    glues[type] = glue
    return glue
  }

  private func makeGlue(_ type: TermID) -> Glue {
    switch types.kind(type) {
    case .nominal: return nominalGlue(type)
    case .tuple, .slice, .oneOf: return Glue(parts: types.children(type))
    case .array: return Glue(parts: [types.child(type, 0)])
    case .dynamic: return types.childCount(type) > 0 ? Glue(targets: [.dynamic(types.child(type, 0))]) : Glue()
    case .closureType:
      let arguments = types.argumentList(of: type)
      let held = (lowering.closures.captures[types.item(type)] ?? []) + heldAcrossAwaits(types.item(type))
      return Glue(parts: held.map { selector.normalise(types.substitute($0, arguments)) })
    default: return Glue()
    }
  }

  /// A coroutine that is dropped before its end drops what it holds at that point. MIR shows no drop glue of coroutines, but
  /// whatever lives where a future waits is dropped in its body too: there if the waiting panics, if nowhere else.
  private func heldAcrossAwaits(_ body: UInt32) -> [TermID] {
    guard selector.isCoroutine(body) else { return [] }
    let record = program.body(body)
    let sites = program.units[program.unit(ofBody: body)].facts.bodies.sites
    let drops = sites[Int(record.sitesStart)..<Int(record.sitesStart + record.sitesCount)].filter {
      $0.siteKind == .drop && $0.a != 0
    }
    // Where panics do not unwind, or coroutines wait for no other, all that is dropped anywhere may be held.
    let unwinds = selector.isFuture(body) && drops.contains { $0.siteFlags.contains(.cleanup) }
    let context = lowering.context(ofBody: body)
    return drops.filter { !unwinds || $0.siteFlags.contains(.heldByCoroutine) }
      .map { lowering.lower(TermID($0.a), context) }
  }

  private func nominalGlue(_ type: TermID) -> Glue {
    let item = types.item(type)
    if let standard, program.isStandard(item) { return standardGlue(type, standard) }
    if selector.known.nonOwning.contains(item) { return Glue() }
    if program.isStandard(item) {
      return Glue(targets: standardDrop(type), parts: types.children(type).map { selector.normalise($0) })
    }
    return Glue(targets: ownDrop(type), parts: fieldTypes(item, types.argumentList(of: type), 0))
  }

  func ownDrop(_ type: TermID) -> [DropTarget] { dropMethods(type).map { .target($0) } }

  private func standardDrop(_ type: TermID) -> [DropTarget] {
    dropMethods(type).flatMap { target -> [DropTarget] in
      guard case .function(let function) = target else { return [] }
      return callbacks.callbacks(of: function).map {
        if case .target(let own) = $0, !callbacks.isSink(own) { .target(own) } else { .callback($0) }
      }
    }
  }

  private func dropMethods(_ type: TermID) -> [CallTarget] {
    guard let trait = selector.known.drop else { return [] }
    let method = types.make(
      .traitMethod, a: trait, b: program.names.intern("drop").raw, [type, types.list([]), types.list([])])
    guard case .targets(let list) = selector.select(method) else { return [] }
    return list
  }

  /// The types of the fields of a type's variants; none of a union, whose fields are never dropped.
  func fieldTypes(_ item: UInt32, _ arguments: TermID, _ level: Int) -> [TermID] {
    guard level < 3, program.kind(item) != .union else { return [] }
    var list: [TermID] = []
    program.childrenOf.forEach(item) { child in
      switch program.kind(child) {
      case .variant: list += fieldTypes(child, arguments, level + 1)
      case .field:
        let type = lowering.lower(TermID(program.item(child).type), fieldContext(child))
        list.append(selector.normalise(types.substitute(type, arguments)))
      default: break
      }
      return true
    }
    return list
  }

  /// Fields see the parameters of the type that they stand in.
  private func fieldContext(_ field: UInt32) -> LoweringContext {
    var owner = program.parent(field)
    if program.kind(owner) == .variant { owner = program.parent(owner) }
    return lowering.context(ofItem: owner)
  }
}
