import CrateFacts
import RustDump

/// Names of items as reports print them.
///
/// Items of the crates stand under their definition path with the crate's display name in front; items of std under the
/// shortest public path (`std::` first, else `core::`, `alloc::`). Methods are `<Type>::method` and
/// `<Type as Trait>::method`; a trait's default body is `Trait::method`.
final class StandardNames {
  private let program: Program
  private let lowering: TypeLowering
  private let types: TypeTable
  /// How each unit's items are introduced.
  let crateNames: [String]
  /// Public paths of std's items.
  private var publicPaths = WordMap<UInt32, String>()
  private var itemNames = WordMap<UInt32, String>()

  init(_ program: Program, _ lowering: TypeLowering, _ resolver: NameResolver, crateNames: [String]) {
    self.program = program
    self.lowering = lowering
    self.crateNames = crateNames
    types = lowering.types
    for crate in ["std", "core", "alloc", "proc_macro"] {
      if let unit = program.standardUnits[crate] { collect(program.root(unit), crate, resolver) }
    }
  }

  /// Walks modules breadth first, through re-exports, so that the shortest path comes first.
  private func collect(_ root: UInt32, _ crate: String, _ resolver: NameResolver) {
    var seen: Set<UInt32> = [root]
    var queue: [(UInt32, String)] = [(root, crate)]
    var index = 0
    while index < queue.count {
      let (module, path) = queue[index]
      index += 1
      for (name, item) in publicMembers(module, resolver) {
        let full = path + "::" + name
        // A variant is named by its enumeration, not by the prelude.
        if publicPaths[item] == nil, program.kind(item) != .variant { publicPaths[item] = full }
        if program.kind(item) == .module || program.kind(item) == .enumeration, program.isStandard(item),
          seen.insert(item).inserted
        {
          queue.append((item, full))
        }
      }
    }
  }

  /// The public names of a module, with those that it re-exports; globs are followed as far as they go.
  private func publicMembers(_ module: UInt32, _ resolver: NameResolver) -> [(String, UInt32)] {
    var seen: Set<UInt32> = [module]
    return publicMembers(module, resolver, &seen)
  }

  private func publicMembers(
    _ module: UInt32, _ resolver: NameResolver, _ seen: inout Set<UInt32>
  ) -> [(String, UInt32)] {
    var members: [(String, UInt32)] = []
    program.childrenOf.forEach(module) { item in
      let isVisible = program.kind(item) == .variant || program.item(item).itemVisibility == .publicAll
      if isVisible, program.item(item).name != 0 { members.append((program.string(program.name(item)), item)) }
      if program.kind(item) == .foreignBlock { members += foreignMembers(item) }
      return true
    }
    for number in program.usesOfScope.all(UInt64(module)) {
      let (unit, declaration) = program.use(number)
      guard declaration.visibility == ItemVisibility.publicAll.rawValue else { continue }
      for space in [Namespace.type, .value] {
        for target in resolver.target(ofUse: number, space) {
          if declaration.kind == 1 {
            if seen.insert(target).inserted { members += publicMembers(target, resolver, &seen) }
          } else {
            let alias = program.string(program.globalName(unit, declaration.alias))
            if alias != "_" { members.append((alias, target)) }
          }
        }
      }
    }
    return members
  }

  private func foreignMembers(_ block: UInt32) -> [(String, UInt32)] {
    program.childrenOf.all(block).filter { program.item($0).itemVisibility == .publicAll }
      .map { (program.string(program.name($0)), $0) }
  }

  // MARK: Items

  /// The path of an item, without generic arguments; members of impls as `<Type>::name`.
  func path(of item: UInt32) -> String {
    if let known = itemNames[item] { return known }
    let name = makePath(item)
    itemNames[item] = name
    return name
  }

  private func makePath(_ item: UInt32) -> String {
    if program.isStandard(item), let path = publicPaths[item] { return path }
    let parent = program.parent(item)
    if parent == item { return crateNames[program.unit(ofItem: item)] }
    let kind = program.kind(item)
    if kind == .block || kind == .foreignBlock { return path(of: parent) }
    if kind == .implementation { return implPath(item) }
    return path(of: parent) + "::" + plainName(item)
  }

  /// A name without the mark of raw identifiers, which symbols do not have.
  private func plainName(_ item: UInt32) -> String {
    let name = program.string(program.name(item))
    return name.hasPrefix("r#") ? String(name.dropFirst(2)) : name
  }

  private func implPath(_ item: UInt32) -> String {
    guard let index = lowering.impls.recordOfItem[item] else { return path(of: program.parent(item)) + "::<impl>" }
    let record = lowering.impls.records[index]
    let scope = lowering.generics.scope(of: item)
    let own = types.list(scope.names.map { types.make(.open, b: $0.raw) })
    return implPath(
      record, types.substitute(record.selfType, own), record.traitArguments.map { types.substitute($0, own) })
  }

