import CallGraph
import Capabilities
import Project
import Reports
import RustDump
import TestSupport
import Testing

@Suite struct JSONStreamTests {
  @Test func escapesWhatMustBeEscaped() throws {
    var json = JSONStream()
    json.beginArray()
    json.string("a\"\\\n\r\t\u{1}\u{7F}é→")
    var names = NameTable()
    json.name(([0x22, 0xFF, 0x41] as [UInt8]).withUnsafeBytes { names.intern($0) }, of: names)
    json.seconds(1.0625)
    json.seconds(-.infinity)
    json.endArray()
    let text = String(decoding: json.bytes, as: UTF8.self)
    #expect(text == #"["a\"\\\n\r\t\u0001\u007fé→","\"\#u{FFFD}A",1.063,0.000]"#)
    #expect(try SchemaChecker.value(json.bytes).array?.count == 4)
  }

  @Test func handsOnWhatIsWritten() throws {
    var received: [UInt8] = []
    var output = ByteOutput(limit: 8) { received += $0 }
    for _ in 0..<10 { output.append("0123456789") }
    #expect(received.count >= 90)
    try output.finish()
    #expect(received.count == 100)
    struct Full: Error {}
    var failing = ByteOutput(limit: 1) { _ in throw Full() }
    failing.append("text")
    #expect(throws: Full.self) { try failing.finish() }
  }
}

@Suite struct JSONReportTests {
  private func report(_ graph: TestGraph, context: ReportContext = ReportFixture.context) -> [UInt8] {
    var output = ByteOutput()
    JSONReport.write(graph.analysed(), context: context, to: &output)
    return output.bytes
  }

  private func evidence(_ bytes: [UInt8]) throws -> [JSONValue] {
    try SchemaChecker.value(bytes)["evidence"]?.array ?? []
  }

  private func texts(_ value: JSONValue, _ names: String...) -> String {
    names.map { name in value[name]?.string ?? value[name]?.integer.map(String.init) ?? "" }.joined(separator: " ")
  }

  @Test func followsItsSchema() throws {
    #expect(try SchemaChecker.errors(report(ReportFixture.graph()), schema: "report.schema.json") == [])
    var timed = ReportFixture.context
    timed.timing = ReportContext.Timing()
    #expect(try SchemaChecker.errors(report(ReportFixture.graph(), context: timed), schema: "report.schema.json") == [])
    #expect(try SchemaChecker.errors(report(TestGraph(units: [])), schema: "report.schema.json") == [])
    #expect(try SchemaChecker.errors(Array("{}".utf8), schema: "report.schema.json") == ["$: required"])
  }

  @Test func givesEvidencePerPhase() throws {
    let json = try SchemaChecker.value(report(ReportFixture.graph()))
    let evidence = json["evidence"]?.array ?? []
    func lines(_ crate: String, _ capability: String) -> [String] {
      evidence.filter { texts($0, "crate", "capability") == "\(crate) \(capability)" }
        .map { texts($0, "phase", "entry", "certainty", "sink") }
    }
    #expect(
      lines("peer", "net.connect") == [
        "build-script <peer::Link as std::ops::Drop>::drop certain std::net::TcpStream::connect",
        "build-script peer::send certain std::net::TcpStream::connect",
        "run <peer::Link as std::ops::Drop>::drop certain std::net::TcpStream::connect",
        "run peer::send certain std::net::TcpStream::connect",
      ])
    #expect(lines("demo", "net.connect") == ["run demo::main may std::net::TcpStream::connect"])
    #expect(lines("demo", "process.exit") == [])
    #expect(json["complete"]?.boolean == false)
    #expect(json["timing"] == nil)
  }

  @Test func aStepTellsWhereTheNextIsMade() throws {
    let all = try evidence(report(ReportFixture.graph()))
    let found = all.first { texts($0, "crate", "capability") == "demo net.connect" }
    let text = found?["steps"]?.array?.map { texts($0, "function", "crate", "line", "edge", "candidates") }
    #expect(text == ["demo::main demo 5 dyn 2", "peer::send peer 14 call 1", "peer::connect peer 20 call 1"])
  }

  @Test func isTheSameWhateverTheOrderOfEdges() {
    var other = TestGraph(units: ["demo"])
    var one = TestGraph(units: ["demo"])
    for name in ["main", "a", "b"] {
      one.node("demo::\(name)")
      other.node("demo::\(name)")
    }
    one.entry("demo::main", .main)
    other.entry("demo::main", .main)
    one.chain("demo::main", "demo::a", "std::fs::write")
    one.chain("demo::main", "demo::b", "std::fs::write")
    other.edge("demo::main", "demo::b")
    other.edge("demo::main", "demo::a")
    other.edge("demo::b", "std::fs::write")
    other.edge("demo::a", "std::fs::write")
    #expect(report(one) == report(other))
    #expect(report(one) == report(one))
  }

  @Test func keepsOnlyAmbientSinksWhenAsked() throws {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "<std::fs::File as std::io::Read>::read")
    graph.chain("demo::main", "std::fs::write")
    var context = ReportFixture.context
    context.ambientOnly = true
    let found = try evidence(report(graph, context: context)).compactMap { $0["capability"]?.string }
    #expect(found == ["fs.write"])
  }
}

@Suite struct CallGraphReportTests {
  @Test func followsItsSchema() throws {
    var output = ByteOutput()
    CallGraphReport.writeJSON(ReportFixture.graph().analysed(), to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "callgraph.schema.json") == [])
  }

  @Test func namesAnEdgeOfOneKindOnce() throws {
    var graph = TestGraph()
    graph.edge("demo::a", "demo::b", line: 1)
    graph.edge("demo::a", "demo::b", line: 2)
    graph.edge("demo::a", "demo::b", .cast, line: 2)
    graph.edge("demo::a", "std::io::<weird \"name\">", line: 3)
    let result = graph.analysed()
    let json = ReportFixture.text { CallGraphReport.writeJSON(result, to: &$0) }
    #expect(json.contains("[0,1,\"call\"],\n  [0,1,\"cast\"],\n  [0,2,\"call\"]"))
    let dot = ReportFixture.text { CallGraphReport.writeDOT(result, to: &$0) }
    #expect(dot.contains("n2 [label=\"std::io::<weird \\\"name\\\">\", style=dashed];"))
    let graphML = ReportFixture.text { CallGraphReport.writeGraphML(result, to: &$0) }
    #expect(graphML.contains("std::io::&lt;weird &quot;name&quot;&gt;"))
  }
}
