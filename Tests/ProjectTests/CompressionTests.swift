import Project
import Testing

@Suite struct CompressionTests {
  private let text = Array(repeating: Array("the same words again and again; ".utf8), count: 400).flatMap(\.self)

  @Test func bytesComeBack() throws {
    for bytes in [[], [7], text] {
      let packed = try #require(Compression.compress(bytes))
      #expect(packed.withUnsafeBytes { Compression.decompress($0, count: bytes.count, limit: 1 << 20) } == bytes)
    }
    #expect(try #require(Compression.compress(text)).count < text.count / 10)
  }

  @Test func anotherLengthIsRefused() throws {
    let packed = try #require(Compression.compress(text))
    packed.withUnsafeBytes { packed in
      #expect(Compression.decompress(packed, count: text.count - 1, limit: 1 << 20) == nil)
      #expect(Compression.decompress(packed, count: text.count + 1, limit: 1 << 20) == nil)
      #expect(Compression.decompress(packed, count: text.count, limit: text.count - 1) == nil)
      #expect(Compression.decompress(packed, count: -1, limit: 1 << 20) == nil)
    }
  }

  /// Some bits have no meaning; no damage gives other bytes.
  @Test func damageIsRefused() throws {
    var packed = try #require(Compression.compress(text))
    var refused = 0
    for index in packed.indices {
      packed[index] ^= 0x10
      let bytes = packed.withUnsafeBytes { Compression.decompress($0, count: text.count, limit: 1 << 20) }
      let isUnchanged = bytes == text
      #expect(bytes == nil || isUnchanged, "byte \(index)")
      if bytes == nil { refused += 1 }
      packed[index] ^= 0x10
    }
    #expect(refused > packed.count / 2)
    #expect(packed.prefix(5).withUnsafeBytes { Compression.decompress($0, count: text.count, limit: 1 << 20) } == nil)
    #expect([UInt8]().withUnsafeBytes { Compression.decompress($0, count: 3, limit: 1 << 20) } == nil)
  }
}