  private func implPath(
    _ record: ImplRecord, _ selfType: TermID, _ traitArguments: [TermID], _ level: Int = 0
  ) -> String {
    let type = text(of: selfType, level + 1)
    guard let trait = record.trait else { return "<\(type)>" }
    return "<\(type) as \(path(of: trait))\(angle(traitArguments.filter { $0 != selfType }, level))>"
  }

  private func angle(_ arguments: [TermID], _ level: Int) -> String {
    arguments.isEmpty ? "" : "<" + arguments.map { text(of: $0, level + 1) }.joined(separator: ", ") + ">"
  }

  // MARK: Types

  /// A type as v0 demanglers print it.
  func text(of type: TermID) -> String { text(of: type, 0) }

  private func text(of type: TermID, _ level: Int) -> String {
    guard level < 12 else { return ".." }
    let key = UInt64(type.raw) << 8 | UInt64(level)
    if let known = typeTexts[key] { return known }
    let text = makeText(of: type, level)
    typeTexts[key] = text
    return text
  }
  /// Texts by type and level: types share their parts.
  private var typeTexts = WordMap<UInt64, String>()

  private func makeText(of type: TermID, _ level: Int) -> String {
    func child(_ index: Int) -> String { text(of: types.child(type, index), level + 1) }
    func list(_ range: Range<Int>) -> String { range.map { child($0) }.joined(separator: ", ") }
    let count = types.childCount(type)
    switch types.kind(type) {
    case .nominal, .traitReference: return path(of: types.item(type)) + argumentList(type, level)
    case .functionDefinition: return path(of: types.item(type)) + argumentList(type, level)
    case .primitive, .open, .unknown, .constant: return program.string(types.name(type))
    case .parameter, .inferred: return "_"
    case .reference: return (types.item(type) == 1 ? "&mut " : "&") + child(0)
    case .pointer: return (types.item(type) == 1 ? "*mut " : "*const ") + child(0)
    case .slice: return "[\(child(0))]"
    case .array: return "[\(child(0)); \(child(1))]"
    case .tuple: return count == 1 ? "(\(child(0)),)" : "(\(list(0..<count)))"
    case .never: return "!"
    case .functionPointer:
      let result = types.child(type, count - 1)
      return "fn(\(list(0..<(count - 1))))" + (result == types.unit ? "" : " -> " + child(count - 1))
    case .dynamic: return "dyn " + (0..<count).map { child($0) }.joined(separator: " + ")
    case .binding: return "\(program.string(types.name(type))) = \(child(0))"
    case .closureType: return instanceName(types.item(type), types.argumentList(of: type), level)
    case .traitMethod, .projection: return traitMember(type, level)
    default: return "_"
    }
  }

  private func argumentList(_ type: TermID, _ level: Int) -> String {
    let arguments = types.children(type).map { text(of: $0, level + 1) }
    return arguments.isEmpty ? "" : "<" + arguments.joined(separator: ", ") + ">"
  }

  private func traitMember(_ type: TermID, _ level: Int) -> String {
    let name = program.string(types.name(type))
    let selfText = text(of: types.child(type, 0), level + 1)
    guard types.item(type) != 0 else { return "<\(selfText)>::\(name)" }
    let arguments = types.children(types.child(type, 1)).map { text(of: $0, level + 1) }
    let list = arguments.isEmpty ? "" : "<" + arguments.joined(separator: ", ") + ">"
    return "<\(selfText) as \(path(of: types.item(type)))\(list)>::\(name)"
  }

  /// The name of a body: its item's path, and below it closures, promoteds and constants.
  func path(ofBody body: UInt32) -> String {
    if let item = program.item(ofBody: body) { return path(of: item) }
    let unit = program.unit(ofBody: body)
    let store = program.units[unit].facts.store
    let term = TermID(program.body(body).path)
    guard let owner = program.owner(ofBody: body), store.terms.kind(term) == .segment else {
      return crateNames[unit] + "::" + PathPrinter.text(of: term, store)
    }
    return path(ofBody: owner) + "::" + store.names.string(store.terms.name(term))
  }

  /// A callee that the caller of an entry point supplies: `<T as demo::Store>::put`.
  func text(ofCallee callee: TermID) -> String { text(of: callee) }

  // MARK: Instances

  /// The name of an instance: concrete arguments in the self type and behind the name.
  func instanceName(_ body: UInt32, _ arguments: TermID, _ level: Int = 0) -> String {
    let root = lowering.rootBody(body)
    guard let item = program.item(ofBody: root), types.childCount(arguments) > 0 else { return path(ofBody: body) }
    let name = instanceName(ofItem: item, types.children(arguments), level)
    guard root != body else { return name }
    return name + path(ofBody: body).dropFirst(path(of: item).count)
  }

