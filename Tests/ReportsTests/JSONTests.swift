import CallGraph
import Capabilities
import Project
import Reports
import RustDump
import SyntacticScan
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
  @Test func symbolsHooksAndWhatWasNotCompiledAreWritten() throws {
    var graph = ReportFixture.graph()
    graph.change {
      $0.units[2].definedSymbols = ["getpid", "mine"]
      $0.units[2].hooks = [
        RuntimeHook(kind: .beforeMain, name: "peer::INIT", detail: ".init_array", file: "peer/src/lib.rs", line: 3)
      ]
    }
    var context = ReportFixture.context
    var code = NotCompiledCode()
    let capability = try #require(TestTables.all.taxonomy.id("process.spawn"))
    code.entries = [
      NotCompiled(
        what: "mod windows", file: "src/lib.rs", line: 9, cfg: "windows", mayContain: CapabilitySet(capability),
        findings: [
          NotCompiled.Finding(capability: capability, what: "std::process::Command::spawn", file: "src/w.rs", line: 2)
        ])
    ]
    code.tests = 2
    context.notCompiled = [NotCompiledCode(), NotCompiledCode(), code, NotCompiledCode()]
    let result = graph.analysed()
    context.featureMatrix = FeatureMatrix([
      FeatureMatrix.Row(name: "none", result: ReportFixture.graph().analysed()),
      FeatureMatrix.Row(name: "all", failure: "no"), FeatureMatrix.Row(name: "more", result: result),
    ])
    let bytes = report(graph, context: context)
    #expect(try SchemaChecker.errors(bytes, schema: "report.schema.json") == [])
    let crate = try #require(
      SchemaChecker.value(bytes)["crates"]?.array?.first { $0["name"]?.string == "peer" })
    let symbols = crate["symbols"]?["defined"]?.array?.map { texts($0, "name", "overrides") }
    #expect(symbols == ["getpid libc", "mine "])
    #expect(crate["hooks"]?.array?.map { texts($0, "kind", "name", "line") } == ["before-main peer::INIT 3"])
    let entry = try #require(crate["notCompiled"]?.array?.first)
    #expect(texts(entry, "what", "file", "line", "cfg") == "mod windows src/lib.rs 9 windows")
    #expect(entry["mayContain"]?.array?.compactMap(\.string) == ["process.spawn"])
    #expect(crate["notCompiledTests"]?.integer == 2)
    let text = ReportFixture.text {
      TextReport.write(result, context: context, style: TextStyle(width: 100, color: false, verbose: true), to: &$0)
    }
    #expect(text.contains("peer: defines getpid, which overrides libc"))
    #expect(text.contains("peer: runs before main: peer::INIT, section .init_array  peer/src/lib.rs:3"))
    #expect(text.contains("mod windows  cfg(windows)  src/lib.rs:9"))
    #expect(text.contains("all  not analysed: no"))
  }

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

@Suite struct UnsafeReportTests {
  private static func graph() -> TestGraph {
    var graph = TestGraph(units: ["demo", "other"])
    graph.entry("demo::main", .main)
    graph.entry("other::api")
    graph.chain("demo::main", "other::api", "std::fs::read")
    graph.operation("demo::main", "unsafe.raw-deref", "raw-deref", line: 3)
    graph.operation("demo::main", "unsafe.block", "unsafe block", line: 2)
    graph.edge("demo::main", "c:getpid", line: 4)
    graph.change { graph in
      graph.units[0].unsafeBlocks = 1
      graph.units[0].unsafeDeclarations = [
        UnsafeDeclaration(
          kind: .block, name: graph.names.intern("demo::main"),
          position: SourcePosition(file: 1, line: 2, column: 5), endLine: 4)
      ]
    }
    return graph
  }

