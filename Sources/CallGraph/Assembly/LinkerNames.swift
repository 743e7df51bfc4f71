import CrateFacts
import RustDump

/// Names of instances as the v0 mangling of symbols spells them, to compare with a linked program.
///
/// All items stand under their definition path, std's too. A crate is written `name~UNIT` with the number of its unit, so
/// that crates of one name stay apart; std's crates are written by their name. Lifetimes and elided default arguments are
/// left out, as in symbols. What is not known, and in definitions every generic parameter, is written `?`; `?=` where the
/// parameter has a default, so that a symbol may leave it out.
final class LinkerNames {
  private let program: Program
  private let lowering: TypeLowering
  private let types: TypeTable
  private var itemNames: [UInt32: String] = [:]
  private var typeTexts: [TermID: String] = [:]

  /// What stands for any type or constant.
  static let wildcard = "?"
  static let omissibleWildcard = "?="
  private static let deepest = 40

  init(_ program: Program, _ lowering: TypeLowering) {
    self.program = program
    self.lowering = lowering
    types = lowering.types
  }

  /// The name of an instance.
  func instance(_ body: UInt32, _ arguments: TermID) -> String { name(body, types.children(arguments), 0) }

  /// The name of a definition: all parameters are open.
  func definition(_ body: UInt32) -> String {
    guard let item = program.item(ofBody: lowering.rootBody(body)) else { return name(body, [], 0) }
    let count = lowering.generics.scope(of: item).names.count
    return name(body, Array(repeating: types.make(.inferred), count: count), 0)
  }

  /// Whether the body is a trait's default method or a closure in one.
  func isDefaultMethod(_ body: UInt32) -> Bool {
    guard let item = program.item(ofBody: lowering.rootBody(body)) else { return false }
    return program.kind(program.parent(item)) == .trait
  }

  /// What the aliases of types in std stand for, by their path; `$0` is the first argument.
  func standardAliases() -> [String: String] {
    var aliases: [String: String] = [:]
    for unit in program.units.indices where program.units[unit].isStandard {
      for (index, item) in program.units[unit].facts.items.items.enumerated() where item.itemKind == .typeAlias {
        let number = program.itemBase[unit] + UInt32(index)
        guard item.genericsCount < 10, item.type != 0, program.kind(program.parent(number)) == .module else { continue }
        let arguments = (0..<item.genericsCount).map { index in
          types.make(.primitive, b: program.names.intern("$\(index)").raw)
        }
        aliases[path(number)] = text(of: lowering.nominal(number, arguments), 0)
      }
    }
    return aliases
  }

  // MARK: Bodies

  private func name(_ body: UInt32, _ arguments: [TermID], _ level: Int) -> String {
    let root = lowering.rootBody(body)
    guard let item = program.item(ofBody: root) else { return pathWithinUnit(body) }
    return name(ofItem: item, arguments, level) + suffix(body, root)
  }

  /// Closures and constants between a function and a body in it.
  private func suffix(_ body: UInt32, _ root: UInt32) -> String {
    var segments: [String] = []
    var current = body
    while current != root, let owner = program.owner(ofBody: current), segments.count < Self.deepest {
      segments.append(lastSegment(current))
      current = owner
    }
    return segments.reversed().map { "::" + $0 }.joined()
  }

  private func lastSegment(_ body: UInt32) -> String {
    let store = program.units[program.unit(ofBody: body)].facts.store
    let term = TermID(program.body(body).path)
    guard store.terms.kind(term) == .segment else { return "?" }
    return store.names.string(store.terms.name(term))
  }

  private func pathWithinUnit(_ body: UInt32) -> String {
    let unit = program.unit(ofBody: body)
    return crateName(unit) + "::"
      + PathPrinter.text(of: TermID(program.body(body).path), program.units[unit].facts.store)
  }

  // MARK: Items

  private func crateName(_ unit: Int) -> String {
    let link = program.units[unit]
    return link.isStandard ? link.crateName : "\(link.crateName)~\(unit)"
  }

