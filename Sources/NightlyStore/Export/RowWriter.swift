/// A value of an exported row.
enum ExportValue {
  case none
  case integer(Int64)
  case number(Double)
  case text(String)
}

/// Writes rows as JSON Lines or CSV.
struct RowWriter {
  var bytes: [UInt8] = []
  private let format: StoreExport.Format
  private let columns: [String]

  init(format: StoreExport.Format, columns: [String]) {
    self.format = format
    self.columns = columns
    if format == .csv { add(csv: columns.map { .text($0) }) }
  }

  mutating func add(_ values: [ExportValue]) {
    switch format {
    case .csv: add(csv: values)
    case .jsonl: add(json: values)
    }
  }

  private mutating func add(csv values: [ExportValue]) {
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch value {
      case .none: break
      case .integer(let number): append("\(number)")
      case .number(let number): append("\(number)")
      case .text(let text): add(csv: text)
      }
    }
    append("\r\n")
  }

  /// A text with a comma, a quotation mark or an end of line stands in quotation marks.
  private mutating func add(csv text: String) {
    let special: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.utf8.contains(where: special.contains) else { return append(text) }
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func add(json values: [ExportValue]) {
    append("{")
    for (index, value) in values.enumerated() {
      if index > 0 { append(",") }
      quote(columns[index])
      append(":")
      switch value {
      case .none: append("null")
      case .integer(let number): append("\(number)")
      case .number(let number): append("\(number)")
      case .text(let text): quote(text)
      }
    }
    append("}\n")
  }

  private mutating func quote(_ text: String) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): append("\\n")
      case ..<0x20: bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
