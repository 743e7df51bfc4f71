import CallGraph
import Capabilities
import Project
import RustDump
import TestSupport
import Testing

@Suite struct UnitSummaryTests {
  @Test func keepsDirectTransitiveAndContainedApart() {
    var graph = TestGraph(units: ["demo", "other"])
    graph.entry("demo::main", .main)
    graph.entry("other::send")
    graph.chain("demo::main", "std::fs::read")
    graph.chain("demo::main", "other::send", "std::net::TcpStream::connect")
    graph.chain("demo::dead", "std::process::exit")
    graph.change { $0.units[0].unsafeBlocks = 1 }
    let result = graph.analysed()
    #expect(result.names(result.unitResults[0].direct) == ["fs.read"])
    let transitive = result.names(result.unitResults[0].transitive)
    #expect(transitive.contains("net.connect") && !transitive.contains("fs.read"))
    #expect(result.names(result.unitResults[0].contained) == ["fs.read", "process.exit", "unsafe.block"])
    #expect(result.names(result.unitResults[1].direct).contains("net.connect"))
    #expect(result.names(result.unitResults[1].transitive) == [])
  }

  @Test func ownCodeThatAnotherCrateCallsBackIsDirect() {
    var graph = TestGraph(units: ["demo", "other"])
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "other::run", "demo::callback", "std::fs::read")
    let result = graph.analysed()
    #expect(result.names(result.unitResults[0].direct) == ["fs.read"])
    #expect(result.names(result.unitResults[0].transitive) == [])
  }

  @Test func countsAnOperationOnceForAllInstances() {
    var graph = TestGraph()
    graph.operation("demo::f#demo::f<A>", "unsafe.raw-deref", "raw-deref", line: 3)
    graph.operation("demo::f#demo::f<B>", "unsafe.raw-deref", "raw-deref", line: 3)
    graph.operation("demo::f#demo::f<B>", "unsafe.raw-deref", "raw-deref", line: 4)
    let result = graph.analysed()
    #expect(result.unitResults[0].operations.map(\.count) == [2])
    #expect(result.names(result.unitResults[0].contained) == ["unsafe.raw-deref"])
  }

  @Test func gapsAreStatedAndMakeCodeUnknown() {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.edge("demo::main", "std::fs::frobnicate", line: 6)
    graph.edge("demo::main", "std::fs::frobnicate", line: 8)
    graph.edge("demo::main", "std::vec::Vec::frobnicate", line: 9)
    graph.chain("demo::main", "c:no_such_symbol_at_all")
    let number = graph.node("demo::main")
    graph.change {
      $0.units[0].linkedLibraries = ["z"]
      $0.gaps.append(
        GraphGap(kind: .unlinked, unit: 0, what: "demo::x::y", file: "src/other.rs", line: 3, why: "no", node: number))
    }
    let result = graph.analysed()
    #expect(!result.isComplete)
    #expect(
      result.unitResults[0].gaps.map { "\($0.kind.rawValue) \($0.what) \($0.file):\($0.line)" } == [
        "limit std::vec::Vec::frobnicate src/lib.rs:9", "native-code z :0",
        "native-code no_such_symbol_at_all src/lib.rs:1", "unknown-std std::fs::frobnicate src/lib.rs:6",
        "unlinked demo::x::y src/other.rs:3",
      ])
    #expect(result.path("demo::main", "unknown") == "demo::main > demo::x::y")
    #expect(result.names(result.unitResults[0].direct) == ["ffi", "unknown"])
  }

  @Test func nativeCodeAndLimitsLeaveAReportComplete() {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "c:no_such_symbol_at_all")
    let result = graph.analysed()
    #expect(result.isComplete)
    #expect(result.unitResults[0].gaps.count == 1)
  }

  @Test func ambientOnlyLooksForAmbientSinksBehindHandles() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.edge("demo::main", "<std::fs::File as std::io::Write>::write")
    graph.chain("demo::main", "demo::open", "std::fs::write")
    #expect(graph.analysed().path("demo::main", "fs.write") == "demo::main > <std::fs::File as std::io::Write>::write")
    let ambient = graph.analysed(ambientOnly: true)
    #expect(ambient.path("demo::main", "fs.write") == "demo::main > demo::open > std::fs::write")
  }

  @Test func theTableDecidesOverTheItemsOfStd() {
    var graph = TestGraph()
    graph.entry("demo::main")
    let known = graph.node("std::fs::write")
    let unknown = graph.node("std::vec::Vec::frobnicate")
    graph.chain("demo::main", "std::fs::write")
    graph.chain("demo::main", "std::vec::Vec::frobnicate")
    graph.change {
      $0.nodes[Int(known)].flags.insert(.unknownStandardPath)
      $0.nodes[Int(unknown)].flags.insert(.unknownStandardPath)
    }
    let result = graph.analysed()
    #expect(result.unitResults[0].gaps.map(\.what) == ["std::vec::Vec::frobnicate"])
    #expect(result.names(result.unitResults[0].direct) == ["fs.write", "unknown"])
  }

  @Test func listsUnitsByPackageThenVersionThenPhase() {
    var graph = TestGraph(units: ["zeta", "alpha"])
    graph.addUnit("alpha", phase: "build-script", target: "build-script")
    #expect(graph.analysed().unitOrder == [1, 2, 0])
  }

  @Test func aPathListsItsFunctionsInOrder() {
    var graph = TestGraph()
    graph.entry("demo::main")
    for name in ["a", "b", "c"] { graph.chain("demo::main", "demo::\(name)", "std::fs::write") }
    graph.edge("demo::main", "demo::far", candidates: 2)
    graph.chain("demo::far", "std::fs::rename")
    graph.chain("demo::a", "demo::b", "demo::a")
    let result = graph.analysed()
    let capability = result.taxonomy.id("fs.write") ?? CapabilityID(0)
    var enumeration = PathEnumeration(result, from: 0, to: capability)
    var texts: [String] = []
    while let path = enumeration.next() {
      let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)].name
      texts.append(result.text(result.steps(from: 0, edges: path.edges, site: path.site), sink: sink))
    }
    #expect(
      texts == [
        "demo::main > demo::a > std::fs::write", "demo::main > demo::b > std::fs::write",
        "demo::main > demo::c > std::fs::write", "demo::main > demo::a > demo::b > std::fs::write",
        "demo::main > demo::b > demo::a > std::fs::write", "demo::main ?> demo::far > std::fs::rename",
      ])
  }

  @Test func pathsComeInTheOrderOfASlowSearch() {
    var random = TestRandom(seed: 11)
    for round in 0..<20 {
      var graph = TestGraph()
      let count = 3 + Int(random.next() % 5)
      for node in 0..<count { graph.node("demo::f\(node)") }
      for _ in 0..<(count * 2) {
        let (from, to) = (random.next() % UInt64(count), random.next() % UInt64(count))
        graph.edge("demo::f\(from)", "demo::f\(to)", candidates: random.next() % 3 == 0 ? 2 : 1)
      }
      graph.edge("demo::f\(count - 1)", "std::fs::write")
      graph.edge("demo::f\(count / 2)", "std::fs::rename", candidates: 2)
      graph.entry("demo::f0")
      let result = graph.analysed()
      var enumeration = PathEnumeration(result, from: 0, to: result.taxonomy.id("fs.write") ?? CapabilityID(0))
      var fast: [String] = []
      while let path = enumeration.next() {
        let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)].name
        fast.append(
          "\(path.uncertainSteps) "
            + result.text(result.steps(from: 0, edges: path.edges, site: path.site), sink: sink).replacing(
              "?", with: ""))
      }
      // Of two edges between the same functions only the better one makes a path.
      var seen: Set<[String]> = []
      let slow = SlowSearch(result).all(from: 0).filter { seen.insert($0.names).inserted }
        .map { "\($0.uncertain) " + $0.text.replacing("?", with: "") }
      #expect(fast == slow, "round \(round)")
    }
  }
}