  private func name(ofItem item: UInt32, _ arguments: [TermID], _ level: Int) -> String {
    let parent = program.parent(item)
    let kind = program.kind(item)
    // The parameters are the enumeration's.
    if kind == .variant { return path(parent) + angle(of: parent, arguments, nil, level) + "::" + plainName(item) }
    let scope = lowering.generics.scope(of: item)
    let own = angle(Array(arguments.dropFirst(scope.parentCount)), level)
    let last = "::" + plainName(item) + own
    switch program.kind(parent) {
    case .implementation: return implementation(parent, arguments, level) + last
    case .trait:
      guard let selfType = arguments.first else { break }
      let traitArguments = Array(arguments.prefix(scope.parentCount).dropFirst())
      return qualified(selfType, parent, traitArguments, level) + last
    default: break
    }
    return path(item) + own
  }

  private func implementation(_ item: UInt32, _ arguments: [TermID], _ level: Int) -> String {
    guard let index = lowering.impls.recordOfItem[item] else { return "<?>" }
    let record = lowering.impls.records[index]
    let list = types.list(arguments)
    let selfType = types.substitute(record.selfType, list)
    guard let trait = record.trait else { return "<\(text(of: selfType, level + 1))>" }
    return qualified(selfType, trait, record.traitArguments.map { types.substitute($0, list) }, level)
  }

  private func qualified(_ selfType: TermID, _ trait: UInt32, _ arguments: [TermID], _ level: Int) -> String {
    let list = angle(of: trait, arguments, selfType, level)
    return "<\(text(of: selfType, level + 1)) as \(path(trait))\(list)>"
  }

  /// The path of an item, without arguments of its own.
  private func path(_ item: UInt32) -> String {
    if let known = itemNames[item] { return known }
    let name = makePath(item)
    itemNames[item] = name
    return name
  }

  private func makePath(_ item: UInt32) -> String {
    let parent = program.parent(item)
    if parent == item { return crateName(program.unit(ofItem: item)) }
    switch program.kind(item) {
    case .block, .foreignBlock: return path(parent)
    case .implementation:
      // Symbols do not name the parameters of what stands around an item.
      let placeholder = types.make(.primitive, b: program.names.intern("_").raw)
      let count = lowering.generics.scope(of: item).names.count
      return implementation(item, Array(repeating: placeholder, count: count), 0)
    default: return path(parent) + "::" + plainName(item)
    }
  }

  private func plainName(_ item: UInt32) -> String {
    let name = program.string(program.name(item))
    return name.hasPrefix("r#") ? String(name.dropFirst(2)) : name
  }

  // MARK: Arguments

  private func angle(_ arguments: [TermID], _ level: Int) -> String {
    arguments.isEmpty ? "" : "<" + arguments.map { text(of: $0, level + 1) }.joined(separator: ", ") + ">"
  }

  private func angle(of item: UInt32, _ arguments: [TermID], _ selfType: TermID?, _ level: Int) -> String {
    let texts = argumentTexts(of: item, arguments, selfType, level)
    return texts.isEmpty ? "" : "<" + texts.joined(separator: ", ") + ">"
  }

  private func argumentTexts(
    of item: UInt32, _ arguments: [TermID], _ selfType: TermID?, _ level: Int
  ) -> [String] {
    withoutDefaults(item, arguments, selfType).enumerated().map { index, argument in
      let text = text(of: argument, level + 1)
      return text == Self.wildcard && hasDefault(item, index) ? Self.omissibleWildcard : text
    }
  }

  /// Symbols leave out arguments at the end that are the parameters' defaults.
  private func withoutDefaults(_ item: UInt32, _ arguments: [TermID], _ selfType: TermID?) -> [TermID] {
    var list = arguments
    while let last = list.last, hasDefault(item, list.count - 1) {
      let prefix = Array(list.dropLast())
      let complete =
        selfType.map { lowering.traitArguments(types.make(.traitReference, a: item, prefix), selfType: $0) }
        ?? lowering.filled(item, prefix, skip: 0)
      guard complete.count >= list.count, complete[list.count - 1] == last else { break }
      list = prefix
    }
    return list
  }

