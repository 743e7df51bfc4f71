import CrateFacts
import RustDump

/// One unit as the linker takes it.
public struct LinkUnit: Sendable {
  public var facts: UnitFacts
  /// The crate's own name, as paths print it.
  public var crateName: String
  /// 2015, 2018, 2021 or 2024.
  public var edition: Int
  /// Extern names and the units (indices) that they stand for.
  public var externs: [(name: String, unit: Int)]
  /// Names that MIR prints for crates which share their own name with another, and their units.
  public var mirNames: [(name: String, unit: Int)]
  /// What it depends on runs in the compiler and is no part of the programs that use it.
  public var isProcMacro: Bool
  /// One of the standard library's crates.
  public var isStandard: Bool
  /// A crate that only the standard library can name.
  public var isPrivate = false

  public init(
    facts: UnitFacts, crateName: String, edition: Int, externs: [(name: String, unit: Int)],
    mirNames: [(name: String, unit: Int)] = [], isProcMacro: Bool = false, isStandard: Bool = false
  ) {
    self.facts = facts
    self.crateName = crateName
    self.edition = edition
    self.externs = externs
    self.mirNames = mirNames
    self.isProcMacro = isProcMacro
    self.isStandard = isStandard
  }
}

/// All units, with one numbering of items, bodies and names.
///
/// Items are numbered through: the items of unit `u` are `itemBase[u]..<itemBase[u + 1]`; bodies likewise. Names of
/// units are translated to one table.
final class Program {
  let units: [LinkUnit]
  var names = NameTable()
  private(set) var itemBase: [UInt32] = [0]
  private(set) var bodyBase: [UInt32] = [0]
  /// The unit of each item.
  private(set) var unitOfItem: [UInt16] = []
  /// What is most often asked of items: see `kind` and `parent`.
  private var kinds: [ItemKind] = []
  private var parents: [UInt32] = []
  private(set) var unitOfBody: [UInt16] = []
  /// The common name of each name of a unit.
  private(set) var globalNames: [[UInt32]] = []
  /// Items by (lexical parent, name). Foreign blocks are looked through, other blocks are scopes.
  private(set) var scopeChildren = MultiMap()
  /// Items by (parent in definition paths, name). All blocks are looked through.
  private(set) var pathChildren = MultiMap()
  /// Items by lexical parent.
  private(set) var childrenOf = ChildLists()
  /// Declarations by (scope, alias) and globs by scope: numbers of `uses`.
  private(set) var namedUses = MultiMap()
  private(set) var globUses = MultiMap()
  private(set) var usesOfScope = MultiMap()
  /// Declarations by (parent in definition paths, alias).
  private(set) var pathUses = MultiMap()
  /// Unit and index of each declaration.
  private(set) var uses: [(unit: UInt16, index: UInt32)] = []
  /// Attributes by (item, kind): values as common names.
  private(set) var attributes = MultiMap()
  /// The body of an item.
  private(set) var bodyOfItem = NumberMap<UInt32, UInt32>()
  /// Bodies by (owner body, last name): closures, promoteds and anonymous constants.
  private(set) var bodiesOfOwner = MultiMap()
  /// Bodies by (unit, path).
  private(set) var bodiesByPath = MultiMap()
  /// Units by crate name.
  private(set) var unitsByName: [NameID: [Int]] = [:]
  private(set) var standardUnits: [String: Int] = [:]

  init(_ units: [LinkUnit]) {
    self.units = units
    reserve()
    for index in units.indices { add(index) }
  }

  // MARK: Reading

  func unit(ofItem item: UInt32) -> Int { Int(unitOfItem[Int(item)]) }
  func unit(ofBody body: UInt32) -> Int { Int(unitOfBody[Int(body)]) }
  func item(_ item: UInt32) -> Item {
    let unit = unit(ofItem: item)
    return units[unit].facts.items.items[Int(item - itemBase[unit])]
  }
  func body(_ body: UInt32) -> BodyRecord {
    let unit = unit(ofBody: body)
    return units[unit].facts.bodies.bodies[Int(body - bodyBase[unit])]
  }
  func kind(_ item: UInt32) -> ItemKind { kinds[Int(item)] }
  func flags(_ item: UInt32) -> ItemFlags { self.item(item).itemFlags }
  func name(_ item: UInt32) -> NameID { globalName(unit(ofItem: item), self.item(item).name) }
  func root(_ unit: Int) -> UInt32 { itemBase[unit] }
  /// The lexical parent; the root is its own.
  func parent(_ item: UInt32) -> UInt32 { parents[Int(item)] }
  func globalName(_ unit: Int, _ local: UInt32) -> NameID { NameID(globalNames[unit][Int(local)]) }
  func string(_ name: NameID) -> String { names.string(name) }
  func hasAttribute(_ item: UInt32, _ kind: AttributeKind) -> Bool {
    attributes.first(MultiMap.key(item, kind.rawValue)) != nil
  }
  func attribute(_ item: UInt32, _ kind: AttributeKind) -> NameID? {
    attributes.first(MultiMap.key(item, kind.rawValue)).map { NameID($0) }
  }
  func isStandard(_ item: UInt32) -> Bool { units[unit(ofItem: item)].isStandard }
  /// The item that a body is the body of.
  func item(ofBody body: UInt32) -> UInt32? {
    let unit = unit(ofBody: body)
    let item = units[unit].facts.itemOfBody[Int(body - bodyBase[unit])]
    return item == UnitFacts.none ? nil : item + itemBase[unit]
  }
  func owner(ofBody body: UInt32) -> UInt32? {
    let unit = unit(ofBody: body)
    let owner = units[unit].facts.ownerOfBody[Int(body - bodyBase[unit])]
    return owner == UnitFacts.none ? nil : owner + bodyBase[unit]
  }
  func use(_ number: UInt32) -> (unit: Int, declaration: UseDeclaration) {
    let (unit, index) = uses[Int(number)]
    return (Int(unit), units[Int(unit)].facts.items.uses[Int(index)])
  }
  /// The text of a unit's term record.
  func terms(_ unit: Int) -> TermTable { units[unit].facts.store.terms }
  /// The closure, promoted or constant with a name that stands directly in a body.
  func body(in owner: UInt32, named name: NameID) -> UInt32? {
    bodiesOfOwner.first(MultiMap.key(owner, name.raw))
  }
  /// The nearest enclosing module, the item itself included.
  func module(of item: UInt32) -> UInt32 {
    var current = item
    while kind(current) != .module { current = parent(current) }
    return current
  }

