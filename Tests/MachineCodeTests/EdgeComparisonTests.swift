import CallGraph
import MachineCode
import Testing

/// References of machine code and edges of the graph.
@Suite struct EdgeComparisonTests {
  private func ratio(_ part: Int, _ whole: Int) -> Comparison.Ratio { Comparison.Ratio(part: part, whole: whole) }

  @Test func whatLeavesNoCodeIsLookedThrough() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::inlined", "demo::f")
    fixture.mark("demo::inlined", .inlineAlways)
    fixture.graph.edge("demo::main", "demo::VALUE", .staticInitialiser)
    fixture.mark("demo::VALUE", [], kind: .constant)
    fixture.graph.edge("demo::VALUE", "demo::g", .cast)
    fixture.refers("demo::main", "demo::f")
    fixture.refers("demo::main", "demo::g", .address)
    let result = fixture.compared()
    #expect(result.machineEdges == ratio(2, 2) && result.missedEdges.isEmpty)
    #expect(result.graphEdges == ratio(1, 1))
  }

  @Test func lostReferences() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f")
    fixture.graph.chain("demo::main", "demo::g")
    fixture.refers("demo::main", "demo::f")
    fixture.refers("demo::main", "demo::g")
    fixture.refers("demo::f", "demo::g")
    let result = fixture.compared()
    #expect(result.machineEdges == ratio(2, 3))
    #expect(result.missedEdges.map(\.from) == ["demo~0::f"] && result.missedEdges.map(\.to) == ["demo~0::g"])
    #expect(result.missedEdges[0].kind == "call")
  }

  @Test func callbacksPassThroughStdAndData() {
    var fixture = ComparisonFixture()
    fixture.graph.edge("demo::main", "demo::direct", .callback)
    fixture.graph.edge("demo::main", "demo::stored", .callback)
    fixture.graph.edge("demo::main", "demo::Drop", .drop)
    fixture.graph.edge("demo::main", "demo::absent", .callback)
    fixture.refers("demo::main", "core::map")
    fixture.refers("core::map", "demo::direct")
    fixture.refers("demo::main", "std::spawn")
    fixture.holds("std::spawn", "demo::stored")
    fixture.refers("demo::main", "core::drop_in_place")
    fixture.refers("core::drop_in_place", "demo::Drop")
    fixture.kept("demo::absent")
    let result = fixture.compared()
    #expect(result.graphEdges == ratio(3, 4))
    #expect(result.extraEdges.map(\.to) == ["demo~0::absent"])
  }

  /// Where the graph follows std's bodies, the way through them may lead through data in machine code.
  @Test func stdIsLookedThroughInTheGraphToo() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "std::thread::spawn", "std::thread::run", "demo::body", "std::fs::read")
    fixture.holds("demo::main", "demo::body")
    let result = fixture.compared()
    #expect(result.graphEdges == ratio(1, 1) && result.evidenceSteps == ratio(1, 1))
    #expect(result.definitionPrecision == ratio(2, 2))
  }

  /// A path through another function of a crate is no reference.
  @Test func othersFunctionsAreNotPassedThrough() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f", "demo::g")
    fixture.graph.edge("demo::main", "demo::g", .callback)
    fixture.refers("demo::main", "demo::f")
    fixture.refers("demo::f", "demo::g")
    let result = fixture.compared()
    #expect(result.graphEdges == ratio(2, 3))
  }

  /// Calls are code: data that holds the address is no call.
  @Test func callsAreNotFoundInData() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f")
    fixture.holds("demo::main", "demo::f")
    #expect(fixture.compared().graphEdges == ratio(0, 1))
  }

  @Test func targetsOfPointersAreHeldSomewhere() {
    var fixture = ComparisonFixture()
    fixture.graph.edge("demo::main", "demo::f", .dyn, candidates: 2)
    fixture.graph.edge("demo::main", "demo::g", .pointer, candidates: 2)
    fixture.graph.edge("demo::main", "demo::h", .dyn, candidates: 2)
    fixture.graph.edge("demo::main", "demo::Drop", .drop, candidates: 2)
    fixture.graph.edge("demo::main", "demo::DropOfOne", .drop)
    fixture.kept("demo::main")
    fixture.holds("util::vtable", "core::drop_in_place")
    fixture.unreached("util::vtable")
    fixture.refers("core::drop_in_place", "demo::Drop")
    fixture.refers("core::drop_in_place", "demo::DropOfOne")
    fixture.holds("util::tables", "core::adaptor")
    fixture.refers("core::adaptor", "demo::f")
    fixture.refers("util::tables", "demo::g", .address)
    fixture.refers("util::tables", "demo::h")
    fixture.unreached("util::tables")
    let result = fixture.compared()
    #expect(result.graphEdges == ratio(3, 5))
    #expect(result.extraEdges.map(\.to) == ["demo~0::DropOfOne", "demo~0::h"])
  }

  @Test func stepsOfEvidence() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::inlined", "demo::f", "util::read", "std::fs::read")
    fixture.mark("demo::inlined", .inlineAlways)
    fixture.graph.chain("demo::main", "util::net", "std::net::TcpStream::connect")
    fixture.refers("demo::main", "demo::f")
    fixture.refers("demo::f", "util::read")
    fixture.kept("util::net")
    let result = fixture.compared()
    #expect(result.evidenceSteps == ratio(2, 3))
    #expect(result.falseSteps.map(\.to) == ["util~1::net"])
  }

  @Test func foreignSymbols() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::inlined", "c:getpid")
    fixture.mark("demo::inlined", .inlineAlways)
    fixture.graph.chain("demo::main", "demo::f", "c:socket")
    fixture.graph.chain("demo::f", "c:static_one")
    fixture.graph.chain("demo::f", "std::process::id", "c:getppid")
    fixture.imports("demo::main", "getpid", "memcpy")
    fixture.imports("demo::f", "getppid")
    fixture.refers("demo::f", "static_one")
    fixture.graph.edge("demo::main", "demo::TABLE", .staticInitialiser)
    fixture.mark("demo::TABLE", [], kind: .staticItem)
    fixture.graph.edge("demo::TABLE", "c:static_two", .cast)
    fixture.holds("demo::main", "static_two")
    fixture.graph.edge("demo::main", "c:by_pointer", .pointer)
    fixture.kept("by_pointer")
    fixture.graph.edge("demo::main", "c:nowhere", .pointer)
    let result = fixture.compared()
    // getppid is called by std in the graph, by the function itself in machine code.
    #expect(result.machineForeign == ratio(2, 3))
    #expect(result.graphForeign == ratio(4, 6))
    #expect(result.missedEdges.map(\.to) == ["getppid"])
    #expect(result.extraEdges.map(\.to) == ["socket", "demo~0::f", "nowhere"])
    #expect(result.missedEdges[0].kind == "foreign" && result.missedEdges[0].from == "demo~0::f")
  }

  @Test func theRuntimeAnswersForMain() {
    var fixture = ComparisonFixture()
    fixture.graph.edge("demo::main", "demo::show", .callback)
    fixture.refers("main", "std::lang_start")
    fixture.refers("main", "demo::main", .address)
    fixture.refers("std::lang_start", "demo::show")
    #expect(fixture.compared().graphEdges == ratio(1, 1))
  }
}
