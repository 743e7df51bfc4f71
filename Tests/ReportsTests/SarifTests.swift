import Project
import Reports
import TestSupport
import Testing

/// The parts of SARIF 2.1.0 that are used, as the specification has them (sections in comments).
@Suite struct SarifTests {
  private func sarif(_ graph: TestGraph, allCrates: Bool = true) throws -> JSONValue {
    var output = ByteOutput()
    SarifReport.write(graph.analysed(), context: ReportFixture.context, allCrates: allCrates, to: &output)
    return try SchemaChecker.value(output.bytes)
  }

  /// What the specification asks for and is not so.
  static func errors(_ log: JSONValue) -> [String] {
    var errors: [String] = []
    func expect(_ condition: Bool, _ what: String) { if !condition { errors.append(what) } }
    // 3.13: a log has a version and runs.
    expect(log["version"]?.string == "2.1.0", "version")
    expect(log["$schema"]?.string?.hasSuffix("sarif-schema-2.1.0.json") == true, "$schema")
    for run in log["runs"]?.array ?? [] {
      // 3.18, 3.19: the tool has a driver with a name; rule ids are unique.
      let driver = run["tool"]?["driver"] ?? .null
      expect(driver["name"]?.string == "mircap", "driver.name")
      let rules = driver["rules"]?.array ?? []
      let ids = rules.compactMap { $0["id"]?.string }
      expect(ids.count == rules.count && Set(ids).count == ids.count, "rule ids")
      for rule in rules {
        // 3.49: texts for people; 3.50: the level.
        for name in ["shortDescription", "fullDescription", "help"] {
          expect(rule[name]?["text"]?.string?.isEmpty == false, "rule.\(name)")
        }
        expect(["note", "warning", "error"].contains(rule["defaultConfiguration"]?["level"]?.string), "rule.level")
      }
      // 3.20.14: whether the run was successful is required.
      expect(run["invocations"]?.array?.allSatisfy { $0["executionSuccessful"]?.boolean != nil } == true, "invocation")
      let folders = Set(run["originalUriBaseIds"]?.fields?.map(\.name) ?? [])
      var fingerprints: Set<String> = []
      for result in run["results"]?.array ?? [] {
        // 3.27.5, 3.27.6: the rule and its place.
        let index = result["ruleIndex"]?.integer.map(Int.init) ?? -1
        expect(ids.indices.contains(index) && ids[max(index, 0)] == result["ruleId"]?.string, "ruleIndex")
        expect(["note", "warning", "error"].contains(result["level"]?.string), "result.level")
        expect(result["message"]?["text"]?.string?.isEmpty == false, "result.message")
        let fingerprint = result["partialFingerprints"]?["mircapFinding/v1"]?.string ?? ""
        expect(fingerprint.utf8.count == 16 && fingerprints.insert(fingerprint).inserted, "fingerprint")
        for location in result["locations"]?.array ?? [] { errors += self.errors(location, folders) }
        for flow in result["codeFlows"]?.array ?? [] {
          // 3.36.3, 3.37.6: at least one thread flow, at least one location.
          let threads = flow["threadFlows"]?.array ?? []
          expect(!threads.isEmpty, "threadFlows")
          for thread in threads {
            let locations = thread["locations"]?.array ?? []
            expect(!locations.isEmpty, "threadFlow.locations")
            for (step, location) in locations.enumerated() {
              // 3.38.11: the order in which locations are come to.
              expect(location["executionOrder"]?.integer == Int64(step + 1), "executionOrder")
              errors += self.errors(location["location"] ?? .null, folders)
            }
          }
        }
      }
    }
    return errors
  }

  private static func errors(_ location: JSONValue, _ folders: Set<String>) -> [String] {
    var errors: [String] = []
    if let physical = location["physicalLocation"] {
      // 3.4.3, 3.10: a URI reference of RFC 3986; 3.4.4: its base is described.
      let uri = physical["artifactLocation"]?["uri"]?.string ?? " "
      if uri.isEmpty || uri.hasPrefix("/") || uri.contains(" ") || uri.contains("\\") { errors.append("uri \(uri)") }
      if !folders.contains(physical["artifactLocation"]?["uriBaseId"]?.string ?? "") { errors.append("uriBaseId") }
      // 3.30.5, 3.30.6: lines and columns are counted from 1.
      if let region = physical["region"] {
        for name in ["startLine", "startColumn"] {
          if let number = region[name]?.integer, number < 1 { errors.append(name) }
        }
        if region["startLine"] == nil { errors.append("region without startLine") }
      }
    }
    return errors
  }

