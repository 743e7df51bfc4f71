import CallGraph
import Capabilities

// What acquires by itself, one use and crate a line.
extension JSONReportWriter {
  mutating func writeAmbient() {
    let uses = AmbientUses(result)
    json.line(indent: 1)
    json.key("ambient")
    json.beginArray()
    for unit in result.unitOrder {
      for use in uses.uses(ofUnit: unit) {
        json.line(indent: 2)
        write(use, unit)
      }
    }
    json.endArray()
  }

  private mutating func write(_ use: AmbientUse, _ unit: Int) {
    json.beginObject()
    json.field("crate", result.graph.units[unit].displayName)
    json.field("unit", result.units[unit].id)
    json.field("module", use.module)
    json.field("capabilities", result.taxonomy.names(use.capabilities))
    json.field("sink", result.sites.sinks[Int(use.sink)].name)
    json.field("function", use.function, of: result.graph.names)
    json.field("file", result.files[Int(use.position.file)])
    json.field("line", use.position.line)
    json.field("column", use.position.column)
    json.field("reached", use.isReached)
    json.endObject()
  }
}
