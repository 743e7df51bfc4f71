import CSupport

/// SHA-256 (FIPS 180-4): names contents so that nobody can make two contents of one name.
public struct SHA256 {
  private var state: [UInt32] = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  public init() { pending.reserveCapacity(64) }

  /// The hash of some bytes.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.add(bytes)
    return hash.finish()
  }

  /// Adds bytes.
  public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  /// Adds a text and its end, so that no two lists of texts look alike.
  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    withUnsafeBytes(of: UInt8(0)) { add($0) }
  }

  /// Adds a number.
  public mutating func add(_ number: Int) { withUnsafeBytes(of: Int64(number).littleEndian) { add($0) } }

  /// Adds bytes.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let part = rest.prefix(64 - pending.count)
      pending.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes { compress($0[...]) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    compress(rest.prefix(whole))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The 32 bytes of the hash of all that was added. Nothing may be added after that.
  public mutating func finish() -> [UInt8] {
    let bits = length &* 8
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    withUnsafeBytes(of: bits.bigEndian) { padding.append(contentsOf: $0) }
    add(padding)
    return state.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }

  /// The hash as 64 hexadecimal digits.
  public mutating func finishAsText() -> String { Self.text(finish()) }

  /// Bytes as hexadecimal digits.
  public static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private mutating func compress(_ bytes: Slice<UnsafeRawBufferPointer>) {
    guard let start = UnsafeRawBufferPointer(rebasing: bytes).bindMemory(to: UInt8.self).baseAddress else { return }
    mircap_sha256_blocks(&state, start, bytes.count / 64)
  }
}

extension SHA256 {
  /// So many bytes are a piece, see `addPieces`.
  static let pieceSize = 1 << 20

  /// Adds the number of bytes and the hashes of their pieces of 1 MB, the last of which may be shorter. For much text: two
  /// pieces are hashed at a time, in little more time than one.
  public mutating func addPieces(of bytes: UnsafeRawBufferPointer) {
    add(bytes.count)
    var start = 0
    while bytes.count - start >= 2 * SHA256.pieceSize {
      let middle = start + SHA256.pieceSize
      let end = middle + SHA256.pieceSize
      addPair(
        UnsafeRawBufferPointer(rebasing: bytes[start..<middle]), UnsafeRawBufferPointer(rebasing: bytes[middle..<end]))
      start = end
    }
    while start < bytes.count {
      let end = min(start + SHA256.pieceSize, bytes.count)
      var piece = SHA256()
      piece.add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      add(piece.finish())
      start = end
    }
  }

  private mutating func addPair(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) {
    var (one, other) = (SHA256(), SHA256())
    let (bytes, others) = (first.bindMemory(to: UInt8.self), second.bindMemory(to: UInt8.self))
    mircap_sha256_pair(&one.state, bytes.baseAddress!, &other.state, others.baseAddress!, SHA256.pieceSize / 64)
    one.length = UInt64(SHA256.pieceSize)
    other.length = one.length
    add(one.finish())
    add(other.finish())
  }
}
