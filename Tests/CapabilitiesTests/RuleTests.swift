import CallGraph
import Capabilities
import Project
import RustDump
import TestSupport
import Testing

@Suite struct RuleTests {
  /// main calls load (own code, fs.read) and other::send (net.connect), main prints.
  private static func example() -> TestGraph {
    var graph = TestGraph(units: ["demo", "other"])
    graph.entry("demo::main", .main)
    graph.entry("other::send")
    graph.entry("demo::load")
    graph.edge("demo::main", "demo::load", line: 2)
    graph.edge("demo::load", "std::fs::read", line: 3)
    graph.edge("demo::main", "other::send", line: 4)
    graph.edge("other::send", "std::net::TcpStream::connect", line: 5)
    graph.edge("other::send", "std::time::Instant::now", line: 5)
    graph.edge("demo::main", "std::io::_print", line: 6)
    return graph
  }

  private static func silenced(_ result: AnalysisResult) -> [String] {
    result.silenced.map {
      let unit = result.graph.units[Int($0.unit)].displayName
      return "\($0.rule.kind.rawValue) \($0.rule.index) \(result.taxonomy.name($0.capability)) \(unit) \($0.places)"
    }
  }

  @Test func labelsTravelLikeCapabilities() throws {
    var rules = AnalysisRules()
    rules.tags = [
      .init(path: "std::io::_print", label: "ocap"), .init(path: "demo::load", label: "loads"),
      .init(path: "other::*", label: "outside"),
    ]
    let result = try Self.example().analysed(rules: rules)
    #expect(result.path("demo::main", "ocap") == "demo::main > std::io::_print")
    #expect(result.path("demo::main", "loads") == "demo::main > demo::load > demo::load")
    #expect(result.path("demo::main", "outside") == "demo::main > other::send > other::send")
    #expect(result.path("demo::load", "ocap") == nil)
    #expect(result.names(result.unitResults[0].direct).contains("ocap"))
    #expect(result.names(result.unitResults[0].contained).contains("loads"))
    #expect(result.names(result.unitResults[0].transitive).contains("outside"))
    #expect(result.names(result.unitResults[1].contained) == ["net.connect", "outside", "time"])
    // What the table says stays.
    #expect(result.path("demo::main", "stdio.write") == "demo::main > std::io::_print")
    #expect(result.taxonomy.names(result.taxonomy.labels) == ["loads", "ocap", "outside"])
  }

