/// Constants as symbols spell them.
enum LinkerConstant {
  /// The value of a literal: numbers in decimal, without their type; `nil` for what is no literal.
  static func text(_ source: String) -> String? {
    if source == "true" || source == "false" { return source }
    if source.utf8.first == UInt8(ascii: "'"), source.utf8.count > 2 { return source }
    let isNegative = source.hasPrefix("-")
    let digits = (isNegative ? source.dropFirst() : source[...]).replacing("_", with: "")
    guard let number = number(String(digits)) else { return nil }
    return (isNegative && number != 0 ? "-" : "") + String(number)
  }

  private static func number(_ text: String) -> UInt64? {
    var digits = text[...]
    for type in ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"]
    where digits.hasSuffix(type) {
      digits = digits.dropLast(type.count)
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return UInt64(digits.dropFirst(2), radix: radix)
    }
    return UInt64(digits)
  }
}
