import CrateFacts
import RustDump

/// One impl with its linked header.
struct ImplRecord {
  var item: UInt32
  var selfType: TermID
  /// The trait's item; `nil` for inherent impls.
  var trait: UInt32?
  var traitArguments: [TermID]
  /// How many generic parameters the impl has.
  var parameters: Int
}

/// All impls of all units, by trait and by the head of the self type.
final class ImplIndex {
  private let program: Program
  private unowned let lowering: TypeLowering
  private(set) var records: [ImplRecord] = []
  /// Records of a trait by (trait, head); head 0 holds blanket impls.
  private var byTrait = WordMap<UInt64, [Int]>()
  private var inherent = WordMap<UInt64, [Int]>()
  private(set) var recordOfItem = WordMap<UInt32, Int>()
  private var ofTrait: [UInt32: [Int]] = [:]
  private var ofUnit: [Int: [Int]] = [:]
  /// Impls whose trait could not be resolved.
  private(set) var unresolvedTraits: [UInt32] = []

  init(_ program: Program, _ lowering: TypeLowering) {
    self.program = program
    self.lowering = lowering
  }

  /// Links the headers of all impls. Inherent ones of nominal types first: paths lead to them.
  func build() {
    for unit in program.units.indices {
      let base = program.itemBase[unit]
      for (index, item) in program.units[unit].facts.items.items.enumerated() where item.itemKind == .implementation {
        guard !item.itemFlags.contains(.negativeImpl) else { continue }
        add(base + UInt32(index), item)
      }
    }
  }

  private func add(_ number: UInt32, _ item: Item) {
    let context = lowering.context(ofItem: number)
    let selfType = lowering.lower(TermID(item.type), context)
    var record = ImplRecord(
      item: number, selfType: selfType, trait: nil, traitArguments: [],
      parameters: lowering.generics.scope(of: number).names.count)
    let head = TypeHead.key(selfType, lowering.types)
    guard item.trait != 0 else {
      inherent.append(records.count, to: head)
      append(record)
      return
    }
    // A header that a macro wrote may name equally named traits of several crates.
    let references = lowering.traitReferences(TermID(item.trait), context)
    for reference in references {
      let trait = lowering.types.item(reference)
      record.trait = trait
      record.traitArguments = lowering.traitArguments(reference, selfType: selfType)
      byTrait.append(records.count, to: traitKey(trait, head))
      ofTrait[trait, default: []].append(records.count)
      append(record)
    }
    if references.isEmpty { unresolvedTraits.append(number) }
  }

  private func append(_ record: ImplRecord) {
    if recordOfItem[record.item] == nil { recordOfItem[record.item] = records.count }
    ofUnit[program.unit(ofItem: record.item), default: []].append(records.count)
    records.append(record)
  }

  /// All impls of a trait.
  func records(ofTrait trait: UInt32) -> [Int] { ofTrait[trait] ?? [] }

  /// All impls that stand in a unit.
  func records(inUnit unit: Int) -> [Int] { ofUnit[unit] ?? [] }

  private func traitKey(_ trait: UInt32, _ head: UInt64) -> UInt64 {
    head &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(trait)
  }

  /// Impls of a trait that a self type may have: those of its head, then blanket ones.
  func candidates(_ trait: UInt32, _ selfType: TermID) -> [Int] {
    let head = TypeHead.key(selfType, lowering.types)
    let blanket = impls(of: trait, head: 0)
    guard head != 0 else { return blanket }
    let own = impls(of: trait, head: head)
    if own.isEmpty { return blanket }
    return blanket.isEmpty ? own : own + blanket
  }

  /// Traits and heads share few keys, so that there is seldom anything to leave out.
  private func impls(of trait: UInt32, head: UInt64) -> [Int] {
    guard let list = byTrait[traitKey(trait, head)] else { return [] }
    return list.allSatisfy { records[$0].trait == trait } ? list : list.filter { records[$0].trait == trait }
  }

  /// Inherent impls of the head of a type.
  func inherentImpls(_ selfType: TermID) -> [Int] {
    inherent[TypeHead.key(selfType, lowering.types)] ?? []
  }

  /// Members with a name in the inherent impls of an item.
  func inherentMembers(ofItem item: UInt32, _ name: NameID) -> [UInt32] {
    (inherent[TypeHead.nominal(item)] ?? []).flatMap {
      program.scopeChildren.all(MultiMap.key(records[$0].item, name.raw))
    }
  }
}

/// What a type is at its top, as a key: impls of other heads cannot apply. 0 is a parameter or not known.
enum TypeHead {
  static func nominal(_ item: UInt32) -> UInt64 { 1 << 32 | UInt64(item) }

  static func key(_ type: TermID, _ types: TypeTable) -> UInt64 {
    switch types.kind(type) {
    case .nominal: return nominal(types.item(type))
    case .primitive: return 2 << 32 | UInt64(types.name(type).raw)
    case .reference: return 3 << 32 | UInt64(types.item(type))
    case .pointer: return 4 << 32 | UInt64(types.item(type))
    case .slice: return 5 << 32
    case .array: return 6 << 32
    case .tuple: return 7 << 32 | UInt64(types.childCount(type))
    case .functionPointer: return 8 << 32
    case .functionDefinition, .traitMethod: return 9 << 32
    case .closureType: return 10 << 32
    case .never: return 11 << 32
    case .dynamic:
      guard types.childCount(type) > 0 else { return 12 << 32 }
      return 13 << 32 | UInt64(types.item(types.child(type, 0)))
    default: return 0
    }
  }
}
