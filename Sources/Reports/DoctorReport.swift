import Project

/// What `mircap doctor` prints.
public enum DoctorReport {
  public static let schema = "mircap-doctor/1"

  /// A line for each check, and what to do below it.
  public static func writeText(_ checks: [MachineCheck], style: TextStyle, to output: inout ByteOutput) {
    let width = checks.map(\.name.count).max() ?? 0
    for check in checks where !style.quiet || check.status != .ok {
      let status = style.paint(TextStyle.padded(check.status.rawValue, 7), role(check.status))
      let first = status + "  " + TextStyle.padded(check.name, width) + " "
      let indent = String(repeating: " ", count: 7 + 2 + width + 2)
      for text in style.wrapped(words(check.found), indent: indent, first: first) { output.append(text + "\n") }
      if check.advice.isEmpty { continue }
      for text in style.wrapped(words(check.advice), indent: indent + "  ", first: indent + "→") {
        output.append(text + "\n")
      }
    }
    let problems = checks.count { $0.status == .problem }
    let warnings = checks.count { $0.status == .warning }
    output.append(
      problems > 0
        ? "mircap does not work here: \(counted(problems, "problem")), \(counted(warnings, "warning")).\n"
        : warnings > 0 ? "mircap works here, with \(counted(warnings, "warning")).\n" : "mircap works here.\n")
  }

  /// `mircap-doctor/1`.
  public static func writeJSON(_ checks: [MachineCheck], toolVersion: String, to output: inout ByteOutput) {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", schema)
    json.line(indent: 1)
    json.field("version", toolVersion)
    json.line(indent: 1)
    json.field("works", !checks.contains { $0.status == .problem })
    json.line(indent: 1)
    json.key("checks")
    json.beginArray()
    for check in checks {
      json.line(indent: 2)
      json.beginObject()
      json.field("name", check.name)
      json.field("status", check.status.rawValue)
      json.field("found", check.found)
      json.field("advice", check.advice)
      json.endObject()
    }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  private static func role(_ status: MachineCheck.Status) -> TextStyle.Role {
    switch status {
    case .ok: .capability
    case .warning: .warning
    case .problem: .powerful
    }
  }

  private static func words(_ text: String) -> [String] {
    TextStyle.harmless(text).split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func counted(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(count) \(word)s" }
}