  // MARK: Building

  private func reserve() {
    let items = units.reduce(0) { $0 + $1.facts.items.items.count }
    let bodies = units.reduce(0) { $0 + $1.facts.bodies.bodies.count }
    unitOfItem.reserveCapacity(items)
    kinds.reserveCapacity(items)
    parents.reserveCapacity(items)
    unitOfBody.reserveCapacity(bodies)
    childrenOf.reserve(items)
    scopeChildren.reserve(items)
    pathChildren.reserve(items)
    bodiesByPath.reserve(bodies)
  }

  private func add(_ index: Int) {
    let unit = units[index]
    let facts = unit.facts
    globalNames.append(translateNames(facts.store.names))
    let base = itemBase[index]
    unitOfItem.append(contentsOf: repeatElement(UInt16(index), count: facts.items.items.count))
    kinds.append(contentsOf: facts.items.items.lazy.map(\.itemKind))
    parents.append(contentsOf: facts.items.items.lazy.map { $0.parent + base })
    itemBase.append(base + UInt32(facts.items.items.count))
    unitOfBody.append(contentsOf: repeatElement(UInt16(index), count: facts.bodies.bodies.count))
    bodyBase.append(bodyBase[index] + UInt32(facts.bodies.bodies.count))
    let crate = names.intern(unit.crateName)
    unitsByName[crate, default: []].append(index)
    if unit.isStandard, !unit.isPrivate { standardUnits[unit.crateName] = index }
    addItems(index, base)
    addUses(index, base)
    addBodies(index, base)
  }

  private func translateNames(_ table: NameTable) -> [UInt32] {
    (0..<UInt32(table.count)).map { local in
      table.withBytes(of: NameID(local)) { names.intern($0).raw }
    }
  }

  private func addItems(_ unit: Int, _ base: UInt32) {
    let tree = units[unit].facts.items
    for index in tree.items.indices.dropFirst() {
      let item = tree.items[index]
      let number = base + UInt32(index)
      childrenOf.add(item.parent + base, number)
      guard item.itemKind != .block, item.itemKind != .foreignBlock else { continue }
      let name = globalNames[unit][Int(item.name)]
      let scope = skipping(tree, item.parent) { $0 == .foreignBlock }
      scopeChildren.add(MultiMap.key(scope + base, name), number)
      let path = skipping(tree, item.parent) { $0 == .foreignBlock || $0 == .block }
      pathChildren.add(MultiMap.key(path + base, name), number)
    }
    for attribute in tree.attributes {
      attributes.add(
        MultiMap.key(attribute.item + base, attribute.kind), globalNames[unit][Int(attribute.value)])
    }
  }

  private func skipping(_ tree: ItemTree, _ start: UInt32, _ skip: (ItemKind) -> Bool) -> UInt32 {
    var current = start
    while skip(tree.items[Int(current)].itemKind) { current = tree.items[Int(current)].parent }
    return current
  }

  private func addUses(_ unit: Int, _ base: UInt32) {
    for (index, declaration) in units[unit].facts.items.uses.enumerated() {
      let number = UInt32(uses.count)
      uses.append((UInt16(unit), UInt32(index)))
      let scope = declaration.parent + base
      usesOfScope.add(UInt64(scope), number)
      if declaration.kind == 1 {
        globUses.add(UInt64(scope), number)
      } else {
        let alias = globalNames[unit][Int(declaration.alias)]
        namedUses.add(MultiMap.key(scope, alias), number)
        let path = skipping(units[unit].facts.items, declaration.parent) { $0 == .foreignBlock || $0 == .block }
        pathUses.add(MultiMap.key(path + base, alias), number)
      }
    }
  }

  private func addBodies(_ unit: Int, _ base: UInt32) {
    let facts = units[unit].facts
    for (index, body) in facts.bodies.bodies.enumerated() {
      let number = bodyBase[unit] + UInt32(index)
      let item = facts.itemOfBody[index]
      if item != UnitFacts.none, body.bodyKind != .staticMemory, bodyOfItem[item + base] == nil {
        bodyOfItem[item + base] = number
      }
      bodiesByPath.add(MultiMap.key(UInt32(unit), body.path), number)
      let owner = facts.ownerOfBody[index]
      if owner != UnitFacts.none {
        let name = globalNames[unit][Int(facts.store.terms.name(TermID(body.path)).raw)]
        bodiesOfOwner.add(MultiMap.key(owner + bodyBase[unit], name), number)
      }
    }
  }
}