  @Test func followsTheSpecification() throws {
    let log = try sarif(ReportFixture.graph())
    #expect(SarifTests.errors(log) == [])
    #expect(log["runs"]?.array?.first?["results"]?.array?.isEmpty == false)
    #expect(SarifTests.errors(try sarif(TestGraph(units: []))) == [])
    #expect(SarifTests.errors(.object([JSONField("version", "1.0")])) == ["version", "$schema"])
  }

  @Test func aFlowHasOneLocationAStep() throws {
    let log = try sarif(ReportFixture.graph(), allCrates: false)
    let results = log["runs"]?.array?.first?["results"]?.array ?? []
    let found = try #require(
      results.first { $0["ruleId"]?.string == "capability/net.connect" && $0["properties"]?["crate"]?.string == "demo" }
    )
    let locations =
      found["codeFlows"]?.array?.first?["threadFlows"]?.array?.first?["locations"]?.array?.compactMap { $0["location"] }
      ?? []
    let names = locations.map { $0["logicalLocations"]?.array?.first?["fullyQualifiedName"]?.string }
    #expect(names == ["demo::main", "peer::send", "peer::connect"])
    #expect(locations.map { $0["physicalLocation"]?["region"]?["startLine"]?.integer } == [5, 14, 20])
    // It is shown where the workspace's own code goes on to others.
    let shown = found["locations"]?.array?.first?["physicalLocation"]
    #expect(shown?["region"]?["startLine"]?.integer == 5)
    #expect(shown?["artifactLocation"]?["uriBaseId"]?.string == "SRCROOT")
    let bases = locations.map { $0["physicalLocation"]?["artifactLocation"]?["uriBaseId"]?.string }
    #expect(bases == ["SRCROOT", "PACKAGES", "PACKAGES"])
    #expect(results.allSatisfy { $0["properties"]?["crate"]?.string != "peer" })
  }

  @Test func fingerprintsDoNotChangeWithLines() throws {
    func fingerprints(_ line: UInt32, _ sink: String) throws -> [String] {
      var graph = TestGraph()
      graph.entry("demo::main", .main)
      graph.edge("demo::main", sink, line: line)
      let results = try sarif(graph)["runs"]?.array?.first?["results"]?.array ?? []
      return results.compactMap { $0["partialFingerprints"]?["mircapFinding/v1"]?.string }
    }
    #expect(try fingerprints(3, "std::fs::read") == fingerprints(90, "std::fs::read"))
    #expect(try fingerprints(3, "std::fs::read") != fingerprints(3, "std::process::exit"))
  }

  @Test func hiddenCodeIsNotified() throws {
    let invocation = try sarif(ReportFixture.graph())["runs"]?.array?.first?["invocations"]?.array?.first
    let texts = invocation?["toolExecutionNotifications"]?.array?.compactMap { $0["message"]?["text"]?.string }
    #expect(texts == ["not analysed: unreadable fn peer::odd: eof (peer-0.1.0/src/lib.rs:7)"])
  }

  @Test func pathsBecomeReferences() throws {
    let location = SarifLocation(
      file: "a b/ü:#%.rs", isInWorkspace: true, line: 0, column: 0, function: "f")
    let log = SarifLog(
      toolVersion: "1.0.0", rules: [SarifRule(id: "r", summary: "s", help: "h", level: .error)],
      results: [SarifResult(ruleID: "r", level: .error, message: "m", location: location, identity: [])])
    var output = ByteOutput()
    SarifWriter.write(log, to: &output)
    let value = try SchemaChecker.value(output.bytes)
    #expect(SarifTests.errors(value) == [])
    let shown = value["runs"]?.array?.first?["results"]?.array?.first?["locations"]?.array?.first
    #expect(shown?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "a%20b/%C3%BC%3A%23%25.rs")
    #expect(shown?["physicalLocation"]?["region"] == nil)
  }
}
