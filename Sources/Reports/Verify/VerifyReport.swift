import Capabilities
import MachineCode

/// What `verify` found, for other programs.
public struct VerifyReport {
  public static let schema = "mircap-verify/1"

  let comparison: Comparison
  let result: AnalysisResult
  /// The binary's name, and the file that it was compared with.
  let binary: String
  let file: String

  public init(_ comparison: Comparison, _ result: AnalysisResult, binary: String, file: String) {
    self.comparison = comparison
    self.result = result
    self.binary = binary
    self.file = file
  }

  /// A ratio under its name in JSON, with what it says.
  static func ratios(_ comparison: Comparison) -> [(name: String, text: String, ratio: Comparison.Ratio)] {
    [
      ("definitionRecall", "definitions kept by the linker, and reached", comparison.definitionRecall),
      ("instanceRecall", "instances kept by the linker, and reached", comparison.instanceRecall),
      ("definitionPrecision", "definitions reached, and kept by the linker", comparison.definitionPrecision),
      ("instancePrecision", "instances reached, and kept by the linker", comparison.instancePrecision),
      ("machineEdges", "references in machine code, and edges", comparison.machineEdges),
      ("machineInstanceEdges", "the same between instances", comparison.machineInstanceEdges),
      ("graphEdges", "edges, and in machine code", comparison.graphEdges),
      ("machineForeign", "foreign symbols in machine code, and edges", comparison.machineForeign),
      ("graphForeign", "edges to foreign symbols, and in machine code", comparison.graphForeign),
      ("evidenceSteps", "steps of evidence, and in machine code", comparison.evidenceSteps),
      ("resolvedCalls", "calls with a known target", resolved(comparison)),
    ]
  }

  private static func resolved(_ comparison: Comparison) -> Comparison.Ratio {
    let unresolved = comparison.unresolvedCalls
    return Comparison.Ratio(part: unresolved.whole - unresolved.part, whole: unresolved.whole)
  }

  static func lists(_ comparison: Comparison) -> [(name: String, text: String, findings: [Comparison.Finding])] {
    [
      ("missed", "kept by the linker, not reached", comparison.missed),
      ("missedInstances", "reached with other arguments only", comparison.missedInstances),
      ("extra", "reached, not kept by the linker", comparison.extra),
      ("extraInstances", "kept with other arguments only", comparison.extraInstances),
    ]
  }

  static func edgeLists(
    _ comparison: Comparison
  ) -> [(name: String, text: String, findings: [Comparison.EdgeFinding])] {
    [
      ("missedEdges", "references in machine code without an edge", comparison.missedEdges),
      ("extraEdges", "edges that machine code does not have", comparison.extraEdges),
      ("falseSteps", "steps of evidence that machine code does not have", comparison.falseSteps),
    ]
  }

  /// A name without the numbers of crates; crates of one name are told apart as elsewhere.
  func readable(_ name: String) -> String {
    var output = ""
    var rest = Substring(name)
    while let mark = rest.firstIndex(of: "~") {
      let digits = rest[rest.index(after: mark)...].prefix { $0.isNumber }
      guard let unit = Int(digits), result.graph.units.indices.contains(unit) else { break }
      let before = rest[..<mark]
      let crate = result.graph.units[unit].displayName
      // Only a version behind `@` is new.
      output += before
      if let version = crate.firstIndex(of: "@") { output += crate[version...] }
      rest = rest[digits.endIndex...]
    }
    return output + rest
  }
}
