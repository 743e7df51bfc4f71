import Project
import Testing

private func read(_ text: String, _ reader: JSONReader = JSONReader()) throws -> JSONValue {
  try read(Array(text.utf8), reader)
}

private func read(_ bytes: [UInt8], _ reader: JSONReader = JSONReader()) throws -> JSONValue {
  try bytes.withUnsafeBytes { try reader.read($0, name: "test.json") }
}

@Suite struct JSONTests {
  @Test func values() throws {
    let value = try read(#" {"b": [1, -2.5, true, null, "x\u0000\n\u00e9"], "a": {}} "# + "\n")
    #expect(
      value
        == .object([
          JSONField("b", [1, .number(-2.5), true, .null, "x\0\né"]), JSONField("a", .object([])),
        ]))
    #expect(value["a"]?.fields?.isEmpty == true)
    #expect(value["c"] == nil)
  }

  @Test(arguments: [("7", JSONValue.integer(7)), ("null", .null), ("\"\"", ""), ("1.5 ", .number(1.5))])
  func lonelyValues(text: String, expected: JSONValue) throws {
    #expect(try read(text) == expected)
  }

  @Test(arguments: [
    ("", 1), ("{", 1), ("{\n\"a\":\n", 3), ("{\n\"a\": 1,\n\"b\" 2}", 3), ("[1,]", 1), ("{}\n{}", 2), ("{} x", 1),
    ("'a'", 1),
    ("\"abc", 1), ("nul", 1), ("// x\n1", 1), ("\u{0}", 1), ("[\"\\q\"]", 1), ("-", 1),
  ])
  func mistakesNameTheLine(text: String, line: Int) {
    let problem = failure { try read(text) }
    #expect(problem?.file == "test.json")
    #expect(problem?.line == line)
    #expect(problem?.exitCode == 3)
  }

  @Test func invalidUTF8() {
    #expect(failure { try read([0x22, 0xFF, 0xFE, 0x22]) }?.message == "not UTF-8")
    #expect(failure { try read([0x22, 0xC3]) } != nil)
  }

  @Test func depthIsBounded() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(failure { try read(deep) }?.message == "JSON nested deeper than 64 levels")
    let allowed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(throws: Never.self) { try read(allowed) }
  }

  @Test func sizeIsBounded() {
    var reader = JSONReader()
    reader.maximumSize = 10
    #expect(failure { try read("\"0123456789\"", reader) }?.message.contains("too large") == true)
    reader = JSONReader()
    reader.maximumValues = 3
    #expect(failure { try read("[1,2,3,4]", reader) }?.message.contains("too large") == true)
  }

  @Test func everyTruncationIsRefused() {
    let text = #"{"a": [1, {"b": "cA"}, true], "d": null}"#
    for length in 0..<text.utf8.count { #expect(failure { try read(Array(text.utf8.prefix(length))) } != nil) }
  }

  @Test func roundTrip() throws {
    let value: JSONValue = .object([
      JSONField("text", "a/b \"c\" \u{1}é🦀"), JSONField("list", [1, .number(0.5), false, .null, [], .object([])]),
      JSONField("large", .integer(.max)), JSONField("small", .integer(.min)), JSONField("empty", ""),
    ])
    for pretty in [true, false] { #expect(try read(value.serialized(pretty: pretty)) == value) }
    #expect(String(decoding: JSONValue.array([1, 2]).serialized(pretty: false), as: UTF8.self) == "[1,2]\n")
  }
}

extension JSONValue: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
