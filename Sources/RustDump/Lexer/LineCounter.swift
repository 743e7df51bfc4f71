/// Line numbers of offsets that are asked for in ascending order: each byte is looked at once.
public struct LineCounter: Sendable {
  /// Everything before this offset is counted.
  private var offset = 0
  private var line: UInt32 = 1
  /// Where the line of the last answer begins.
  public private(set) var lineStart = 0

  public init() {}

  /// The number, from 1, of the line at an offset. For an offset before that of the last call, the line of the last call.
  public mutating func line(at target: Int, in text: ByteText) -> UInt32 {
    let end = min(target, text.count)
    while offset < end {
      let newline = text.find(Ascii.newline, from: offset, to: end)
      guard newline < end else {
        offset = end
        break
      }
      offset = newline + 1
      lineStart = offset
      line &+= 1
    }
    return line
  }
}
