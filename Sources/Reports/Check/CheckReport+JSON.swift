import CallGraph
import Capabilities
import Policy

extension CheckReport {
  /// For programs: `docs/schema/check.schema.json`.
  public func writeJSON(to output: inout ByteOutput) {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", CheckReport.schema)
    json.key("tool")
    json.beginObject()
    json.field("name", "mircap")
    json.field("version", toolVersion)
    json.endObject()
    json.line(indent: 1)
    json.key("policy")
    json.beginObject()
    json.field("file", policy.file)
    json.field("scope", policy.scope.rawValue)
    json.field("grants", verdict.grantCount)
    json.endObject()
    json.field("complete", result.isComplete)
    json.field("passes", verdict.passes)
    json.field("subjects", verdict.subjectCount)
    writeArray("violations", verdict.violations, &json) { write($0, &$1) }
    writeArray("unused", verdict.unused, &json) { rule, json in
      json.beginObject()
      json.field("rule", rule.rule)
      json.field("grant", rule.grant)
      json.field("line", rule.line)
      json.field("why", rule.why)
      json.endObject()
    }
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  private func writeArray<Element>(
    _ name: String, _ elements: [Element], _ json: inout JSONStream, _ body: (Element, inout JSONStream) -> Void
  ) {
    json.line(indent: 1)
    json.key(name)
    json.beginArray()
    for element in elements {
      json.line(indent: 2)
      body(element, &json)
    }
    json.endArray()
  }

  private func write(_ violation: PolicyViolation, _ json: inout JSONStream) {
    json.beginObject()
    json.field("kind", violation.kind.rawValue)
    let unit = violation.subject.map { result.units[$0.unit] }
    json.field("crate", violation.subject.map { result.graph.units[$0.unit].displayName } ?? "")
    json.field("package", unit?.package ?? "")
    json.field("version", unit?.version ?? "")
    json.field("unit", unit?.id ?? "")
    json.field("target", unit?.target ?? "")
    json.field("phase", violation.subject?.phase.rawValue ?? "")
    json.field("user", violation.user)
    json.field("capability", violation.capability)
    json.field("rule", violation.rule)
    json.field("line", violation.line)
    json.field("message", violation.message)
    json.key("evidence")
    json.beginArray()
    writePath(violation, &json)
    json.endArray()
    writePlace(violation, &json)
    json.endObject()
  }

  private func writePath(_ violation: PolicyViolation, _ json: inout JSONStream) {
    guard let start = violation.evidence.start, let path = violation.evidence.path,
      let capability = result.taxonomy.id(violation.capability)
    else { return }
    let entry = violation.evidence.entry.map { result.graph.entryPoints[$0] }
    let unit = entry.map { Int($0.unit) } ?? Int(result.graph.nodes[Int(start)].unit)
    JSONEvidence(result: result).write(
      start: start, kind: entry?.kind.rawValue ?? "function", unit: unit, capability: capability, site: path.site,
      isCertain: path.isCertain, steps: result.steps(from: start, edges: path.edges, site: path.site),
      phase: violation.subject?.phase.rawValue ?? "run", to: &json)
  }

  /// Where code stands that nothing reaches, or what is declared.
  private func writePlace(_ violation: PolicyViolation, _ json: inout JSONStream) {
    json.field("statement", violation.evidence.statement)
    json.key("place")
    if let use = violation.evidence.use { return write(use, &json) }
    guard let index = violation.evidence.site, let node = violation.evidence.containing else { return json.null() }
    let site = result.sites.sites[Int(index)]
    json.beginObject()
    json.field("function", result.graph.nodes[Int(node)].name, of: result.graph.names)
    json.field("sink", result.sites.sinks[Int(site.sink)].name)
    json.field("file", result.files[Int(site.position.file)])
    json.field("line", site.position.line)
    json.field("column", site.position.column)
    json.endObject()
  }

  private func write(_ use: UnsafeUse, _ json: inout JSONStream) {
    json.beginObject()
    json.field("function", use.function, of: result.graph.names)
    json.field("sink", use.sink, of: result.graph.names)
    json.field("file", result.files[Int(use.position.file)])
    json.field("line", use.position.line)
    json.field("column", use.position.column)
    json.endObject()
  }
}
