import Project

/// A line of a data file, split into its columns.
public struct DataLine: Sendable {
  /// Counted from 1.
  public var number: Int
  /// At least one.
  public var columns: [String]
}

/// A data file: UTF-8 lines with columns separated by one tab; `#` at the start of a line is a comment.
public struct DataFile: Sendable {
  /// For messages.
  public var name: String
  public var bytes: [UInt8]

  /// A file that has been read.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Calls `body` for every line that is neither empty nor a comment.
  ///
  /// - Throws: a `Failure` for a line that is not UTF-8, and what `body` throws.
  public func forEachLine(_ body: (DataLine) throws -> Void) throws {
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      guard String(validating: line, as: UTF8.self) != nil else {
        throw Failure("not UTF-8", file: name, line: number)
      }
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      try body(DataLine(number: number, columns: columns))
    }
  }

  /// What is wrong in a line.
  public func error(_ line: DataLine, _ message: String) -> Failure {
    Failure(message, file: name, line: line.number)
  }

  /// The patterns that the groups in braces of one pattern stand for: `a{b,c}d` gives `abd` and `acd`.
  ///
  /// - Throws: a `Failure` for a group that is not closed and for a pattern that stands for too many.
  func alternatives(of pattern: String, on line: DataLine) throws -> [String] {
    var heads = [""]
    var rest = Substring(pattern)
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { throw error(line, "a group in braces has no end") }
      let choices = rest[rest.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
      guard heads.count * choices.count <= 10_000 else { throw error(line, "the pattern stands for too many") }
      let text = rest[..<open]
      heads = heads.flatMap { head in choices.map { head + text + $0 } }
      rest = rest[rest.index(after: close)...]
    }
    return heads.map { $0 + rest }
  }
}
