import RustDump

/// Finds the item of each MIR body.
///
/// MIR names impls by the span of their header, which macros share; `expanded` has no spans. But both list the members
/// of impls that have a body in the same order, nested impls where they occur: the k-th member of MIR is the k-th of
/// `expanded`. Where the two lists of names differ, a longest common subsequence is taken and the difference is a gap.
///
/// Bodies of other items are found by their path: modules, functions and types from the root, where blocks, closures and
/// constants add no item. Of equally named items in sibling blocks the k-th body is that of the k-th item.
struct MemberAlignment {
  private var facts: UnitFacts
  private let children: ItemChildren
  /// The item that a path stands for, as far as MIR was walked.
  private var itemOfPath: [TermID: UInt32] = [:]
  private var bodyOfPath: [TermID: UInt32] = [:]
  /// How many bodies were already given to (parent item, name).
  private var used: [UInt64: Int] = [:]

  /// Fills in `itemOfBody`, `ownerOfBody`, `membersWithoutImpl` and states what does not agree.
  static func run(_ facts: inout UnitFacts, hirMembers: [NameID]?) {
    let parts = facts
    facts = UnitFacts()
    var alignment = MemberAlignment(parts)
    alignment.align(hirMembers: hirMembers)
    facts = alignment.facts
  }

  private init(_ facts: UnitFacts) {
    self.facts = facts
    children = ItemChildren(facts.items)
  }

  private mutating func align(hirMembers: [NameID]?) {
    let members = memberBodies()
    let items = MemberAlignment.memberItems(facts.items)
    let pairs = match(members, items)
    check(members.map { name(ofBody: $0) }, items.map { NameID(facts.items.items[$0].name) }, dump: 2)
    if let hirMembers { check(members.map { name(ofBody: $0) }, hirMembers, dump: 1) }
    var itemOfMember: [Int: UInt32] = [:]
    for (body, item) in pairs { itemOfMember[body] = UInt32(item) }
    facts.membersWithoutImpl = UInt32(members.count - pairs.count)
    facts.itemOfBody = Array(repeating: UnitFacts.none, count: facts.bodies.bodies.count)
    facts.ownerOfBody = Array(repeating: UnitFacts.none, count: facts.bodies.bodies.count)
    itemOfPath[.none] = 0
    for index in facts.bodies.bodies.indices { place(index, itemOfMember[index]) }
  }

  // MARK: Members

  /// Bodies `<impl at ..>::NAME` of functions and constants, in order.
  private func memberBodies() -> [Int] {
    facts.bodies.bodies.indices.filter { index in
      let body = facts.bodies.bodies[index]
      guard body.bodyKind == .function || body.bodyKind == .constant else { return false }
      let parent = facts.store.terms.parent(TermID(body.path))
      return facts.store.terms.kind(TermID(body.path)) == .segment && facts.store.terms.kind(parent) == .implAt
        && !startsWithBrace(TermID(body.path))
    }
  }

  private func startsWithBrace(_ path: TermID) -> Bool {
    facts.store.names.withBytes(of: facts.store.terms.name(path)) { $0.first == Ascii.openBrace }
  }

  private func name(ofBody index: Int) -> NameID {
    facts.store.terms.name(TermID(facts.bodies.bodies[index].path))
  }

  /// Members of impls with a body or value, in the order of the text.
  static func memberItems(_ tree: ItemTree) -> [Int] {
    tree.items.indices.filter { index in
      let item = tree.items[index]
      guard item.itemKind == .function || item.itemKind == .constant, item.itemFlags.contains(.hasBody) else {
        return false
      }
      return index > 0 && tree.items[Int(item.parent)].itemKind == .implementation
    }
  }

  private func match(_ bodies: [Int], _ items: [Int]) -> [(Int, Int)] {
    let left = bodies.map { name(ofBody: $0) }
    let right = items.map { NameID(facts.items.items[$0].name) }
    if left == right { return Array(zip(bodies, items)) }
    return CommonSubsequence.pairs(left, right).map { (bodies[$0.0], items[$0.1]) }
  }

  private mutating func check(_ left: [NameID], _ right: [NameID], dump: UInt32) {
    guard left != right else { return }
    let matched = CommonSubsequence.pairs(left, right).count
    let word = dump == 1 ? "hir" : "expanded"
    let what = facts.store.names.intern("members of impls in mir and \(word)")
    let why = facts.store.names.intern("\(left.count) and \(right.count) members, of which \(matched) agree")
    facts.gaps.append(DumpGap(what: what, why: why, dump: dump, line: 0))
  }

