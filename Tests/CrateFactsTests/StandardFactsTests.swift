import CrateFacts
import Project
import RustDump
import Testing

@Suite struct StandardFactsTests {
  /// Two crates that programs can name, and one that only std can.
  private func file() throws -> (bytes: [UInt8], facts: [UnitFacts]) {
    let facts = try FixtureUnits.facts("visibility") + FixtureUnits.facts("phases")
    let crates = facts.prefix(3).enumerated().map { index, facts in
      (
        StandardCrate(
          crate: "c\(index)", edition: 2021, externs: [.init(name: "core", crate: "c0")], isPrivate: index == 2,
          facts: facts), ItemShare(facts)
      )
    }
    return (try StandardFacts.encode(crates), Array(facts.prefix(3)))
  }

  @Test func readingBackGivesTheSameFacts() throws {
    let (bytes, facts) = try file()
    let back = try StandardFacts.decode(bytes, withBodies: true)
    #expect(back.map(\.crate) == ["c0", "c1", "c2"])
    #expect(back.map(\.isPrivate) == [false, false, true])
    #expect(back.map(\.edition) == [2021, 2021, 2021])
    #expect(back[1].externs == [.init(name: "core", crate: "c0")])
    for (one, other) in zip(back.map(\.facts), facts) {
      #expect(one.store.names.arena == other.store.names.arena)
      #expect(one.store.terms.records == other.store.terms.records)
      #expect(one.store.terms.children == other.store.terms.children)
      #expect(one.items.items.map(\.name) == other.items.items.map(\.name))
      #expect(one.bodies.bodies.map(\.path) == other.bodies.bodies.map(\.path))
      #expect(one.bodies.lists == other.bodies.lists)
      #expect(one.itemOfBody == other.itemOfBody)
      #expect(one.ownerOfBody == other.ownerOfBody)
    }
  }

  /// Sites stay with their bodies, without those that lead nowhere.
  @Test func sitesStayWithTheirBodies() throws {
    let (bytes, facts) = try file()
    let back = try StandardFacts.decode(bytes, withBodies: true)
    var kept = 0
    for (one, other) in zip(back.map(\.facts.bodies), facts.map(\.bodies)) {
      for (left, right) in zip(one.bodies, other.bodies) {
        let places = other.sites[Int(right.sitesStart)..<Int(right.sitesStart + right.sitesCount)]
          .filter { ![.transmute, .rawDereference, .unsafeStaticUse, .assembly].contains($0.siteKind) }
        let back = one.sites[Int(left.sitesStart)..<Int(left.sitesStart + left.sitesCount)]
        #expect(back.map(\.line) == places.map(\.line))
        #expect(back.map(\.a) == places.map(\.a))
        kept += back.count
      }
    }
    #expect(kept > 0)
  }

  /// Without bodies there are the items of crates that programs can name, and names as far as these need them.
  @Test func itemsCanBeReadAlone() throws {
    let expanded = "pub struct Thing { pub field: u8 } pub fn make() -> Thing { Thing { field: 1 } }"
    let mir =
      "fn make() -> Thing {\n    let mut _0: Thing;\n\n    bb0: {\n        other::call() -> [return: bb1];\n    }\n}\n"
    let items = read(mir: "", expanded: expanded)
    let facts = read(mir: mir, expanded: expanded)
    let bytes = try StandardFacts.encode([
      (StandardCrate(crate: "core", facts: facts), ItemShare(items)),
      (StandardCrate(crate: "libc", isPrivate: true, facts: facts), ItemShare(items)),
    ])
    let alone = try StandardFacts.decode(bytes)
    #expect(alone.map(\.crate) == ["core"])
    #expect(FactsFile.encode(alone[0].facts) == FactsFile.encode(items))
    let whole = try StandardFacts.decode(bytes, withBodies: true)
    #expect(whole.map(\.crate) == ["core", "libc"])
    #expect(whole.allSatisfy { $0.facts.bodies.bodies.count == 1 })
    #expect(whole[1].facts.store.names.arena == facts.store.names.arena)
  }

