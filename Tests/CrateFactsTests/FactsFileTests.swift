import CrateFacts
import Project
import RustDump
import Testing

@Suite struct FactsFileTests {
  @Test(arguments: FixtureUnits.themes)
  func readingBackGivesTheSameFacts(_ theme: String) throws {
    for facts in try FixtureUnits.facts(theme) {
      let bytes = FactsFile.encode(facts)
      let back = try #require(bytes.withUnsafeBytes { FactsFile.decode($0) })
      #expect(back.store.names.arena == facts.store.names.arena)
      #expect(back.store.terms.records == facts.store.terms.records)
      #expect(back.bodies.bodies.count == facts.bodies.bodies.count)
      #expect(back.bodies.statistics == facts.bodies.statistics)
      #expect(back.items.items.count == facts.items.items.count)
      #expect(back.itemOfBody == facts.itemOfBody)
      #expect(back.ownerOfBody == facts.ownerOfBody)
      #expect(back.membersWithoutImpl == facts.membersWithoutImpl)
      #expect(FactsFile.encode(back) == bytes)
    }
  }

  @Test(arguments: FixtureUnits.themes)
  func factsAreAFunctionOfTheDump(_ theme: String) throws {
    let first = try FixtureUnits.facts(theme).map { FactsFile.encode($0) }
    let second = try FixtureUnits.facts(theme).map { FactsFile.encode($0) }
    #expect(first == second)
    let units = try FixtureUnits.units(theme)
    let parallel = try FactsLoader.load(units: units, jobs: 4, cache: nil).facts.map { FactsFile.encode($0) }
    #expect(parallel == first)
  }

  @Test func truncatedFilesAreNone() throws {
    let bytes = FactsFile.encode(try #require(FixtureUnits.facts("visibility").first))
    for length in stride(from: 0, to: bytes.count, by: 37) {
      #expect(bytes[..<length].withUnsafeBytes { FactsFile.decode($0) } == nil)
    }
    #expect((bytes + [0]).withUnsafeBytes { FactsFile.decode($0) } == nil)
  }

  @Test func damagedFilesAreNone() throws {
    var bytes = FactsFile.encode(try #require(FixtureUnits.facts("visibility").first))
    for index in stride(from: 0, to: bytes.count, by: 29) where !(12..<16).contains(index) {
      bytes[index] ^= 0x41
      #expect(bytes.withUnsafeBytes { FactsFile.decode($0) } == nil, "byte \(index)")
      bytes[index] ^= 0x41
    }
    #expect(bytes.withUnsafeBytes { FactsFile.decode($0) } != nil)
  }

  /// Damage that the checksum does not tell: what is read back, if anything, has no index out of range.
  @Test func filesWithARightChecksumAreChecked() throws {
    let bytes = FactsFile.encode(try #require(FixtureUnits.facts("phases").first))
    var refused = 0
    for index in stride(from: 24, to: bytes.count, by: 13) {
      var damaged = bytes
      damaged[index] = 0xEE
      damaged.sealChecksum()
      guard let facts = damaged.withUnsafeBytes({ FactsFile.decode($0) }) else {
        refused += 1
        continue
      }
      #expect(facts.itemOfBody.allSatisfy { $0 == UnitFacts.none || $0 < UInt32(facts.items.items.count) })
      #expect(FactsFile.encode(facts).count == damaged.count)
    }
    #expect(refused > 0)
  }

  @Test func anEmptyUnitHasFacts() throws {
    let facts = read(mir: "", expanded: "")
    let bytes = FactsFile.encode(facts)
    let back = try #require(bytes.withUnsafeBytes { FactsFile.decode($0) })
    #expect(FactsFile.encode(back) == bytes)
    #expect(back.bodies.bodies.isEmpty)
  }

  @Test func otherVersionsAreNone() throws {
    var bytes = FactsFile.encode(UnitFacts())
    bytes[8] += 1
    #expect(bytes.withUnsafeBytes { FactsFile.decode($0) } == nil)
  }
}

extension [UInt8] {
  /// Writes the checksum that belongs to the rest.
  fileprivate mutating func sealChecksum() {
    let checksum = withUnsafeBytes { hashOfBytes(UnsafeRawBufferPointer(rebasing: $0[24...])) }
    Swift.withUnsafeBytes(of: checksum.littleEndian) { replaceSubrange(16..<24, with: $0) }
  }
}
