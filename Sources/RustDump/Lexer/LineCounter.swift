/// Gives the line of an offset. Fast as long as each offset is near the one before.
struct LineCounter {
  private let text: ByteText
  private var offset = 0
  private var line: UInt32 = 1

  init(_ text: ByteText) { self.text = text }

  /// The line of an offset, from 1.
  mutating func line(at target: Int) -> UInt32 {
    let target = max(0, min(target, text.count))
    if target >= offset { line &+= newlines(offset..<target) } else { line &-= newlines(target..<offset) }
    offset = target
    return line
  }

  private func newlines(_ range: Range<Int>) -> UInt32 {
    var count: UInt32 = 0
    for byte in text.slice(range) where byte == Ascii.newline { count &+= 1 }
    return count
  }
}
