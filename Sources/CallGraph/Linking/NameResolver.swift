import CrateFacts
import RustDump

/// The two name spaces that matter here.
enum Namespace: UInt8 {
  case type = 0
  case value = 1
}

/// Resolves names as Rust does: through modules, `use` trees with globs and renames, `extern crate`, preludes.
///
/// Visibility is not checked: the compiler has accepted the program. Where two items answer, both are given. Local names
/// come before extern crates, those before the standard prelude, so that a local module `core` is found first.
final class NameResolver {
  let program: Program
  private var memo = WordMap<UInt64, [UInt32]>()
  private var useTargets = WordMap<UInt64, [UInt32]>()
  private var pathItems = WordMap<UInt64, [UInt32]>()
  private var preludes: [Int: [UInt32]] = [:]
  /// For each unit its extern crates by name.
  private let externs: [[NameID: Int]]
  private let standardUnits: [NameID: Int]
  private var cratesByName: [UInt64: [Int]] = [:]
  private let words: PathWords
  private var inProgress: Set<UInt64> = []
  /// How often a lookup met itself: results that depend on it are not remembered.
  private var cycles = 0
  private var closures: [Int: Set<Int>] = [:]

  init(_ program: Program) {
    self.program = program
    words = PathWords(program)
    standardUnits = Dictionary(uniqueKeysWithValues: program.standardUnits.map { (program.names.intern($0), $1) })
    externs = program.units.map { unit in
      Dictionary(unit.externs.map { (program.names.intern($0.name), $0.unit) }) { first, _ in first }
    }
  }

  // MARK: Modules

  /// What a name means inside a module, an enumeration or a scope block, not looking further out.
  func lookup(_ scope: UInt32, _ name: NameID, _ space: Namespace) -> [UInt32] {
    let key = UInt64(scope) << 33 | UInt64(name.raw) << 1 | UInt64(space.rawValue)
    if let known = memo[key] { return known }
    guard inProgress.insert(key).inserted else {
      cycles += 1
      return []
    }
    let before = cycles
    let found = lookupUncached(scope, name, space)
    inProgress.remove(key)
    if cycles == before || inProgress.isEmpty { memo[key] = found }
    return found
  }

  private func lookupUncached(_ scope: UInt32, _ name: NameID, _ space: Namespace) -> [UInt32] {
    var found = program.scopeChildren.all(MultiMap.key(scope, name.raw)).filter { belongs($0, space) }
    if !found.isEmpty { return found }
    program.namedUses.forEach(MultiMap.key(scope, name.raw)) { number in
      found.append(contentsOf: target(ofUse: number, space))
      return true
    }
    if !found.isEmpty { return unique(found) }
    program.globUses.forEach(UInt64(scope)) { number in
      for module in target(ofUse: number, .type) where module != scope {
        found.append(contentsOf: lookup(module, name, space))
      }
      return true
    }
    return unique(found)
  }

  private func unique(_ items: [UInt32]) -> [UInt32] {
    guard items.count > 1 else { return items }
    var seen: Set<UInt32> = []
    return items.filter { seen.insert($0).inserted }
  }

  private func belongs(_ item: UInt32, _ space: Namespace) -> Bool {
    switch program.kind(item) {
    case .module, .enumeration, .union, .trait, .traitAlias, .typeAlias, .foreignType: space == .type
    case .structure:
      space == .type || !program.flags(item).isDisjoint(with: [.tupleLike, .unitLike])
    case .variant: true
    case .function, .constant, .staticItem, .foreignFunction, .foreignStatic: space == .value
    default: false
    }
  }

  /// What a `use` or `extern crate` declaration names.
  func target(ofUse number: UInt32, _ space: Namespace) -> [UInt32] {
    let key = UInt64(number) << 1 | UInt64(space.rawValue)
    if let known = useTargets[key] { return known }
    let before = cycles
    let found = targetUncached(ofUse: number, space)
    if cycles == before || inProgress.isEmpty { useTargets[key] = found }
    return found
  }

  private func targetUncached(ofUse number: UInt32, _ space: Namespace) -> [UInt32] {
    let (unit, declaration) = program.use(number)
    let scope = declaration.parent + program.itemBase[unit]
    let names = names(ofPath: TermID(declaration.path), unit)
    if declaration.kind == 2 {
      guard space == .type, let name = names.last else { return [] }
      if name == words.ownModule { return [program.root(unit)] }
      return externRoots(unit, name)
    }
    return resolve(names, unit: unit, scope: scope, space, isUse: true)
  }

