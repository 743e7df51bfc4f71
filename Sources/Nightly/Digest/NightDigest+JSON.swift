import NightlyStore
import Policy
import Reports

extension NightDigest {
  /// The name and version of the JSON form.
  public static let schema = "mircap-digest/1"

  /// For other programs.
  public func writeJSON(toolVersion: String, to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.field("schema", Self.schema)
      json.key("tool")
      json.beginObject()
      json.field("name", "mircap")
      json.field("version", toolVersion)
      json.endObject()
      json.field("plan", run.plan)
      json.field("run", run.number)
      json.field("started", run.started)
      json.key("violations")
      json.beginArray()
      for violation in violations {
        json.line(indent: 1)
        json.beginObject()
        json.field("target", violation.target)
        json.field("rule", violation.rule)
        json.field("what", violation.what)
        json.endObject()
      }
      json.endArray()
      json.lines("targets", targets) { write($0, to: &$1) }
    }
  }

  /// Writes the fields of a target.
  private func write(_ target: TargetChange, to json: inout JSONStream) {
    json.field("target", target.target)
    json.field("kind", target.kind.rawValue)
    json.field("status", target.status.rawValue)
    json.field("reason", target.reason)
    let difference = target.difference
    json.field("addedCrates", difference?.addedCrates ?? [])
    json.field("removedCrates", difference?.removedCrates ?? [])
    json.key("versions")
    json.beginArray()
    for version in difference?.versions ?? [] {
      json.beginObject()
      json.field("crate", version.crate)
      json.field("old", version.old)
      json.field("new", version.new)
      json.endObject()
    }
    json.endArray()
    json.key("changes")
    json.beginArray()
    for change in difference?.changes ?? [] { write(change, to: &json) }
    json.endArray()
    for (name, gaps) in [("addedGaps", target.addedGaps), ("removedGaps", target.removedGaps)] {
      json.key(name)
      json.beginArray()
      for gap in gaps { write(gap, to: &json) }
      json.endArray()
    }
  }

  private func write(_ change: Difference.Change, to json: inout JSONStream) {
    json.beginObject()
    json.field("crate", change.crate)
    json.field("package", change.package)
    json.field("phase", change.phase)
    json.field("what", change.subject.rawValue)
    if let scope = change.scope { json.field("scope", scope.rawValue) }
    json.field("added", change.added)
    json.field("removed", change.removed)
    json.key("evidence")
    json.beginArray()
    for item in change.evidence {
      json.beginObject()
      json.field("entry", item.evidence.entry)
      json.field("capability", item.evidence.capability)
      json.field("certainty", item.evidence.isCertain ? "certain" : "may")
      json.field("sink", item.evidence.sink)
      json.field("path", item.steps.map { "\($0.function) \($0.file):\($0.line)" })
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private func write(_ gap: TargetChange.LocatedGap, to json: inout JSONStream) {
    json.beginObject()
    json.field("crate", gap.crate)
    json.field("kind", gap.gap.kind)
    json.field("what", gap.gap.what)
    json.field("file", gap.gap.file)
    json.field("line", gap.gap.line)
    json.field("why", gap.gap.why)
    json.endObject()
  }
}
