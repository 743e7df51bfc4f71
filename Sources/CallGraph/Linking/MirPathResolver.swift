import CrateFacts
import RustDump

/// Resolves the paths that MIR prints to items.
///
/// MIR names what the crate itself defines by definition path, without a crate prefix, and everything else by a visible
/// path that starts with the name of a crate (or of an `extern crate .. as` item). Types, traits and modules stand under
/// the name of the re-export, functions and statics keep their own name in the re-exporting module. Where crates share a
/// name, such as two versions of one, MIR has names of its own for them (`Unit.mirNames`); a dump without those prints them
/// alike: all items that fit are given, in the order local, direct dependency, further dependencies.
///
/// Closures and constants in a path (`f::{closure#0}::inner`) add no item. Methods are found by `ImplIndex`, to which
/// `members` leads.
final class MirPathResolver {
  let program: Program
  let resolver: NameResolver
  private var memo = WordMap<UInt64, [UInt32]>()
  /// Items named `name` in the inherent impls of a type, and impl members for `<T as Trait>` and `<impl Tr for T>` segments.
  var members: (_ unit: Int, _ parent: TermID, _ parentItems: [UInt32], _ name: NameID) -> [UInt32] = { _, _, _, _ in []
  }

  init(_ program: Program, _ resolver: NameResolver) {
    self.program = program
    self.resolver = resolver
  }

  /// The items that a path stands for.
  func items(_ unit: Int, _ path: TermID, _ space: Namespace) -> [UInt32] {
    let key = UInt64(unit) << 33 | UInt64(path.raw) << 1 | UInt64(space.rawValue)
    if let known = memo[key] { return known }
    memo[key] = []
    let found = itemsUncached(unit, path, space)
    memo[key] = found
    return found
  }

  private func itemsUncached(_ unit: Int, _ path: TermID, _ space: Namespace) -> [UInt32] {
    let terms = program.terms(unit)
    guard terms.kind(path) == .segment else { return [] }
    let name = program.globalName(unit, terms.name(path).raw)
    let parent = terms.parent(path)
    if parent.isNone { return rootItems(unit, name, space) }
    if isTransparent(unit, path) { return items(unit, parent, .value) }
    guard terms.kind(parent) == .segment else { return members(unit, parent, [], name) }
    var parents = items(unit, parent, .type)
    if isTransparent(unit, parent) || parents.isEmpty { parents += items(unit, parent, .value) }
    let found = unique(parents.flatMap { children($0, name, space, unit) })
    return found.isEmpty ? members(unit, parent, parents, name) : found
  }

  private func isTransparent(_ unit: Int, _ path: TermID) -> Bool {
    let store = program.units[unit].facts.store
    return store.names.withBytes(of: store.terms.name(path)) { $0.first == Ascii.openBrace }
  }

  private func rootItems(_ unit: Int, _ name: NameID, _ space: Namespace) -> [UInt32] {
    var found = program.pathChildren.all(MultiMap.key(program.root(unit), name.raw)).filter { fits($0, space) }
    guard space == .type else { return found }
    let named = mirNames(unit)
    if let crate = named[name] { return found + [program.root(crate)] }
    found += externAliases(unit, name)
    let others = resolver.crates(named: name, seenFrom: unit).filter { !named.values.contains($0) }
    found += others.map { program.root($0) }
    return unique(found)
  }

  private func mirNames(_ unit: Int) -> [NameID: Int] {
    if let known = names[unit] { return known }
    let pairs = program.units[unit].mirNames.map { (program.names.intern($0.name), $0.unit) }
    let table = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    names[unit] = table
    return table
  }
  private var names: [Int: [NameID: Int]] = [:]

  /// `extern crate X as Y` items, wherever they stand in the crate.
  private func externAliases(_ unit: Int, _ name: NameID) -> [UInt32] {
    if let known = aliases[unit] { return known[name] ?? [] }
    var table: [NameID: [UInt32]] = [:]
    for (index, declaration) in program.units[unit].facts.items.uses.enumerated() where declaration.kind == 2 {
      let alias = program.globalName(unit, declaration.alias)
      let number = firstUse(unit) + UInt32(index)
      table[alias, default: []] += resolver.target(ofUse: number, .type)
    }
    aliases[unit] = table
    return table[name] ?? []
  }
  private var aliases: [Int: [NameID: [UInt32]]] = [:]

  private func firstUse(_ unit: Int) -> UInt32 {
    program.units[..<unit].reduce(0) { $0 + UInt32($1.facts.items.uses.count) }
  }

  private func children(_ parent: UInt32, _ name: NameID, _ space: Namespace, _ unit: Int) -> [UInt32] {
    let defined = program.pathChildren.all(MultiMap.key(parent, name.raw)).filter { fits($0, space) }
    if !defined.isEmpty { return defined }
    if program.kind(parent) == .constant || program.kind(parent) == .function { return imports(parent, name, space) }
    guard program.kind(parent) == .module || program.kind(parent) == .enumeration else { return [] }
    let visible = resolver.lookup(parent, name, space)
    if !visible.isEmpty { return visible }
    return space == .type ? resolver.renamedCrates(parent, name) : resolver.renamedValues(parent, name)
  }

  /// What a body imports: derives write `const _: () = { extern crate serde as _serde; .. }`.
  private func imports(_ parent: UInt32, _ name: NameID, _ space: Namespace) -> [UInt32] {
    program.pathUses.all(MultiMap.key(parent, name.raw)).flatMap { resolver.target(ofUse: $0, space) }
  }

  private func fits(_ item: UInt32, _ space: Namespace) -> Bool {
    switch program.kind(item) {
    case .module, .enumeration, .union, .trait, .traitAlias, .typeAlias, .foreignType: space == .type
    case .structure: space == .type || !program.flags(item).isDisjoint(with: [.tupleLike, .unitLike])
    case .variant: true
    case .function: true
    case .constant, .staticItem: true
    case .foreignFunction, .foreignStatic: space == .value
    default: false
    }
  }

  private func unique(_ items: [UInt32]) -> [UInt32] {
    guard items.count > 1 else { return items }
    var seen: Set<UInt32> = []
    return items.filter { seen.insert($0).inserted }
  }
}