  @Test func safeFunctionsKeepWhatTheyDo() throws {
    var rules = AnalysisRules()
    rules.safe = [
      .init(path: "demo::load", reason: "one file of ours"),
      .init(path: "other::send", capabilities: ["time"], reason: "only a deadline"),
      .init(path: "demo::nothing", reason: "not there"),
    ]
    let result = try Self.example().analysed(rules: rules)
    #expect(result.path("demo::main", "fs.read") == nil)
    #expect(result.path("demo::load", "fs.read") == nil)
    #expect(result.path("demo::main", "time") == nil)
    #expect(result.path("demo::main", "net.connect") != nil)
    #expect(result.path("other::send", "time") == nil)
    #expect(result.names(result.unitResults[0].direct) == ["stdio.write"])
    #expect(result.names(result.unitResults[0].contained) == ["fs.read", "stdio.write"])
    #expect(result.names(result.unitResults[0].transitive) == ["net.connect"])
    // main's call and the entry point itself; main's call of send, and send as an entry point of its own crate.
    #expect(
      Self.silenced(result) == ["safe 0 fs.read demo 2", "safe 1 time demo 1", "safe 1 time other 1"])
  }

  @Test func anEdgeCanBeSafeForOneCaller() throws {
    var graph = Self.example()
    graph.entry("demo::second")
    graph.chain("demo::second", "demo::load")
    graph.chain("demo::second", "std::io::_print")
    var rules = AnalysisRules()
    rules.safe = [
      .init(path: "demo::load", caller: "demo::main", reason: "checked"),
      .init(path: "std::io::_print", caller: "demo::second", reason: "a fixed text"),
    ]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("demo::main", "fs.read") == nil)
    #expect(result.path("demo::second", "fs.read") == "demo::second > demo::load > std::fs::read")
    #expect(result.path("demo::load", "fs.read") == "demo::load > std::fs::read")
    #expect(result.path("demo::second", "stdio.write") == nil)
    #expect(result.path("demo::main", "stdio.write") != nil)
    #expect(Self.silenced(result) == ["safe 0 fs.read demo 1", "safe 1 stdio.write demo 1"])
  }

  @Test func barriersHoldInCycles() throws {
    var graph = TestGraph()
    graph.entry("demo::a")
    graph.entry("demo::b")
    graph.entry("demo::c")
    // a -> b -> c -> a, c reads, a prints: out of b nothing of fs travels.
    graph.chain("demo::a", "demo::b", "demo::c", "demo::a")
    graph.chain("demo::c", "std::fs::read")
    graph.chain("demo::a", "std::io::_print")
    var rules = AnalysisRules()
    rules.safe = [.init(path: "demo::b", capabilities: ["fs"], reason: "checked")]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("demo::a", "fs.read") == nil)
    #expect(result.path("demo::b", "fs.read") == nil)
    #expect(result.path("demo::c", "fs.read") == "demo::c > std::fs::read")
    #expect(result.path("demo::b", "stdio.write") == "demo::b > demo::c > demo::a > std::io::_print")
    let fs = try #require(result.taxonomy.id("fs.read"))
    #expect(result.reachedCapabilities[Int(graph.node("demo::b"))].contains(fs))
    #expect(!result.capabilities(outOf: graph.node("demo::b")).contains(fs))
    #expect(!result.reachedCapabilities[Int(graph.node("demo::a"))].contains(fs))
  }

  @Test func aPathGoesAroundASafeFunction() throws {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "demo::a", "demo::z", "std::fs::read")
    graph.chain("demo::main", "demo::b", "demo::c", "demo::z")
    var rules = AnalysisRules()
    rules.safe = [.init(path: "demo::a", reason: "checked")]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("demo::main", "fs.read") == "demo::main > demo::b > demo::c > demo::z > std::fs::read")
    let capability = try #require(result.taxonomy.id("fs.read"))
    var enumeration = PathEnumeration(result, from: graph.node("demo::main"), to: capability)
    #expect(enumeration.next()?.edges.count == 3)
    #expect(enumeration.next() == nil)
  }

  @Test func whatAnAbsolvedCrateContainsStaysInIt() throws {
    var graph = TestGraph(units: ["app", "mid", "low"])
    graph.entry("app::main", .main)
    graph.entry("mid::api")
    graph.entry("low::open")
    graph.chain("app::main", "mid::api", "mid::inner", "std::fs::read")
    graph.chain("mid::inner", "low::open", "std::fs::write")
    graph.chain("mid::inner", "std::io::_print")
    var rules = AnalysisRules()
    rules.absolutions = [.init(units: [1], capabilities: ["fs"], crate: "mid", reason: "reviewed")]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("app::main", "fs.read") == nil)
    #expect(result.path("app::main", "fs.write") == "app::main > mid::api > mid::inner > low::open > std::fs::write")
    #expect(result.path("app::main", "stdio.write") != nil)
    // The crate itself still says it, marked.
    #expect(result.path("mid::api", "fs.read") == "mid::api > mid::inner > std::fs::read")
    #expect(result.evidence.filter(\.isAbsolved).count == 1)
    #expect(result.names(result.unitResults[1].direct) == ["fs.read", "stdio.write"])
    #expect(result.names(result.unitResults[1].absolved) == ["fs.read"])
    #expect(result.names(result.unitResults[1].transitive) == ["fs.write"])
    #expect(result.names(result.unitResults[0].transitive) == ["fs.write", "stdio.write"])
    #expect(Self.silenced(result) == ["absolution 0 fs.read mid 1"])
  }

  @Test func absolutionLeavesTheCrateOnTheWayBackToo() throws {
    // The absolved crate hands its work to a runner of another crate: there it is not reached.
    var graph = TestGraph(units: ["mid", "runner"])
    graph.entry("mid::api")
    graph.entry("runner::run")
    graph.chain("mid::api", "runner::run", "mid::job", "std::fs::read")
    var rules = AnalysisRules()
    rules.absolutions = [.init(units: [0], crate: "mid", reason: "reviewed")]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("runner::run", "fs.read") == nil)
    #expect(result.names(result.unitResults[1].transitive) == [])
    #expect(result.names(result.unitResults[0].contained) == ["fs.read"])
    #expect(result.names(result.unitResults[0].absolved) == ["fs.read"])
  }

  @Test func addedSinksStandInPlaceOfTheTables() throws {
    var graph = Self.example()
    graph.edge("demo::main", "std::fs::frobnicate", line: 9)
    var rules = AnalysisRules()
    rules.sinks = [
      .init(path: "std::io::_print", capabilities: [], reason: "only a prompt"),
      .init(path: "demo::load", capabilities: ["env.read"], reason: "a file with settings"),
      .init(path: "std::fs::frobnicate", capabilities: ["fs"], authority: .handle, reason: "of next year's std"),
    ]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("demo::main", "stdio.write") == nil)
    #expect(result.path("demo::main", "env.read") == "demo::main > demo::load > demo::load")
    #expect(result.path("demo::main", "fs.meta") == "demo::main > std::fs::frobnicate")
    #expect(result.isComplete)
    let meta = try #require(result.evidence.first { result.taxonomy.name($0.capability) == "fs.meta" })
    #expect(result.sink(of: meta.path).authority == .handle)
    #expect(
      Self.silenced(result) == ["sink 0 stdio.write demo 1", "sink 2 unknown demo 1"])
  }

  @Test func labelsOfUnsafeUsesTravel() throws {
    var graph = TestGraph()
    graph.entry("demo::read")
    graph.entry("demo::other")
    graph.operation("demo::read", "unsafe.raw-deref", "raw-deref", line: 3)
    graph.operation("demo::read", "unsafe.transmute", "transmute", line: 4)
    graph.operation("demo::other", "unsafe.raw-deref", "raw-deref", line: 5)
    graph.chain("demo::read", "c:getpid")
    var rules = AnalysisRules()
    rules.unsafeLabels = [
      .init(path: "demo::read", operation: "unsafe.raw-deref", label: "reads-mmap"),
      .init(path: "demo::read", operation: "ffi", label: "asks"),
    ]
    let result = try graph.analysed(rules: rules)
    #expect(result.path("demo::read", "reads-mmap") == "demo::read > raw-deref")
    #expect(result.path("demo::read", "asks") == "demo::read > getpid")
    #expect(result.path("demo::other", "reads-mmap") == nil)
  }

  @Test func mistakesAreNamed() throws {
    func message(_ change: (inout AnalysisRules) -> Void) -> String {
      var rules = AnalysisRules()
      change(&rules)
      do {
        try rules.check(TestTables.all.taxonomy)
        return ""
      } catch { return "\(error)" }
    }
    let origin = AnalysisRules.Origin(file: "mircap.toml", line: 7)
    #expect(message { $0.tags = [.init(path: "a::b", label: "net", origin: origin)] }.hasPrefix("mircap.toml:7: `net`"))
    #expect(message { $0.tags = [.init(path: "**", label: "x", origin: origin)] }.contains("no pattern"))
    #expect(message { $0.tags = [.init(path: "a", label: "1 x", origin: origin)] }.contains("cannot be a label"))
    #expect(
      message { $0.safe = [.init(path: "a", capabilities: ["nte"], reason: "", origin: origin)] }
        .contains("no capability `nte`"))
    #expect(
      message { $0.unsafeLabels = [.init(path: "a", operation: "fs", label: "x", origin: origin)] }
        .contains("no use of unsafe"))
    let many = (0...CapabilitySet.capacity).map { AnalysisRules.Tag(path: "a", label: "label\($0)", origin: origin) }
    #expect(message { $0.tags = many }.contains("32 different labels are possible"))
    #expect(message { $0.tags = Array(many.prefix(32)) } == "")
  }
}

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("app::run", "app::run", true), ("app::run", "app::runner", false), ("app::run", "app::run::{closure#0}", false),
    ("app::*", "app::net::connect", true), ("*::connect", "app::net::connect", true), ("app::*", "application", false),
    ("app::Disk::put", "<app::Disk>::put", true), ("app::Disk::put", "<app::Disk<T>>::put", true),
    ("<app::Disk>::put", "<app::Disk<T>>::put", true), ("<app::Disk<A>>::put", "<app::Disk<B>>::put", false),
    ("app::Disk::put", "<app::Disk as app::Store>::put", false),
    ("<app::Disk as app::Store>::put", "<app::Disk<T> as app::Store<U>>::put", true),
    ("<* as app::Store>::*", "<app::Disk as app::Store>::put", true),
    ("core::slice::iter", "std::slice::<impl [u8]>::iter", true), ("app::ru", "app::run", false),
    ("*a*b*", "xxaxxbxx", true), ("*a*b", "abab", true), ("*a*b", "aba", false),
  ]) func matches(_ pattern: String, _ name: String, _ isMatch: Bool) {
    #expect(PathPattern(pattern)?.matches(name) == isMatch, "\(pattern) and \(name)")
  }

  @Test func emptyPatternsAreNone() {
    #expect(PathPattern("") == nil)
    #expect(PathPattern(" *") == nil)
  }
}

