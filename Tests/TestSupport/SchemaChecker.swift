import Foundation
import Project

/// Checks JSON against the parts of JSON Schema that this repository's schema files use.
///
/// A keyword that it does not know is an error, so that no rule of a schema goes unchecked.
public struct SchemaChecker {
  private let root: JSONValue
  private(set) var errors: [String] = []

  init(file: String) throws {
    root = try JSONReader().read(file: TestTables.repository.appendingPathComponent("docs/schema/\(file)").path)
  }

  /// What is wrong with a text of JSON.
  public static func errors(_ bytes: [UInt8], schema file: String) throws -> [String] {
    var checker = try SchemaChecker(file: file)
    checker.check(try value(bytes), checker.root, "$")
    return checker.errors
  }

  /// The value of a text of JSON.
  public static func value(_ bytes: [UInt8]) throws -> JSONValue {
    try bytes.withUnsafeBytes { try JSONReader().read($0, name: "text") }
  }

  private static let silent: Set<String> = ["$schema", "$id", "title", "$defs"]

  private mutating func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) {
    for rule in schema.fields ?? [] where !SchemaChecker.silent.contains(rule.name) {
      if !holds(rule, value, path, schema) { errors.append("\(path): \(rule.name)") }
    }
  }

  private mutating func holds(_ rule: JSONField, _ value: JSONValue, _ path: String, _ schema: JSONValue) -> Bool {
    let number = rule.value.integer ?? 0
    switch rule.name {
    case "$ref":
      guard let name = rule.value.string, let target = root["$defs"]?[name.replacing("#/$defs/", with: "")] else {
        return false
      }
      check(value, target, path)
    case "type": return (rule.value.array ?? [rule.value]).contains { SchemaChecker.isOf(type: $0.string, value) }
    case "const": return rule.value == value
    case "enum": return rule.value.array?.contains(value) ?? false
    case "required": return (rule.value.array ?? []).allSatisfy { value[$0.string ?? ""] != nil }
    case "properties", "additionalProperties": checkFields(rule, value, path, schema)
    case "items": for (index, item) in (value.array ?? []).enumerated() { check(item, rule.value, "\(path)[\(index)]") }
    case "prefixItems":
      for (item, schema) in zip(value.array ?? [], rule.value.array ?? []) { check(item, schema, path) }
    case "minItems": return value.array.map { $0.count >= number } ?? false
    case "maxItems": return value.array.map { $0.count <= number } ?? false
    case "minLength": return value.string.map { $0.count >= number } ?? false
    case "minimum":
      if case .number(let value) = value { return value >= Double(number) }
      return value.integer.map { $0 >= number } ?? false
    default: return false
    }
    return true
  }

  private mutating func checkFields(_ rule: JSONField, _ value: JSONValue, _ path: String, _ schema: JSONValue) {
    for field in value.fields ?? [] {
      let known = schema["properties"]?[field.name]
      let target = rule.name == "properties" ? known : known == nil ? rule.value : nil
      if let target { check(field.value, target, "\(path).\(field.name)") }
    }
  }

  private static func isOf(type: String?, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("null", .null), ("boolean", .boolean),
      ("integer", .integer), ("number", .integer), ("number", .number):
      true
    default: false
    }
  }
}
