import CallGraph
import Capabilities
import RustDump
import TestSupport
import Testing

@Suite struct EvidenceTests {
  @Test func takesTheShortestPath() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.chain("demo::main", "demo::a", "demo::b", "std::fs::write")
    graph.chain("demo::main", "demo::z", "std::fs::write")
    #expect(graph.analysed().path("demo::main", "fs.write") == "demo::main > demo::z > std::fs::write")
  }

  @Test func prefersACertainPathToAShortOne() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.edge("demo::main", "demo::near", .dyn, candidates: 2)
    graph.chain("demo::near", "std::fs::write")
    graph.chain("demo::main", "demo::a", "demo::b", "demo::c", "std::fs::write")
    let result = graph.analysed()
    #expect(result.path("demo::main", "fs.write") == "demo::main > demo::a > demo::b > demo::c > std::fs::write")
    #expect(result.evidence.first?.path.isCertain == true)
  }

  @Test func countsAnUncertainUseOfTheSink() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.edge("demo::main", "<std::fs::File as std::io::Write>::write", .dyn, candidates: 3)
    graph.chain("demo::main", "demo::a", "demo::b")
    graph.edge("demo::b", "std::fs::write")
    let result = graph.analysed()
    #expect(result.path("demo::main", "fs.write") == "demo::main > demo::a > demo::b > std::fs::write")
    var only = TestGraph()
    only.entry("demo::main")
    only.edge("demo::main", "<std::fs::File as std::io::Write>::write", .dyn, candidates: 3)
    let uncertain = only.analysed()
    #expect(uncertain.evidence.first?.path.uncertainSteps == 1)
    #expect(uncertain.path("demo::main", "fs.write") == "demo::main ?> <std::fs::File as std::io::Write>::write")
  }

  @Test func breaksTiesByNamesAlongTheWholePath() {
    var graph = TestGraph()
    graph.entry("demo::main")
    // Two instances of one function stand first; which of them is taken depends on what follows.
    graph.chain("demo::main", "demo::f#demo::f<A>", "demo::y", "std::fs::write")
    graph.chain("demo::main", "demo::f#demo::f<B>", "demo::x", "std::fs::write")
    graph.chain("demo::main", "demo::g", "demo::a", "std::fs::write")
    let result = graph.analysed()
    #expect(result.path("demo::main", "fs.write") == "demo::main > demo::f > demo::x > std::fs::write")
  }

  @Test func breaksTiesByTheSinksName() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.edge("demo::main", "std::fs::write", line: 1)
    graph.edge("demo::main", "std::fs::rename", line: 9)
    graph.edge("demo::main", "std::fs::rename", line: 7)
    let result = graph.analysed()
    #expect(result.path("demo::main", "fs.write") == "demo::main > std::fs::rename")
    #expect(result.steps(of: result.evidence[0]).map(\.position.line) == [7])
  }

  @Test func endsInCyclesAndFollowsThem() {
    var graph = TestGraph()
    graph.entry("demo::a")
    graph.entry("demo::c")
    graph.chain("demo::a", "demo::b", "demo::c", "demo::a")
    graph.edge("demo::b", "demo::b")
    graph.chain("demo::b", "std::process::exit")
    let result = graph.analysed()
    #expect(result.path("demo::c", "process.exit") == "demo::c > demo::a > demo::b > std::process::exit")
    #expect(result.evidence.count == 2)
  }

  @Test func doesNotFollowCasts() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.edge("demo::main", "demo::a", .cast)
    graph.chain("demo::a", "std::fs::write")
    graph.edge("demo::main", "std::fs::read", .cast)
    let result = graph.analysed()
    #expect(result.evidence.isEmpty)
    #expect(result.names(result.unitResults[0].direct) == [])
    #expect(result.names(result.unitResults[0].contained) == ["fs.read", "fs.write"])
  }

  @Test func followsOperationsAndForeignFunctions() {
    var graph = TestGraph()
    graph.entry("demo::main")
    graph.operation("demo::raw", "unsafe.raw-deref", "raw-deref", line: 4)
    graph.chain("demo::main", "demo::raw", "c:unlink")
    let result = graph.analysed()
    #expect(result.path("demo::main", "unsafe.raw-deref") == "demo::main > demo::raw > raw-deref")
    #expect(result.path("demo::main", "fs.write") == "demo::main > demo::raw > unlink")
    #expect(result.path("demo::main", "ffi") == "demo::main > demo::raw > unlink")
  }

  @Test func aSymbolOfAnotherCrateIsCalledByChoice() {
    var graph = TestGraph(units: ["demo", "other"])
    graph.entry("demo::main")
    graph.edge("demo::main", "other::exported", .symbol)
    graph.chain("other::exported", "std::fs::write")
    let result = graph.analysed()
    #expect(result.path("demo::main", "symbol.call") == "demo::main > other::exported")
    #expect(result.names(result.unitResults[0].direct) == ["ffi", "symbol.call"])
    #expect(result.names(result.unitResults[0].transitive) == ["fs.write"])
  }

  @Test func isDeterministicAndAgreesWithASlowSearch() {
    var random = TestRandom(seed: 7)
    for round in 0..<40 {
      var graph = TestGraph()
      let count = 4 + Int(random.next() % 9)
      for node in 0..<count { graph.node("demo::f\(node % 5)#demo::f\(node % 5)<\(node)>") }
      let name = { (node: Int) in "demo::f\(node % 5)#demo::f\(node % 5)<\(node)>" }
      for _ in 0..<(count * 2) {
        let (from, to) = (Int(random.next() % UInt64(count)), Int(random.next() % UInt64(count)))
        graph.edge(name(from), name(to), candidates: random.next() % 3 == 0 ? 2 : 1)
      }
      graph.edge(name(count - 1), "std::fs::write")
      graph.edge(name(count / 2), "std::fs::rename", candidates: 2)
      graph.entry(name(0))
      let result = graph.analysed()
      let slow = SlowSearch(result).best(from: 0)
      let fast = result.evidence.first.map { result.text(result.steps(of: $0), sink: result.sink(of: $0.path).name) }
      #expect(fast == slow, "round \(round)")
    }
  }
}

