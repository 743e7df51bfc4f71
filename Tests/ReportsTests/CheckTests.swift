import Capabilities
import Policy
import Project
import Reports
import TestSupport
import Testing

/// What `check` and `policy explain` print.
@Suite struct CheckTests {
  private let text = """
    [crate.demo]
    allow = ["fs", "dns"]
    depends-on = []

    [crate."demo>peer"]
    allow = []

    [[require]]
    function = "demo::load"
    without = ["fs"]

    [[require]]
    function = "nobody"
    without = ["fs"]

    [[allowlist]]
    crate = "peer"
    version = "^0.1"
    absolves = ["unsafe"]
    reason = "it has been read"
    """

  private struct Checked {
    var policy: Policy
    var result: AnalysisResult
    var absolved: AbsolvedUnits
    var report: CheckReport
  }

  private func checked(_ extra: String = "") throws -> Checked {
    let graph = ReportFixture.graph()
    let bytes = Array((extra + text).utf8)
    let policy = try Policy(text: bytes, file: "mircap.toml", taxonomy: TestTables.all.taxonomy)
    let packages = graph.units.map { (name: $0.package, version: $0.version, checksum: "") }
    let absolved = AbsolvedUnits(policy: policy, shipped: ShippedAllowlist(), packages: packages)
    var result = try graph.analysed(rules: policy.rules)
    result.units[0].dependencies = [result.units[2].id]
    let verdict = PolicyCheck.run(policy: policy, result: result, absolved: absolved)
    let report = CheckReport(verdict, policy: policy, result: result, toolVersion: "0.1.0")
    return Checked(policy: policy, result: result, absolved: absolved, report: report)
  }

  @Test(arguments: ["", "[policy]\nscope = \"contained\"\nunsafe = \"labelled-only\"\n"])
  func sarifFollowsTheSpecification(extra: String) throws {
    let checked = try checked(extra)
    var output = ByteOutput()
    checked.report.writeSarif(to: &output)
    let log = try SchemaChecker.value(output.bytes)
    #expect(SarifTests.errors(log) == [])
    let results = log["runs"]?.array?.first?["results"]?.array ?? []
    var json = ByteOutput()
    checked.report.writeJSON(to: &json)
    let violations = try SchemaChecker.value(json.bytes)["violations"]?.array ?? []
    let errors = results.filter { $0["level"]?.string == "error" }
    #expect(errors.map { $0["message"]?["text"]?.string } == violations.map { $0["message"]?.string })
    #expect(results.contains { $0["ruleId"]?.string == "policy/capability" && $0["codeFlows"] != nil })
  }

  @Test(arguments: ["", "[policy]\nscope = \"contained\"\nunsafe = \"labelled-only\"\n"])
  func jsonFollowsItsSchema(extra: String) throws {
    var output = ByteOutput()
    try checked(extra).report.writeJSON(to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "check.schema.json") == [])
    let value = try SchemaChecker.value(output.bytes)
    let violations = value["violations"]?.array ?? []
    #expect(value["passes"]?.boolean == false)
    let kinds = Set(violations.compactMap { $0["kind"]?.string })
    #expect(kinds.isSuperset(of: ["capability", "dependency", "requirement"]))
    let claim = violations.first { $0["capability"]?.string == "fs.read" }
    #expect(claim?["evidence"]?.array?.first?["entryKind"]?.string == "function")
    #expect(claim?["evidence"]?.array?.first?["entry"]?.string == "demo::load")
  }

  @Test func textNamesRuleAndPath() throws {
    let checked = try checked()
    let text = ReportFixture.text { checked.report.writeText(TextStyle(width: 120), to: &$0) }
    #expect(
      text.contains(
        """
        peer 0.1.0 may not net.connect where demo uses it
          [crate."demo>peer"] does not allow it  mircap.toml:5
          demo::main → peer::send → peer::connect → std::net::TcpStream::connect
            ambient, may  src/lib.rs:20

        """))
    #expect(
      text.contains(
        """
        demo::load must not fs.read
          [[require]] demo::load  mircap.toml:8
          demo::load → std::fs::read_to_string

        """))
    #expect(text.contains("demo 0.1.0 (bin demo) may not depend on peer 0.1.0\n"))
    #expect(text.contains("\nNot needed\n  mircap.toml:2: [crate.demo] \"dns\": its own code does not do that\n"))
    #expect(text.contains(" violations of mircap.toml: "))
    #expect(text.contains("Not all of it could be analysed: "))
  }

  @Test func explainNamesLabels() throws {
    let checked = try checked("[policy]\nunsafe = \"labelled-only\"\nshipped-allowlist = false\n")
    let explanation = PolicyExplanation(policy: checked.policy, result: checked.result, absolved: AbsolvedUnits())
    let text = ReportFixture.text {
      PolicyExplainReport.write(
        explanation, policy: checked.policy, result: checked.result, style: TextStyle(width: 120), to: &$0)
    }
    #expect(text.contains("  unsafe.raw-deref: each use needs a label instead of a grant ([[unsafe-label]])\n"))
  }

  @Test func explainNamesWhatGrants() throws {
    let checked = try checked()
    let explanation = PolicyExplanation(
      policy: checked.policy, result: checked.result, absolved: checked.absolved)
    let text = ReportFixture.text {
      PolicyExplainReport.write(
        explanation, policy: checked.policy, result: checked.result, style: TextStyle(width: 120), to: &$0)
    }
    #expect(text.contains("demo 0.1.0 (bin demo)\n  fs.read: [crate.demo] allows \"fs\"  mircap.toml:2\n"))
    #expect(text.contains("  unsafe.raw-deref: [[allowlist]]: peer ^0.1  mircap.toml:16\n"))
    #expect(text.contains("  net.connect: nothing allows it\n"))
    #expect(text.contains("    silences in peer 0.1.0: unsafe.raw-deref\n"))
    #expect(text.contains("    why: it has been read\n"))
  }
}
