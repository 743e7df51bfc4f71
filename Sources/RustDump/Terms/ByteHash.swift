/// Hashing of byte ranges for the interning tables.
///
/// A multiply-and-fold hash over 8 bytes at a time, after the idea of wyhash (Wang Yi, public domain). It is not
/// resistant against chosen collisions; the tables that use it stay correct under collisions and only become slower.
@inlinable @inline(__always)
func foldedMultiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

/// The hash of `bytes`.
@inlinable
public func hashOfBytes(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  let count = bytes.count
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
  guard let base = bytes.baseAddress else { return hash }
  var offset = 0
  while offset &+ 8 <= count {
    let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    hash = foldedMultiply(hash ^ word, 0xA076_1D64_78BD_642F)
    offset &+= 8
  }
  var tail: UInt64 = 0
  var shift: UInt64 = 0
  while offset < count {
    tail |= UInt64(base.load(fromByteOffset: offset, as: UInt8.self)) << shift
    shift &+= 8
    offset &+= 1
  }
  return foldedMultiply(hash ^ tail, 0xE703_7ED1_A0B4_28DB)
}

/// Mixes one word into a running hash.
@inlinable @inline(__always)
public func mixHash(_ hash: UInt64, _ word: UInt32) -> UInt64 {
  foldedMultiply(hash ^ UInt64(word), 0xA076_1D64_78BD_642F)
}