  /// Value items that a module re-exports under another name than their own. Paths in MIR keep the own name.
  func renamedValues(_ scope: UInt32, _ name: NameID) -> [UInt32] {
    var found: [UInt32] = []
    program.usesOfScope.forEach(UInt64(scope)) { number in
      let (unit, declaration) = program.use(number)
      guard declaration.kind == 0,
        program.globalName(unit, program.terms(unit).name(TermID(declaration.path)).raw) == name
      else { return true }
      found.append(contentsOf: target(ofUse: number, .value))
      return true
    }
    return unique(found)
  }

  /// Crates that a module re-exports under another name than their own. Paths in MIR keep the own name.
  func renamedCrates(_ scope: UInt32, _ name: NameID) -> [UInt32] {
    var found: [UInt32] = []
    program.usesOfScope.forEach(UInt64(scope)) { number in
      guard program.use(number).declaration.kind != 1 else { return true }
      for target in target(ofUse: number, .type)
      where program.parent(target) == target
        && program.units[program.unit(ofItem: target)].crateName == program.string(name)
      {
        found.append(target)
      }
      return true
    }
    return unique(found)
  }

  // MARK: Paths

  /// The names of a plain path, first to last.
  func names(ofPath path: TermID, _ unit: Int) -> [NameID] {
    let terms = program.terms(unit)
    var list: [NameID] = []
    var current = path
    while terms.kind(current) == .segment {
      list.append(program.globalName(unit, terms.name(current).raw))
      current = terms.parent(current)
    }
    return list.reversed()
  }

  /// The items that a path as written in source stands for.
  func resolve(_ names: [NameID], unit: Int, scope: UInt32, _ space: Namespace, isUse: Bool = false) -> [UInt32] {
    guard let first = names.first else { return [] }
    var rest = names.dropFirst()
    var current: [UInt32]
    switch first {
    case words.crate, words.macroCrate: current = [program.root(unit)]
    case words.ownModule: current = [program.module(of: scope)]
    case words.parentModule: current = [parentModule(program.module(of: scope))]
    case words.pathRoot:
      guard let next = rest.popFirst() else { return [] }
      current = rootItems(unit, next, rest.isEmpty ? space : .type)
    default:
      current = firstItems(unit, scope, first, rest.isEmpty ? space : .type, isUse: isUse)
    }
    while let name = rest.popFirst() {
      let space = rest.isEmpty ? space : .type
      if name == words.parentModule {
        current = current.map { parentModule($0) }
      } else if current.count == 1 {
        current = lookup(current[0], name, space)
      } else {
        current = unique(current.flatMap { lookup($0, name, space) })
      }
      if current.isEmpty { return [] }
    }
    return current
  }

  /// The same for a path of a unit's source, which stands in a scope.
  func items(ofPath path: TermID, unit: Int, scope: UInt32, _ space: Namespace) -> [UInt32] {
    let scope = namingScope(of: scope)
    let key = UInt64(scope) << 33 | UInt64(path.raw) << 1 | UInt64(space.rawValue)
    if let known = pathItems[key] { return known }
    let before = cycles
    let found = resolve(names(ofPath: path, unit), unit: unit, scope: scope, space)
    if cycles == before || inProgress.isEmpty { pathItems[key] = found }
    return found
  }

  /// The nearest scope around a place that has names of its own.
  private func namingScope(of scope: UInt32) -> UInt32 {
    var current = scope
    while program.kind(current) != .module {
      if program.childrenOf.first(current) != nil || program.usesOfScope.first(UInt64(current)) != nil,
        isScope(program.kind(current))
      {
        return current
      }
      current = program.parent(current)
    }
    return current
  }

  private func isScope(_ kind: ItemKind) -> Bool { kind == .block || kind == .function || kind == .module }

  private func parentModule(_ module: UInt32) -> UInt32 { program.module(of: program.parent(module)) }

  /// `::name`: an extern crate, in edition 2015 also an item of the root. Macros write it for `$crate`, with the crate's own
  /// name: so any crate of that name can be meant, one that is not named so here as well.
  private func rootItems(_ unit: Int, _ name: NameID, _ space: Namespace) -> [UInt32] {
    if program.units[unit].edition == 2015 {
      let local = lookup(program.root(unit), name, space)
      if !local.isEmpty { return local }
    }
    return unique(externRoots(unit, name) + crates(named: name, seenFrom: unit).map { program.root($0) })
  }

