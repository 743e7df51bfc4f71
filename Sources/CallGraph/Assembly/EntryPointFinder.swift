import CrateFacts
import RustDump

/// What kind of unit entry points are looked for in.
public enum EntryTarget: Sendable {
  case library
  case binary
  case buildScript
  case procMacro
}

/// Finds where code from outside a unit can start.
final class EntryPointFinder {
  struct Found {
    var item: UInt32
    var kind: EntryKind
    /// Whether it starts in every program that the unit is linked to as well.
    var startsInPrograms = false
  }

  private let program: Program
  private let lowering: TypeLowering
  private let resolver: NameResolver
  private let types: TypeTable

  init(_ program: Program, _ lowering: TypeLowering, _ resolver: NameResolver) {
    self.program = program
    self.lowering = lowering
    self.resolver = resolver
    types = lowering.types
  }

  /// The entry points of a unit.
  func find(_ unit: Int, _ target: EntryTarget) -> [Found] {
    var found = symbols(unit)
    switch target {
    case .binary, .buildScript:
      let main = program.names.intern("main")
      for item in resolver.lookup(program.root(unit), main, .value) {
        found.append(Found(item: item, kind: target == .binary ? .main : .buildScript))
      }
    case .procMacro: found += procMacros(unit)
    case .library: found += publicItems(unit)
    }
    return found
  }

  private func items(_ unit: Int) -> Range<UInt32> { program.itemBase[unit]..<program.itemBase[unit + 1] }

  /// Exported symbols, what std itself calls by symbol, and statics that run before main.
  private func symbols(_ unit: Int) -> [Found] {
    var found: [Found] = []
    for attribute in program.units[unit].facts.items.attributes {
      let item = attribute.item + program.itemBase[unit]
      switch AttributeKind(rawValue: attribute.kind) {
      case .noMangle, .exportName:
        guard program.kind(item) == .function || program.kind(item) == .staticItem else { continue }
        found.append(Found(item: item, kind: .exportedSymbol))
      case .linkSection where program.kind(item) == .staticItem || program.kind(item) == .function:
        let section = program.string(program.globalName(unit, attribute.value))
        if EntryPointFinder.runsBeforeMain(section) || EntryPointFinder.runsAfterMain(section) {
          found.append(Found(item: item, kind: .beforeMain, startsInPrograms: true))
        }
      case .standardInternalSymbol where program.kind(item) == .function,
        .panicHandler where program.kind(item) == .function:
        // What `#[global_allocator]` expands to: std calls it by its symbol at each allocation.
        found.append(Found(item: item, kind: .exportedSymbol, startsInPrograms: true))
      default: break
      }
    }
    return found
  }

  /// Whether what stands in a section runs when a program or library is loaded: lists of functions (ELF, Mach-O, COFF, and the
  /// callbacks of thread-local storage on Windows), and the code of `.init`.
  static func runsBeforeMain(_ section: String) -> Bool {
    let section = section.filter { $0 != " " }
    return section == ".init"
      || [
        ".init_array", ".ctors", ".preinit_array", "__DATA,__mod_init_func", "__DATA_CONST,__mod_init_func", ".CRT$XC",
        ".CRT$XI", ".CRT$XL",
      ].contains { section.hasPrefix($0) }
  }

  /// The same at the end.
  static func runsAfterMain(_ section: String) -> Bool {
    let section = section.filter { $0 != " " }
    return section == ".fini"
      || [".fini_array", ".dtors", "__DATA,__mod_term_func", "__DATA_CONST,__mod_term_func", ".CRT$XP", ".CRT$XT"]
        .contains { section.hasPrefix($0) }
  }

  private func procMacros(_ unit: Int) -> [Found] {
    let kinds: Set<UInt32> = [
      AttributeKind.procMacro.rawValue, AttributeKind.procMacroDerive.rawValue,
      AttributeKind.procMacroAttribute.rawValue,
    ]
    return program.units[unit].facts.items.attributes.filter { kinds.contains($0.kind) }
      .map { Found(item: $0.item + program.itemBase[unit], kind: .procMacro) }
  }

  // MARK: Public items

  /// Statics and constants that can be named from outside.
  func publicValues(_ unit: Int) -> [UInt32] {
    visibleItems(unit).sorted().filter {
      program.unit(ofItem: $0) == unit && (program.kind($0) == .staticItem || program.kind($0) == .constant)
    }
  }

  /// Members of impls for types that cannot be named from outside, but that callers get.
  func members(ofHidden types: Set<UInt32>, _ unit: Int) -> [Found] {
    let visible = visibleItems(unit)
    return lowering.impls.records(inUnit: unit).map { lowering.impls.records[$0] }.flatMap { record -> [Found] in
      guard record.trait != nil, self.types.kind(record.selfType) == .nominal,
        types.contains(self.types.item(record.selfType)), !visible.contains(self.types.item(record.selfType))
      else { return [] }
      return implMembers(record, visible.union(types))
    }
  }

