import RustDump
import Testing

@testable import CallGraph

/// The tables over numbers that the graph is built with.
@Suite struct TableTests {
  /// Numbers that collide as good as at random, with 0 and the largest among them.
  private static let numbers: [UInt64] = [0, .max] + (1...5000).map { $0 &* 0x9E37_79B9_7F4A_7C15 }

  @Test func aMapFindsWhatItWasGiven() {
    var map = WordMap<UInt64, Int>()
    #expect(map[0] == nil)
    for (index, number) in Self.numbers.enumerated() { map[number] = index }
    for (index, number) in Self.numbers.enumerated() where index.isMultiple(of: 3) { map[number] = -index }
    #expect(map.count == Self.numbers.count)
    for (index, number) in Self.numbers.enumerated() {
      #expect(map[number] == (index.isMultiple(of: 3) ? -index : index))
      #expect(map[number &+ 1] == Self.numbers.firstIndex(of: number &+ 1).map { $0.isMultiple(of: 3) ? -$0 : $0 })
    }
  }

  @Test func aMapOfListsKeepsTheirOrder() {
    var map = WordMap<UInt64, [Int]>()
    for index in 0..<3000 { map.append(index, to: UInt64(index % 7)) }
    #expect(map.count == 7)
    #expect(map[3] == Array(stride(from: 3, to: 3000, by: 7)))
    #expect(map[7] == nil)
  }

  @Test(arguments: [0, 2000]) func aMultiMapKeepsTheOrderOfItsValues(reserved: Int) {
    var map = MultiMap()
    if reserved > 0 { map.reserve(reserved) }
    #expect(map.first(5) == nil)
    for value in UInt32(0)..<2000 { map.add(UInt64(value % 400), value) }
    #expect(map.all(5) == [5, 405, 805, 1205, 1605])
    #expect(map.first(399) == 399)
    #expect(map.all(400).isEmpty)
    var seen: [UInt32] = []
    map.forEach(5) {
      seen.append($0)
      return seen.count < 2
    }
    #expect(seen == [5, 405])
  }

  @Test func aNumberMapGrowsToItsKeys() {
    var map = NumberMap<TermID, String>()
    #expect(map[TermID(7)] == nil)
    map[TermID(100_000)] = "far"
    map[TermID(0)] = "near"
    #expect(map[TermID(100_000)] == "far")
    #expect(map[TermID(0)] == "near")
    #expect(map[TermID(99_999)] == nil)
    #expect(map[TermID(.max)] == nil)
  }

  @Test func childrenComeInTheOrderInWhichTheyWereAdded() {
    var lists = ChildLists()
    lists.reserve(6)
    for (parent, child) in [(0, 1), (0, 2), (1, 3), (0, 4), (1, 5)] as [(UInt32, UInt32)] { lists.add(parent, child) }
    #expect(lists.all(0) == [1, 2, 4])
    #expect(lists.all(1) == [3, 5])
    #expect(lists.first(1) == 3)
    #expect(lists.first(2) == nil)
    #expect(lists.all(5).isEmpty)
  }

  @Test func termsAreFoundAgainWhenTheTableHasGrown() {
    var terms = TermTable()
    let made = (0..<20_000).map { terms.intern(.segment, a: 0, b: UInt32($0)) }
    let pairs = made.indices.dropFirst().map { terms.intern(.tuple, children: [made[$0 - 1], made[$0]]) }
    for index in made.indices { #expect(terms.intern(.segment, a: 0, b: UInt32(index)) == made[index]) }
    for index in made.indices.dropFirst() {
      #expect(terms.intern(.tuple, children: [made[index - 1], made[index]]) == pairs[index - 1])
    }
    #expect(terms.count == 1 + made.count + pairs.count)
    let copy = TermTable(records: terms.records, children: terms.children)
    guard var copy else {
      Issue.record("the table's own arrays are refused")
      return
    }
    #expect(copy.intern(.tuple, children: [made[3], made[4]]) == pairs[3])
    #expect(copy.intern(.tuple, children: [made[4], made[3]]).raw == UInt32(terms.count))
  }
}
