import Project

/// Walks over the text of a TOML document and notes where keys, values and headers stand.
///
/// What it lets through has the form of TOML: the library behind it ends the process at some texts that have not.
struct OutlineScanner {
  private let text: [UInt8]
  private let file: String
  private let help: SettingsHelp
  private var at = 0
  private var line = 1
  private(set) var places: [SettingPlace] = []
  /// The table that pairs go into.
  private var current: [SettingStep] = []
  /// How many elements each array of tables has.
  private var lengths: [[SettingStep]: Int] = [:]
  /// What was missing where the text could not be followed any more.
  private var expected = ""

  init(text: [UInt8], file: String, help: SettingsHelp) {
    self.text = text
    self.file = file
    self.help = help
  }

  /// Follows the text to its end.
  ///
  /// - Throws: a `Failure` with the line where it is no TOML any more, or nests too deeply.
  mutating func scan() throws {
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    while true {
      skipBlank(overLines: true)
      guard at < text.count else { return }
      let isRead = text[at] == UInt8(ascii: "[") ? try scanHeader() : try scanPair(in: current, depth: 0)
      guard isRead, endsLine() else {
        throw Failure(
          "no TOML: expected \(expected)", file: file, line: line, advice: help.form, kind: .usage)
      }
    }
  }

  private mutating func endsLine() -> Bool {
    skipBlank(overLines: false)
    return at == text.count || text[at] == UInt8(ascii: "\n") || text[at] == UInt8(ascii: "\r")
      ? true : miss("the end of the line")
  }

  private mutating func miss(_ what: String) -> Bool {
    expected = what
    return false
  }

  private mutating func scanHeader() throws -> Bool {
    let (start, startLine) = (at, line)
    at += 1
    let isArray = take("[")
    guard let keys = try scanKey() else { return false }
    guard take("]"), !isArray || take("]") else { return miss("`]`") }
    var path = resolved(keys.dropLast())
    path.append(.key(keys[keys.count - 1]))
    if isArray {
      let index = lengths[path, default: 0]
      lengths[path] = index + 1
      path.append(.index(index))
    } else {
      path = lastElement(path)
    }
    try checkDepth(path)
    current = path
    places.append(
      SettingPlace(path: path, kind: .header, key: start..<at, value: start..<at, line: startLine))
    return true
  }

  /// The path of keys, where an array of tables stands for its last element.
  private func resolved(_ keys: some Sequence<String>) -> [SettingStep] {
    var path: [SettingStep] = []
    for key in keys {
      path.append(.key(key))
      path = lastElement(path)
    }
    return path
  }

  private func lastElement(_ path: [SettingStep]) -> [SettingStep] {
    guard let length = lengths[path], length > 0 else { return path }
    return path + [.index(length - 1)]
  }

  private mutating func scanPair(in table: [SettingStep], depth: Int) throws -> Bool {
    let (start, startLine) = (at, line)
    guard let keys = try scanKey() else { return false }
    var keyEnd = at
    while keyEnd > start, text[keyEnd - 1] == UInt8(ascii: " ") || text[keyEnd - 1] == UInt8(ascii: "\t") {
      keyEnd -= 1
    }
    guard take("=") else { return miss("`=`") }
    skipBlank(overLines: false)
    let path = table + keys.map(SettingStep.key)
    try checkDepth(path)
    let place = places.count
    places.append(
      SettingPlace(path: path, kind: .pair, key: start..<keyEnd, value: at..<at, line: startLine))
    guard try scanValue(path, depth: depth) else { return false }
    places[place].value = places[place].value.lowerBound..<at
    return true
  }

  /// A dotted key, and blanks behind it.
  private mutating func scanKey() throws -> [String]? {
    var keys: [String] = []
    repeat {
      skipBlank(overLines: false)
      guard let key = scanSimpleKey() else {
        if expected.isEmpty { expected = "a key" }
        return nil
      }
      keys.append(key)
      guard keys.count <= SourceOutline.maximumDepth else { throw tooDeep() }
      skipBlank(overLines: false)
    } while take(".")
    return keys
  }

