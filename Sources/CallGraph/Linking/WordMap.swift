import RustDump

/// What a `WordMap` can be keyed by: something that is one number.
protocol WordKey {
  var word: UInt64 { get }
}

extension UInt64: WordKey { var word: UInt64 { self } }
extension UInt32: WordKey { var word: UInt64 { UInt64(self) } }
extension TermID: WordKey { var word: UInt64 { UInt64(raw) } }

/// A dictionary over numbers, from which nothing is removed. Open addressing; several times as fast as `Dictionary`, whose
/// hashes are made to withstand chosen keys: here the keys are numbers that mircap gave.
struct WordMap<Key: WordKey, Value> {
  private var keys: [UInt64] = []
  /// For each slot the number of its value, from 1; 0 is free.
  private var numbers: [UInt32] = []
  private var values: [Value] = []

  var count: Int { values.count }

  /// The value of a key. A value can be replaced, but not taken away.
  subscript(key: Key) -> Value? {
    get {
      guard !numbers.isEmpty else { return nil }
      let number = numbers[slot(of: key.word)]
      return number == 0 ? nil : values[Int(number) - 1]
    }
    set {
      guard let newValue else { preconditionFailure("nothing is removed") }
      if (values.count + 1) * 2 > numbers.count { grow() }
      let place = slot(of: key.word)
      if numbers[place] == 0 {
        values.append(newValue)
        keys[place] = key.word
        numbers[place] = UInt32(values.count)
      } else {
        values[Int(numbers[place]) - 1] = newValue
      }
    }
  }

  /// Where a key stands, or the free slot for it.
  private func slot(of key: UInt64) -> Int {
    let mask = numbers.count - 1
    var slot = Int(truncatingIfNeeded: WordHash.hash(key)) & mask
    while numbers[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (keys: keys, numbers: numbers)
    let capacity = max(64, numbers.count * 2)
    keys = Array(repeating: 0, count: capacity)
    numbers = Array(repeating: 0, count: capacity)
    for index in old.numbers.indices where old.numbers[index] != 0 {
      let place = slot(of: old.keys[index])
      keys[place] = old.keys[index]
      numbers[place] = old.numbers[index]
    }
  }
}

/// A hash of one number: the halves of a product, folded (after wyhash).
enum WordHash {
  static func hash(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
