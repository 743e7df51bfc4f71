/// Looks at the beginning and the end of a dump's files: whether they are text that rustc has printed to its end.
///
/// What is wrong in the middle, the readers find.
enum DumpText {
  private static let sampleSize = 4096

  /// Checks the dumps of a unit that are there.
  ///
  /// - Throws: a `Failure` that names file and line of the first one that cannot be a whole dump.
  static func check(_ unit: Unit) throws {
    for form in DumpForm.allCases {
      guard let path = unit.dumpFile(form) else { continue }
      let file = try MappedFile(path: path)
      if let damage = file.withBytes({ damage(in: $0, form) }) {
        throw Failure(damage.message, file: path, line: damage.line, advice: "dump the unit again")
      }
    }
  }

  private struct Damage {
    var message: String
    var line: Int
  }

  private static func damage(in bytes: UnsafeRawBufferPointer, _ form: DumpForm) -> Damage? {
    guard let last = bytes.last else { return Damage(message: "the dump is empty", line: 1) }
    if let zero = bytes.prefix(sampleSize).firstIndex(of: 0) {
      return Damage(message: "not a dump: it is no text", line: lineNumber(of: zero, in: bytes))
    }
    let isWhole = last == UInt8(ascii: "\n") && (form != .mir || endsLikeMIR(bytes))
    return isWhole
      ? nil : Damage(message: "the dump is cut off", line: lineNumber(of: bytes.count - 1, in: bytes))
  }

  /// An item of MIR ends at the left margin, with a brace or a semicolon; memory without bytes in one line with braces. A dump without items is only a comment.
  private static func endsLikeMIR(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let newline = UInt8(ascii: "\n")
    var end = bytes.count
    while end > 0, bytes[end - 1] == newline { end -= 1 }
    guard end > 0 else { return false }
    var start = end
    while start > 0, bytes[start - 1] != newline, end - start < sampleSize { start -= 1 }
    let first = bytes[start]
    return first == UInt8(ascii: "/") || first == UInt8(ascii: "}")
      || [UInt8(ascii: ";"), UInt8(ascii: "}")].contains(bytes[end - 1]) && first != UInt8(ascii: " ")
  }

  private static func lineNumber(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }
}
