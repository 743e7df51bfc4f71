/// Remembers which term a piece of text stands for, so that each distinct text is parsed once.
///
/// Keys are ranges of the dump itself: nothing is copied. Two kinds of text (types and paths) use two caches.
struct TextCache {
  private struct Entry {
    var hash: UInt64
    var offset: Int
    var length: Int32
    var term: UInt32
  }
  private var slots: [Int32] = Array(repeating: -1, count: 4096)
  private var entries: [Entry] = []

  /// The term of a text that was stored before.
  func find(_ text: ByteText, _ range: Range<Int>, hash: UInt64) -> TermID? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, Int(entry.length) == range.count,
        text.equal(entry.offset, range.lowerBound, length: range.count)
      {
        return TermID(entry.term)
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Stores the term of a text. Texts of 2 GB and more are not stored.
  mutating func insert(_ range: Range<Int>, hash: UInt64, term: TermID) {
    guard range.count < Int(Int32.max) else { return }
    if (entries.count + 1) * 2 > slots.count { grow() }
    place(Int32(entries.count), hash: hash)
    entries.append(Entry(hash: hash, offset: range.lowerBound, length: Int32(range.count), term: term.raw))
  }

  private mutating func place(_ number: Int32, hash: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, entry) in entries.enumerated() { place(Int32(number), hash: entry.hash) }
  }
}