  private mutating func scanSimpleKey() -> String? {
    guard at < text.count else { return nil }
    if text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") {
      let start = at
      // A key of several lines is none.
      let isLong = text[at...].starts(with: [text[at], text[at], text[at]])
      guard !isLong, scanString() else { return nil }
      return BasicString.content(of: text[start..<at])
    }
    let start = at
    while at < text.count, Self.isBareKey(text[at]) { at += 1 }
    return at > start ? String(decoding: text[start..<at], as: UTF8.self) : nil
  }

  private static func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func scanValue(_ path: [SettingStep], depth: Int) throws -> Bool {
    guard depth <= SourceOutline.maximumDepth else { throw tooDeep() }
    guard at < text.count else { return miss("a value") }
    switch text[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return scanString()
    case UInt8(ascii: "["): return try scanArray(path, depth: depth + 1)
    case UInt8(ascii: "{"): return try scanInlineTable(path, depth: depth + 1)
    default:
      let start = at
      while at < text.count, Self.isScalar(text[at]) { at += 1 }
      while at > start, text[at - 1] == UInt8(ascii: " ") { at -= 1 }
      return at > start || miss("a value")
    }
  }

  /// What numbers, dates and truth values are made of; a date and its time may have a blank between them.
  private static func isScalar(_ byte: UInt8) -> Bool {
    isBareKey(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: " ")
  }

  private mutating func scanArray(_ path: [SettingStep], depth: Int) throws -> Bool {
    at += 1
    var index = 0
    while true {
      skipBlank(overLines: true)
      if take("]") { return true }
      let element = path + [.index(index)]
      let (start, startLine) = (at, line)
      let place = places.count
      places.append(
        SettingPlace(path: element, kind: .element, key: start..<start, value: start..<start, line: startLine))
      guard try scanValue(element, depth: depth) else { return false }
      places[place].value = start..<at
      places[place].key = start..<at
      index += 1
      skipBlank(overLines: true)
      if take(",") { continue }
      return take("]") || miss("`,` or `]`")
    }
  }

  private mutating func scanInlineTable(_ path: [SettingStep], depth: Int) throws -> Bool {
    at += 1
    skipBlank(overLines: false)
    if take("}") { return true }
    repeat {
      skipBlank(overLines: false)
      guard try scanPair(in: path, depth: depth) else { return false }
      skipBlank(overLines: false)
    } while take(",")
    return take("}") || miss("`,` or `}`")
  }

  /// A string of any of the four kinds.
  private mutating func scanString() -> Bool {
    let quote = text[at]
    let isLong = at + 2 < text.count && text[at + 1] == quote && text[at + 2] == quote
    at += isLong ? 3 : 1
    while at < text.count {
      let byte = text[at]
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "\n") { line += 1 }
        at += 2
        continue
      }
      if byte == UInt8(ascii: "\n") {
        guard isLong else { return miss("the end of the string") }
        line += 1
      }
      at += 1
      guard byte == quote else { continue }
      if !isLong { return true }
      guard at + 1 < text.count, text[at] == quote, text[at + 1] == quote else { continue }
      at += 2
      // Up to two quotes may stand before the closing three.
      var extra = 0
      while at < text.count, text[at] == quote, extra < 2 {
        at += 1
        extra += 1
      }
      return true
    }
    return miss("the end of the string")
  }

  private mutating func skipBlank(overLines: Bool) {
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
      case UInt8(ascii: "#"):
        while at < text.count, text[at] != UInt8(ascii: "\n") { at += 1 }
      case UInt8(ascii: "\r") where overLines: at += 1
      case UInt8(ascii: "\n") where overLines:
        line += 1
        at += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private func checkDepth(_ path: [SettingStep]) throws {
    guard path.count <= SourceOutline.maximumDepth else { throw tooDeep() }
  }

  private func tooDeep() -> Failure {
    Failure("nests too deeply", file: file, line: line, kind: .usage)
  }
}

/// The content of a quoted key.
package enum BasicString {
  /// The text between the quotes, with escapes replaced.
  package static func content(of quoted: ArraySlice<UInt8>) -> String {
    let inner = quoted.dropFirst().dropLast()
    let text = String(decoding: inner, as: UTF8.self)
    guard quoted.first == UInt8(ascii: "\""), inner.contains(UInt8(ascii: "\\")) else { return text }
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "\\", let escape = scalars.next() else {
        result.append(scalar)
        continue
      }
      switch escape {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "b": result.append("\u{8}")
      case "f": result.append("\u{C}")
      case "u", "U":
        var digits = ""
        for _ in 0..<(escape == "u" ? 4 : 8) { if let digit = scalars.next() { digits.unicodeScalars.append(digit) } }
        result.append(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
      default: result.append(escape)
      }
    }
    return String(result)
  }

  /// A text as TOML writes it between quotes.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
