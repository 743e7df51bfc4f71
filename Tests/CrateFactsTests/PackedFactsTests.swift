import Testing

@testable import CrateFacts

/// Facts as the cache keeps them.
@Suite struct PackedFactsTests {
  @Test func packedFactsComeBack() throws {
    for facts in try FixtureUnits.facts("visibility") {
      let packed = try #require(PackedFacts.encode(facts))
      let back = try #require(packed.withUnsafeBytes { PackedFacts.decode($0) })
      #expect(FactsFile.encode(back) == FactsFile.encode(facts))
      #expect(packed.count < FactsFile.encode(facts).count / 2)
    }
  }

  @Test func damagedFactsAreNone() throws {
    let facts = try #require(FixtureUnits.facts("visibility").first)
    let packed = try #require(PackedFacts.encode(facts))
    for length in [0, 7, 8, 9, packed.count / 2, packed.count - 1] {
      #expect(packed[..<length].withUnsafeBytes { PackedFacts.decode($0) } == nil, "\(length) bytes")
    }
    for index in stride(from: 0, to: packed.count, by: 41) {
      var damaged = packed
      damaged[index] ^= 0x41
      #expect(damaged.withUnsafeBytes { PackedFacts.decode($0) } == nil, "byte \(index)")
    }
  }
}
