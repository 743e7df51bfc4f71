import Capabilities
import Reports
import TestSupport
import Testing

@Suite struct EvidenceDrawingTests {
  private func drawing(_ graph: TestGraph, allCrates: Bool = false, limit: Int = 160) -> String {
    ReportFixture.text {
      EvidenceDrawing.write(
        graph.analysed(), context: ReportFixture.context, allCrates: allCrates, limit: limit, to: &$0)
    }
  }

  @Test func groupsFunctionsByCrateAndSinksByCapability() {
    let text = drawing(ReportFixture.graph())
    for label in [
      "demo 0.1.0 (bin demo)", "demo (build script) 0.1.0", "peer 0.1.0", "net.connect", "unsafe.raw-deref!",
    ] {
      #expect(text.contains("label=\"\(label)\""), "\(label)")
    }
    #expect(text.contains("[label=\"demo::main\\l(main)\\l\""))
    #expect(text.contains("label=\"dyn\", style=dashed, tooltip=\"dyn (may) src/lib.rs:5\""))
    #expect(
      text.contains("[label=\"std::fs::read_to_string\", tooltip=\"std::fs::read_to_string\\lfs.read, ambient\\l\""))
    #expect(text.contains("INCOMPLETE"))
    // No path of a member leads to what is not reached.
    #expect(!text.contains("demo::unused"))
  }

  @Test func showsDependenciesByWhereTheyAreEntered() {
    let text = drawing(ReportFixture.graph())
    #expect(text.contains("peer::send") && !text.contains("peer::connect\""))
    let all = drawing(ReportFixture.graph(), allCrates: true)
    #expect(all.contains("[label=\"peer::connect\""))
    #expect(all.contains("label=\"drop\""))
  }

  @Test func namesCannotLeaveTheirQuotes() {
    var graph = TestGraph()
    graph.entry("demo::\"]; evil [label=\"\\N\u{1B}\n")
    graph.chain("demo::\"]; evil [label=\"\\N\u{1B}\n", "std::fs::write")
    let text = drawing(graph)
    #expect(text.contains("demo::\\\"]; evil [label=\\\"\\\\N\u{FFFD}\\l"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func saysWhatIsLeftOut() {
    var graph = TestGraph()
    for number in 0..<100 {
      graph.entry("demo::f\(number)")
      graph.chain("demo::f\(number)", "demo::g\(number)", "std::fs::write")
    }
    let text = drawing(graph, limit: 31)
    #expect(text.contains("15 of 100 paths"))
    #expect(text.contains("85 paths are left out"))
    #expect(text.matches(of: /\n    [fs]\d+ \[/).count == 31)
  }
}

@Suite struct GraphMLTests {
  private func graphML(withCapabilities: Bool) -> String {
    ReportFixture.text {
      CallGraphReport.writeGraphML(ReportFixture.graph().analysed(), withCapabilities: withCapabilities, to: &$0)
    }
  }

  @Test func nodesHaveWhatTheyUseAndReach() {
    let text = graphML(withCapabilities: true)
    #expect(
      text.contains("<data key=\"uses\">net.connect unsafe.raw-deref</data>"), "what peer::connect does itself")
    let main = text.split(separator: "\n").first { $0.contains("<data key=\"name\">demo::main</data>") }
    #expect(main?.contains("<data key=\"uses\"></data>") == true)
    #expect(main?.contains("<data key=\"reaches\">fs.read net.connect unsafe.raw-deref</data>") == true)
    #expect(text.contains("<data key=\"kind\">dyn</data>"))
  }

  @Test func theWholeGraphAloneHasNone() {
    #expect(!graphML(withCapabilities: false).contains("reaches"))
    #expect(graphML(withCapabilities: false).contains("<data key=\"form\">fn</data>"))
  }
}
