import CallGraph
import Capabilities
import RustDump

/// Writes evidence as JSON objects, in reports and in the answer of `mircap why`.
struct JSONEvidence {
  let result: AnalysisResult
  /// Where source lines are read; reports do not carry them.
  var sources: SourceText?

  func write(_ evidence: Evidence, phase: String, to json: inout JSONStream) {
    write(
      entry: Int(evidence.entry), capability: evidence.capability, site: evidence.path.site,
      isCertain: evidence.path.isCertain, isAbsolved: evidence.isAbsolved, steps: result.steps(of: evidence),
      phase: phase, to: &json)
  }

  func write(
    entry entryIndex: Int, capability: CapabilityID, site: UInt32, isCertain: Bool, isAbsolved: Bool = false,
    steps: [EvidenceStep], phase: String, to json: inout JSONStream
  ) {
    let entry = result.graph.entryPoints[entryIndex]
    write(
      start: entry.node, kind: entry.kind.rawValue, unit: Int(entry.unit), capability: capability, site: site,
      isCertain: isCertain, isAbsolved: isAbsolved, steps: steps, phase: phase, to: &json)
  }

  /// The same for a path from any function; `kind` says what it is.
  func write(
    start: UInt32, kind: String, unit unitIndex: Int, capability: CapabilityID, site: UInt32, isCertain: Bool,
    isAbsolved: Bool = false, steps: [EvidenceStep], phase: String, to json: inout JSONStream
  ) {
    let unit = result.units[unitIndex]
    let sink = result.sites.sinks[Int(result.sites.sites[Int(site)].sink)]
    json.beginObject()
    json.field("crate", result.graph.units[unitIndex].displayName)
    json.field("version", unit.version)
    json.field("unit", unit.id)
    json.field("target", unit.target)
    json.field("phase", phase)
    json.field("entry", result.graph.nodes[Int(start)].name, of: result.graph.names)
    json.field("entryKind", kind)
    json.field("capability", result.taxonomy.name(capability))
    json.field("authority", sink.authority.word)
    json.field("certainty", isCertain ? "certain" : "may")
    json.field("sink", sink.name)
    if !sink.detail.isEmpty { json.field("sinkDetail", sink.detail) }
    if isAbsolved { json.field("absolved", true) }
    write(steps, to: &json)
    json.endObject()
  }

  /// Writes the field `steps`.
  func write(_ steps: [EvidenceStep], to json: inout JSONStream) {
    json.key("steps")
    json.beginArray()
    var sources = sources
    for step in steps { write(step, &sources, to: &json) }
    json.endArray()
  }

  private func write(_ step: EvidenceStep, _ sources: inout SourceText?, to json: inout JSONStream) {
    let node = result.graph.nodes[Int(step.node)]
    json.beginObject()
    json.field("function", node.name, of: result.graph.names)
    json.field("instance", node.instance == .none ? node.name : node.instance, of: result.graph.names)
    json.field("crate", result.crateName(ofNode: step.node))
    json.field("file", result.files[Int(step.position.file)])
    json.field("line", step.position.line)
    json.field("column", step.position.column)
    json.field("edge", step.kind.word)
    json.field("candidates", step.candidates)
    if step.isConstantFalse { json.field("constantFalse", true) }
    let unit = node.unit == GraphNode.noUnit ? nil : result.units[Int(node.unit)]
    if let text = sources?.line(Int(step.position.line), of: result.files[Int(step.position.file)], unit: unit) {
      json.field("source", text)
    }
    json.endObject()
  }
}
