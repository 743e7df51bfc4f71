import CJSONC

/// Reads JSON through json-c, with bounds on size, depth and number of values: the text may be hostile.
public struct JSONReader: Sendable {
  /// The most bytes of a text.
  public var maximumSize = 16 << 20
  /// The deepest nesting.
  public var maximumDepth = 64
  /// The most values, counted by commas and opening brackets. json-c takes about 50 bytes for each.
  public var maximumValues = 4_000_000

  public init() {}

  /// Reads a file.
  ///
  /// - Throws: a `Failure` that names file and line.
  public func read(file path: String) throws -> JSONValue {
    let file = try MappedFile(path: path)
    return try file.withBytes { bytes throws(Failure) in try read(bytes, name: path) }
  }

  /// Reads a text.
  ///
  /// - Parameter name: the file to name in errors.
  /// - Throws: a `Failure` with the line for text that is not JSON, not UTF-8 or too large.
  public func read(_ bytes: UnsafeRawBufferPointer, name: String) throws(Failure) -> JSONValue {
    guard bytes.count <= min(maximumSize, Int(Int32.max) - 1) else {
      throw Failure("too large: \(bytes.count) bytes of JSON, at most \(maximumSize) are read", file: name)
    }
    guard Self.countOfValues(bytes) <= maximumValues else {
      throw Failure("too large: more than \(maximumValues) values of JSON", file: name)
    }
    guard let tokener = json_tokener_new_ex(Int32(maximumDepth)) else { throw Failure("out of memory", file: name) }
    defer { json_tokener_free(tokener) }
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
    let root = json_tokener_parse_ex(tokener, bytes.assumingMemoryBound(to: CChar.self).baseAddress, Int32(bytes.count))
    defer { json_object_put(root) }
    var status = json_tokener_get_error(tokener)
    var offset = Int(json_tokener_get_parse_end(tokener))
    var value = JSONValue.null
    if status == json_tokener_continue {
      // A number at the end, or `null`, is complete only when the end of the text is seen.
      let ended = json_tokener_parse_ex(tokener, "", 1)
      defer { json_object_put(ended) }
      status = json_tokener_get_error(tokener)
      offset = bytes.count
      if status == json_tokener_success { value = Self.value(of: ended) }
    } else if status == json_tokener_success {
      value = Self.value(of: root)
    }
    guard status == json_tokener_success else {
      throw Failure(Self.explanation(status, maximumDepth), file: name, line: Self.line(of: offset, in: bytes))
    }
    return value
  }

  private static func explanation(_ status: json_tokener_error, _ maximumDepth: Int) -> String {
    switch status {
    case json_tokener_continue, json_tokener_error_parse_eof: "not JSON: the text ends too early"
    case json_tokener_error_depth: "JSON nested deeper than \(maximumDepth) levels"
    case json_tokener_error_parse_utf8_string: "not UTF-8"
    default: "not JSON: " + String(cString: json_tokener_error_desc(status))
    }
  }

  private static func countOfValues(_ bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    for byte in bytes where byte == 0x2C || byte == 0x5B || byte == 0x7B { count += 1 }
    return count
  }

  private static func line(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes.prefix(max(0, offset)).count { $0 == 0x0A }
  }

  /// The nesting is bounded by the tokener, so recursion is.
  private static func value(of object: OpaquePointer?) -> JSONValue {
    guard let object else { return .null }
    switch json_object_get_type(object) {
    case json_type_boolean: return .boolean(json_object_get_boolean(object) != 0)
    case json_type_int: return .integer(json_object_get_int64(object))
    case json_type_double: return .number(json_object_get_double(object))
    case json_type_string:
      let text = UnsafeRawBufferPointer(
        start: json_object_get_string(object), count: Int(json_object_get_string_len(object)))
      return .string(String(decoding: text, as: UTF8.self))
    case json_type_array:
      return .array((0..<json_object_array_length(object)).map { value(of: json_object_array_get_idx(object, $0)) })
    case json_type_object: return .object(fields(of: object))
    default: return .null
    }
  }

  private static func fields(of object: OpaquePointer) -> [JSONField] {
    var fields: [JSONField] = []
    fields.reserveCapacity(Int(json_object_object_length(object)))
    var iterator = json_object_iter_begin(object)
    var end = json_object_iter_end(object)
    while json_object_iter_equal(&iterator, &end) == 0 {
      let name = String(cString: json_object_iter_peek_name(&iterator))
      fields.append(JSONField(name, value(of: json_object_iter_peek_value(&iterator))))
      json_object_iter_next(&iterator)
    }
    return fields
  }
}
