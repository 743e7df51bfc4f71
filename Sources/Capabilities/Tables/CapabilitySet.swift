/// The number of a capability in its `Taxonomy`: its place in the order of the taxonomy's lines.
public struct CapabilityID: Hashable, Comparable, Sendable, BitwiseCopyable {
  public var raw: UInt8
  @inlinable public init(_ raw: UInt8) { self.raw = raw }
  @inlinable public static func < (left: CapabilityID, right: CapabilityID) -> Bool { left.raw < right.raw }
}

/// A set of capabilities, as bits.
///
/// A sequence of its members in the taxonomy's order. A taxonomy has at most `CapabilitySet.capacity` capabilities.
public struct CapabilitySet: Hashable, Sendable, BitwiseCopyable {
  public var bits: UInt64

  /// How many different capabilities a set can hold.
  public static let capacity = 64

  @inlinable public init(bits: UInt64 = 0) { self.bits = bits }
  @inlinable public init(_ member: CapabilityID) { bits = 1 << UInt64(member.raw) }
  public init(_ members: some Sequence<CapabilityID>) {
    bits = members.reduce(0) { $0 | (1 << UInt64($1.raw)) }
  }

  @inlinable public var isEmpty: Bool { bits == 0 }
  @inlinable public var count: Int { bits.nonzeroBitCount }
  @inlinable public func contains(_ member: CapabilityID) -> Bool { bits & (1 << UInt64(member.raw)) != 0 }
  @inlinable public func isSuperset(of other: CapabilitySet) -> Bool { other.bits & ~bits == 0 }
  @inlinable public mutating func insert(_ member: CapabilityID) { bits |= 1 << UInt64(member.raw) }
  @inlinable public mutating func formUnion(_ other: CapabilitySet) { bits |= other.bits }
  @inlinable public func union(_ other: CapabilitySet) -> CapabilitySet { CapabilitySet(bits: bits | other.bits) }
  @inlinable public func intersection(_ other: CapabilitySet) -> CapabilitySet {
    CapabilitySet(bits: bits & other.bits)
  }
  @inlinable public func subtracting(_ other: CapabilitySet) -> CapabilitySet {
    CapabilitySet(bits: bits & ~other.bits)
  }
}

extension CapabilitySet: Sequence {
  public struct Iterator: IteratorProtocol {
    var rest: UInt64
    public mutating func next() -> CapabilityID? {
      guard rest != 0 else { return nil }
      let member = CapabilityID(UInt8(rest.trailingZeroBitCount))
      rest &= rest - 1
      return member
    }
  }

  public func makeIterator() -> Iterator { Iterator(rest: bits) }
}
