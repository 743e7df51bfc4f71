/// Identifiers that are not ASCII, as v0 symbols spell them: RFC 3492 with `_` as the delimiter.
enum Punycode {
  /// The text; `nil` if malformed.
  static func decode(_ bytes: ArraySlice<UInt8>) -> String? {
    let split = bytes.lastIndex(of: UInt8(ascii: "_"))
    var output = split.map { bytes[bytes.startIndex..<$0].map { UInt32($0) } } ?? []
    var rest = bytes[(split.map { $0 + 1 } ?? bytes.startIndex)...]
    guard !rest.isEmpty else { return nil }
    var code: UInt32 = 128
    var index: UInt32 = 0
    var bias: UInt32 = 72
    while !rest.isEmpty {
      let start = index
      var weight: UInt32 = 1
      var place: UInt32 = 36
      while true {
        guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
        let (step, isTooLarge) = digit.multipliedReportingOverflow(by: weight)
        let (sum, overflows) = index.addingReportingOverflow(step)
        guard !isTooLarge, !overflows else { return nil }
        index = sum
        let threshold = place <= bias ? 1 : place >= bias + 26 ? 26 : place - bias
        if digit < threshold { break }
        let (product, isTooHeavy) = weight.multipliedReportingOverflow(by: 36 - threshold)
        guard !isTooHeavy else { return nil }
        weight = product
        place += 36
      }
      let count = UInt32(output.count) + 1
      bias = adapted(index - start, count, isFirst: start == 0)
      let (sum, overflows) = code.addingReportingOverflow(index / count)
      guard !overflows, Unicode.Scalar(sum) != nil else { return nil }
      code = sum
      index %= count
      output.insert(code, at: Int(index))
      index += 1
    }
    var text = String.UnicodeScalarView()
    for value in output {
      guard let scalar = Unicode.Scalar(value) else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 26
    default: nil
    }
  }

  private static func adapted(_ distance: UInt32, _ count: UInt32, isFirst: Bool) -> UInt32 {
    var delta = isFirst ? distance / 700 : distance / 2
    delta += delta / count
    var result: UInt32 = 0
    while delta > 455 {
      delta /= 35
      result += 36
    }
    return result + 36 * delta / (delta + 38)
  }
}
