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
