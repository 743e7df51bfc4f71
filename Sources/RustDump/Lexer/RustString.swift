/// The value of string tokens.
public enum RustString {
  /// The bytes that a string token of any kind stands for: without prefix and quotes, with escapes resolved.
  ///
  /// - Returns: the token's own bytes if it is not a string.
  public static func value(of token: RustToken, in text: ByteText) -> [UInt8] {
    var start = token.start
    var isRaw = false
    while start < token.end, isIdentifierByte(text[start]) {
      isRaw = isRaw || text[start] == 0x72
      start += 1
    }
    var hashes = 0
    while isRaw, text[start] == Ascii.hash {
      hashes += 1
      start += 1
    }
    guard token.kind == .string, text[start] == Ascii.quote else {
      return Array(text.slice(token.start..<token.end))
    }
    let end = max(start + 1, token.end - 1 - hashes)
    if isRaw { return Array(text.slice((start + 1)..<end)) }
    return unescaped(text, (start + 1)..<end)
  }

  private static func unescaped(_ text: ByteText, _ range: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = text[position]
      position += 1
      guard byte == Ascii.backslash, position < range.upperBound else {
        output.append(byte)
        continue
      }
      let escape = text[position]
      position += 1
      switch escape {
      case 0x6E: output.append(Ascii.newline)
      case 0x72: output.append(0x0D)
      case 0x74: output.append(0x09)
      case 0x30: output.append(0)
      case 0x78: appendByte(text, &position, range.upperBound, &output)
      case 0x75: appendScalar(text, &position, range.upperBound, &output)
      case Ascii.newline:
        while position < range.upperBound, text[position] <= Ascii.space { position += 1 }
      default: output.append(escape)
      }
    }
    return output
  }

  /// `\xNN`, the cursor behind the `x`.
  private static func appendByte(_ text: ByteText, _ position: inout Int, _ end: Int, _ output: inout [UInt8]) {
    var value: UInt8 = 0
    let last = min(position + 2, end)
    while position < last, let digit = digit(text[position]) {
      value = value &* 16 &+ UInt8(digit)
      position += 1
    }
    output.append(value)
  }

  /// `\u{N..}`, the cursor behind the `u`.
  private static func appendScalar(_ text: ByteText, _ position: inout Int, _ end: Int, _ output: inout [UInt8]) {
    guard position < end, text[position] == Ascii.openBrace else { return }
    position += 1
    var value: UInt32 = 0
    while position < end, text[position] != Ascii.closeBrace {
      if let digit = digit(text[position]) { value = (value & 0x0FFF_FFFF) &* 16 &+ UInt32(digit) }
      position += 1
    }
    position = min(position + 1, end)
    output.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x61...0x66: Int(byte) - 0x61 + 10
    case 0x41...0x46: Int(byte) - 0x41 + 10
    default: nil
    }
  }
}
