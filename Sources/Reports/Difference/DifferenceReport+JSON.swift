import Policy

extension DifferenceReport {
  /// `mircap-diff/1`.
  public func writeJSON(to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.head(schema: Self.schema, toolVersion: toolVersion)
      for (key, name, isComplete) in [
        ("old", difference.oldName, difference.oldIsComplete), ("new", difference.newName, difference.newIsComplete),
      ] {
        json.line(indent: 1)
        json.key(key)
        json.beginObject()
        json.field("name", name)
        json.field("complete", isComplete)
        json.endObject()
      }
      json.line(indent: 1)
      json.key("crates")
      json.beginObject()
      json.field("added", difference.addedCrates)
      json.field("removed", difference.removedCrates)
      json.endObject()
      writeVersions(to: &json)
      writeChanges(to: &json)
      writeRisks(to: &json)
      json.closingLine()
    }
  }

  private func writeVersions(to json: inout JSONStream) {
    json.line(indent: 1)
    json.key("versions")
    json.beginArray()
    for change in difference.versions {
      json.beginObject()
      json.field("crate", change.crate)
      json.field("old", change.old)
      json.field("new", change.new)
      json.endObject()
    }
    json.endArray()
  }

  private func writeChanges(to json: inout JSONStream) {
    json.line(indent: 1)
    json.key("changes")
    json.beginArray()
    for change in difference.changes {
      json.line(indent: 2)
      write(change, to: &json)
    }
    json.endArray()
  }

  private func write(_ change: Difference.Change, to json: inout JSONStream) {
    json.beginObject()
    json.field("crate", change.crate)
    json.field("package", change.package)
    for (key, version) in [("oldVersion", change.oldVersion), ("newVersion", change.newVersion)] {
      json.key(key)
      if let version { json.string(version) } else { json.null() }
    }
    json.field("target", change.target)
    json.field("workspaceMember", change.isWorkspaceMember)
    json.field("phase", change.phase)
    json.field("what", change.subject.rawValue)
    if let scope = change.scope { json.field("scope", scope.rawValue) }
    json.field("added", change.added)
    json.field("removed", change.removed)
    if !change.counts.isEmpty {
      json.key("counts")
      json.beginObject()
      for count in change.counts {
        json.key(count.name)
        json.beginArray()
        json.integer(count.old)
        json.integer(count.new)
        json.endArray()
      }
      json.endObject()
    }
    json.field("evidenceCount", change.evidenceCount)
    json.key("evidence")
    json.beginArray()
    for item in change.evidence { write(item, change, to: &json) }
    json.endArray()
    json.endObject()
  }

  private func write(_ item: Difference.ChangedEvidence, _ change: Difference.Change, to json: inout JSONStream) {
    let evidence = item.evidence
    json.beginObject()
    json.field("crate", item.crate)
    json.field("version", change.newVersion ?? "")
    json.field("unit", evidence.unit)
    json.field("target", change.target)
    json.field("phase", evidence.phase)
    json.field("entry", evidence.entry)
    json.field("entryKind", evidence.entryKind)
    json.field("capability", evidence.capability)
    json.field("authority", evidence.authority)
    json.field("certainty", evidence.isCertain ? "certain" : "may")
    json.field("sink", evidence.sink)
    json.objects("steps", item.steps) { step, json in
      json.step(
        function: step.function, instance: step.instance, crate: step.crate, file: step.file, line: step.line,
        column: step.column, edge: step.edge, candidates: step.candidates)
      if step.isConstantFalse { json.field("constantFalse", true) }
    }
    json.endObject()
  }

  private func writeRisks(to json: inout JSONStream) {
    json.line(indent: 1)
    json.key("risks")
    json.beginObject()
    for (key, risks) in [("added", difference.addedRisks), ("removed", difference.removedRisks)] {
      json.key(key)
      json.beginArray()
      for risk in risks {
        json.beginObject()
        json.field("rule", risk.rule)
        json.field("crate", risk.crate)
        json.field("version", risk.version)
        json.field("phase", risk.phase)
        json.field("entry", risk.entry)
        json.field("why", risk.why)
        json.endObject()
      }
      json.endArray()
    }
    json.endObject()
  }
}
