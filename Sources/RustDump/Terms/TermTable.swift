/// What a term is. `a`, `b` and the children mean what is said beside each case.
///
/// A path is a chain: each segment names the path before it as its parent. Type and path terms share one table.
/// Lifetimes are left out everywhere.
public enum TermKind: UInt8, Sendable {
  /// Term number 0: no term.
  case absent = 0

  // Paths.
  /// One path segment. `a`: the path before it, or 0; `b`: the name; children: generic arguments (types, constants,
  /// bindings). `Fn(A, B) -> C` is written as `Fn<(A, B), Output = C>`. A leading `::` in source is a segment `{{root}}`.
  case segment
  /// `PARENT::<impl TYPE>` in MIR. `a`: parent or 0; children: the type.
  case implBlock
  /// `PARENT::<impl TRAIT for TYPE>` in MIR. `a`: parent or 0; children: trait, type.
  case implOfTrait
  /// `PARENT::<impl at SPAN>` in MIR definitions. `a`: parent or 0; `b`: the span's text.
  case implAt
  /// `<TYPE as TRAIT>` or `<TYPE>`, the beginning of a path. Children: the type, and the trait if there is one.
  case qualified

  // Types.
  /// `&T`. `a`: 1 if mutable; children: the type.
  case reference
  /// `*const T`, `*mut T`. `a`: 1 if mutable; children: the type.
  case pointer
  /// `[T]`. Children: the type.
  case slice
  /// `[T; N]`. Children: the type, the length (a `constant`, a path or `inferred`).
  case array
  /// `(A, B)`. Children: the members.
  case tuple
  /// `!`
  case never
  /// `unsafe extern "C" fn(A, ...) -> R`. `a`: flags (1 unsafe, 2 variadic); `b`: the ABI or 0; children: the
  /// parameters, then the result.
  case functionPointer
  /// `fn(A) -> R {PATH}`. Children: the path, the function pointer type.
  case functionItem
  /// `{closure@FILE:L:C: L:C}` and its kin. `a`: a `ClosureFlavour`; `b`: the span's text.
  case closureAt
  /// `{closure@PATH::{closure#0}}`: a closure of another crate. `a`: a `ClosureFlavour`; children: the path.
  case closureOf
  /// `{async fn body of PATH()}`. `a`: a `ClosureFlavour`; children: the path.
  case bodyOf
  /// `dyn A + B`. Children: the bounds, as paths.
  case dynamic
  /// `Item = T` among generic arguments. `b`: the name; children: the type.
  case binding
  /// `Item: A + B` among generic arguments. `b`: the name; children: the bounds.
  case bound
  /// `impl A + B` in argument or return position. `b`: the text as written; children: the bounds, where they could be read.
  case opaque
  /// A constant. `b`: its text.
  case constant
  /// `_`
  case inferred

  // Linked types and callees: made from the above when units are linked, never part of a unit's facts.
  /// A structure, enumeration, union or foreign type. `a`: the item; children: its generic arguments.
  case nominal
  /// `u8`, `str`, .. `b`: the name.
  case primitive
  /// A trait with its arguments, `Self` left out. `a`: the item; children: arguments and bindings.
  case traitReference
  /// A generic parameter of the definition at hand. `a`: its position.
  case parameter
  /// A type that the caller of an entry point chooses. `b`: the parameter's name; `a`: 1 if its bounds are the children.
  case open
  /// A closure or coroutine. `a`: the body; children: the arguments of the definition around it.
  case closureType
  /// A function as a value or callee. `a`: the item; children: all generic arguments.
  case functionDefinition
  /// A trait's method on a self type. `a`: the trait; `b`: the method's name; children: self type, the trait's arguments
  /// as a tuple, the method's own as a tuple.
  case traitMethod
  /// An associated type. `a`: the trait, 0 if not known; `b`: its name; children as in `traitMethod`.
  case projection
  /// Something that could not be resolved. `b`: its text.
  case unknown
  /// One of several: MIR prints them alike. Children: what can be meant.
  case oneOf
}

/// Which construct a closure-like type comes from.
public enum ClosureFlavour: UInt32, Sendable {
  case closure = 0
  case asyncBlock, asyncClosure, asyncClosureBody, asyncFunction, generatorBlock, generatorFunction
  case asyncGeneratorBlock, asyncGeneratorFunction, coroutine, coroutineClosure
}

/// The number of a term in a `TermTable`. 0 is no term.
public struct TermID: Hashable, Comparable, Sendable, BitwiseCopyable {
  public var raw: UInt32
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  public static let none = TermID(0)
  public static func < (left: TermID, right: TermID) -> Bool { left.raw < right.raw }
  @inlinable public var isNone: Bool { raw == 0 }
}

/// One term's own words; its children are in the table.
public struct TermRecord: Sendable, BitwiseCopyable, Equatable {
  public var kind: UInt32
  public var a: UInt32
  public var b: UInt32
  public var firstChild: UInt32
  public var childCount: UInt32
}

/// Hash-consed terms: two equal terms have one number, so that equality is a comparison of integers and nested types
/// (futures within futures) take memory only once.
///
/// A child always has a smaller number than its parent. Numbers follow the order of first appearance.
public struct TermTable: Sendable {
  public private(set) var records: [TermRecord]
  public private(set) var children: [UInt32] = []
  /// The lookup index; empty until the first term is interned. A slot holds a term's number and, above it, half of its
  /// hash, so that other terms in the way are passed without a look at them.
  private var slots: [UInt64] = []
  private static let tagBits: UInt64 = 0xFFFF_FFFF_0000_0000

  public init() {
    records = [TermRecord(kind: 0, a: 0, b: 0, firstChild: 0, childCount: 0)]
  }