  private func publicItems(_ unit: Int) -> [Found] {
    let visible = visibleItems(unit)
    var found: [Found] = []
    for item in visible.sorted() where program.unit(ofItem: item) == unit {
      switch program.kind(item) {
      case .function: found.append(Found(item: item, kind: .publicItem))
      case .trait:
        for member in children(item) where program.flags(member).contains(.hasBody) && isFunction(member) {
          found.append(Found(item: member, kind: .publicItem))
        }
      default: break
      }
    }
    for index in lowering.impls.records(inUnit: unit) { found += implMembers(lowering.impls.records[index], visible) }
    return found
  }

  private func implMembers(_ record: ImplRecord, _ visible: Set<UInt32>) -> [Found] {
    let unit = program.unit(ofItem: record.item)
    guard isVisible(record.selfType, visible, unit), !isInBody(record.item) || record.trait != nil else { return [] }
    if let trait = record.trait {
      guard program.unit(ofItem: trait) != unit || visible.contains(trait) else {
        return []
      }
      return children(record.item).filter { isFunction($0) }.map { Found(item: $0, kind: .traitImplementation) }
    }
    return children(record.item)
      .filter { isFunction($0) && program.item($0).itemVisibility == .publicAll }
      .map { Found(item: $0, kind: .publicItem) }
  }

  private func isInBody(_ item: UInt32) -> Bool {
    let parent = program.parent(item)
    return program.kind(parent) != .module
  }

  private func isFunction(_ item: UInt32) -> Bool {
    program.kind(item) == .function && program.flags(item).contains(.hasBody)
  }

  private func children(_ item: UInt32) -> [UInt32] { program.childrenOf.all(item) }

  /// Whether a type can be had from outside the unit: types of other crates and built-in ones always.
  private func isVisible(_ type: TermID, _ visible: Set<UInt32>, _ unit: Int) -> Bool {
    switch types.kind(type) {
    case .nominal:
      let item = types.item(type)
      return visible.contains(item) || program.unit(ofItem: item) != unit
    case .reference, .pointer, .slice, .array: return isVisible(types.child(type, 0), visible, unit)
    default: return true
    }
  }

  /// Items that a path from the crate's root leads to through public modules and re-exports.
  private func visibleItems(_ unit: Int) -> Set<UInt32> {
    if let known = visibleMemo[unit] { return known }
    let found = findVisibleItems(unit)
    visibleMemo[unit] = found
    return found
  }
  private var visibleMemo: [Int: Set<UInt32>] = [:]

  private func findVisibleItems(_ unit: Int) -> Set<UInt32> {
    let root = program.root(unit)
    var seen: Set<UInt32> = [root]
    var work = [root]
    while let scope = work.popLast() {
      for item in members(of: scope) where seen.insert(item).inserted {
        let kind = program.kind(item)
        if kind == .module || kind == .enumeration, program.unit(ofItem: item) == unit { work.append(item) }
      }
    }
    return seen
  }

  private func members(of scope: UInt32) -> [UInt32] {
    var list = children(scope).flatMap { item -> [UInt32] in
      program.kind(item) == .foreignBlock ? children(item) : [item]
    }.filter { program.item($0).itemVisibility == .publicAll || program.kind($0) == .variant }
    program.usesOfScope.forEach(UInt64(scope)) { number in
      let (_, declaration) = program.use(number)
      guard declaration.visibility == ItemVisibility.publicAll.rawValue else { return true }
      let targets = resolver.target(ofUse: number, .type) + resolver.target(ofUse: number, .value)
      if declaration.kind == 1 {
        for target in targets where program.unit(ofItem: target) == program.unit(ofItem: scope) {
          list += children(target).filter {
            program.item($0).itemVisibility == .publicAll || program.kind($0) == .variant
          }
          list += reexports(target, 0)
        }
      } else if declaration.kind == 0 {
        list += targets
      }
      return true
    }
    return list
  }

  /// What a module that is globbed re-exports itself.
  private func reexports(_ module: UInt32, _ level: Int) -> [UInt32] {
    guard level < 8, program.kind(module) == .module else { return [] }
    var list: [UInt32] = []
    program.usesOfScope.forEach(UInt64(module)) { number in
      let (_, declaration) = program.use(number)
      guard declaration.visibility == ItemVisibility.publicAll.rawValue, declaration.kind < 2 else { return true }
      let targets = resolver.target(ofUse: number, .type) + resolver.target(ofUse: number, .value)
      if declaration.kind == 0 {
        list += targets
      } else {
        for target in targets where target != module {
          list += children(target).filter { program.item($0).itemVisibility == .publicAll }
          list += reexports(target, level + 1)
        }
      }
      return true
    }
    return list
  }
}
