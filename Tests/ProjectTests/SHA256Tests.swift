import CSupport
import Project
import Testing

@Suite struct SHA256Tests {
  private func hash(_ text: String) -> String { SHA256.text(SHA256.hash(Array(text.utf8))) }

  /// The examples of the standard.
  @Test func examples() {
    #expect(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.text(SHA256.hash(Array(repeating: UInt8(ascii: "a"), count: 1_000_000)))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesMakeTheSameHash() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 31) }
    let whole = SHA256.hash(bytes)
    for size in [1, 7, 63, 64, 65, 200] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.add(Array(bytes[start..<min(start + size, 1000)]))
      }
      #expect(hash.finish() == whole)
    }
  }

  @Test func theProcessorsInstructionsGiveTheSame() {
    for blocks in [0, 1, 2, 3, 17] {
      let bytes = (0..<(blocks * 64)).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 7) }
      var fast: [UInt32] = (1...8).map { $0 &* 0x9E37_79B9 }
      var portable = fast
      mircap_sha256_blocks(&fast, bytes, blocks)
      mircap_sha256_portable(&portable, bytes, blocks)
      #expect(fast == portable)
    }
  }

  @Test(arguments: [0, 1, 1 << 20, 2 << 20, (2 << 20) + 1, (5 << 20) - 1])
  func piecesAreHashedAsTheyWouldBeAlone(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ ($0 >> 13)) }
    var expected = SHA256()
    expected.add(count)
    for start in stride(from: 0, to: count, by: 1 << 20) {
      expected.add(SHA256.hash(Array(bytes[start..<min(start + (1 << 20), count)])))
    }
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.addPieces(of: $0) }
    #expect(hash.finish() == expected.finish())
  }
}