  // MARK: Places

  /// Finds the item and the owner of one body.
  private mutating func place(_ index: Int, _ member: UInt32?) {
    let body = facts.bodies.bodies[index]
    let path = TermID(body.path)
    if let owner = owner(of: facts.store.terms.parent(path)) { facts.ownerOfBody[index] = owner }
    if body.bodyKind == .staticMemory {
      facts.itemOfBody[index] = itemOfPath[path] ?? UnitFacts.none
      return
    }
    if let member {
      facts.itemOfBody[index] = member
      itemOfPath[path] = member
      itemOfPath[facts.store.terms.parent(path)] = facts.items.items[Int(member)].parent
    } else if body.bodyKind != .promoted, !startsWithBrace(path) {
      if let item = findItem(path, forBody: true) {
        facts.itemOfBody[index] = item
        itemOfPath[path] = item
      }
    } else if let item = findItem(facts.store.terms.parent(path), forBody: false) {
      itemOfPath[path] = item
    }
    bodyOfPath[path] = UInt32(index)
  }

  /// The nearest body whose path is a prefix.
  private func owner(of path: TermID) -> UInt32? {
    var current = path
    while !current.isNone {
      if let body = bodyOfPath[current] { return body }
      guard facts.store.terms.kind(current) == .segment || facts.store.terms.kind(current) == .implAt else {
        return nil
      }
      current = facts.store.terms.parent(current)
    }
    return nil
  }

  /// The item of a definition path.
  private mutating func findItem(_ path: TermID, forBody: Bool) -> UInt32? {
    if !forBody, let known = itemOfPath[path] { return known }
    guard facts.store.terms.kind(path) == .segment else { return itemOfPath[path] }
    let parentPath = facts.store.terms.parent(path)
    if startsWithBrace(path) { return findItem(parentPath, forBody: false) }
    let name = facts.store.terms.name(path)
    for parent in parents(parentPath) {
      let candidates = children.find(parent: parent, name: name)
      guard forBody else {
        if let last = candidates.last { return last }
        continue
      }
      let withBody = candidates.filter { canHaveBody(Int($0)) }
      guard !withBody.isEmpty else { continue }
      let key = UInt64(parent) << 32 | UInt64(name.raw)
      let count = used[key, default: 0]
      used[key] = count + 1
      return withBody[min(count, withBody.count - 1)]
    }
    return nil
  }

  /// The items that a path may stand for as the parent of another: a module and a function can share a name, so the item
  /// that MIR came by last is only the first choice.
  private mutating func parents(_ path: TermID) -> [UInt32] {
    var list: [UInt32] = []
    if let known = itemOfPath[path] { list.append(known) }
    guard !path.isNone, facts.store.terms.kind(path) == .segment else { return list }
    if startsWithBrace(path) { return list + parents(facts.store.terms.parent(path)) }
    for parent in parents(facts.store.terms.parent(path)) {
      for item in children.find(parent: parent, name: facts.store.terms.name(path)) where !list.contains(item) {
        list.append(item)
      }
    }
    return list
  }

  private func canHaveBody(_ item: Int) -> Bool {
    switch facts.items.items[item].itemKind {
    case .function, .constant, .staticItem: facts.items.items[item].itemFlags.contains(.hasBody)
    case .structure, .variant: facts.items.items[item].itemFlags.contains(.tupleLike)
    default: false
    }
  }
}

/// The items below an item, by name. Blocks are looked through.
public struct ItemChildren: Sendable {
  private var table: [UInt64: [UInt32]] = [:]

  public init(_ tree: ItemTree) {
    for index in tree.items.indices.dropFirst() where tree.items[index].itemKind != .block {
      var parent = tree.items[index].parent
      while tree.items[Int(parent)].itemKind == .block || tree.items[Int(parent)].itemKind == .foreignBlock {
        parent = tree.items[Int(parent)].parent
      }
      table[UInt64(parent) << 32 | UInt64(tree.items[index].name), default: []].append(UInt32(index))
    }
  }

  /// Items with a name below a parent, in the order of the text.
  public func find(parent: UInt32, name: NameID) -> [UInt32] {
    table[UInt64(parent) << 32 | UInt64(name.raw)] ?? []
  }
}
