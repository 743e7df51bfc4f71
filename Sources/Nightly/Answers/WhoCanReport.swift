import NightlyStore
import Reports

/// The answer to `mircap who-can`.
public enum WhoCanReport {
  /// The name and version of the JSON form.
  public static let schema = "mircap-who-can/1"

  /// A crate with its best path each.
  public static func writeText(_ uses: [CapabilityUse], capability: String, to output: inout ByteOutput) {
    if uses.isEmpty { output.append("No crate of the last run reaches \(TextStyle.harmless(capability)).\n") }
    for use in uses {
      let phase = use.phase == "run" ? "" : " (\(use.phase))"
      let way = use.isDirect ? "itself" : "through others"
      output.append(
        TextStyle.harmless("\(use.crate) \(use.version)\(phase): \(use.capability), \(way), since run \(use.sinceRun)")
          + " (\(use.since.prefix(10)))" + TextStyle.harmless(", in \(use.targets.joined(separator: ", "))") + "\n")
      for step in use.path {
        output.append("    " + TextStyle.harmless("\(step.function)  \(step.file):\(step.line)") + "\n")
      }
      if !use.sink.isEmpty { output.append("    " + TextStyle.harmless(use.sink) + "\n") }
    }
  }

  public static func writeJSON(_ uses: [CapabilityUse], capability: String, to output: inout ByteOutput) {
    JSONStream.writeDocument(to: &output) { json in
      json.field("schema", schema)
      json.field("capability", capability)
      json.lines("crates", uses) { use, json in
        json.field("crate", use.crate)
        json.field("version", use.version)
        json.field("phase", use.phase)
        json.field("capability", use.capability)
        json.field("direct", use.isDirect)
        json.field("targets", use.targets)
        json.field("sinceRun", use.sinceRun)
        json.field("since", use.since)
        json.field("entry", use.entry)
        json.field("sink", use.sink)
        json.objects("steps", use.path) { step, json in
          json.step(
            function: step.function, crate: step.crate, file: step.file, line: step.line, column: step.column,
            edge: step.edge, candidates: step.candidates)
        }
      }
    }
  }
}
