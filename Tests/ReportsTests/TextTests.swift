import CallGraph
import Capabilities
import Project
import Reports
import RustDump
import TestSupport
import Testing

@Suite struct TextReportTests {
  private func report(_ graph: TestGraph, width: Int = 100, color: Bool = false, verbose: Bool = false) -> String {
    ReportFixture.text {
      TextReport.write(
        graph.analysed(), context: ReportFixture.context,
        style: TextStyle(width: width, color: color, verbose: verbose), to: &$0)
    }
  }

  @Test func tellsAReviewerWhatMatters() {
    let text = report(ReportFixture.graph())
    #expect(
      text == """
        mircap 0.1.0 · rustc 1.95.0 host · 4 units
        INCOMPLETE: see “Not analysed”

        At run time

          demo 0.1.0 (bin demo)
            fs.read            direct, ambient
              demo::main → demo::load → std::fs::read_to_string  src/lib.rs:9
            net.connect        through others, ambient, may
              demo::main → peer::send → peer::connect → std::net::TcpStream::connect  src/lib.rs:20
            unsafe.raw-deref!  through others, ambient, may
              demo::main → peer::send → peer::connect → raw-deref  src/lib.rs:21
            contained, no path found: process.exit
            its callers supply: <T as demo::Store>::put

          Dependencies (by their own code; --verbose shows paths)
            peer 0.1.0: net.connect unsafe.raw-deref! · contained, no path found: unsafe.block! link!
                unknown! · incomplete
            nothing at all: quiet 0.1.0

        While building: build scripts

          demo 0.1.0 (build script)
            net.connect        through others, ambient
              build_script_build::main → peer::send → peer::connect → std::net::TcpStream::connect
                src/lib.rs:20
            unsafe.raw-deref!  through others, ambient
              build_script_build::main → peer::send → peer::connect → raw-deref  src/lib.rs:21

          Dependencies (by their own code; --verbose shows paths)
            peer 0.1.0: net.connect unsafe.raw-deref! · contained, no path found: unsafe.block! link!
                unknown! · incomplete

        Combinations to look at
          (what is possible, not that anything is wrong)

          network-while-building: code that runs while building uses the network: what is built then depends
            on more than the sources, and everything the builder can read can leave the machine
            demo (build script) 0.1.0: build_script_build::main
              they come together in peer::connect
              network     peer::connect → std::net::TcpStream::connect  src/lib.rs:20

        Not analysed
          unreadable: 1 could not be read
            peer: fn peer::odd: eof  peer-0.1.0/src/lib.rs:7
          native-code: 1 native code
            peer: z: the code of this native library is not analysed

        Coverage: 9 functions, 9 instances, 1 call: 1 to one target, 0 to several, 0 to callbacks,
          0 supplied by callers, 0 unresolved
        !     amounts to everything: see mircap explain CAPABILITY
        may   a step of the path is one of several candidates
        More: mircap why . --crate demo --capability fs.read

        Summary: INCOMPLETE; 3 packages; run: fs.read net.connect unsafe.raw-deref!; build-script: net.connect unsafe.raw-deref!; 1 combination to look at

        """)
  }

  @Test func quietTellsTheSummaryAlone() {
    let text = ReportFixture.text {
      TextReport.write(
        ReportFixture.graph().analysed(), context: ReportFixture.context, style: TextStyle(quiet: true), to: &$0)
    }
    #expect(text == (report(ReportFixture.graph()).split(separator: "\n").last ?? "") + "\n")
    #expect(text.hasPrefix("Summary: INCOMPLETE; "))
  }

  @Test func wideCharactersTakeTwoColumns() {
    var graph = TestGraph()
    let name = "demo::" + String(repeating: "名", count: 30)
    graph.entry(name)
    graph.chain(name, "demo::between", "demo::farther", "std::fs::write")
    // 66 columns leave no room for the functions in the middle, though 36 characters would.
    #expect(report(graph, width: 100).contains(" → … (2) → std::fs::write"))
  }

  @Test func staysWithinItsWidth() {
    for width in [60, 80, 120] {
      for line in report(ReportFixture.graph(), width: width, verbose: true).split(separator: "\n")
      where !["Coverage", "More", "Summary"].contains(where: line.hasPrefix) && !line.contains("sink") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  @Test func usesColourOnlyWhenTold() {
    #expect(!report(ReportFixture.graph()).contains("\u{1B}"))
    #expect(report(ReportFixture.graph(), color: true).contains("\u{1B}"))
  }

  @Test func doesNotPassOnControlCharacters() {
    var graph = TestGraph()
    graph.entry("demo::\u{1B}[31mred\u{202E}", .publicItem)
    graph.chain("demo::\u{1B}[31mred\u{202E}", "std::fs::write")
    let text = report(graph)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test func neverCallsAnIncompleteCrateClean() {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.change {
      $0.gaps.append(GraphGap(kind: .unlinked, unit: 0, what: "demo::x", file: "src/lib.rs", line: 3, why: "no"))
    }
    let text = report(graph)
    #expect(!text.contains("reaches nothing outside"))
    #expect(text.contains("incomplete") && text.contains("INCOMPLETE"))
  }
}

@Suite struct WhyReportTests {
  private func answer(_ query: WhyQuery, _ graph: TestGraph = ReportFixture.graph()) throws -> String {
    let result = graph.analysed()
    let answers = try WhyAnswers(query, result)
    return ReportFixture.text {
      WhyReport.writeText(
        answers, result, query: query, style: TextStyle(), sources: SourceText(workspaceFolder: ""), to: &$0)
    }
  }

  @Test func printsThePathStepByStep() throws {
    let text = try answer(WhyQuery(crate: "demo", capability: "net"))
    #expect(
      text == """
        demo 0.1.0 reaches net.connect: opens or uses outgoing stream connections
          entry point: demo::main (main); runs in: run

          path (may: 1 of 3 steps could lead elsewhere)
            1.   demo::main  src/lib.rs:5
               → dyn: through a trait object that can be of 2 types; this is one
            2.   peer::send  src/lib.rs:14
               → call
            3.   peer::connect  src/lib.rs:20
               → call
               std::net::TcpStream::connect  sink: net.connect; ambient

        demo (build script) 0.1.0 reaches net.connect: opens or uses outgoing stream connections
          entry point: build_script_build::main (build-script); runs in: build-script

          path (certain)
            1.   build_script_build::main  src/lib.rs:2
               → call
            2.   peer::send  src/lib.rs:14
               → call
            3.   peer::connect  src/lib.rs:20
               → call
               std::net::TcpStream::connect  sink: net.connect; ambient

        """)
  }

  @Test func saysWhenNoPathLeadsThere() throws {
    let text = try answer(WhyQuery(crate: "demo", capability: "process.exit"))
    #expect(
      text == """
        No path leads from its entry points of `demo` to `process.exit`.
        demo (bin) contains process.exit in code that is not reached.

        """)
  }

  @Test func choosesAnEntryPoint() throws {
    let entry = "<peer::Link as std::ops::Drop>::drop"
    let text = try answer(WhyQuery(crate: "peer", capability: "net.connect", entry: entry))
    #expect(text.contains("entry point: \(entry) (trait-impl)"))
    #expect(text.contains("→ drop: a value is dropped here"))
  }

  @Test func listsSeveralPaths() throws {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    for name in ["a", "b", "c"] { graph.chain("demo::main", "demo::\(name)", "std::fs::write") }
    let text = try answer(WhyQuery(crate: "demo", capability: "fs.write", paths: 2), graph)
    #expect(text.contains("path 1 (certain)") && text.contains("path 2 (certain)") && !text.contains("path 3"))
  }

  @Test func refusesWhatIsNotThere() {
    func message(_ query: WhyQuery) -> String {
      do { return try answer(query) } catch { return "\(error)" }
    }
    #expect(message(WhyQuery(crate: "nobody", capability: "fs")).hasPrefix("there is no crate nobody"))
    #expect(message(WhyQuery(crate: "demo", capability: "fss")).hasPrefix("there is no capability fss"))
    #expect(
      message(WhyQuery(crate: "demo", capability: "fs", entry: "demo::man"))
        == "demo has no entry point demo::man\n  it has, among others: build_script_build::main, demo::main")
  }

  @Test func writesEvidenceAsTheReportDoes() throws {
    let result = ReportFixture.graph().analysed()
    let query = WhyQuery(crate: "peer", capability: "net.connect", entry: "peer::send")
    let answers = try WhyAnswers(query, result)
    let text = ReportFixture.text {
      WhyReport.writeJSON(answers, result, query: query, sources: SourceText(workspaceFolder: ""), to: &$0)
    }
    let report = ReportFixture.text { JSONReport.write(result, context: ReportFixture.context, to: &$0) }
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("  {") }
    #expect(lines.count == 2)
    #expect(try SchemaChecker.errors(Array(text.utf8), schema: "why.schema.json") == [])
    for line in lines {
      let object = line.prefix(through: line.lastIndex(of: "}") ?? line.startIndex)
      #expect(report.contains(object))
    }
  }
}
