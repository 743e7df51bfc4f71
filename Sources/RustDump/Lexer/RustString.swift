/// Undoes the quoting of string literals.
enum RustString {
  /// The bytes that a string literal of any kind stands for. An escape that is not known stays as it is.
  static func value(of literal: UnsafeRawBufferPointer) -> [UInt8] {
    guard let quote = literal.firstIndex(of: Ascii.quote), let close = literal.lastIndex(of: Ascii.quote), close > quote
    else { return [] }
    let content = literal[(quote + 1)..<close]
    let isRaw = literal[..<quote].contains(0x72)
    guard !isRaw, content.contains(Ascii.backslash) else { return Array(content) }
    return unescaped(Array(content))
  }

  private static func unescaped(_ content: [UInt8]) -> [UInt8] {
    var value: [UInt8] = []
    value.reserveCapacity(content.count)
    var index = 0
    while index < content.count {
      guard content[index] == Ascii.backslash, index + 1 < content.count else {
        value.append(content[index])
        index += 1
        continue
      }
      index += appendEscape(content[index...], to: &value)
    }
    return value
  }

  /// Appends what the escape at the beginning stands for. Gives its length, at least 1.
  private static func appendEscape(_ escape: ArraySlice<UInt8>, to value: inout [UInt8]) -> Int {
    let start = escape.startIndex
    switch escape[start + 1] {
    case 0x6E: value.append(0x0A)
    case 0x72: value.append(0x0D)
    case 0x74: value.append(0x09)
    case 0x30: value.append(0)
    case Ascii.backslash, Ascii.quote, Ascii.apostrophe: value.append(escape[start + 1])
    case 0x78: return appendHexadecimal(escape, to: &value)
    case 0x75: return appendScalar(escape, to: &value)
    case Ascii.newline: return continuationLength(escape)
    default:
      value.append(Ascii.backslash)
      return 1
    }
    return 2
  }

  /// `\x1F`
  private static func appendHexadecimal(_ escape: ArraySlice<UInt8>, to value: inout [UInt8]) -> Int {
    let digits = String(decoding: escape.dropFirst(2).prefix(2), as: UTF8.self)
    guard let byte = UInt8(digits, radix: 16) else {
      value.append(Ascii.backslash)
      return 1
    }
    value.append(byte)
    return 4
  }

  /// `\u{1F600}`
  private static func appendScalar(_ escape: ArraySlice<UInt8>, to value: inout [UInt8]) -> Int {
    let digits = escape.dropFirst(3).prefix(12).prefix { $0 != Ascii.closeBrace }
    let cleaned = String(decoding: digits.filter { $0 != Ascii.underscore }, as: UTF8.self)
    guard let number = UInt32(cleaned, radix: 16), let scalar = Unicode.Scalar(number) else {
      value.append(Ascii.backslash)
      return 1
    }
    value.append(contentsOf: String(Character(scalar)).utf8)
    return digits.count + 4
  }

  /// A backslash at the end of a line swallows the white space behind it.
  private static func continuationLength(_ escape: ArraySlice<UInt8>) -> Int {
    1 + escape.dropFirst().prefix { $0 == Ascii.space || ($0 >= 0x09 && $0 <= 0x0D) }.count
  }
}
