import CallGraph
import Capabilities

extension JSONReportWriter {
  mutating func writeRisks() {
    json.line(indent: 1)
    json.key("risks")
    json.beginArray()
    for risk in result.risks {
      json.line(indent: 2)
      write(risk)
    }
    json.endArray()
  }

  private mutating func write(_ risk: Risk) {
    let unit = result.units[risk.unit]
    let entry = result.graph.entryPoints[risk.entry]
    json.beginObject()
    json.field("rule", risk.rule.name)
    json.field("crate", result.graph.units[risk.unit].displayName)
    json.field("version", unit.version)
    json.field("unit", unit.id)
    json.field("target", unit.target)
    json.field("phase", risk.phase)
    json.field("entry", result.graph.nodes[Int(entry.node)].name, of: result.graph.names)
    json.field("entryKind", entry.kind.rawValue)
    json.field("entryPoints", risk.entryCount)
    json.field("capabilities", result.taxonomy.names(CapabilitySet(risk.paths.flatMap { Array($0.capabilities) })))
    json.field("why", risk.rule.why)
    json.key("meeting")
    json.beginObject()
    json.field("function", result.graph.nodes[Int(risk.meeting)].name, of: result.graph.names)
    json.field("crate", result.crateName(ofNode: risk.meeting))
    json.endObject()
    json.key("paths")
    json.beginArray()
    let steps = JSONEvidence(result: result)
    for path in risk.paths {
      json.beginObject()
      json.field("need", path.need.name)
      json.field("capabilities", result.taxonomy.names(path.capabilities))
      json.field("certainty", path.isCertain ? "certain" : "may")
      json.field("sink", path.sink)
      steps.write(path.steps, to: &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