  @Test func theFileIsAFunctionOfTheFacts() throws {
    #expect(try file().bytes == file().bytes)
  }

  @Test func truncatedFilesAreRefused() throws {
    let bytes = try file().bytes
    for length in stride(from: 0, to: bytes.count, by: 211) {
      #expect(throws: Failure.self) { try StandardFacts.decode(Array(bytes[..<length]), withBodies: true) }
      #expect(throws: Failure.self) { try StandardFacts.decode(Array(bytes[..<length])) }
    }
    #expect(throws: Failure.self) { try StandardFacts.decode(bytes + [0], withBodies: true) }
  }

  @Test func damagedFilesAreRefused() throws {
    var bytes = try file().bytes
    for index in stride(from: 0, to: bytes.count, by: 97) {
      bytes[index] ^= 0x41
      #expect(throws: Failure.self, "byte \(index)") { try StandardFacts.decode(bytes, withBodies: true) }
      bytes[index] ^= 0x41
    }
  }

  /// Columns that are well packed but wrong are refused, or give facts whose indices stay in range.
  @Test func hostileColumnsDoNotCrash() throws {
    let (bytes, _) = try file()
    var generator = RepeatableNumbers(seed: 7)
    var refused = 0
    for _ in 0..<300 {
      guard let damaged = bytes.withDamagedColumns(&generator) else { continue }
      guard let crates = try? StandardFacts.decode(damaged, withBodies: true) else {
        refused += 1
        continue
      }
      for crate in crates {
        #expect(
          crate.facts.itemOfBody.allSatisfy { $0 == UnitFacts.none || $0 < UInt32(crate.facts.items.items.count) })
      }
    }
    #expect(refused > 0)
  }

  @Test func theShippedFactsOfStdCanBeRead() throws {
    let file = try #require(try DataFiles().read(StandardFacts.fileName))
    #expect(file.bytes.count < 5_000_000)
    let crates = try StandardFacts.decode(file.bytes)
    #expect(Set(crates.map(\.crate)).isSuperset(of: ["core", "alloc", "std", "proc_macro"]))
    #expect(crates.allSatisfy { $0.facts.bodies.bodies.isEmpty })
    let whole = try StandardFacts.decode(file.bytes, withBodies: true)
    #expect(Set(whole.map(\.crate)).isSuperset(of: ["core", "alloc", "std", "hashbrown", "panic_unwind", "libc"]))
    #expect(whole.first { $0.crate == "core" }.map { $0.facts.bodies.bodies.count > 20_000 } == true)
    #expect(whole.allSatisfy { $0.facts.membersWithoutImpl == 0 })
  }
}

/// Numbers that are the same at each run (xorshift).
private struct RepeatableNumbers {
  var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }
  mutating func next(below limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }
}

extension [UInt8] {
  /// A file of std's facts with some bytes of one part changed before it is packed.
  fileprivate func withDamagedColumns(_ generator: inout RepeatableNumbers) -> [UInt8]? {
    var offset = 12
    var result = Array(self[..<12])
    let target = generator.next(below: 2)
    for part in 0..<2 {
      let (count, packed) = (word(offset), word(offset + 4))
      let body = self[(offset + 8)..<(offset + 8 + packed)]
      offset += 8 + packed
      guard var columns = body.withUnsafeBytes({ Compression.decompress($0, count: count, limit: 1 << 30) }) else {
        return nil
      }
      if part == target {
        for _ in 0...generator.next(below: 3) {
          columns[generator.next(below: columns.count)] = UInt8(generator.next(below: 256))
        }
      }
      guard let again = Compression.compress(columns) else { return nil }
      for number in [columns.count, again.count] {
        Swift.withUnsafeBytes(of: UInt32(number).littleEndian) { result.append(contentsOf: $0) }
      }
      result += again
    }
    return result
  }

  private func word(_ offset: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }
}