  private func hasDefault(_ item: UInt32, _ index: Int) -> Bool {
    let record = program.item(item)
    guard index < Int(record.genericsCount) else { return false }
    let parameter = program.units[program.unit(ofItem: item)].facts.items
      .generics[Int(record.genericsStart) + index]
    return (parameter.isConstant == 1 ? parameter.constantDefault : parameter.type) != 0
  }

  // MARK: Types

  private func text(of type: TermID, _ level: Int) -> String {
    guard level < Self.deepest else { return Self.wildcard }
    if let known = typeTexts[type] { return known }
    let text = makeText(of: type, level)
    typeTexts[type] = text
    return text
  }

  private func makeText(of type: TermID, _ level: Int) -> String {
    func child(_ index: Int) -> String { text(of: types.child(type, index), level + 1) }
    func list(_ range: Range<Int>) -> String { range.map { child($0) }.joined(separator: ", ") }
    let count = types.childCount(type)
    switch types.kind(type) {
    case .nominal:
      return path(types.item(type)) + angle(of: types.item(type), types.children(type), nil, level)
    case .traitReference: return traitText(type, level)
    case .functionDefinition: return name(ofItem: types.item(type), types.children(type), level)
    case .primitive: return program.string(types.name(type))
    case .constant: return LinkerConstant.text(program.string(types.name(type))) ?? Self.wildcard
    case .reference: return (types.item(type) == 1 ? "&mut " : "&") + child(0)
    case .pointer: return (types.item(type) == 1 ? "*mut " : "*const ") + child(0)
    case .slice: return "[\(child(0))]"
    case .array: return "[\(child(0)); \(child(1))]"
    case .tuple: return count == 1 ? "(\(child(0)),)" : "(\(list(0..<count)))"
    case .never: return "!"
    case .functionPointer:
      let result = types.child(type, count - 1)
      let abi = types.name(type) == .none ? "" : "extern \"\(program.string(types.name(type)))\" "
      return abi + "fn(\(list(0..<(count - 1))))" + (result == types.unit ? "" : " -> " + child(count - 1))
    case .dynamic: return "dyn " + LinkerName.ordered((0..<count).map { child($0) }).joined(separator: " + ")
    case .traitMethod where types.item(type) != 0:
      let own = angle(count > 2 ? types.children(types.child(type, 2)) : [], level)
      let prefix = qualified(types.child(type, 0), types.item(type), types.children(types.child(type, 1)), level)
      return "\(prefix)::\(program.string(types.name(type)))\(own)"
    case .closureType: return name(types.item(type), types.children(type), level)
    default: return Self.wildcard
    }
  }

  /// A trait in a `dyn` type: its arguments, then bindings, those of its supertraits too.
  private func traitText(_ type: TermID, _ level: Int) -> String {
    let arguments = types.children(type).filter { types.kind($0) != .binding && types.kind($0) != .bound }
    let shown = argumentTexts(of: types.item(type), arguments, types.make(.inferred), level)
    var bindings: [String: String] = [:]
    collectBindings(type, level, &bindings)
    let all = shown + bindings.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
    return path(types.item(type)) + (all.isEmpty ? "" : "<" + all.joined(separator: ", ") + ">")
  }

  private func collectBindings(_ type: TermID, _ level: Int, _ bindings: inout [String: String]) {
    guard level < Self.deepest else { return }
    for binding in types.children(type) where types.kind(binding) == .binding {
      let name = program.string(types.name(binding))
      if bindings[name] == nil { bindings[name] = text(of: types.child(binding, 0), level + 1) }
    }
    let arguments = types.children(type).filter { types.kind($0) != .binding && types.kind($0) != .bound }
    let list = types.list([types.make(.inferred)] + arguments)
    for parent in lowering.supertraits(types.item(type)) {
      collectBindings(types.substitute(parent, list), level + 1, &bindings)
    }
  }
}
