import MachineCode

extension VerifyReport {
  /// `mircap-verify/1`: the ratios with their counts, then what one side has and the other has not.
  public func writeJSON(to output: inout ByteOutput) {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", Self.schema)
    json.line(indent: 1)
    json.field("binary", binary)
    json.line(indent: 1)
    json.field("cratesToldBy", comparison.isExact ? "hash" : "name")
    json.line(indent: 1)
    json.field("missingCrates", comparison.missingCrates)
    json.line(indent: 1)
    json.key("ratios")
    json.beginObject()
    for (name, _, ratio) in Self.ratios(comparison) {
      json.line(indent: 2)
      json.key(name)
      write(ratio, &json)
    }
    json.closingLine()
    json.endObject()
    for (name, _, findings) in Self.lists(comparison) {
      json.line(indent: 1)
      json.key(name)
      json.beginArray()
      for finding in findings { write(finding, &json) }
      json.endArray()
    }
    for (name, _, findings) in Self.edgeLists(comparison) {
      json.line(indent: 1)
      json.key(name)
      json.beginArray()
      for finding in findings { write(finding, &json) }
      json.endArray()
    }
    json.line(indent: 1)
    json.key("unresolvedCalls")
    json.beginArray()
    for call in comparison.unresolved { write(call, &json) }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  private func write(_ ratio: Comparison.Ratio, _ json: inout JSONStream) {
    json.beginObject()
    json.field("part", ratio.part)
    json.field("whole", ratio.whole)
    json.key("value")
    json.fraction(ratio.part, of: ratio.whole)
    json.endObject()
  }

  private func write(_ finding: Comparison.Finding, _ json: inout JSONStream) {
    json.line(indent: 2)
    json.beginObject()
    json.field("function", readable(finding.function))
    json.field("unit", finding.unit.map { result.units[$0].id } ?? "")
    json.field("reason", finding.reason.rawValue)
    json.field("instances", finding.instances.map { readable($0) })
    json.key("from")
    json.beginArray()
    for origin in finding.from {
      json.beginObject()
      json.field("function", readable(origin.function))
      json.field("kind", origin.kind)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func write(_ call: Comparison.UnresolvedCall, _ json: inout JSONStream) {
    json.line(indent: 2)
    json.beginObject()
    json.field("callee", call.callee)
    json.field("file", call.file)
    json.field("line", call.line)
    json.field("why", call.why)
    json.endObject()
  }

  private func write(_ finding: Comparison.EdgeFinding, _ json: inout JSONStream) {
    json.line(indent: 2)
    json.beginObject()
    json.field("from", readable(finding.from))
    json.field("to", readable(finding.to))
    json.field("kind", finding.kind)
    json.field("joinedAsDefinitions", finding.isJoinedAsDefinitions)
    json.endObject()
  }
}