/// Rules on random graphs, compared with a search that is slow and plain.
@Suite struct RandomRuleTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let sinks = ["std::fs::read", "std::io::_print", "std::process::exit"]
  private static let capabilities = ["fs.read", "stdio.write", "process.exit"]

  /// A graph of three crates in which each function may call any, and rules for it.
  private static func example(_ seed: UInt64) -> (graph: TestGraph, rules: AnalysisRules, names: [String]) {
    var numbers = Numbers(state: seed)
    let crates = ["one", "two", "three"]
    var graph = TestGraph(units: crates)
    let names = (0..<18).map { "\(crates[$0 % 3])::f\($0)" }
    for name in names { graph.entry(name) }
    for _ in 0..<30 { graph.edge(names.randomElement(using: &numbers)!, names.randomElement(using: &numbers)!) }
    for _ in 0..<7 { graph.edge(names.randomElement(using: &numbers)!, sinks.randomElement(using: &numbers)!) }
    var rules = AnalysisRules()
    for _ in 0..<4 {
      let isEdge = Bool.random(using: &numbers)
      rules.safe.append(
        .init(
          path: (names + sinks).randomElement(using: &numbers)!,
          caller: isEdge ? names.randomElement(using: &numbers)! : nil,
          capabilities: Bool.random(using: &numbers) ? [] : [capabilities.randomElement(using: &numbers)!], reason: ""))
    }
    rules.absolutions = [
      .init(
        units: [1], capabilities: [capabilities.randomElement(using: &numbers)!], crate: "two", reason: "")
    ]
    return (graph, rules, names)
  }

  /// What travels out of each function, and what stays in its crate, by repeating until nothing is new.
  private static func expected(
    _ graph: CallGraph, _ rules: AnalysisRules
  ) -> (travelling: [Set<String>], absolved: [Set<String>]) {
    func name(_ node: Int) -> String { graph.names.string(graph.nodes[node].name) }
    func passes(_ capability: String, _ source: Int, _ target: Int) -> Bool {
      !rules.safe.contains {
        $0.path == name(target) && ($0.caller == nil || $0.caller == name(source))
          && ($0.capabilities.isEmpty || $0.capabilities.contains(capability))
      }
    }
    var travelling = Array(repeating: Set<String>(), count: graph.nodes.count)
    var absolved = travelling
    var isNew = true
    while isNew {
      isNew = false
      for source in graph.nodes.indices where graph.nodes[source].unit != GraphNode.noUnit {
        for edge in graph.edges(of: source) {
          let target = Int(edge.target)
          let isSink = graph.nodes[target].unit == GraphNode.noUnit
          let own = isSink ? Set([capabilities[sinks.firstIndex(of: name(target))!]]) : []
          for capability in own.union(travelling[target]) where passes(capability, source, target) {
            let stays =
              isSink && graph.nodes[source].unit == 1 && rules.absolutions[0].capabilities.contains(capability)
            if stays { isNew = absolved[source].insert(capability).inserted || isNew }
            if !stays { isNew = travelling[source].insert(capability).inserted || isNew }
          }
          for capability in absolved[target]
          where passes(capability, source, target) && graph.nodes[source].unit == graph.nodes[target].unit {
            isNew = absolved[source].insert(capability).inserted || isNew
          }
        }
      }
    }
    return (travelling, absolved)
  }

  @Test func agreesWithASlowSearch() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      let (graph, rules, names) = Self.example(seed)
      let finished = graph.finished
      let expected = Self.expected(finished, rules)
      let result = try graph.analysed(rules: rules)
      var found: Set<String> = []
      for item in result.evidence {
        let entry = finished.entryPoints[Int(item.entry)]
        let name = finished.names.string(finished.nodes[Int(entry.node)].name)
        found.insert("\(name) \(result.taxonomy.name(item.capability)) \(item.isAbsolved)")
        // Each step of the path carries the capability.
        let steps = result.steps(of: item).map { Int($0.node) }
        for (source, target) in zip(steps, steps.dropFirst()) {
          #expect(finished.edges(of: source).contains { Int($0.target) == target }, "seed \(seed)")
        }
      }
      var wanted: Set<String> = []
      for (number, name) in names.enumerated() {
        let node = finished.entryPoints[number].node
        let kept = rules.safe.filter { $0.path == name && $0.caller == nil }
        func comesOut(_ capability: String) -> Bool {
          !kept.contains { $0.capabilities.isEmpty || $0.capabilities.contains(capability) }
        }
        let travelling = expected.travelling[Int(node)]
        #expect(Set(result.names(result.reachedCapabilities[Int(node)])) == travelling, "seed \(seed) \(name)")
        for capability in travelling where comesOut(capability) { wanted.insert("\(name) \(capability) false") }
        for capability in expected.absolved[Int(node)].subtracting(travelling) where comesOut(capability) {
          wanted.insert("\(name) \(capability) true")
        }
      }
      #expect(found == wanted, "seed \(seed)")
    }
  }
}
