import Capabilities
import MachineCode

/// What `verify` found.
public enum VerifyReport {
  public static let schema = "mircap-verify/1"

  /// `mircap-verify/1`: the ratios with their counts, then what one side has and the other has not.
  public static func writeJSON(_ comparison: Comparison, _ result: AnalysisResult, to output: inout ByteOutput) {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", schema)
    json.line(indent: 1)
    json.key("ratios")
    json.beginObject()
    for (name, ratio) in [
      ("definitionRecall", comparison.definitionRecall), ("instanceRecall", comparison.instanceRecall),
      ("definitionPrecision", comparison.definitionPrecision), ("instancePrecision", comparison.instancePrecision),
    ] {
      json.line(indent: 2)
      json.key(name)
      json.beginObject()
      json.field("part", ratio.part)
      json.field("whole", ratio.whole)
      json.key("value")
      json.seconds(ratio.value)
      json.endObject()
    }
    json.endObject()
    for (name, list) in [
      ("missed", comparison.missed), ("extra", comparison.extra), ("missedInstances", comparison.missedInstances),
      ("extraInstances", comparison.extraInstances),
    ] {
      json.line(indent: 1)
      json.key(name)
      json.beginArray()
      for finding in list {
        json.line(indent: 2)
        json.beginObject()
        json.field("function", finding.name)
        json.field("unit", result.units[finding.unit].id)
        json.field("instances", finding.instances)
        json.endObject()
      }
      json.endArray()
    }
    json.line(indent: 1)
    json.field("unknownNames", comparison.unknownNames)
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  /// The ratios, one a line.
  public static func writeText(_ comparison: Comparison, to output: inout ByteOutput) {
    for (name, ratio) in [
      ("definitions kept and reached", comparison.definitionRecall),
      ("instances kept and reached", comparison.instanceRecall),
      ("definitions reached and kept", comparison.definitionPrecision),
      ("instances reached and kept", comparison.instancePrecision),
    ] {
      output.append("\(name): \(ratio.part) of \(ratio.whole)\n")
    }
  }
}
