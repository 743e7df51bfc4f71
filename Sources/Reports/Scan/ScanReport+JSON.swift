import SyntacticScan

extension ScanReport {
  /// `mircap-scan/1`: each package with its findings; docs/scan.md describes the fields.
  public func writeJSON(to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.head(schema: Self.schema, toolVersion: toolVersion)
      json.line(indent: 1)
      json.field("rules", rules.rawValue)
      json.line(indent: 1)
      json.field("tests", includesTests)
      json.line(indent: 1)
      json.key("packages")
      json.beginArray()
      for scanned in packages {
        json.line(indent: 2)
        write(scanned, &json)
      }
      json.endArray()
      json.closingLine()
    }
  }

  private func write(_ scanned: ScannedPackage, _ json: inout JSONStream) {
    json.beginObject()
    json.field("package", scanned.package.name)
    json.field("version", scanned.package.version)
    json.field("workspaceMember", scanned.package.isWorkspaceMember)
    json.field("files", scanned.files)
    json.field("lines", scanned.lines)
    json.field("capabilities", Set(scanned.findings.flatMap { labels(of: $0.finding) }).sorted())
    json.key("findings")
    json.beginArray()
    for found in scanned.findings {
      json.line(indent: 3)
      json.beginObject()
      json.field("file", found.file)
      json.field("line", found.finding.line)
      json.field("column", found.finding.column)
      json.field("phase", found.phase.rawValue)
      json.field("capabilities", taxonomy.orderedNames(found.finding.capabilities))
      json.field("anyOf", found.finding.isAnyOf)
      json.field("match", found.finding.match.rawValue)
      json.field("what", found.finding.what)
      json.field("authority", found.finding.authority.word)
      json.endObject()
    }
    json.endArray()
    json.key("unread")
    json.beginArray()
    for (file, why) in scanned.unread {
      json.beginObject()
      json.field("file", file)
      json.field("why", why)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
