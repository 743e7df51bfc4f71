import CZlib

/// Bytes in zlib's format (RFC 1950).
public enum Compression {
  /// What counts when bytes are compressed.
  public enum Effort: Sendable {
    /// Time.
    case quick
    /// Size.
    case best
  }

  /// The bytes, compressed.
  ///
  /// - Returns: `nil` if there is not enough memory.
  public static func compress(_ bytes: [UInt8], effort: Effort = .best) -> [UInt8]? {
    let level = effort == .best ? Z_BEST_COMPRESSION : Z_BEST_SPEED
    var length = compressBound(uLong(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(length))
    let code = packed.withUnsafeMutableBufferPointer { target in
      bytes.withUnsafeBufferPointer { source in
        compress2(target.baseAddress, &length, source.baseAddress, uLong(source.count), level)
      }
    }
    guard code == Z_OK else { return nil }
    packed.removeLast(packed.count - Int(length))
    return packed
  }

  /// The bytes that were compressed, of which the number is known.
  ///
  /// - Parameter limit: gives up beyond so many bytes, whatever `count` says.
  /// - Returns: `nil` if it is no such text, is damaged (zlib has a checksum), or holds another number of bytes.
  public static func decompress(_ packed: UnsafeRawBufferPointer, count: Int, limit: Int) -> [UInt8]? {
    guard count >= 0, count <= limit else { return nil }
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      var length = uLong(count)
      var empty: UInt8 = 0
      let source = packed.bindMemory(to: UInt8.self)
      let code = withUnsafeMutablePointer(to: &empty) { spare in
        uncompress(target.baseAddress ?? spare, &length, source.baseAddress, uLong(source.count))
      }
      isWhole = code == Z_OK && Int(length) == count
      initialized = isWhole ? count : 0
    }
    return isWhole ? bytes : nil
  }
}
