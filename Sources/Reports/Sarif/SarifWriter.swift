/// Writes SARIF 2.1.0 (OASIS standard, with errata 01), the form in which code scanning services and editors take
/// results.
public enum SarifWriter {
  /// Writes a log with one run.
  public static func write(_ log: SarifLog, to output: inout ByteOutput) {
    var writer = SarifLogWriter(log: log, json: JSONStream(output))
    writer.write()
    output = writer.json.output
  }

  /// Tells findings apart across runs: FNV-1a of 64 bits over the rule and what identifies the finding.
  static func fingerprint(_ result: SarifResult) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [result.ruleID] + result.identity {
      for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A relative path as a URI reference (RFC 3986): what is not unreserved is percent-encoded; a first segment with a
  /// colon would be read as a scheme, but the colon is encoded too.
  static func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}

private struct SarifLogWriter {
  let log: SarifLog
  var json: JSONStream

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  /// Names of folders that files are relative to.
  private static let workspace = "SRCROOT"
  private static let packages = "PACKAGES"

  mutating func write() {
    json.beginObject()
    json.line(indent: 1)
    json.field("$schema", Self.schema)
    json.line(indent: 1)
    json.field("version", "2.1.0")
    json.line(indent: 1)
    json.key("runs")
    json.beginArray()
    json.line(indent: 2)
    writeRun()
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
  }

  private mutating func writeRun() {
    json.beginObject()
    json.line(indent: 3)
    writeTool()
    json.line(indent: 3)
    // rustc counts columns in characters.
    json.field("columnKind", "unicodeCodePoints")
    json.line(indent: 3)
    writeFolders()
    json.line(indent: 3)
    writeInvocation()
    json.line(indent: 3)
    json.key("results")
    json.beginArray()
    var indices: [String: Int] = [:]
    for (index, rule) in log.rules.enumerated() { indices[rule.id] = index }
    for result in log.results {
      json.line(indent: 4)
      write(result, ruleIndex: indices[result.ruleID])
    }
    json.endArray()
    json.closingLine()
    json.endObject()
  }

  private mutating func writeTool() {
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.field("name", "mircap")
    json.field("version", log.toolVersion)
    json.field("semanticVersion", log.toolVersion)
    json.key("rules")
    json.beginArray()
    for rule in log.rules {
      json.line(indent: 4)
      json.beginObject()
      json.field("id", rule.id)
      writeMessage("shortDescription", rule.summary)
      writeMessage("fullDescription", rule.help)
      writeMessage("help", rule.help)
      json.key("defaultConfiguration")
      json.beginObject()
      json.field("level", rule.level.rawValue)
      json.endObject()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endObject()
  }

  private mutating func writeFolders() {
    json.key("originalUriBaseIds")
    json.beginObject()
    for (name, text) in [
      (Self.workspace, "The folder of the workspace."),
      (Self.packages, "Sources of packages outside the workspace: <package>-<version>/..."),
    ] {
      json.key(name)
      json.beginObject()
      writeMessage("description", text)
      json.endObject()
    }
    json.endObject()
  }

  private mutating func writeInvocation() {
    json.key("invocations")
    json.beginArray()
    json.beginObject()
    json.field("executionSuccessful", true)
    if !log.notifications.isEmpty {
      json.key("toolExecutionNotifications")
      json.beginArray()
      for text in log.notifications {
        json.beginObject()
        json.field("level", "warning")
        writeMessage("message", text)
        json.endObject()
      }
      json.endArray()
    }
    json.endObject()
    json.endArray()
  }

  private mutating func write(_ result: SarifResult, ruleIndex: Int?) {
    json.beginObject()
    json.field("ruleId", result.ruleID)
    if let ruleIndex { json.field("ruleIndex", ruleIndex) }
    json.field("level", result.level.rawValue)
    writeMessage("message", result.message)
    if let location = result.location {
      json.key("locations")
      json.beginArray()
      write(location, withMessage: false)
      json.endArray()
    }
    if !result.flows.isEmpty {
      json.key("codeFlows")
      json.beginArray()
      for flow in result.flows { write(flow) }
      json.endArray()
    }
    json.key("partialFingerprints")
    json.beginObject()
    json.field("mircapFinding/v1", SarifWriter.fingerprint(result))
    json.endObject()
    if !result.properties.isEmpty {
      json.key("properties")
      json.beginObject()
      for property in result.properties { json.field(property.name, property.value) }
      json.endObject()
    }
    json.endObject()
  }

  private mutating func write(_ flow: SarifFlow) {
    json.beginObject()
    writeMessage("message", flow.message)
    json.key("threadFlows")
    json.beginArray()
    json.beginObject()
    json.key("locations")
    json.beginArray()
    for (index, location) in flow.locations.enumerated() {
      json.beginObject()
      json.key("location")
      write(location, withMessage: true)
      json.field("nestingLevel", index)
      json.field("executionOrder", index + 1)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
  }

  private mutating func write(_ location: SarifLocation, withMessage: Bool) {
    json.beginObject()
    if !location.file.isEmpty {
      json.key("physicalLocation")
      json.beginObject()
      json.key("artifactLocation")
      json.beginObject()
      json.field("uri", SarifWriter.uri(location.file))
      json.field("uriBaseId", location.isInWorkspace ? Self.workspace : Self.packages)
      json.endObject()
      if location.line > 0 {
        json.key("region")
        json.beginObject()
        json.field("startLine", location.line)
        if location.column > 0 { json.field("startColumn", location.column) }
        json.endObject()
      }
      json.endObject()
    }
    if !location.function.isEmpty {
      json.key("logicalLocations")
      json.beginArray()
      json.beginObject()
      json.field("fullyQualifiedName", location.function)
      json.field("kind", "function")
      json.endObject()
      json.endArray()
    }
    if withMessage, !location.message.isEmpty { writeMessage("message", location.message) }
    json.endObject()
  }

  private mutating func writeMessage(_ name: String, _ text: String) {
    json.key(name)
    json.beginObject()
    json.field("text", text)
    json.endObject()
  }
}
