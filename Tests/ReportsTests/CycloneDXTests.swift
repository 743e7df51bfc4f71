import Capabilities
import Project
import Reports
import TestSupport
import Testing

@Suite struct CycloneDXTests {
  private func bill(_ graph: TestGraph, build: BuildDescription? = nil) throws -> JSONValue {
    let text = ReportFixture.text {
      CycloneDXReport.write(graph.analysed(), context: ReportFixture.context, build: build, to: &$0)
    }
    return try SchemaChecker.value(Array(text.utf8))
  }

  private func values(_ component: JSONValue?, _ name: String) -> [String] {
    (component?["properties"]?.array ?? []).filter { $0["name"]?.string == name }.compactMap { $0["value"]?.string }
  }

  @Test func componentsCarryCapabilitiesByPhase() throws {
    var graph = ReportFixture.graph()
    graph.units[0].dependencies = [graph.units[2].id]
    let bill = try bill(graph)
    #expect(bill["bomFormat"]?.string == "CycloneDX")
    #expect(bill["specVersion"]?.string == "1.5")
    // The only member is what the bill is about.
    let subject = bill["metadata"]?["component"]
    #expect(subject?["purl"]?.string == "pkg:cargo/demo@0.1.0")
    #expect(subject?["type"]?.string == "application")
    #expect(values(subject, "mircap:capability:run") == ["fs.read"])
    #expect(values(subject, "mircap:capability:run:through-others") == ["net.connect", "unsafe.raw-deref"])
    #expect(values(subject, "mircap:capability:build-script:through-others") == ["net.connect", "unsafe.raw-deref"])
    #expect(
      values(subject, "mircap:evidence:run:fs.read") == [
        "demo::main → demo::load → std::fs::read_to_string src/lib.rs:9"
      ])
    #expect(values(subject, "mircap:contained") == ["process.exit"])
    let peer = bill["components"]?.array?.first { $0["name"]?.string == "peer" }
    #expect(values(peer, "mircap:capability:run") == ["net.connect", "unsafe.raw-deref"])
    #expect(values(peer, "mircap:links") == ["z"])
    #expect(values(peer, "mircap:complete") == ["false"])
    #expect(bill["components"]?.array?.count == 2)
    let edges = bill["dependencies"]?.array?.first { $0["ref"]?.string == "pkg:cargo/demo@0.1.0" }
    #expect(edges?["dependsOn"]?.array == [.string("pkg:cargo/peer@0.1.0")])
    #expect(values(bill["metadata"], "mircap:complete") == ["false"])
  }

  @Test func severalMembersAreComponents() throws {
    let bill = try bill(TestGraph(units: ["one", "two"]))
    #expect(bill["metadata"]?["component"] == nil)
    #expect(bill["components"]?.array?.compactMap { $0["name"]?.string } == ["one", "two"])
  }

  @Test func checksumsAndVersionsAreWrittenAsTheyMustBe() throws {
    var graph = TestGraph()
    graph.units[0].version = "1.0.0+build 7"
    let sum = String(repeating: "0a", count: 32)
    let json = """
      {"metadata": {"packages": [{"name": "demo", "version": "1.0.0+build 7", "source": "registry"}]},
       "checksums": [{"name": "demo", "version": "1.0.0+build 7", "source": "registry", "checksum": "\(sum)"}]}
      """
    let build = try BuildDescription(json: SchemaChecker.value(Array(json.utf8)), file: "build.json")
    let subject = try bill(graph, build: build)["metadata"]?["component"]
    #expect(subject?["purl"]?.string == "pkg:cargo/demo@1.0.0%2Bbuild%207")
    #expect(subject?["hashes"]?.array?.first?["content"]?.string == sum)
  }
}
