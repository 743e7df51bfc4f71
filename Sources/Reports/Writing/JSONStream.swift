import RustDump

/// Writes JSON into a byte buffer, in the order in which it is told to.
///
/// Strings are always valid: control characters are escaped, and bytes that are not UTF-8 become U+FFFD.
public struct JSONStream {
  public var output: ByteOutput
  /// For each open object or array whether a comma is due.
  private var commas: [Bool] = []
  private var afterKey = false

  public init(_ output: ByteOutput = ByteOutput()) { self.output = output }

  /// What has been written, when the output keeps it.
  public var bytes: [UInt8] { output.bytes }

  private mutating func prepareValue() {
    if afterKey {
      afterKey = false
      return
    }
    guard let last = commas.indices.last else { return }
    if commas[last] { output.append(UInt8(ascii: ",")) }
    commas[last] = true
  }

  /// Starts a new line, for readers of the text; to be called before an element.
  public mutating func line(indent: Int) {
    if let last = commas.indices.last, commas[last] {
      output.append(UInt8(ascii: ","))
      commas[last] = false
    }
    output.append("\n")
    for _ in 0..<indent { output.append(UInt8(ascii: " ")) }
  }

  /// Starts a new line before the end of an object or array.
  public mutating func closingLine() { output.append("\n") }

  public mutating func beginObject() {
    prepareValue()
    output.append(UInt8(ascii: "{"))
    commas.append(false)
  }

  public mutating func endObject() {
    commas.removeLast()
    output.append(UInt8(ascii: "}"))
  }

  public mutating func beginArray() {
    prepareValue()
    output.append(UInt8(ascii: "["))
    commas.append(false)
  }

  public mutating func endArray() {
    commas.removeLast()
    output.append(UInt8(ascii: "]"))
  }

  public mutating func key(_ name: String) {
    prepareValue()
    quote(name)
    output.append(UInt8(ascii: ":"))
    afterKey = true
  }

  public mutating func string(_ value: String) {
    prepareValue()
    quote(value)
  }

  /// A text of a name table.
  public mutating func name(_ value: NameID, of names: NameTable) {
    prepareValue()
    names.withBytes(of: value) { bytes in
      if bytes.allSatisfy(JSONStream.isPlain) {
        output.append(UInt8(ascii: "\""))
        output.append(bytes)
        output.append(UInt8(ascii: "\""))
      } else {
        quote(String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  public mutating func integer(_ value: some BinaryInteger) {
    prepareValue()
    output.append(String(value))
  }

  /// A number with three digits behind the point.
  public mutating func seconds(_ value: Double) {
    prepareValue()
    let thousandths = value.isFinite && value > 0 && value < 1e12 ? Int((value * 1000).rounded()) : 0
    let fraction = String(thousandths % 1000)
    output.append("\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction)
  }

  /// A share with five digits behind the point, rounded down: only all is 1, and so is nothing of nothing.
  public mutating func fraction(_ part: Int, of whole: Int) {
    prepareValue()
    let parts = whole > 0 ? min(max(part, 0), whole) * 100_000 / whole : 100_000
    let digits = String(parts % 100_000)
    output.append("\(parts / 100_000)." + String(repeating: "0", count: 5 - digits.count) + digits)
  }

  public mutating func bool(_ value: Bool) {
    prepareValue()
    output.append(value ? "true" : "false")
  }

  public mutating func null() {
    prepareValue()
    output.append("null")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func quote(_ text: String) {
    output.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(JSONStream.isPlain) {
      output.append(text)
    } else {
      for byte in text.utf8 { escape(byte) }
    }
    output.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): output.append("\\\"")
    case UInt8(ascii: "\\"): output.append("\\\\")
    case UInt8(ascii: "\n"): output.append("\\n")
    case UInt8(ascii: "\r"): output.append("\\r")
    case UInt8(ascii: "\t"): output.append("\\t")
    case 0..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      output.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    default: output.append(byte)
    }
  }
}

extension JSONStream {
  public mutating func field(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  public mutating func field(_ name: String, _ value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  public mutating func field(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  public mutating func field(_ name: String, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  public mutating func field(_ name: String, _ value: NameID, of names: NameTable) {
    key(name)
    self.name(value, of: names)
  }
}
