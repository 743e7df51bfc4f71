import Policy

extension DifferenceReport {
  /// The comparison as one file for a browser.
  ///
  /// - Parameter sources: where the lines around each step of the newer version's paths are read, as far as they are
  ///   at hand.
  /// - Throws: a `Failure` if there is not enough memory.
  public func writeHtml(sources: SourceText?, to output: inout ByteOutput) throws {
    var changes = ByteOutput()
    writeJSON(to: &changes)
    var chunks = [try HtmlPage.Chunk(name: "difference", json: changes.bytes)]
    if let sources {
      var excerpts = HtmlExcerpts()
      for change in difference.changes {
        for item in change.evidence {
          for step in item.steps { excerpts.want(file: step.file, line: step.line, unit: nil) }
        }
      }
      var json = JSONStream()
      excerpts.write(sources, to: &json)
      chunks.append(try HtmlPage.Chunk(name: "sources", json: json.bytes))
    }
    let page = HtmlPage(
      mode: "difference", title: "What changed from \(difference.oldName) to \(difference.newName)",
      summary: "Came: \(summary). mircap \(toolVersion)", facts: facts, chunks: chunks, toolVersion: toolVersion)
    try page.write(to: &output)
  }

  private var facts: [UInt8] {
    var json = JSONStream()
    json.beginObject()
    json.field("context", HtmlExcerpts.context)
    HtmlVocabulary.write(taxonomy, to: &json)
    json.key("units")
    json.beginArray()
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
