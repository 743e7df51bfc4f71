import Capabilities
import Project
import Reports
import TestSupport
import Testing

@testable import SyntacticScan

@Suite struct CompareReportTests {
  /// A comparison with something of everything, of one crate.
  private func comparison(program: String = "") -> ScannerComparison {
    var comparison = ScannerComparison(
      tool: "capsec\u{1B}[31m", form: "capsec JSON",
      subjects: [
        ScannerComparison.Subject(
          name: "demo", package: "demo", version: "0.1.0", phase: "run", isWorkspaceMember: true, units: [0]),
        ScannerComparison.Subject(
          name: "peer", package: "peer", version: "1.0.0", phase: "run", isWorkspaceMember: false, units: [1]),
      ], scope: TestTables.all.taxonomy.members(of: "fs") ?? CapabilitySet())
    comparison.claims = 4
    comparison.unplacedClaims = 1
    comparison.unknownWords = ["odd\u{1B}": 2]
    let evidence = ScannerComparison.RowEvidence(
      steps: [
        ScannerComparison.RowEvidence.Step(
          function: "demo::main", crate: "demo", file: "src/main.rs", line: 3, edge: "call", candidates: 1)
      ], sink: "std::fs::read")
    for level in ScannerComparison.Level.allCases {
      comparison.rows += [
        row(level, 0, "fs.read", .truePositive, nil, evidence), row(level, 0, "fs", .falsePositive, .nameOnly, nil),
        row(level, 1, "fs.write", .falseNegative, .macro, evidence), row(level, 1, "fs.meta", .truePositive, nil, nil),
      ]
    }
    comparison.program = program
    guard !program.isEmpty else { return comparison }
    var counts = ScannerComparison.Counts()
    counts.count(.truePositive)
    comparison.analysis[.own] = counts
    comparison.analysisRows = [row(.place, 0, "fs.read", .falsePositive, nil, evidence)]
    return comparison
  }

  private func row(
    _ level: ScannerComparison.Level, _ subject: Int, _ capability: String, _ verdict: ScannerComparison.Verdict,
    _ why: ComparisonCause?, _ evidence: ScannerComparison.RowEvidence?
  ) -> ScannerComparison.Row {
    var row = ScannerComparison.Row(
      level: level, subject: subject, capability: capability, file: "src/main.rs", line: 3, verdict: verdict, why: why)
    row.evidence = evidence
    return row
  }

  private func report(_ comparisons: [ScannerComparison]) -> CompareReport {
    CompareReport(comparisons, taxonomy: TestTables.all.taxonomy, isComplete: false, toolVersion: "0.1.0")
  }

  @Test func theJSONHasItsSchema() throws {
    for comparisons in [[comparison()], [comparison(program: "target/demo"), comparison()]] {
      var output = ByteOutput()
      report(comparisons).writeJSON(to: &output)
      #expect(try SchemaChecker.errors(output.bytes, schema: "compare.schema.json") == [])
    }
    var output = ByteOutput()
    report([comparison()]).writeJSON(to: &output)
    let json = try SchemaChecker.value(output.bytes)
    #expect(json["total"]?["truePositives"]?.integer == 2)
    #expect(json["total"]?["precision"] == .number(0.66666) && json["total"]?["recall"] == .number(0.66666))
    #expect(json["byCrate"]?["peer"]?["falseNegatives"]?.integer == 1)
    #expect(json["levels"]?["place"]?["scannerOnly"]?["name-only"]?.integer == 1)
    #expect(json["rows"]?.array?.count == 12)
  }

  @Test func theTextHasScoresAndReasons() {
    let text = ReportFixture.text { report([comparison(program: "target/demo")]).writeText(TextStyle(), to: &$0) }
    #expect(!text.contains("\u{1B}"))
    #expect(
      text.contains("crates: what they reach                  2             1            1      66.6 %      66.6 %"))
    #expect(text.contains("  name-only         1  a type, a constant"))
    #expect(text.contains("mircap itself, by target/demo"))
    #expect(text.contains("    peer fs.write: demo::main → std::fs::read  src/main.rs:3\n"))
    #expect(text.contains("The analysis is not complete"))
    // Of crates outside of the workspace their number.
    #expect(text.contains("1 crates outside of the workspace"))
  }
}
