import CSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A view of a dump's bytes with absolute offsets. Reading at or beyond the end gives 0, so that scanners need no
/// separate bounds check for look-ahead.
///
/// The view does not own the memory: it is valid only inside the closure that handed out the buffer.
public struct ByteText {
  @usableFromInline let base: UnsafePointer<UInt8>?
  /// The number of bytes.
  public let count: Int

  public init(_ buffer: UnsafeRawBufferPointer) {
    base = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    count = buffer.count
  }

  /// The byte at an offset, or 0 outside.
  @inlinable @inline(__always)
  public subscript(_ offset: Int) -> UInt8 {
    guard let base, offset >= 0, offset < count else { return 0 }
    return base[offset]
  }

  /// The bytes of a range, which is clamped to the text.
  @inlinable
  public func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let lower = max(0, min(range.lowerBound, count))
    let upper = max(lower, min(range.upperBound, count))
    guard let base else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: base + lower, count: upper - lower)
  }

  /// The first offset of `byte` in `start..<end`, or `end`.
  @inlinable
  public func find(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    guard let base, start >= 0, start < end, end <= count else { return end }
    guard let found = memchr(base + start, Int32(byte), end - start) else { return end }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The first offset of `pattern` in `start..<end`, or `nil`.
  @inlinable
  public func find(_ pattern: StaticString, from start: Int, to end: Int) -> Int? {
    guard let base, start >= 0, start < end, end <= count else { return nil }
    guard let found = mircap_memmem(base + start, end - start, pattern.utf8Start, pattern.utf8CodeUnitCount)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The last offset of `byte` in `start..<end`, or `nil`.
  @inlinable
  public func findLast(_ byte: UInt8, from start: Int, to end: Int) -> Int? {
    guard let base, start >= 0, start < end, end <= count else { return nil }
    guard let found = mircap_memrchr(base + start, Int32(byte), end - start) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Whether `pattern` stands at an offset.
  @inlinable @inline(__always)
  public func matches(_ pattern: StaticString, at offset: Int) -> Bool {
    let length = pattern.utf8CodeUnitCount
    guard let base, offset >= 0, offset + length <= count else { return false }
    return memcmp(base + offset, pattern.utf8Start, length) == 0
  }

  /// Whether the text before `end` finishes with `pattern`.
  @inlinable @inline(__always)
  public func endsWith(_ pattern: StaticString, before end: Int) -> Bool {
    matches(pattern, at: end - pattern.utf8CodeUnitCount)
  }

  /// Whether two ranges of equal length hold the same bytes.
  @inlinable
  public func equal(_ left: Int, _ right: Int, length: Int) -> Bool {
    guard let base, left + length <= count, right + length <= count else { return false }
    return memcmp(base + left, base + right, length) == 0
  }
}

/// The range from one offset to another, empty where the second lies before the first: scanners of hostile text meet that.
@inlinable @inline(__always)
func textRange(_ lower: Int, _ upper: Int) -> Range<Int> { lower..<max(lower, upper) }

/// Whether a byte can stand in an identifier. Bytes of non-ASCII characters can.
@inlinable @inline(__always)
public func isIdentifierByte(_ byte: UInt8) -> Bool {
  (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
    || byte >= 0x80
}

/// Whether a byte is an ASCII digit.
@inlinable @inline(__always)
public func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// ASCII characters by the names that scanners use.
public enum Ascii {
  public static let newline: UInt8 = 0x0A
  public static let space: UInt8 = 0x20
  public static let bang: UInt8 = 0x21
  public static let quote: UInt8 = 0x22
  public static let hash: UInt8 = 0x23
  public static let ampersand: UInt8 = 0x26
  public static let apostrophe: UInt8 = 0x27
  public static let openParenthesis: UInt8 = 0x28
  public static let closeParenthesis: UInt8 = 0x29
  public static let star: UInt8 = 0x2A
  public static let plus: UInt8 = 0x2B
  public static let comma: UInt8 = 0x2C
  public static let minus: UInt8 = 0x2D
  public static let dot: UInt8 = 0x2E
  public static let slash: UInt8 = 0x2F
  public static let colon: UInt8 = 0x3A
  public static let semicolon: UInt8 = 0x3B
  public static let less: UInt8 = 0x3C
  public static let equals: UInt8 = 0x3D
  public static let greater: UInt8 = 0x3E
  public static let at: UInt8 = 0x40
  public static let openBracket: UInt8 = 0x5B
  public static let backslash: UInt8 = 0x5C
  public static let closeBracket: UInt8 = 0x5D
  public static let underscore: UInt8 = 0x5F
  public static let openBrace: UInt8 = 0x7B
  public static let closeBrace: UInt8 = 0x7D
}
