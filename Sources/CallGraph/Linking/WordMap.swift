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
  /// A key with its value beside it: a lookup costs one miss of the cache.
  private struct Slot {
    var key: UInt64
    var value: Value?
  }

  private var slots: [Slot] = []
  private(set) var count = 0

  /// The value of a key. A value can be replaced, but not taken away.
  subscript(key: Key) -> Value? {
    get { slots.isEmpty ? nil : slots[slot(of: key.word)].value }
    set {
      guard let newValue else { preconditionFailure("nothing is removed") }
      if count * 8 >= slots.count * 5 { grow() }
      let place = slot(of: key.word)
      if slots[place].value == nil {
        count += 1
        slots[place].key = key.word
      }
      slots[place].value = newValue
    }
  }

  /// Where a key stands, or the free slot for it.
  private func slot(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: WordHash.hash(key)) & mask
    while slots[place].key != key, slots[place].value != nil { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: 0, value: nil), count: max(16, old.count * 2))
    for entry in old where entry.value != nil { slots[slot(of: entry.key)] = entry }
  }
}

extension WordMap {
  /// Adds an element to the list of a key.
  mutating func append<Element>(_ element: Element, to key: Key) where Value == [Element] {
    if count * 8 >= slots.count * 5 { grow() }
    let place = slot(of: key.word)
    if slots[place].value == nil {
      count += 1
      slots[place] = Slot(key: key.word, value: [element])
    } else {
      slots[place].value!.append(element)
    }
  }
}

/// Numbers keys from 1 in the order in which they come.
struct WordIndex {
  /// A key and its number side by side: a lookup costs one miss of the cache.
  private struct Slot {
    var key: UInt64
    /// 0 is free.
    var number: UInt32
  }

  private var slots: [Slot] = []
  private(set) var count = 0

  /// The number of a key; 0 if there is none.
  func number(of key: UInt64) -> UInt32 {
    guard !slots.isEmpty else { return 0 }
    return slots[slot(of: key)].number
  }

  /// The number of a key; 0 if it is new and has been given the next one.
  mutating func numberOrNew(_ key: UInt64) -> UInt32 {
    if count * 8 >= slots.count * 5 { grow() }
    let place = slot(of: key)
    let known = slots[place].number
    if known == 0 {
      count += 1
      slots[place] = Slot(key: key, number: UInt32(count))
    }
    return known
  }

  /// Makes room for so many keys in all, before there are any.
  mutating func reserve(_ keys: Int) {
    guard slots.isEmpty else { return }
    var capacity = 64
    while capacity * 5 <= keys * 8 { capacity *= 2 }
    slots = Array(repeating: Slot(key: 0, number: 0), count: capacity)
  }

  /// Where a key stands, or the free slot for it.
  private func slot(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: WordHash.hash(key)) & mask
    while slots[place].number != 0, slots[place].key != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: 0, number: 0), count: max(64, old.count * 2))
    for entry in old where entry.number != 0 { slots[slot(of: entry.key)] = entry }
  }
}

/// A hash of one number: the halves of a product, folded (after wyhash).
enum WordHash {
  static func hash(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