  private func instanceName(ofItem item: UInt32, _ arguments: [TermID], _ level: Int) -> String {
    let parent = program.parent(item)
    let scope = lowering.generics.scope(of: item)
    let own = angle(Array(arguments.dropFirst(scope.parentCount)), level)
    let name = plainName(item)
    if let index = lowering.impls.recordOfItem[parent] {
      let record = lowering.impls.records[index]
      let list = types.list(arguments)
      let prefix = implPath(
        record, types.substitute(record.selfType, list), record.traitArguments.map { types.substitute($0, list) }, level
      )
      return prefix + "::" + name + own
    }
    if program.kind(parent) == .trait, let selfType = arguments.first {
      let traitArguments = Array(arguments.prefix(scope.parentCount).dropFirst())
      let selfText = text(of: selfType, level + 1)
      return "<\(selfText) as \(path(of: parent))\(angle(traitArguments, level))>::\(name)\(own)"
    }
    return path(of: item) + own
  }

  /// The name under which sinks know a function of std: arguments left out, methods of traits on std's own types as
  /// `<Type as Trait>::method`, on other types as `Trait::method`.
  func name(ofFunction function: TermID) -> NameID {
    let item = types.item(function)
    if let known = definitionNames[item] ?? functionNames[function] { return known }
    let name = program.names.intern(makeName(ofFunction: function))
    if dependsOnArguments(item) { functionNames[function] = name } else { definitionNames[item] = name }
    return name
  }
  private var functionNames = WordMap<TermID, NameID>()
  private var definitionNames = WordMap<UInt32, NameID>()

  /// Whether a function's name depends on what it is made with: that of a trait's method does, and that of a method of a
  /// parameter.
  private func dependsOnArguments(_ item: UInt32) -> Bool {
    let parent = program.parent(item)
    guard let index = lowering.impls.recordOfItem[parent] else { return program.kind(parent) == .trait }
    let record = lowering.impls.records[index]
    return record.trait != nil || types.kind(record.selfType) != .nominal
  }

  /// The same for a definition, with its own parameters.
  func nameOfDefinition(_ item: UInt32) -> String {
    let scope = lowering.generics.scope(of: item)
    let own = scope.names.map { types.make(.open, b: $0.raw) }
    return makeName(ofFunction: types.make(.functionDefinition, a: item, own))
  }

  private func makeName(ofFunction function: TermID) -> String {
    let item = types.item(function)
    let parent = program.parent(item)
    let name = program.string(program.name(item))
    if let index = lowering.impls.recordOfItem[parent] {
      let record = lowering.impls.records[index]
      let selfType = types.substitute(record.selfType, types.argumentList(of: function))
      guard let trait = record.trait else { return inherentName(selfType, record.item, name) }
      return traitMethodName(selfType, trait, name)
    }
    if program.kind(parent) == .trait, types.childCount(function) > 0 {
      return traitMethodName(types.child(function, 0), parent, name)
    }
    return path(of: item)
  }

  private func inherentName(_ selfType: TermID, _ impl: UInt32, _ name: String) -> String {
    if types.kind(selfType) == .nominal, program.module(of: impl) == program.module(of: types.item(selfType)) {
      return path(of: types.item(selfType)) + "::" + name
    }
    return "\(path(of: program.module(of: impl)))::<impl \(plain(selfType, 0))>::\(name)"
  }

  private func traitMethodName(_ selfType: TermID, _ trait: UInt32, _ name: String) -> String {
    guard isStandardType(selfType) else { return path(of: trait) + "::" + name }
    return "<\(plain(selfType, 0)) as \(path(of: trait))>::\(name)"
  }

  private func isStandardType(_ type: TermID) -> Bool {
    switch types.kind(type) {
    case .nominal: program.isStandard(types.item(type))
    case .primitive, .slice, .array, .tuple: true
    case .reference, .pointer: isStandardType(types.child(type, 0))
    default: false
    }
  }

  /// A type without generic arguments.
  private func plain(_ type: TermID, _ level: Int) -> String {
    guard level < 6 else { return "_" }
    switch types.kind(type) {
    case .nominal: return path(of: types.item(type))
    case .reference: return (types.item(type) == 1 ? "&mut " : "&") + plain(types.child(type, 0), level + 1)
    case .pointer: return (types.item(type) == 1 ? "*mut " : "*const ") + plain(types.child(type, 0), level + 1)
    case .slice: return "[\(plain(types.child(type, 0), level + 1))]"
    case .array: return "[\(plain(types.child(type, 0), level + 1)); N]"
    case .tuple:
      return "(" + types.children(type).map { plain($0, level + 1) }.joined(separator: ", ") + ")"
    default: return text(of: type, level)
    }
  }
}
