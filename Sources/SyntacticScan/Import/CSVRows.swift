import Project
import RustDump

/// The rows of a text in CSV (RFC 4180): fields separated by commas, in quotes where they hold commas, quotes or line
/// ends.
///
/// Blanks around fields are dropped; cargo-scan separates by a comma and a blank.
struct CSVRows: Sequence {
  /// One row, and the line on which it begins.
  struct Row {
    var fields: [String]
    var line: Int
  }

  private let text: [UInt8]
  private let name: String

  init(_ text: [UInt8], name: String) {
    self.text = text
    self.name = name
  }

  func makeIterator() -> AnyIterator<Result<Row, Failure>> {
    var index = 0
    var line = 1
    return AnyIterator {
      guard index < text.count else { return nil }
      return row(&index, &line)
    }
  }

  private func row(_ index: inout Int, _ line: inout Int) -> Result<Row, Failure> {
    let quote = UInt8(ascii: "\"")
    var row = Row(fields: [], line: line)
    var field: [UInt8] = []
    var wasQuoted = false
    func finished() -> String {
      let text = String(decoding: field, as: UTF8.self)
      return wasQuoted ? text : text.trimmed
    }
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case quote where field.allSatisfy({ $0 == 0x20 }) && !wasQuoted:
        wasQuoted = true
        field = []
        guard readQuoted(&index, &line, &field) else {
          return .failure(Failure("a quoted field has no end", file: name, line: row.line))
        }
      case Ascii.comma:
        row.fields.append(finished())
        field = []
        wasQuoted = false
      case Ascii.newline:
        line += 1
        row.fields.append(finished())
        return .success(row)
      case 0x0D: break
      default: if !wasQuoted { field.append(byte) }
      }
    }
    row.fields.append(finished())
    return .success(row)
  }

  /// Reads to behind the closing quote; two quotes stand for one.
  private func readQuoted(_ index: inout Int, _ line: inout Int, _ field: inout [UInt8]) -> Bool {
    let quote = UInt8(ascii: "\"")
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == Ascii.newline { line += 1 }
      if byte != quote {
        field.append(byte)
      } else if index < text.count, text[index] == quote {
        field.append(quote)
        index += 1
      } else {
        return true
      }
    }
    return false
  }
}
