import CrateFacts
import RustDump

/// What following calls through std's bodies needs to know of std: which items the language gives a meaning, which
/// functions the tables name, which symbols std and programs define for each other.
final class StandardBodies {
  let program: Program
  private let lowering: TypeLowering
  private let types: TypeTable
  private let names: StandardNames
  private let classify: @Sendable (_ path: String) -> StandardClass
  /// Bodies from this number on are std's.
  let firstBody: UInt32
  /// The items to which the language gives a meaning, by `#[lang = ".."]`.
  private(set) var language = LanguageItems()
  private var symbols: [NameID: [UInt32]] = [:]
  private var classes = NumberMap<TermID, StandardClass>()
  private var classesByName: [NameID: StandardClass] = [:]
  private var choices = NumberMap<TermID, Bool>()
  private(set) var constEvalSelect: UInt32?
  /// `std::convert::Into`.
  private(set) var into: UInt32?

  /// - Returns: `nil` if std's facts have no bodies.
  init?(
    _ program: Program, _ lowering: TypeLowering, _ names: StandardNames, unitCount: Int,
    classify: @escaping @Sendable (_ path: String) -> StandardClass
  ) {
    firstBody = program.bodyBase[unitCount]
    guard firstBody < program.bodyBase[program.units.count] else { return nil }
    self.program = program
    self.lowering = lowering
    self.names = names
    self.classify = classify
    types = lowering.types
    for unit in unitCount..<program.units.count { readAttributes(unit) }
    constEvalSelect = find(["intrinsics", "const_eval_select"])
    into = find(["convert", "Into"])
  }

  private func readAttributes(_ unit: Int) {
    for attribute in program.units[unit].facts.items.attributes {
      let item = attribute.item + program.itemBase[unit]
      let value = program.globalName(unit, attribute.value)
      switch AttributeKind(rawValue: attribute.kind) {
      case .lang: language.add(item, program.string(value))
      case .standardInternalSymbol, .noMangle: define(program.name(item), item)
      case .exportName: define(value, item)
      case .panicHandler: define(program.names.intern(StandardBodies.panicHandler), item)
      default: break
      }
    }
  }

  private func define(_ symbol: NameID, _ item: UInt32) {
    guard program.bodyOfItem[item] != nil, program.kind(item) == .function else { return }
    symbols[symbol, default: []].append(item)
  }

  private func find(_ path: [String]) -> UInt32? {
    guard let core = program.standardUnits["core"] else { return nil }
    var item = program.root(core)
    for name in path {
      guard let next = program.scopeChildren.first(MultiMap.key(item, program.names.intern(name).raw)) else {
        return nil
      }
      item = next
    }
    return item
  }

  // MARK: Items

  /// Whether a body is one of std's.
  func isStandard(body: UInt32) -> Bool { body >= firstBody }

  /// Whether a trait has impls of which others are special cases.
  func isSpecialised(_ trait: UInt32) -> Bool { specialisedTraits.contains(trait) }

  private lazy var specialisedTraits: Set<UInt32> = {
    var traits: Set<UInt32> = []
    for record in lowering.impls.records {
      guard let trait = record.trait, !traits.contains(trait), program.isStandard(record.item) else { continue }
      var isDefault = program.flags(record.item).contains(.defaultItem)
      program.childrenOf.forEach(record.item) { member in
        if program.flags(member).contains(.defaultItem) { isDefault = true }
        return !isDefault
      }
      if isDefault { traits.insert(trait) }
    }
    return traits
  }()

  // MARK: Symbols

  private static let panicHandler = "rust_begin_unwind"

  /// std's own definitions that a foreign declaration of std stands for. What the compiler generates for the default
  /// allocator is not written anywhere: `__rust_alloc` is then std's `__rdl_alloc`. An allocator or panic handler of a
  /// crate starts on its own in each program: edges from every allocation would join all code there.
  func definitions(of symbol: NameID, declaredBy item: UInt32) -> [UInt32] {
    let isHandler = program.attribute(item, .lang).map { program.string($0) } == "panic_impl"
    let wanted = isHandler ? program.names.intern(StandardBodies.panicHandler) : symbol
    if let found = symbols[wanted] { return found }
    let text = program.string(wanted)
    guard text.hasPrefix("__rust_") else { return [] }
    return symbols[program.names.intern("__rdl_" + text.dropFirst("__rust_".count))] ?? []
  }

  // MARK: Tables

  /// What the tables say of a function (a `functionDefinition`).
  func standing(of function: TermID) -> StandardClass {
    if let known = classes[function] { return known }
    let name = names.name(ofFunction: function)
    let answer = classesByName[name] ?? classify(program.string(name))
    classesByName[name] = answer
    classes[function] = answer
    return answer
  }

  // MARK: Types

  /// Whether code that is generic over a type may do something with it that std's own types in general do not: it is, or
  /// holds, a type of the crates, something that can be called, a trait object, a type of `std` itself such as `File`.
  func isChoice(_ type: TermID) -> Bool {
    if let known = choices[type] { return known }
    let answer: Bool
    switch types.kind(type) {
    case .primitive, .never, .constant: answer = false
    case .nominal:
      let unit = program.unit(ofItem: types.item(type))
      answer = !StandardBodies.isPlain(program.units[unit]) || hasChoice(type)
    case .reference, .pointer, .slice, .array, .tuple: answer = hasChoice(type)
    default: answer = true
    }
    choices[type] = answer
    return answer
  }

  private func hasChoice(_ type: TermID) -> Bool {
    (0..<types.childCount(type)).contains { isChoice(types.child(type, $0)) }
  }

  /// A crate of std whose types reach nothing outside the process.
  private static func isPlain(_ unit: LinkUnit) -> Bool {
    unit.isStandard && (unit.crateName == "core" || unit.crateName == "alloc" || unit.crateName == "hashbrown")
  }
}

/// Items of std that the compiler treats as no other.
struct LanguageItems {
  /// `std::ptr::drop_in_place`
  private(set) var dropInPlace: UInt32?
  /// `std::mem::ManuallyDrop`
  private(set) var manuallyDrop: UInt32?
  /// `Box`
  private(set) var ownedBox: UInt32?

  mutating func add(_ item: UInt32, _ name: String) {
    switch name {
    case "drop_in_place": dropInPlace = item
    case "manually_drop": manuallyDrop = item
    case "owned_box": ownedBox = item
    default: break
    }
  }
}