  /// Rebuilds a table from its two arrays. Terms can be read at once; interning into it is possible too.
  ///
  /// - Returns: `nil` if a child or parent does not come before the term that names it, or an index is out of range.
  public init?(records: [TermRecord], children: [UInt32]) {
    guard let first = records.first, first.kind == 0 else { return nil }
    for (index, record) in records.enumerated().dropFirst() {
      guard TermKind(rawValue: UInt8(truncatingIfNeeded: record.kind)) != nil, record.kind < 256,
        Int(record.firstChild) + Int(record.childCount) <= children.count
      else { return nil }
      if TermTable.namesParent(record.kind), record.a >= UInt32(index) { return nil }
      for position in 0..<Int(record.childCount)
      where children[Int(record.firstChild) + position] >= UInt32(index) {
        return nil
      }
    }
    self.records = records
    self.children = children
  }

  /// A table that was read back is mostly only looked at, so its index is made when it is first needed.
  private mutating func makeIndex() {
    var capacity = 4096
    while capacity < records.count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for index in records.indices.dropFirst() {
      let number = UInt32(index)
      insert((hash(of: number) & TermTable.tagBits) | UInt64(number))
    }
  }

  private static func namesParent(_ kind: UInt32) -> Bool {
    kind >= UInt32(TermKind.segment.rawValue) && kind <= UInt32(TermKind.implAt.rawValue)
  }

  /// How many terms there are, the absent one included.
  public var count: Int { records.count }

  @inlinable public func kind(_ term: TermID) -> TermKind {
    TermKind(rawValue: UInt8(truncatingIfNeeded: records[Int(term.raw)].kind)) ?? .absent
  }
  @inlinable public func record(_ term: TermID) -> TermRecord { records[Int(term.raw)] }
  @inlinable public func childCount(_ term: TermID) -> Int { Int(records[Int(term.raw)].childCount) }
  @inlinable public func child(_ term: TermID, _ index: Int) -> TermID {
    let record = records[Int(term.raw)]
    precondition(index < Int(record.childCount))
    return TermID(children[Int(record.firstChild) + index])
  }
  /// The children of a term, in order.
  public func childList(_ term: TermID) -> [TermID] {
    let record = records[Int(term.raw)]
    return (0..<Int(record.childCount)).map { TermID(children[Int(record.firstChild) + $0]) }
  }
  /// The path before a path segment, or no term.
  @inlinable public func parent(_ term: TermID) -> TermID { TermID(records[Int(term.raw)].a) }
  /// The name of a segment, binding or constant.
  @inlinable public func name(_ term: TermID) -> NameID { NameID(records[Int(term.raw)].b) }

  /// The number of the term with these words; a new number if there was none.
  public mutating func intern(_ kind: TermKind, a: UInt32 = 0, b: UInt32 = 0, children list: [TermID] = []) -> TermID {
    list.withUnsafeBufferPointer { intern(kind, a: a, b: b, children: $0) }
  }

  /// The number of the term with these words; a new number if there was none.
  public mutating func intern(
    _ kind: TermKind, a: UInt32 = 0, b: UInt32 = 0, children list: UnsafeBufferPointer<TermID>
  ) -> TermID {
    if slots.isEmpty { makeIndex() }
    var hash = mixHash(mixHash(mixHash(0x1234_5678_9ABC_DEF1, UInt32(kind.rawValue)), a), b)
    for child in list { hash = mixHash(hash, child.raw) }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] != 0 {
      let number = UInt32(truncatingIfNeeded: slots[slot])
      if slots[slot] >> 32 == hash >> 32, matches(number, kind, a, b, list) { return TermID(number) }
      slot = (slot + 1) & mask
    }
    let number = UInt32(records.count)
    let first = UInt32(children.count)
    for child in list { children.append(child.raw) }
    records.append(
      TermRecord(kind: UInt32(kind.rawValue), a: a, b: b, firstChild: first, childCount: UInt32(list.count)))
    slots[slot] = (hash & TermTable.tagBits) | UInt64(number)
    if records.count * 2 > slots.count { grow() }
    return TermID(number)
  }

  private func matches(
    _ number: UInt32, _ kind: TermKind, _ a: UInt32, _ b: UInt32, _ list: UnsafeBufferPointer<TermID>
  ) -> Bool {
    let record = records[Int(number)]
    guard record.kind == UInt32(kind.rawValue), record.a == a, record.b == b, Int(record.childCount) == list.count
    else { return false }
    for index in 0..<list.count where children[Int(record.firstChild) + index] != list[index].raw { return false }
    return true
  }

  private func hash(of number: UInt32) -> UInt64 {
    let record = records[Int(number)]
    var hash = mixHash(mixHash(mixHash(0x1234_5678_9ABC_DEF1, record.kind), record.a), record.b)
    for index in 0..<Int(record.childCount) { hash = mixHash(hash, children[Int(record.firstChild) + index]) }
    return hash
  }

  private mutating func insert(_ entry: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entry >> 32) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: slots.count * 2)
    for entry in old where entry != 0 { insert(entry) }
  }
}

/// Names and terms of one unit, which always go together.
public struct TermStore: Sendable {
  public var names = NameTable()
  public var terms = TermTable()

  public init() {}
  public init(names: NameTable, terms: TermTable) {
    self.names = names
    self.terms = terms
  }

  /// A path segment without generic arguments.
  public mutating func segment(_ parent: TermID, _ name: String) -> TermID {
    terms.intern(.segment, a: parent.raw, b: names.intern(name).raw)
  }
  /// A path segment.
  public mutating func segment(_ parent: TermID, _ name: NameID, _ arguments: [TermID] = []) -> TermID {
    terms.intern(.segment, a: parent.raw, b: name.raw, children: arguments)
  }
}
