/// Several values for a key, in the order in which they were added. Open addressing over 64-bit keys.
struct MultiMap {
  /// First and last entry of a key, from 1.
  private var chains: [(head: UInt32, tail: UInt32)] = []
  private var index = WordIndex()
  private var next: [UInt32] = []
  private var values: [UInt32] = []

  static func key(_ high: UInt32, _ low: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }

  /// Makes room for so many values of as many keys, before there are any.
  mutating func reserve(_ count: Int) {
    index.reserve(count)
    chains.reserveCapacity(count)
    next.reserveCapacity(count)
    values.reserveCapacity(count)
  }

  mutating func add(_ key: UInt64, _ value: UInt32) {
    values.append(value)
    next.append(0)
    let entry = UInt32(values.count)
    let number = index.numberOrNew(key)
    if number == 0 {
      chains.append((entry, entry))
    } else {
      next[Int(chains[Int(number) - 1].tail) - 1] = entry
      chains[Int(number) - 1].tail = entry
    }
  }

  private func head(_ key: UInt64) -> UInt32 {
    let number = index.number(of: key)
    return number == 0 ? 0 : chains[Int(number) - 1].head
  }

  /// Calls `body` with each value of a key until it returns `false`.
  func forEach(_ key: UInt64, _ body: (UInt32) -> Bool) {
    var entry = head(key)
    while entry != 0 {
      if !body(values[Int(entry) - 1]) { return }
      entry = next[Int(entry) - 1]
    }
  }

  func all(_ key: UInt64) -> [UInt32] {
    var result: [UInt32] = []
    forEach(key) {
      result.append($0)
      return true
    }
    return result
  }

  func first(_ key: UInt64) -> UInt32? {
    let entry = head(key)
    return entry == 0 ? nil : values[Int(entry) - 1]
  }
}
