import RustDump

/// What trait objects and function pointers may hold, as far as reached code has shown.
///
/// A trait object with some first bound holds the types that an unsizing cast (or a vtable in memory) turned into one with
/// an equal bound; a function pointer the functions and closures whose address was taken with an equal signature. Bounds
/// and signatures that are not fully known match all of their trait or number of parameters.
final class DynamicTargets {
  private let types: TypeTable
  private(set) var objects: [UInt32: [(bound: TermID, type: TermID)]] = [:]
  private var seenObjects: Set<UInt64> = []
  private(set) var pointers: [Int: [(type: TermID, target: CallTarget)]] = [:]
  private var seenPointers: Set<PointerKey> = []
  private var upcasts: [(from: TermID, to: TermID)] = []
  private var seenUpcasts: Set<UInt64> = []

  private struct PointerKey: Hashable {
    var type: TermID
    var target: CallTarget
  }

  init(_ types: TypeTable) { self.types = types }

  /// States that a type becomes a trait object with a first bound. Returns whether that was new.
  @discardableResult
  func addObject(_ type: TermID, _ bound: TermID) -> Bool {
    guard seenObjects.insert(UInt64(type.raw) << 32 | UInt64(bound.raw)).inserted else { return false }
    objects[types.item(bound), default: []].append((bound, type))
    return true
  }

  /// States that trait objects with one bound become trait objects with another.
  func addUpcast(_ from: TermID, _ to: TermID) {
    guard from != to, seenUpcasts.insert(UInt64(from.raw) << 32 | UInt64(to.raw)).inserted else { return }
    upcasts.append((from, to))
  }

  /// States that a function's address is taken with a signature.
  func addPointer(_ target: CallTarget, _ type: TermID) {
    guard seenPointers.insert(PointerKey(type: type, target: target)).inserted else { return }
    pointers[types.childCount(type), default: []].append((type, target))
  }

  /// Carries types over upcasts. Returns whether something was new.
  func propagateUpcasts() -> Bool {
    var changed = false
    for (from, to) in upcasts {
      for (bound, type) in objects[types.item(from)] ?? [] where agrees(bound, from) {
        if addObject(type, to) { changed = true }
      }
    }
    return changed
  }

  /// Types that a trait object with a bound may hold, from a position of its trait's list on.
  func types(of bound: TermID, from start: Int) -> (found: [TermID], end: Int) {
    let all = objects[types.item(bound)] ?? []
    return (all[min(start, all.count)...].filter { agrees($0.bound, bound) }.map(\.type), all.count)
  }

  /// Targets that a pointer may hold, from a position of its list on.
  func targets(of pointer: TermID, from start: Int) -> (found: [CallTarget], end: Int) {
    let all = pointers[types.childCount(pointer)] ?? []
    return (all[min(start, all.count)...].filter { agrees($0.type, pointer) }.map(\.target), all.count)
  }

  /// Whether two bounds or signatures may be the same.
  func agrees(_ left: TermID, _ right: TermID) -> Bool {
    if left == right { return true }
    guard isVague(left) || isVague(right) else { return false }
    if types.kind(left) == .open || types.kind(right) == .open { return true }
    switch (types.kind(left), types.kind(right)) {
    case (.inferred, _), (_, .inferred), (.unknown, _), (_, .unknown), (.projection, _), (_, .projection),
      (.oneOf, _), (_, .oneOf):
      return true
    default: break
    }
    let first = types.terms.record(left)
    let second = types.terms.record(right)
    guard first.kind == second.kind, first.a == second.a, first.b == second.b, first.childCount == second.childCount
    else { return false }
    return zip(types.children(left), types.children(right)).allSatisfy { agrees($0, $1) }
  }

  private func isVague(_ type: TermID) -> Bool {
    types.hasUnknown(type) || types.hasProjection(type) || types.hasOpen(type)
  }
}
