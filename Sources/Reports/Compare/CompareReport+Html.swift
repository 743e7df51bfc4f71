import SyntacticScan

extension CompareReport {
  /// The comparison as one file for a browser.
  ///
  /// - Parameter sources: where the lines around places and steps are read, as far as they are at hand.
  /// - Throws: a `Failure` if there is not enough memory.
  public func writeHtml(sources: SourceText, to output: inout ByteOutput) throws {
    var content = ByteOutput()
    writeJSON(to: &content)
    var excerpts = HtmlExcerpts()
    for row in comparisons.flatMap({ $0.rows + $0.analysisRows }) {
      excerpts.want(file: row.file, line: Int(row.line), unit: nil)
      for step in row.evidence?.steps ?? [] { excerpts.want(file: step.file, line: Int(step.line), unit: nil) }
    }
    var json = JSONStream()
    excerpts.write(sources, to: &json)
    let names = comparisons.map(\.tool).joined(separator: ", ")
    let page = HtmlPage(
      mode: "comparison", title: "\(names) scored by evidence", summary: "mircap \(toolVersion)",
      incomplete: isComplete ? "" : "Not complete: some code could not be analysed, so a scanner may be right there.",
      facts: facts,
      chunks: [
        try HtmlPage.Chunk(name: "comparison", json: content.bytes),
        try HtmlPage.Chunk(name: "sources", json: json.bytes),
      ], toolVersion: toolVersion)
    try page.write(to: &output)
  }

  /// What the script needs from the start.
  private var facts: [UInt8] {
    var json = JSONStream()
    json.beginObject()
    json.field("context", HtmlExcerpts.context)
    HtmlVocabulary.write(taxonomy, to: &json)
    json.key("causes")
    json.beginObject()
    for cause in ComparisonCause.allCases { json.field(cause.rawValue, Self.words(cause)) }
    json.endObject()
    json.key("units")
    json.beginArray()
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
