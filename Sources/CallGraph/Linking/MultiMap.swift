/// Several values for a key, in the order in which they were added. Open addressing over 64-bit keys.
struct MultiMap {
  private var keys: [UInt64] = Array(repeating: 0, count: 1024)
  private var heads: [Int32] = Array(repeating: -1, count: 1024)
  private var tails: [Int32] = Array(repeating: -1, count: 1024)
  private var next: [Int32] = []
  private var values: [UInt32] = []
  private var used = 0

  static func key(_ high: UInt32, _ low: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }

  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: WordHash.hash(key)) & mask
    while heads[slot] >= 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  mutating func add(_ key: UInt64, _ value: UInt32) {
    if (used + 1) * 2 > keys.count { grow() }
    let place = slot(key)
    let entry = Int32(values.count)
    values.append(value)
    next.append(-1)
    if heads[place] < 0 {
      keys[place] = key
      heads[place] = entry
      used += 1
    } else {
      next[Int(tails[place])] = entry
    }
    tails[place] = entry
  }

  private mutating func grow() {
    let old = (keys, heads, tails)
    keys = Array(repeating: 0, count: old.0.count * 2)
    heads = Array(repeating: -1, count: keys.count)
    tails = Array(repeating: -1, count: keys.count)
    for index in old.0.indices where old.1[index] >= 0 {
      let place = slot(old.0[index])
      keys[place] = old.0[index]
      heads[place] = old.1[index]
      tails[place] = old.2[index]
    }
  }

  /// Calls `body` with each value of a key until it returns `false`.
  func forEach(_ key: UInt64, _ body: (UInt32) -> Bool) {
    let place = slot(key)
    var entry = heads[place]
    while entry >= 0 {
      if !body(values[Int(entry)]) { return }
      entry = next[Int(entry)]
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
    let entry = heads[slot(key)]
    return entry >= 0 ? values[Int(entry)] : nil
  }
}
