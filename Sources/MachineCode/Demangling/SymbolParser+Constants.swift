extension SymbolParser {
  mutating func plainConstant() throws(Malformed) -> Int {
    let letter = try next()
    switch letter {
    case UInt8(ascii: "p"): return try make(.placeholder, name: "_")
    case UInt8(ascii: "b"), UInt8(ascii: "c"): return try make(.constant, name: try scalar(letter))
    case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "l"), UInt8(ascii: "x"), UInt8(ascii: "n"),
      UInt8(ascii: "i"), UInt8(ascii: "h"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "y"),
      UInt8(ascii: "o"), UInt8(ascii: "j"):
      let sign = take("n") ? "-" : ""
      return try make(.constant, name: sign + Self.decimalText(try hexadecimal()))
    case UInt8(ascii: "e"): return try make(.structuredConstant, tag: letter, name: try text())
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      return try make(.structuredConstant, tag: letter, [try constant()])
    case UInt8(ascii: "A"), UInt8(ascii: "T"):
      var parts: [Int] = []
      while !take("E") { parts.append(try constant()) }
      return try make(.structuredConstant, tag: letter, parts)
    case UInt8(ascii: "V"): return try variant()
    default: throw Malformed()
    }
  }

  private mutating func hexadecimal() throws(Malformed) -> ArraySlice<UInt8> {
    let start = position
    while true {
      switch try next() {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
      case UInt8(ascii: "_"): return bytes[start..<(position - 1)]
      default: throw Malformed()
      }
    }
  }

  private mutating func scalar(_ letter: UInt8) throws(Malformed) -> String {
    guard let value = UInt32(String(decoding: try hexadecimal(), as: UTF8.self), radix: 16) else { throw Malformed() }
    if letter == UInt8(ascii: "b") {
      guard value < 2 else { throw Malformed() }
      return value == 1 ? "true" : "false"
    }
    guard let character = Unicode.Scalar(value) else { throw Malformed() }
    return "'\(character)'"
  }

  private mutating func text() throws(Malformed) -> String {
    let digits = Array(try hexadecimal())
    guard digits.count % 2 == 0 else { throw Malformed() }
    var content: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      content.append(Self.digit(digits[index]) << 4 | Self.digit(digits[index + 1]))
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func variant() throws(Malformed) -> Int {
    var children = [try path()]
    let form = try next()
    switch form {
    case UInt8(ascii: "U"): break
    case UInt8(ascii: "T"):
      while !take("E") { children.append(try constant()) }
    case UInt8(ascii: "S"):
      while !take("E") {
        _ = try disambiguator()
        let name = try identifier()
        children.append(try make(.binding, name: name, [try constant()]))
      }
    default: throw Malformed()
    }
    // Small letters, since capital ones stand for other constants.
    return try make(.structuredConstant, tag: form | 0x20, children)
  }

  private static func digit(_ byte: UInt8) -> UInt8 { byte <= UInt8(ascii: "9") ? byte & 15 : (byte & 15) + 9 }

  /// Numbers that 64 bits hold in decimal, others as they stand.
  private static func decimalText(_ digits: ArraySlice<UInt8>) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    guard !text.isEmpty else { return "0" }
    return UInt64(text, radix: 16).map { String($0) } ?? "0x" + text
  }
}
