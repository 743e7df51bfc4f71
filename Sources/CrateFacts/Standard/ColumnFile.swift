/// Writes arrays of plain words column by column, so that they compress well: of neighbouring records the same word
/// follows itself, as the difference from the one before or as it is, whichever is shorter.
///
/// A word takes one byte for each seven bits (LEB128).
package struct ColumnWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(number: Int) { add(UInt32(truncatingIfNeeded: number)) }

  package mutating func add(bytes list: some Collection<UInt8>) {
    add(number: list.count)
    bytes.append(contentsOf: list)
  }

  package mutating func add(text: String) { add(bytes: Array(text.utf8)) }

  /// Adds an array whose elements consist of 32-bit words.
  package mutating func add<Element: BitwiseCopyable>(_ array: [Element]) {
    let width = MemoryLayout<Element>.stride / 4
    precondition(MemoryLayout<Element>.stride % 4 == 0)
    add(number: array.count)
    array.withUnsafeBytes { raw in
      let words = raw.bindMemory(to: UInt32.self)
      for column in 0..<width { add(column: stride(from: column, to: words.count, by: width).map { words[$0] }) }
    }
  }

  private mutating func add(column: [UInt32]) {
    var previous: UInt32 = 0
    let differences = column.map { word in
      defer { previous = word }
      return ColumnWriter.folded(word &- previous)
    }
    let isShorter = length(differences) < length(column)
    bytes.append(isShorter ? 1 : 0)
    for word in isShorter ? differences : column { add(word) }
  }

  /// A signed number as an unsigned one that is small where the other is near zero.
  private static func folded(_ word: UInt32) -> UInt32 {
    let signed = Int32(bitPattern: word)
    return UInt32(bitPattern: (signed << 1) ^ (signed >> 31))
  }

  private func length(_ words: [UInt32]) -> Int {
    words.reduce(0) { $0 + max(1, (38 - $1.leadingZeroBitCount) / 7) }
  }

  private mutating func add(_ word: UInt32) {
    var rest = word
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Takes back what a `ColumnWriter` wrote. After a failure everything is empty.
package struct ColumnReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  private var hasFailed = false

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether everything was taken, without a failure.
  package var isComplete: Bool { !hasFailed && offset == bytes.count }

  package mutating func takeNumber() -> Int { Int(takeWord()) }

  package mutating func takeBytes() -> [UInt8] {
    let count = takeNumber()
    guard !hasFailed, count <= bytes.count - offset else { return fail([]) }
    defer { offset += count }
    return Array(bytes[offset..<(offset + count)])
  }

  package mutating func takeText() -> String { String(decoding: takeBytes(), as: UTF8.self) }

  /// Takes an array whose elements consist of 32-bit words.
  package mutating func take<Element: BitwiseCopyable>() -> [Element] {
    let width = MemoryLayout<Element>.stride / 4
    let count = takeNumber()
    // Each word takes a byte at least.
    guard !hasFailed, count * width <= bytes.count - offset else { return fail([]) }
    return [Element](unsafeUninitializedCapacity: count) { target, initialized in
      let words = UnsafeMutableRawBufferPointer(target).bindMemory(to: UInt32.self)
      for column in 0..<width { takeColumn(words, first: column, width: width, count: count) }
      initialized = hasFailed ? 0 : count
    }
  }

  private mutating func takeColumn(
    _ words: UnsafeMutableBufferPointer<UInt32>, first: Int, width: Int, count: Int
  ) {
    guard offset < bytes.count, bytes[offset] <= 1 else { return fail(()) }
    let isDifference = bytes[offset] == 1
    offset += 1
    var previous: UInt32 = 0
    var place = first
    for _ in 0..<count {
      let word = takeWord()
      if isDifference {
        previous &+= (word >> 1) ^ (0 &- (word & 1))
        words[place] = previous
      } else {
        words[place] = word
      }
      place += width
    }
  }

  private mutating func takeWord() -> UInt32 {
    var word: UInt32 = 0
    var shift: UInt32 = 0
    while offset < bytes.count, shift < 35 {
      let byte = bytes[offset]
      offset += 1
      word |= UInt32(byte & 0x7F) << shift
      if byte < 0x80 { return word }
      shift += 7
    }
    return fail(0)
  }

  private mutating func fail<Result>(_ result: Result) -> Result {
    hasFailed = true
    offset = bytes.count
    return result
  }
}