/// Small numbers that are the same in every run.
struct TestRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}

/// Lists all paths that visit no function twice and takes the best.
struct SlowSearch {
  private let result: AnalysisResult
  init(_ result: AnalysisResult) { self.result = result }

  struct Path {
    var uncertain: Int
    var names: [String]
    var text: String
  }

  func best(from start: UInt32) -> String? { all(from: start).first?.text }

  func all(from start: UInt32) -> [Path] {
    var paths: [Path] = []
    extend([start], "", 0, &paths)
    return paths.sorted {
      if $0.uncertain != $1.uncertain { return $0.uncertain < $1.uncertain }
      if $0.names.count != $1.names.count { return $0.names.count < $1.names.count }
      return $0.names.lexicographicallyPrecedes($1.names)
    }
  }

  private func extend(_ nodes: [UInt32], _ text: String, _ uncertain: Int, _ paths: inout [Path]) {
    let node = nodes[nodes.count - 1]
    let names = nodes.map { result.graph.names.string(result.graph.nodes[Int($0)].name) }
    for site in result.sites.sites(of: Int(node)) {
      let sink = result.sites.sinks[Int(site.sink)].name
      paths.append(
        Path(
          uncertain: uncertain + (site.candidates > 1 ? 1 : 0), names: names + [sink],
          text: text + names[names.count - 1] + (site.candidates > 1 ? " ?> " : " > ") + sink))
    }
    for edge in result.graph.edges(of: Int(node))
    where edge.kind.mayRun && !nodes.contains(edge.target) && result.graph.nodes[Int(edge.target)].unit == 0 {
      extend(
        nodes + [edge.target], text + names[names.count - 1] + (edge.candidates > 1 ? " ?> " : " > "),
        uncertain + (edge.candidates > 1 ? 1 : 0), &paths)
    }
  }
}
