import CallGraph
import Capabilities

// What rules have silenced, one rule, capability and crate a line.
extension JSONReportWriter {
  mutating func writeSilenced() {
    json.line(indent: 1)
    json.key("silenced")
    json.beginArray()
    for silencing in result.silenced {
      json.line(indent: 2)
      write(silencing)
    }
    json.endArray()
  }

  private mutating func write(_ silencing: Silencing) {
    let rule = result.rules.description(of: silencing.rule)
    json.beginObject()
    json.field("rule", silencing.rule.kind.rawValue)
    json.field("names", rule.names)
    json.field("reason", rule.reason)
    json.field("source", rule.origin.description)
    json.field("capability", result.taxonomy.name(silencing.capability))
    json.field("crate", silencing.unit == GraphNode.noUnit ? "" : result.graph.units[Int(silencing.unit)].displayName)
    json.field("places", silencing.places)
    json.field("function", result.graph.nodes[Int(silencing.node)].name, of: result.graph.names)
    json.field("file", result.files[Int(silencing.position.file)])
    json.field("line", silencing.position.line)
    json.endObject()
  }
}
