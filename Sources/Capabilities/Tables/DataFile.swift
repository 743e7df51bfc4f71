/// What is wrong with a line of a data file that people review.
public struct DataFileError: Error, Sendable, CustomStringConvertible {
  /// The file's name, as the caller gave it.
  public var file: String
  /// The line, counted from 1; 0 when the whole file is meant.
  public var line: Int
  public var message: String

  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  public var description: String { line == 0 ? "\(file): \(message)" : "\(file):\(line): \(message)" }
}

/// A line of a data file, split into its columns.
struct DataLine {
  var number: Int
  var columns: [String]
}

/// A data file: UTF-8 lines with columns separated by one tab; `#` at the start of a line is a comment.
struct DataFile {
  var name: String
  var bytes: [UInt8]

  /// Calls `body` for every line that is neither empty nor a comment.
  ///
  /// - Throws: a `DataFileError` for a line that is not UTF-8, and what `body` throws.
  func forEachLine(_ body: (DataLine) throws -> Void) throws {
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      guard String(validating: line, as: UTF8.self) != nil else {
        throw DataFileError(file: name, line: number, message: "not UTF-8")
      }
      let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      try body(DataLine(number: number, columns: columns))
    }
  }

  func error(_ line: DataLine, _ message: String) -> DataFileError {
    DataFileError(file: name, line: line.number, message: message)
  }

  /// The patterns that the groups in braces of one pattern stand for: `a{b,c}d` gives `abd` and `acd`.
  ///
  /// - Throws: a `DataFileError` for a group that is not closed and for a pattern that stands for too many.
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
