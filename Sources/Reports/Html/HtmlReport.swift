import CallGraph
import Capabilities

/// `mircap analyze --format html`: one file that shows the report in a browser, without a network.
public enum HtmlReport {
  /// Writes the page.
  ///
  /// - Parameter sources: where the lines around each step are read, as far as they are at hand.
  /// - Throws: a `Failure` if there is not enough memory.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, sources: SourceText, to output: inout ByteOutput
  ) throws {
    let matrix = HtmlMatrix(result, ambientOnly: context.ambientOnly)
    var paths = HtmlPathTable(result)
    var pathsJSON = JSONStream()
    paths.write(ambientOnly: context.ambientOnly, to: &pathsJSON)
    var excerpts = JSONStream()
    paths.excerpts.write(sources, to: &excerpts)
    var details = JSONReportWriter(result: result, context: context, json: JSONStream())
    details.hasEvidence = false
    details.write()
    let page = HtmlPage(
      mode: "report", title: title(result), summary: summary(result, context),
      incomplete: result.isComplete ? "" : "Not complete: some code could not be analysed; see “Not analysed”.",
      facts: facts(result, context, matrix),
      chunks: [
        try HtmlPage.Chunk(name: "details", json: details.json.bytes),
        try HtmlPage.Chunk(name: "paths", json: pathsJSON.bytes),
        try HtmlPage.Chunk(name: "sources", json: excerpts.bytes),
      ],
      matrix: matrix, toolVersion: context.toolVersion)
    try page.write(to: &output)
  }

  /// The packages of the workspace.
  private static func title(_ result: AnalysisResult) -> String {
    var seen: Set<String> = []
    let members = result.unitOrder.map { result.units[$0] }.filter(\.isWorkspaceMember)
      .map { "\($0.package) \($0.version)" }.filter { seen.insert($0).inserted }
    if members.isEmpty { return "What these crates can do" }
    let more = members.count > 3 ? " and \(members.count - 3) more" : ""
    return "What \(members.prefix(3).joined(separator: ", "))\(more) can do"
  }

  private static func summary(_ result: AnalysisResult, _ context: ReportContext) -> String {
    let coverage = result.graph.coverage
    let unit = result.leadingUnit
    return
      "\(result.units.count) units, \(evidenceCount(result, context)) evidence paths, \(coverage.functions) functions,"
      + " \(coverage.calls) calls, \(coverage.unresolved) of them unresolved."
      + " rustc \(unit?.rustcVersion ?? "") for \(TextStyle.harmless(unit?.triple ?? unit?.host ?? "")); mircap \(context.toolVersion)"
      + (context.ambientOnly ? "; acquiring sinks only" : "")
  }

  private static func evidenceCount(_ result: AnalysisResult, _ context: ReportContext) -> Int {
    guard context.ambientOnly else { return result.evidence.count }
    return result.evidence.count { result.sink(of: $0.path).authority == .ambient }
  }

  /// What the script needs from the start.
  private static func facts(_ result: AnalysisResult, _ context: ReportContext, _ matrix: HtmlMatrix) -> [UInt8] {
    var json = JSONStream()
    json.beginObject()
    json.field("input", context.input)
    json.field("context", HtmlExcerpts.context)
    json.field("risks", result.risks.count)
    json.field("gaps", result.unitResults.reduce(0) { $0 + $1.gaps.count })
    json.field("leftOut", context.notCompiled.reduce(0) { $0 + $1.entries.count })
    json.field("hasAmbient", context.ambientOnly)
    json.field("hasFeatures", context.featureMatrix != nil)
    json.field("columns", matrix.columns.map(result.taxonomy.name))
    json.key("units")
    json.beginArray()
    for unit in result.unitOrder {
      json.line(indent: 0)
      json.beginObject()
      json.field("id", result.units[unit].id)
      json.field("name", result.graph.units[unit].displayName)
      json.field("label", label(unit, result))
      json.field("version", result.units[unit].version)
      json.endObject()
    }
    json.endArray()
    HtmlVocabulary.write(result.taxonomy, to: &json)
    json.endObject()
    return json.bytes
  }
}

extension HtmlReport {
  /// A unit's crate; a program beside a library of the same name is told from it.
  private static func label(_ unit: Int, _ result: AnalysisResult) -> String {
    let described = result.units[unit]
    let isProgram = described.target == "bin"
    return result.crateLabel(unit) + (isProgram ? " (bin \(TextStyle.harmless(described.targetName)))" : "")
  }
}

/// The words that a page explains: capabilities, and the kinds of edges.
enum HtmlVocabulary {
  /// Writes the fields `taxonomy` and `edgeKinds`.
  static func write(_ taxonomy: Taxonomy, to json: inout JSONStream) {
    json.key("taxonomy")
    json.beginArray()
    for capability in taxonomy.capabilities {
      json.line(indent: 0)
      json.beginObject()
      json.field("name", capability.name)
      json.field("description", capability.description)
      json.field("everything", capability.amountsToEverything)
      json.field("why", capability.whyEverything)
      json.endObject()
    }
    json.endArray()
    json.key("edgeKinds")
    json.beginObject()
    for kind in EdgeKind.allCases {
      json.key(kind.word)
      json.beginObject()
      json.field("one", WhyReport.meaning(of: kind, candidates: nil))
      json.field("several", WhyReport.meaning(of: kind, candidates: "{n}"))
      json.endObject()
    }
    json.endObject()
  }
}
