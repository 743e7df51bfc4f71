import SyntacticScan

extension CompareReport {
  /// `mircap-compare/1`; of several reports one object each, in an array `more` beside the first one's fields.
  public func writeJSON(to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.head(schema: Self.schema, toolVersion: toolVersion)
      json.line(indent: 1)
      json.field("complete", isComplete)
      if let first = comparisons.first { write(first, &json) }
      if comparisons.count > 1 {
        json.line(indent: 1)
        json.key("more")
        json.beginArray()
        for comparison in comparisons.dropFirst() {
          json.line(indent: 2)
          json.beginObject()
          write(comparison, &json)
          json.endObject()
        }
        json.endArray()
      }
      json.closingLine()
    }
  }

  private func write(_ comparison: ScannerComparison, _ json: inout JSONStream) {
    json.line(indent: 1)
    json.key("scanner")
    json.beginObject()
    json.field("name", comparison.tool)
    json.field("form", comparison.form)
    json.field("findings", comparison.claims)
    json.field("ofOtherPackages", comparison.foreignClaims)
    json.field("withoutPlace", comparison.unplacedClaims)
    json.field("withoutCapability", comparison.silentClaims)
    json.key("unknownWords")
    json.beginObject()
    for (word, count) in comparison.unknownWords.sorted(by: { $0.key < $1.key }) { json.field(word, count) }
    json.endObject()
    json.field("scope", taxonomy.orderedNames(comparison.scope))
    json.endObject()
    json.line(indent: 1)
    json.key("total")
    write(comparison.counts(Self.mainLevel), &json)
    json.line(indent: 1)
    writeMap("byCapability", Self.counts(comparison, Self.mainLevel) { $0.capability }, &json)
    json.line(indent: 1)
    writeMap("byCrate", Self.counts(comparison, Self.mainLevel) { comparison.subjects[$0.subject].name }, &json)
    json.line(indent: 1)
    json.key("levels")
    json.beginObject()
    for level in ScannerComparison.Level.allCases {
      json.line(indent: 2)
      json.key(level.rawValue)
      writeLevel(level, comparison, &json)
    }
    json.endObject()
    writeReferee(comparison, &json)
    json.line(indent: 1)
    json.key("rows")
    json.beginArray()
    for row in comparison.rows {
      json.line(indent: 2)
      write(row, comparison, &json)
    }
    json.endArray()
  }

  private func writeLevel(
    _ level: ScannerComparison.Level, _ comparison: ScannerComparison, _ json: inout JSONStream
  ) {
    json.beginObject()
    json.key("total")
    write(comparison.counts(level), &json)
    for (name, verdict) in [
      ("scannerOnly", ScannerComparison.Verdict.falsePositive), ("mircapOnly", .falseNegative),
    ] {
      json.key(name)
      json.beginObject()
      for (cause, count) in Self.causes(comparison, level, verdict) { json.field(cause.rawValue, count) }
      json.endObject()
    }
    writeMap("byCapability", Self.counts(comparison, level) { $0.capability }, &json)
    writeMap("byCrate", Self.counts(comparison, level) { comparison.subjects[$0.subject].name }, &json)
    json.endObject()
  }

  private func writeReferee(_ comparison: ScannerComparison, _ json: inout JSONStream) {
    guard !comparison.program.isEmpty else { return }
    json.line(indent: 1)
    json.key("referee")
    json.beginObject()
    json.field("binary", comparison.program)
    json.key("mircap")
    json.beginObject()
    for level in ScannerComparison.Level.allCases {
      guard let counts = comparison.analysis[level] else { continue }
      json.key(level.rawValue)
      write(counts, &json)
    }
    json.endObject()
    json.key("disagreements")
    json.beginArray()
    for row in comparison.analysisRows {
      json.line(indent: 2)
      write(row, comparison, &json)
    }
    json.endArray()
    json.endObject()
  }

  private func writeMap(
    _ name: String, _ map: [(name: String, counts: ScannerComparison.Counts)], _ json: inout JSONStream
  ) {
    json.key(name)
    json.beginObject()
    for (key, counts) in map {
      json.key(key)
      write(counts, &json)
    }
    json.endObject()
  }

  private func write(_ counts: ScannerComparison.Counts, _ json: inout JSONStream) {
    json.beginObject()
    json.field("truePositives", counts.truePositives)
    json.field("falsePositives", counts.falsePositives)
    json.field("falseNegatives", counts.falseNegatives)
    json.key("precision")
    json.fraction(counts.precision.part, of: counts.precision.whole)
    json.key("recall")
    json.fraction(counts.recall.part, of: counts.recall.whole)
    json.endObject()
  }

  private func write(_ row: ScannerComparison.Row, _ comparison: ScannerComparison, _ json: inout JSONStream) {
    let subject = comparison.subjects[row.subject]
    json.beginObject()
    json.field("level", row.level.rawValue)
    json.field("crate", subject.name)
    json.field("package", subject.package)
    json.field("version", subject.version)
    json.field("phase", subject.phase)
    json.field("capability", row.capability)
    json.field("file", row.file)
    json.field("line", row.line)
    json.field("verdict", row.verdict.rawValue)
    json.key("why")
    if let why = row.why { json.string(why.rawValue) } else { json.null() }
    json.field("claim", row.claim)
    json.field("detail", row.detail)
    if let referee = row.referee { json.field("referee", referee.rawValue) }
    json.key("evidence")
    if let evidence = row.evidence { write(evidence, &json) } else { json.null() }
    json.endObject()
  }

  private func write(_ evidence: ScannerComparison.RowEvidence, _ json: inout JSONStream) {
    json.beginObject()
    json.field("sink", evidence.sink)
    json.objects("steps", evidence.steps) { step, json in
      json.step(
        function: step.function, crate: step.crate, file: step.file, line: step.line, edge: step.edge,
        candidates: step.candidates)
    }
    json.endObject()
  }
}
