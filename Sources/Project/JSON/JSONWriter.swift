import CJSONC

extension JSONValue {
  /// The value as JSON text through json-c, with a newline at the end.
  ///
  /// - Parameter pretty: one line a value, indented by two spaces; else all in one line.
  public func serialized(pretty: Bool = true) -> [UInt8] {
    let object = built()
    defer { json_object_put(object) }
    let layout = pretty ? JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED : JSON_C_TO_STRING_PLAIN
    var length = 0
    guard let text = json_object_to_json_string_length(object, layout | JSON_C_TO_STRING_NOSLASHESCAPE, &length)
    else { return Array("null\n".utf8) }
    return Array(UnsafeRawBufferPointer(start: text, count: length)) + [UInt8(ascii: "\n")]
  }

  /// The value as an object of json-c, which belongs to the caller.
  private func built() -> OpaquePointer? {
    switch self {
    case .null: return nil
    case .boolean(let value): return json_object_new_boolean(value ? 1 : 0)
    case .integer(let value): return json_object_new_int64(value)
    case .number(let value): return value.isFinite ? json_object_new_double_s(value, "\(value)") : nil
    case .string(var text): return text.withUTF8 { Self.string($0) }
    case .array(let values):
      let array = json_object_new_array()
      for value in values { json_object_array_add(array, value.built()) }
      return array
    case .object(let fields):
      let object = json_object_new_object()
      for field in fields { json_object_object_add(object, field.name, field.value.built()) }
      return object
    }
  }

  private static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
    bytes.withMemoryRebound(to: CChar.self) { json_object_new_string_len($0.baseAddress ?? emptyText, Int32($0.count)) }
  }

  private static var emptyText: UnsafePointer<CChar> {
    UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
