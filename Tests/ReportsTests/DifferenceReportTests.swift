import Capabilities
import Policy
import Project
import Reports
import TestSupport
import Testing

@Suite struct DifferenceReportTests {
  private func graphs() -> (old: TestGraph, new: TestGraph) {
    var old = TestGraph(units: ["demo", "quiet"])
    old.entry("demo::main", .main)
    old.chain("demo::main", "std::fs::read")
    var new = old
    new.addUnit("peer", isMember: false)
    new.addUnit("build_script_build", phase: "build-script", target: "build-script", package: "quiet")
    new.entry("build_script_build::main", .buildScript)
    new.entry("peer::send")
    new.chain("build_script_build::main", "std::env::var")
    new.edge("demo::main", "peer::send", .dyn, candidates: 2, line: 7)
    new.edge("peer::send", "std::net::TcpStream::connect", line: 20)
    new.operation("demo::main", "unsafe.raw-deref", "raw-deref", line: 3)
    new.units[0].version = "0.2.0"
    new.units[0].dependencies = ["peer-2"]
    return (old, new)
  }

  private func report(_ old: TestGraph, _ new: TestGraph) -> DifferenceReport {
    let difference = DifferenceFinder.compare(
      ReportContent(old.analysed(), name: "old"), ReportContent(new.analysed(), name: "new"),
      rules: TestTables.all.riskRules)
    return DifferenceReport(difference, tables: TestTables.all, toolVersion: "0.1.0")
  }

  private func report() -> DifferenceReport { report(graphs().old, graphs().new) }

  @Test func jsonFollowsItsSchema() throws {
    var output = ByteOutput()
    report().writeJSON(to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "diff.schema.json") == [])
    let json = try SchemaChecker.value(output.bytes)
    #expect(json["crates"]?["added"]?.array == ["peer"])
    #expect(json["changes"]?.array?.contains { $0["what"]?.string == "build-script" } == true)
    var empty = ByteOutput()
    report(graphs().old, graphs().old).writeJSON(to: &empty)
    #expect(try SchemaChecker.errors(empty.bytes, schema: "diff.schema.json") == [])
  }

  @Test func aReportSaysTheSameAsTheAnalysisThatMadeIt() throws {
    func read(_ graph: TestGraph, _ name: String) throws -> ReportContent {
      var output = ByteOutput()
      JSONReport.write(graph.analysed(), context: ReportFixture.context, to: &output)
      return try ReportReader.read(try SchemaChecker.value(output.bytes), file: name)
    }
    let graphs = graphs()
    let difference = DifferenceFinder.compare(
      try read(graphs.old, "old"), try read(graphs.new, "new"), rules: TestTables.all.riskRules)
    let fromReports = DifferenceReport(difference, tables: TestTables.all, toolVersion: "0.1.0")
    #expect(
      ReportFixture.text { fromReports.writeJSON(to: &$0) } == ReportFixture.text { report().writeJSON(to: &$0) })
  }

  @Test func textTellsWhatCame() {
    let text = ReportFixture.text { report().writeText(style: TextStyle(), to: &$0) }
    for line in [
      "Versions: demo 0.1.0 → 0.2.0", "Crates that came: peer", "demo 0.1.0 → 0.2.0 (lib), at run time",
      "  + net.connect        not reached before",
      "      demo::main → peer::send → std::net::TcpStream::connect  (may)  src/lib.rs:20", "  + depends on peer",
      "  + unsafe.raw-deref: 0 → 1", "quiet 0.1.0, new (build script), while building", "  + build script",
    ] { #expect(text.contains(line), "\(line)\n\(text)") }
    #expect(text.contains("gained-build-script"))
    let none = ReportFixture.text {
      report(graphs().old, graphs().old).writeText(style: TextStyle(), to: &$0)
    }
    #expect(none.contains("No differences.") && none.contains("Added: nothing"))
  }

  @Test func sarifFollowsTheSpecification() throws {
    var output = ByteOutput()
    report().writeSarif(to: &output)
    let log = try SchemaChecker.value(output.bytes)
    #expect(SarifTests.errors(log) == [])
    let results = log["runs"]?.array?.first?["results"]?.array ?? []
    let flows = results.first { $0["properties"]?["added"]?.string == "net.connect" }?["codeFlows"]?.array
    #expect(flows?.first?["threadFlows"]?.array?.first?["locations"]?.array?.count == 2)
  }

  @Test func markdownHasARowForEachThingThatCame() {
    let text = ReportFixture.text { report().writeMarkdown(to: &$0) }
    #expect(text.contains("`net.connect` not reached before"))
    #expect(text.contains("`demo::main → peer::send → std::net::TcpStream::connect` (may) `src/lib.rs:20`"))
    #expect(text.contains("build script `build_script_build`"))
    #expect(text.contains("`unsafe.raw-deref` 0 → 1"))
  }
}
