#if canImport(Glibc)
  import Glibc
#endif

/// The number of a distinct text in a `NameTable`. `NameID.none` is the empty text.
public struct NameID: Hashable, Comparable, Sendable, BitwiseCopyable {
  public var raw: UInt32
  @inlinable public init(_ raw: UInt32) { self.raw = raw }
  public static let none = NameID(0)
  public static func < (left: NameID, right: NameID) -> Bool { left.raw < right.raw }
}

/// Distinct texts, each stored once and known by a number.
///
/// Numbers are given in order of first appearance, so the same input gives the same numbers. Texts are bytes; they
/// need not be valid UTF-8. The table never forgets a text.
public struct NameTable: Sendable {
  /// All texts, one after the other.
  public private(set) var arena: [UInt8] = []
  /// Where each text ends in the arena; the text with number `n` begins where number `n - 1` ends.
  public private(set) var ends: [UInt32] = [0]
  /// The lookup index; empty until it is first needed.
  private var slots: [UInt32] = []
  private var hashes: [UInt64] = []

  public init() {
    makeIndex()
  }

  /// Rebuilds a table from what `arena` and `ends` gave.
  ///
  /// - Returns: `nil` if the ends do not ascend or do not fit the arena.
  public init?(arena: [UInt8], ends: [UInt32]) {
    guard let first = ends.first, first == 0, ends.last.map({ Int($0) == arena.count }) == true else { return nil }
    for index in ends.indices.dropFirst() where ends[index] < ends[index - 1] { return nil }
    self.arena = arena
    self.ends = ends
  }

  /// A table that was read back is mostly only looked at, so its index is made when it is first needed.
  private mutating func makeIndex() {
    hashes = []
    hashes.reserveCapacity(ends.count)
    var capacity = 1024
    while capacity < ends.count * 2 { capacity *= 2 }
    slots = Array(repeating: UInt32.max, count: capacity)
    for index in ends.indices {
      let hash = withBytes(of: NameID(UInt32(index))) { hashOfBytes($0) }
      hashes.append(hash)
      insertSlot(UInt32(index), hash: hash)
    }
  }

  /// How many distinct texts there are, the empty one included.
  public var count: Int { ends.count }

  /// Calls `body` with the bytes of a text.
  @inlinable
  public func withBytes<Result>(of name: NameID, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let index = Int(name.raw)
    let start = index == 0 ? 0 : Int(ends[index - 1])
    let end = Int(ends[index])
    return arena.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// The text as a `String`, for output only. Bytes that are not UTF-8 become replacement characters.
  public func string(_ name: NameID) -> String {
    withBytes(of: name) { String(decoding: $0, as: UTF8.self) }
  }

  /// The number of a text, given as bytes; a new number if it was not known.
  public mutating func intern(_ bytes: UnsafeRawBufferPointer) -> NameID {
    if slots.isEmpty { makeIndex() }
    let hash = hashOfBytes(bytes)
    if let found = find(bytes, hash: hash) { return found }
    let number = UInt32(ends.count)
    arena.append(contentsOf: bytes)
    ends.append(UInt32(arena.count))
    hashes.append(hash)
    if ends.count * 2 > slots.count { grow() }
    insertSlot(number, hash: hash)
    return NameID(number)
  }

  /// The number of a text, given as a `String`.
  public mutating func intern(_ text: String) -> NameID {
    var copy = text
    return copy.withUTF8 { intern(UnsafeRawBufferPointer($0)) }
  }

  /// The number of a text if it is known.
  public mutating func find(_ text: String) -> NameID? {
    if slots.isEmpty { makeIndex() }
    var copy = text
    return copy.withUTF8 { find(UnsafeRawBufferPointer($0), hash: hashOfBytes(UnsafeRawBufferPointer($0))) }
  }

  private func find(_ bytes: UnsafeRawBufferPointer, hash: UInt64) -> NameID? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = slots[slot]
      if number == UInt32.max { return nil }
      if hashes[Int(number)] == hash, equals(NameID(number), bytes) { return NameID(number) }
      slot = (slot + 1) & mask
    }
  }

  private func equals(_ name: NameID, _ bytes: UnsafeRawBufferPointer) -> Bool {
    withBytes(of: name) { stored in
      guard stored.count == bytes.count else { return false }
      guard let left = stored.baseAddress, let right = bytes.baseAddress, bytes.count > 0 else { return true }
      return memcmp(left, right, bytes.count) == 0
    }
  }

  private mutating func insertSlot(_ number: UInt32, hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != UInt32.max { slot = (slot + 1) & mask }
    slots[slot] = number
  }

  private mutating func grow() {
    slots = Array(repeating: UInt32.max, count: slots.count * 2)
    for number in 0..<(ends.count - 1) { insertSlot(UInt32(number), hash: hashes[number]) }
  }
}
