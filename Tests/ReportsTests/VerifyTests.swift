import MachineCode
import Reports
import TestSupport
import Testing

/// What `verify` prints.
@Suite struct VerifyTests {
  private func comparison() -> Comparison {
    var comparison = Comparison()
    comparison.definitionRecall = Comparison.Ratio(part: 2999, whole: 3000)
    comparison.evidenceSteps = Comparison.Ratio(part: 0, whole: 0)
    comparison.missed = (0..<12).map { number in
      Comparison.Finding(
        function: "peer~2::f\(number)<?>", unit: 2, instances: ["peer~2::f\(number)<demo~0::T>"],
        reason: number == 0 ? .unknownName : .missedCall,
        from: [Comparison.Origin(function: "demo~0::main", kind: "call")])
    }
    comparison.missed[0].unit = nil
    comparison.missedEdges = [
      Comparison.EdgeFinding(from: "demo~0::main", to: "peer~2::f", kind: "call", isJoinedAsDefinitions: true)
    ]
    comparison.unresolved = [
      Comparison.UnresolvedCall(callee: "f\u{1B}", file: "src/main.rs", line: 3, why: "why")
    ]
    comparison.missingCrates = ["gone"]
    comparison.isExact = false
    return comparison
  }

  private var report: VerifyReport {
    VerifyReport(comparison(), ReportFixture.graph().analysed(), binary: "demo", file: "target/demo")
  }

  @Test func jsonFollowsItsSchema() throws {
    var output = ByteOutput()
    report.writeJSON(to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "verify.schema.json") == [])
    let value = try SchemaChecker.value(output.bytes)
    #expect(value["cratesToldBy"]?.string == "name")
    #expect(
      value["ratios"]?["definitionRecall"]
        == .object([
          .init("part", 2999), .init("whole", 3000), .init("value", .number(0.99966)),
        ]))
    let first = value["missed"]?.array?.first
    #expect(first?["function"]?.string == "peer::f0<?>" && first?["unit"]?.string == "")
    #expect(value["missed"]?.array?.last?["unit"]?.string == "peer-2")
    #expect(value["missed"]?.array?.last?["instances"]?.array?.first?.string == "peer::f11<demo::T>")
  }

  @Test func textIsShort() {
    let text = ReportFixture.text { report.writeText(TextStyle(), to: &$0) }
    #expect(text.hasPrefix("demo compared with target/demo\n"))
    #expect(text.contains("99.96 %  2999 of 3000\n") && text.contains("100.00 %  0 of 0\n"))
    #expect(text.contains("unknown-name 1, missed-call 11\n"))
    #expect(text.contains("  peer::f0<?>  [unknown-name]\n      from demo::main (call)\n"))
    #expect(text.contains(".. 2 more (--verbose shows all)"))
    #expect(text.contains("demo::main\n    -> peer::f (call, other instances are joined)"))
    #expect(text.contains("told by their names") && text.contains("not compared: gone\n"))
    #expect(text.contains("src/main.rs:3  f\u{FFFD} (why)"))
    #expect(!text.contains("~"))
  }

  @Test func longNamesAreShortened() {
    var comparison = comparison()
    let arguments = String(repeating: "peer~2::T, ", count: 100)
    comparison.missed[1].function = "peer~2::f<\(arguments)u8>"
    let report = VerifyReport(comparison, ReportFixture.graph().analysed(), binary: "demo", file: "f")
    let short = ReportFixture.text { report.writeText(TextStyle(width: 80), to: &$0) }
    #expect(short.contains("  peer::f<peer::T, ") && short.contains(", u8>  [missed-call]"))
    #expect(short.split(separator: "\n").allSatisfy { $0.count < 200 })
    let whole = ReportFixture.text { report.writeText(TextStyle(width: 80, verbose: true), to: &$0) }
    #expect(whole.contains("peer::f<\(arguments.replacing("~2", with: ""))u8>"))
  }

  @Test func verboseShowsAll() {
    let text = ReportFixture.text { report.writeText(TextStyle(verbose: true), to: &$0) }
    #expect(text.contains("peer::f11<?>") && text.contains("      instance peer::f11<demo::T>\n"))
    #expect(!text.contains("more (--verbose"))
  }

  @Test func cratesOfOneNameKeepTheirVersion() {
    var graph = ReportFixture.graph()
    graph.change { $0.units[2].displayName = "peer@0.2.0" }
    let report = VerifyReport(comparison(), graph.analysed(), binary: "demo", file: "f")
    #expect(ReportFixture.text { report.writeText(TextStyle(), to: &$0) }.contains("  peer@0.2.0::f0<?>  ["))
  }
}
