/// A dictionary over numbers that mircap gave one after the other, such as those of items and types: an array that grows.
/// For keys that are few among many numbers `WordMap` takes less memory.
struct NumberMap<Key: WordKey, Value> {
  private var values: [Value?] = []

  /// The value of a key. It can be replaced, but not taken away.
  subscript(key: Key) -> Value? {
    get {
      let index = Int(truncatingIfNeeded: key.word)
      return index < values.count ? values[index] : nil
    }
    set {
      let index = Int(truncatingIfNeeded: key.word)
      if index >= values.count { grow(to: index + 1) }
      values[index] = newValue
    }
  }

  private mutating func grow(to count: Int) {
    let wanted = max(count, values.count + values.count / 2, 1024)
    values.append(contentsOf: repeatElement(nil, count: wanted - values.count))
  }
}
