/// Compares names in which `?` stands for any type or constant with names of instances. `?=` may be missing: symbols leave
/// out arguments at the end of a list that are the parameters' defaults.
enum NamePattern {
  /// Whether an instance may be of a definition.
  static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var left = 0
    var right = 0
    while left < pattern.count {
      if let next = skipOmitted(pattern, left, text, right) {
        left = next
        continue
      }
      if pattern[left] == UInt8(ascii: "?") {
        guard let end = endOfArgument(text, right) else { return false }
        left += isOmissible(pattern, left) ? 2 : 1
        right = end
        continue
      }
      guard right < text.count, pattern[left] == text[right] else { return false }
      left += 1
      right += 1
    }
    return right == text.count
  }

  private static func isOmissible(_ pattern: [UInt8], _ place: Int) -> Bool {
    place + 1 < pattern.count && pattern[place] == UInt8(ascii: "?") && pattern[place + 1] == UInt8(ascii: "=")
  }

  /// Where the pattern goes on if the text leaves out arguments that have defaults: `, ?=` at the end of a list, or a whole
  /// list of such.
  private static func skipOmitted(_ pattern: [UInt8], _ left: Int, _ text: [UInt8], _ right: Int) -> Int? {
    let follows = right < text.count ? text[right] : 0
    if pattern[left] == UInt8(ascii: ","), follows == UInt8(ascii: ">") {
      return isOmissible(pattern, left + 2) ? left + 4 : nil
    }
    guard pattern[left] == UInt8(ascii: "<"), follows != UInt8(ascii: "<"), isOmissible(pattern, left + 1) else {
      return nil
    }
    var place = left + 3
    while place < pattern.count, pattern[place] == UInt8(ascii: ","), isOmissible(pattern, place + 2) { place += 4 }
    return place < pattern.count && pattern[place] == UInt8(ascii: ">") ? place + 1 : nil
  }

  /// Where the type or constant that starts at a place ends.
  private static func endOfArgument(_ text: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ">"):
        // The arrow of a function's result is no bracket.
        if index > start, text[index - 1] == UInt8(ascii: "-") { break }
        guard depth > 0 else { return index > start ? index : nil }
        depth -= 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard depth > 0 else { return index > start ? index : nil }
        depth -= 1
      case UInt8(ascii: ","), UInt8(ascii: ";"):
        if depth == 0 { return index > start ? index : nil }
      case UInt8(ascii: " "):
        if depth == 0, text[index...].starts(with: " as ".utf8) { return index > start ? index : nil }
      default: break
      }
      index += 1
    }
    return index > start ? index : nil
  }

  /// The name without generic arguments, and with nothing in the brackets of impls: instances and their definition have the
  /// same.
  static func skeleton(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var depth = 0
    var isImpl = false
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "<"):
        if depth == 0 {
          isImpl = index == 0 || text[index - 1] == UInt8(ascii: ":")
          if isImpl { result.append(byte) }
        }
        depth += 1
      case UInt8(ascii: ">"):
        if index > 0, text[index - 1] == UInt8(ascii: "-") { continue }
        depth -= 1
        if depth == 0, isImpl { result.append(byte) }
      default: if depth == 0 { result.append(byte) }
      }
    }
    return result
  }
}