  private static func rules() -> AnalysisRules {
    var rules = AnalysisRules()
    rules.unsafeLabels = [.init(path: "demo::main", operation: "unsafe.raw-deref", label: "maps")]
    rules.absolutions = [
      .init(
        units: [1], capabilities: ["fs"], crate: "other ^0.1", reason: "reviewed",
        origin: .init(file: "mircap.toml", line: 4))
    ]
    return rules
  }

  @Test func usesAndWhatIsSilencedAreInTheJSON() throws {
    let result = try Self.graph().analysed(rules: Self.rules())
    var output = ByteOutput()
    JSONReport.write(result, context: ReportFixture.context, to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "report.schema.json") == [])
    let json = try SchemaChecker.value(output.bytes)
    let crates = json["crates"]?.array ?? []
    let uses = crates.first?["unsafe"]?["uses"]?.array ?? []
    let lines = uses.map { use in
      ["kind", "operation", "what", "function", "label"].map { use[$0]?.string ?? "-" }.joined(separator: " ")
        + " \(use["line"]?.integer ?? 0) \(use["endLine"]?.integer ?? 0)"
    }
    #expect(
      lines == [
        "block unsafe.block - demo::main - 2 4", "operation unsafe.raw-deref raw-deref demo::main maps 3 0",
        "operation ffi getpid demo::main - 4 0",
      ])
    #expect(crates.last?["capabilities"]?["absolved"]?.array?.compactMap(\.string) == ["fs.read"])
    let marked = json["evidence"]?.array?.filter { $0["absolved"]?.boolean == true } ?? []
    #expect(marked.map { $0["entry"]?.string } == ["other::api"])
    let silenced = json["silenced"]?.array ?? []
    #expect(silenced.count == 1)
    #expect(silenced.first?["names"]?.string == "other ^0.1")
    #expect(silenced.first?["source"]?.string == "mircap.toml:4")
    #expect(silenced.first?["places"]?.integer == 1)
    // Without rules a report has no such list.
    var plain = ByteOutput()
    JSONReport.write(Self.graph().analysed(), context: ReportFixture.context, to: &plain)
    #expect(try SchemaChecker.value(plain.bytes)["silenced"] == nil)
  }

  @Test func theTextSumsUp() throws {
    let result = try Self.graph().analysed(rules: Self.rules())
    let text = ReportFixture.text {
      TextReport.write(result, context: ReportFixture.context, style: TextStyle(), to: &$0)
    }
    #expect(text.contains("unsafe in its own code: 1 unsafe block, unsafe.raw-deref 1, ffi 1, 1 of 3 labelled\n"))
    #expect(text.contains("absolved by a rule, not passed on: fs.read\n"))
    #expect(
      text.contains("Silenced by rules\n  absolution other ^0.1 (mircap.toml:4): reviewed\n    fs.read in 1 place\n"))
  }
}

@Suite struct AmbientReportTests {
  @Test func modulesAreThoseOfFunctionsAndOfTypes() throws {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "demo::net::open", "std::net::TcpStream::connect")
    graph.chain("demo::net::open", "<std::net::TcpStream as std::io::Write>::write")
    graph.chain("<demo::disk::Store<T> as std::clone::Clone>::clone", "std::fs::read")
    graph.chain("demo::top", "std::fs::read")
    graph.chain("demo::net::open::{closure#0}", "std::process::exit")
    let result = try Analysis.run(
      graph: graph.finished, units: graph.units, tables: TestTables.all, ambientOnly: true)
    var context = ReportFixture.context
    context.ambientOnly = true
    var output = ByteOutput()
    JSONReport.write(result, context: context, to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "report.schema.json") == [])
    let uses = try SchemaChecker.value(output.bytes)["ambient"]?.array ?? []
    let lines = uses.map { use in
      "\(use["module"]?.string ?? "") \(use["sink"]?.string ?? "") \(use["reached"]?.boolean == true)"
    }
    #expect(
      lines == [
        "demo std::fs::read true", "demo::disk std::fs::read true",
        "demo::net std::net::TcpStream::connect true", "demo::net std::process::exit true",
      ])
  }
}
