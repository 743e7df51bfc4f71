/// Values of constant expressions that macros of std leave in types: `[T; (32 - 1) - 1]`.
enum ConstantText {
  /// Whether a text is a value as it stands: a number, a truth value, a character, a string.
  static func isLiteral(_ text: String) -> Bool {
    if text == "true" || text == "false" { return true }
    guard let first = text.utf8.first else { return false }
    switch first {
    case 0x30...0x39: return !text.utf8.contains(UInt8(ascii: " "))
    case UInt8(ascii: "-"): return text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return true
    default: return false
    }
  }

  /// The value of a text of numbers, `+`, `-`, `*` and parentheses; `nil` for anything else, for plain numbers too.
  static func value(_ text: String) -> Int? {
    guard text.utf8.count <= 400,
      text.utf8.contains(where: {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "(")
      })
    else {
      return nil
    }
    var parser = Parser(bytes: Array(text.utf8.filter { $0 != UInt8(ascii: " ") }))
    guard let value = parser.sum(0), parser.isAtEnd else { return nil }
    return value
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0
    var isAtEnd: Bool { position == bytes.count }

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func sum(_ depth: Int) -> Int? {
      guard depth < 100, var value = product(depth) else { return nil }
      while position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
        let isMinus = bytes[position] == UInt8(ascii: "-")
        position += 1
        guard let next = product(depth) else { return nil }
        let (result, overflow) =
          isMinus ? value.subtractingReportingOverflow(next) : value.addingReportingOverflow(next)
        if overflow { return nil }
        value = result
      }
      return value
    }

    private mutating func product(_ depth: Int) -> Int? {
      guard var value = atom(depth) else { return nil }
      while position < bytes.count, bytes[position] == UInt8(ascii: "*") {
        position += 1
        guard let next = atom(depth) else { return nil }
        let (result, overflow) = value.multipliedReportingOverflow(by: next)
        if overflow { return nil }
        value = result
      }
      return value
    }

    private mutating func atom(_ depth: Int) -> Int? {
      guard position < bytes.count else { return nil }
      if bytes[position] == UInt8(ascii: "(") {
        position += 1
        guard let value = sum(depth + 1), position < bytes.count, bytes[position] == UInt8(ascii: ")") else {
          return nil
        }
        position += 1
        return value
      }
      var value = 0
      let start = position
      while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39, position - start < 18 {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
      }
      return position > start ? value : nil
    }
  }
}