  private func firstItems(_ unit: Int, _ scope: UInt32, _ name: NameID, _ space: Namespace, isUse: Bool) -> [UInt32] {
    if isUse, program.units[unit].edition == 2015 {
      let local = lookup(program.root(unit), name, space)
      if !local.isEmpty { return local }
    }
    let lexical = lookupLexically(scope, name, space)
    if !lexical.isEmpty { return lexical }
    if space == .type {
      let crates = externPrelude(unit, name)
      if !crates.isEmpty { return crates }
    }
    let prelude = lookupPrelude(unit, name, space)
    if !prelude.isEmpty { return prelude }
    return space == .type ? externRoots(unit, name) : []
  }

  /// A name in the blocks around a place and in its module.
  func lookupLexically(_ scope: UInt32, _ name: NameID, _ space: Namespace) -> [UInt32] {
    var current = scope
    while true {
      let kind = program.kind(current)
      if isScope(kind) {
        let found = lookup(current, name, space)
        if !found.isEmpty { return found }
      }
      if kind == .module { return [] }
      current = program.parent(current)
    }
  }

  // MARK: Crates and preludes

  /// `extern crate` items of the root are in the prelude of every module.
  private func externPrelude(_ unit: Int, _ name: NameID) -> [UInt32] {
    if let found = externs[unit][name] { return [program.root(found)] }
    var found: [UInt32] = []
    program.namedUses.forEach(MultiMap.key(program.root(unit), name.raw)) { number in
      if program.use(number).declaration.kind == 2 { found.append(contentsOf: target(ofUse: number, .type)) }
      return true
    }
    if !found.isEmpty { return found }
    if let standard = standardUnits[name] { return [program.root(standard)] }
    return []
  }

  /// The roots of crates that a name can stand for: an extern of the unit, a crate of std, else any crate of that name
  /// among everything the unit depends on (macros name crates that the unit does not).
  func externRoots(_ unit: Int, _ name: NameID) -> [UInt32] {
    if let found = externs[unit][name] { return [program.root(found)] }
    if let standard = standardUnits[name] { return [program.root(standard)] }
    return crates(named: name, seenFrom: unit).map { program.root($0) }
  }

  /// Units of a crate name among all that a unit depends on.
  func crates(named name: NameID, seenFrom unit: Int) -> [Int] {
    guard let all = program.unitsByName[name] else { return [] }
    let key = UInt64(unit) << 32 | UInt64(name.raw)
    if let known = cratesByName[key] { return known }
    let found = find(all, seenFrom: unit)
    cratesByName[key] = found
    return found
  }

  private func find(_ all: [Int], seenFrom unit: Int) -> [Int] {
    let closure = dependencies(of: unit)
    let direct = Set(program.units[unit].externs.map(\.unit))
    let seen = all.filter {
      closure.contains($0) || program.units[$0].isStandard && !program.units[$0].isPrivate
    }
    // Direct dependencies first: a path of two meanings is theirs more often.
    return seen.filter { direct.contains($0) } + seen.filter { !direct.contains($0) }
  }

  /// All units that a unit depends on, itself left out. What proc macros depend on is no part of it.
  func dependencies(of unit: Int) -> Set<Int> {
    if let known = closures[unit] { return known }
    var seen: Set<Int> = []
    var work = program.units[unit].externs.map(\.unit)
    while let next = work.popLast() {
      guard seen.insert(next).inserted, !program.units[next].isProcMacro else { continue }
      work.append(contentsOf: program.units[next].externs.map(\.unit))
    }
    closures[unit] = seen
    return seen
  }

  private func lookupPrelude(_ unit: Int, _ name: NameID, _ space: Namespace) -> [UInt32] {
    unique(preludeModules(edition: program.units[unit].edition).flatMap { lookup($0, name, space) })
  }

  private func preludeModules(edition: Int) -> [UInt32] {
    if let known = preludes[edition] { return known }
    guard let standard = program.standardUnits["std"] ?? program.standardUnits["core"] else { return [] }
    let before = cycles
    var modules = [program.root(standard)]
    for name in ["prelude", "rust_\(edition)"].map({ program.names.intern($0) }) {
      modules = modules.flatMap { lookup($0, name, .type) }
    }
    if cycles == before || inProgress.isEmpty { preludes[edition] = modules }
    return modules
  }
}

/// Words that mean something of their own in paths.
private struct PathWords {
  let crate: NameID
  let macroCrate: NameID
  let ownModule: NameID
  let parentModule: NameID
  /// What stands for a leading `::`.
  let pathRoot: NameID

  init(_ program: Program) {
    crate = program.names.intern("crate")
    macroCrate = program.names.intern("$crate")
    ownModule = program.names.intern("self")
    parentModule = program.names.intern("super")
    pathRoot = program.names.intern("{{root}}")
  }
}
