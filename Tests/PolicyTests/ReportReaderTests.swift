import Policy
import Project
import Testing

@Suite struct ReportReaderTests {
  private func read(_ text: String) throws -> ReportContent {
    let json = try Array(text.utf8).withUnsafeBytes { try JSONReader().read($0, name: "r.json") }
    return try ReportReader.read(json, file: "r.json")
  }

  private func message(_ text: String) -> String {
    do {
      _ = try read(text)
      return "fine"
    } catch { return "\(error)".split(separator: "\n").first.map(String.init) ?? "" }
  }

  @Test func takesWhatOldReportsHave() throws {
    let content = try read(
      """
      {"schema": "mircap-report/1", "complete": true, "crates": [
        {"name": "demo", "version": "1.0.0", "capabilities": {"direct": ["fs.read"]}, "unsafe": {"blocks": 2},
         "later": {"field": 1}},
        {"name": "build_script_build", "package": "demo", "target": "build-script", "id": "b"}],
       "risks": [{"rule": "r", "crate": "build_script_build", "unit": "b", "entry": "e", "why": "w"}],
       "evidence": [{"crate": "demo", "phase": "run", "entry": "demo::main", "capability": "fs.read",
         "certainty": "certain", "sink": "std::fs::read", "steps": [{"function": "demo::main", "line": -7}]}]}
      """)
    #expect(content.isComplete)
    #expect(content.risks.map(\.crate) == ["demo"])
    #expect(content.crates.map(\.id) == ["demo", "b"] && content.crates[0].direct == ["fs.read"])
    #expect(content.crates[0].operations == ["unsafe.block": 2])
    #expect(content.evidence[0].unit == "demo" && content.evidence[0].stepCount == 1)
    #expect(content.steps(0).map(\.line) == [0])
    #expect(content.steps(9).isEmpty)
  }

  @Test(arguments: [
    ("[]", "r.json: expected an object, found an array"),
    ("{}", "r.json: there is no `schema`: it is no report"),
    (#"{"schema": "mircap-why/1"}"#, "r.json: expected a report (mircap-report/1), found mircap-why/1"),
    (#"{"schema": "mircap-report/1"}"#, "r.json: crates: expected an array, found nothing"),
    (#"{"schema": "mircap-report/1", "crates": [7]}"#, "r.json: crates[0].name: expected a string, found nothing"),
    (
      #"{"schema": "mircap-report/1", "crates": [{"name": "a"}, {"name": "a"}]}"#,
      "r.json: two crates have the id a"
    ),
    (
      #"{"schema": "mircap-report/1", "crates": [{"name": "a", "links": ["z", 3]}]}"#,
      "r.json: crates[0].links: expected strings, found a number"
    ),
    (
      #"{"schema": "mircap-report/1", "crates": [{"name": "a", "unsafe": {"blocks": -1}}]}"#,
      "r.json: crates[0].unsafe: expected counts, found a number"
    ),
    (
      #"{"schema": "mircap-report/1", "crates": [], "evidence": [{"phase": "run"}]}"#,
      "r.json: evidence[0].steps: expected an array, found nothing"
    ),
  ])
  func saysWhatIsWrong(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(message(#"{"schema": "mircap-report/1", "crates": "# + deep).contains("nested deeper"))
  }
}
