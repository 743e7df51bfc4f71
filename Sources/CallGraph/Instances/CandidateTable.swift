import RustDump

/// Values by key, asked for by readers that want each value once.
///
/// A key that is not fully known (vague) fits all keys of its group that may be equal to it; a known one only itself and the
/// vague ones. Readers are told (`awake`) when a value comes that may concern them, so that nothing is looked through twice.
struct CandidateTable<Value> {
  /// How much of the table a reader has seen.
  struct Cursor {
    var exact = 0
    var shared = 0
  }

  /// A key with its group.
  struct Key {
    var type: TermID
    var group: UInt32
    var isVague: Bool

    fileprivate var word: UInt64 { UInt64(group) << 32 | UInt64(type.raw) }
  }

  private var exact: [UInt64: [Value]] = [:]
  private var vague: [UInt32: [(key: TermID, value: Value)]] = [:]
  private var all: [UInt32: [(key: TermID, value: Value)]] = [:]
  private var readersOfKey: [UInt64: [UInt32]] = [:]
  private var readersOfVague: [UInt32: [UInt32]] = [:]
  private var readersOfAll: [UInt32: [UInt32]] = [:]
  /// Readers for which there may be something new.
  private(set) var awake: [UInt32] = []

  mutating func add(_ value: Value, for key: Key) {
    all[key.group, default: []].append((key.type, value))
    awake += readersOfAll[key.group] ?? []
    if key.isVague {
      vague[key.group, default: []].append((key.type, value))
      awake += readersOfVague[key.group] ?? []
    } else {
      exact[key.word, default: []].append(value)
      awake += readersOfKey[key.word] ?? []
    }
  }

  /// Adds a reader, which is awake at first.
  mutating func addReader(_ reader: UInt32, of key: Key) {
    if key.isVague {
      readersOfAll[key.group, default: []].append(reader)
    } else {
      readersOfKey[key.word, default: []].append(reader)
      readersOfVague[key.group, default: []].append(reader)
    }
    awake.append(reader)
  }

  /// The readers that were woken since the last time, some more than once.
  mutating func takeAwake() -> [UInt32] {
    defer { awake = [] }
    return awake
  }

  /// The values that fit a key and that the cursor has not passed yet.
  ///
  /// - Parameter agrees: whether two keys of a group may be equal.
  func next(for key: Key, _ cursor: inout Cursor, agrees: (TermID, TermID) -> Bool) -> [Value] {
    var found: [Value] = []
    if !key.isVague, let list = exact[key.word] {
      found = Array(list[cursor.exact...])
      cursor.exact = list.count
    }
    if let list = key.isVague ? all[key.group] : vague[key.group] {
      for entry in list[cursor.shared...] where agrees(entry.key, key.type) { found.append(entry.value) }
      cursor.shared = list.count
    }
    return found
  }
}
