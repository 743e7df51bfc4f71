import Capabilities
import Project
import Reports
import TestSupport
import Testing

@Suite struct CapslockTests {
  private func report(_ graph: TestGraph, allCrates: Bool = false) throws -> JSONValue {
    let text = ReportFixture.text {
      CapslockReport.write(graph.analysed(), context: ReportFixture.context, allCrates: allCrates, to: &$0)
    }
    #expect(try SchemaChecker.errors(Array(text.utf8), schema: "capslock.schema.json") == [])
    return try SchemaChecker.value(Array(text.utf8))
  }

  @Test func tellsPathsWithTheSitesOfCalls() throws {
    let report = try report(ReportFixture.graph())
    let entry = try #require(
      report["capabilityInfo"]?.array?.first { $0["capability"]?.string == "CAPABILITY_NETWORK" })
    #expect(entry["packageName"]?.string == "demo")
    #expect(entry["packageDir"]?.string == "demo:bin:demo")
    #expect(entry["capabilityType"]?.string == "CAPABILITY_TYPE_TRANSITIVE")
    #expect(entry["depPath"]?.string == "demo::main peer::send peer::connect std::net::TcpStream::connect")
    let path = try #require(entry["path"]?.array)
    #expect(path[0]["site"] == nil)
    // `demo::main` calls it in line 5.
    #expect(path[1]["site"]?["line"]?.string == "5")
    #expect(path[3]["site"]?["filename"]?.string == "src/lib.rs")
    #expect(path[3]["site"]?["line"]?.string == "20")
  }

  @Test func dependenciesAreToldIfAskedFor() throws {
    func folders(_ allCrates: Bool) throws -> Set<String> {
      Set(
        (try report(ReportFixture.graph(), allCrates: allCrates)["packageInfo"]?.array ?? []).compactMap {
          $0["path"]?.string
        })
    }
    #expect(try folders(false) == ["demo:bin:demo", "demo:build-script"])
    #expect(try folders(true) == ["demo:bin:demo", "demo:build-script", "peer", "quiet"])
  }

  @Test func ofTwoThatHaveOneNameTheBetterPathIsTold() throws {
    var graph = TestGraph()
    graph.entry("demo::run")
    graph.chain("demo::run", "demo::far", "demo::farther", "std::fs::read")
    graph.chain("demo::run", "demo::near", "std::fs::write")
    let entries = try #require(try report(graph)["capabilityInfo"]?.array)
    #expect(entries.map { $0["depPath"]?.string } == ["demo::run demo::near std::fs::write"])
    #expect(entries[0]["capabilityType"]?.string == "CAPABILITY_TYPE_DIRECT")
  }

  @Test func eachCapabilityHasAName() {
    for capability in TestTables.all.taxonomy.capabilities {
      #expect(capability.exportedName.hasPrefix("CAPABILITY_"), "\(capability.name)")
    }
  }
}
