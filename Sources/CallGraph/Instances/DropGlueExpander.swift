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
  private var memo = WordMap<TermID, [DropTarget]>()
  private let callbacks: StandardCallbacks
  private var depth = 0

  init(_ program: Program, _ lowering: TypeLowering, _ selector: TraitSelector, _ callbacks: StandardCallbacks) {
    self.program = program
    self.callbacks = callbacks
    self.lowering = lowering
    self.selector = selector
    types = lowering.types
  }

  /// What dropping a value of a type runs. The type has no parameters and is normalised.
  func targets(_ type: TermID) -> [DropTarget] {
    if let known = memo[type] { return known }
    guard depth < 48 else { return [] }
    depth += 1
    defer { depth -= 1 }
    memo[type] = []
    var seen: Set<DropTarget> = []
    let list = expand(type).filter { seen.insert($0).inserted }
    memo[type] = list
    return list
  }

  private func expand(_ type: TermID) -> [DropTarget] {
    switch types.kind(type) {
    case .nominal: return expandNominal(type)
    case .tuple, .slice, .oneOf: return types.children(type).flatMap { targets($0) }
    case .array: return targets(types.child(type, 0))
    case .dynamic: return types.childCount(type) > 0 ? [.dynamic(types.child(type, 0))] : []
    case .closureType: return expandClosure(type)
    default: return []
    }
  }

  private func expandClosure(_ type: TermID) -> [DropTarget] {
    let arguments = types.list(types.children(type))
    let held = (lowering.closures.captures[types.item(type)] ?? []) + heldAcrossAwaits(types.item(type))
    return held.flatMap { targets(selector.normalise(types.substitute($0, arguments))) }
  }

  /// A coroutine that is dropped before its end drops what it holds at that point. MIR shows no drop glue of coroutines:
  /// what the body drops somewhere is what it may hold.
  private func heldAcrossAwaits(_ body: UInt32) -> [TermID] {
    guard selector.isCoroutine(body) else { return [] }
    let record = program.body(body)
    let sites = program.units[program.unit(ofBody: body)].facts.bodies.sites
    let context = lowering.context(ofBody: body)
    return (record.sitesStart..<(record.sitesStart + record.sitesCount)).compactMap { index in
      let site = sites[Int(index)]
      return site.siteKind == .drop && site.a != 0 ? lowering.lower(TermID(site.a), context) : nil
    }
  }

  private func expandNominal(_ type: TermID) -> [DropTarget] {
    let item = types.item(type)
    if selector.known.nonOwning.contains(item) { return [] }
    if program.isStandard(item) {
      return standardDrop(type) + types.children(type).flatMap { targets(selector.normalise($0)) }
    }
    return ownDrop(type) + fields(item, types.list(types.children(type)))
  }

  private func ownDrop(_ type: TermID) -> [DropTarget] { dropMethods(type).map { .target($0) } }

  private func standardDrop(_ type: TermID) -> [DropTarget] {
    dropMethods(type).flatMap { target -> [DropTarget] in
      guard case .function(let function) = target else { return [] }
      return callbacks.callbacks(of: function).map {
        if case .target(let own) = $0 { .target(own) } else { .callback($0) }
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

  private func fields(_ item: UInt32, _ arguments: TermID) -> [DropTarget] {
    fieldTypes(item, arguments, 0).flatMap { targets($0) }
  }

  /// The types of the fields of a type's variants; none of a union, whose fields are never dropped.
  func fieldTypes(_ item: UInt32, _ arguments: TermID, _ level: Int) -> [TermID] {
    guard level < 3, program.kind(item) != .union else { return [] }
    var list: [TermID] = []
    program.childrenOf.forEach(UInt64(item)) { child in
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
