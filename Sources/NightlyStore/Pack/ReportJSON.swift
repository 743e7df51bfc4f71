import Policy
import Project

/// Crates and risks of a result as a report without evidence, in the form that `ReportReader` reads.
enum ReportJSON {
  static func value(of content: ReportContent) -> JSONValue {
    .object([
      JSONField("schema", .string(ReportReader.schema)), JSONField("complete", .boolean(content.isComplete)),
      JSONField("crates", .array(content.crates.map { crate($0) })), JSONField("evidence", .array([])),
      JSONField("risks", .array(content.risks.map { risk($0) })),
    ])
  }

  /// One unit, as it stands in a report.
  static func crate(_ crate: ReportCrate) -> JSONValue {
    .object([
      JSONField("name", .string(crate.name)), JSONField("package", .string(crate.package)),
      JSONField("version", .string(crate.version)), JSONField("id", .string(crate.id)),
      JSONField("phase", .string(crate.phase)), JSONField("runsIn", strings(crate.runsIn)),
      JSONField("target", .string(crate.target)), JSONField("targetName", .string(crate.targetName)),
      JSONField("workspaceMember", .boolean(crate.isWorkspaceMember)),
      JSONField("dependencies", strings(Set(crate.dependencies))),
      JSONField(
        "capabilities",
        .object([
          JSONField("direct", strings(crate.direct)), JSONField("transitive", strings(crate.transitive)),
          JSONField("contained", strings(crate.contained)),
        ])),
      JSONField("unsafe", unsafety(crate.operations)), JSONField("links", strings(crate.links)),
      JSONField(
        "symbols",
        .object([
          JSONField(
            "defined", .array(crate.definedSymbols.sorted().map { .object([JSONField("name", .string($0))]) })),
          JSONField("foreign", strings(crate.foreignSymbols)),
        ])),
      JSONField("notAnalysed", .array(crate.gaps.map { gap($0) })),
    ])
  }

  private static func unsafety(_ operations: [String: Int]) -> JSONValue {
    let others = operations.filter { !["unsafe.block", "unsafe.impl"].contains($0.key) }.sorted { $0.key < $1.key }
    return .object([
      JSONField("blocks", .integer(Int64(operations["unsafe.block"] ?? 0))),
      JSONField("impls", .integer(Int64(operations["unsafe.impl"] ?? 0))),
      JSONField("operations", .object(others.map { JSONField($0.key, .integer(Int64($0.value))) })),
    ])
  }

  private static func gap(_ gap: ReportGap) -> JSONValue {
    .object([
      JSONField("kind", .string(gap.kind)), JSONField("what", .string(gap.what)), JSONField("file", .string(gap.file)),
      JSONField("line", .integer(Int64(gap.line))), JSONField("why", .string(gap.why)),
    ])
  }

  private static func risk(_ risk: ReportRisk) -> JSONValue {
    .object([
      JSONField("rule", .string(risk.rule)), JSONField("crate", .string(risk.crate)),
      JSONField("version", .string(risk.version)), JSONField("phase", .string(risk.phase)),
      JSONField("entry", .string(risk.entry)), JSONField("why", .string(risk.why)),
    ])
  }

  private static func strings(_ texts: Set<String>) -> JSONValue { .array(texts.sorted().map { .string($0) }) }
}
