extension JSONStream {
  /// Writes a document: an object that ends with a line break.
  public static func writeDocument(to output: inout ByteOutput, _ fields: (inout JSONStream) -> Void) {
    var json = JSONStream(output)
    json.beginObject()
    fields(&json)
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  /// The head of a document with a line for each field: its schema and which mircap wrote it.
  mutating func head(schema: String, toolVersion: String) {
    line(indent: 1)
    field("schema", schema)
    line(indent: 1)
    key("tool")
    beginObject()
    field("name", "mircap")
    field("version", toolVersion)
    endObject()
  }

  /// A field with a list of objects, each on a line of its own.
  public mutating func lines<Element>(
    _ name: String, _ elements: [Element], indent: Int = 1, _ fields: (Element, inout JSONStream) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      line(indent: indent)
      beginObject()
      fields(element, &self)
      endObject()
    }
    closingLine()
    endArray()
  }

  /// A field with a list of objects.
  public mutating func objects<Element>(
    _ name: String, _ elements: [Element], _ fields: (Element, inout JSONStream) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      fields(element, &self)
      endObject()
    }
    endArray()
  }

  /// The fields that each step of a path has; see `docs/report.md`.
  public mutating func step(
    function: String, instance: String? = nil, crate: String, file: String, line: some BinaryInteger,
    column: Int? = nil, edge: String, candidates: some BinaryInteger
  ) {
    field("function", function)
    if let instance { field("instance", instance) }
    field("crate", crate)
    field("file", file)
    field("line", line)
    if let column { field("column", column) }
    field("edge", edge)
    field("candidates", candidates)
  }
}
