import CallGraph
import Capabilities
import Policy
import TestSupport
import Testing

@Suite struct DifferenceTests {
  private func compare(_ old: TestGraph, _ new: TestGraph) -> Difference {
    DifferenceFinder.compare(
      ReportContent(old.analysed(), name: "old"), ReportContent(new.analysed(), name: "new"),
      rules: TestTables.all.riskRules)
  }

  /// `crate phase what [scope] +added -removed`.
  private func lines(_ difference: Difference) -> [String] {
    difference.changes.map { change in
      let scope = change.scope.map { " \($0.rawValue)" } ?? ""
      let names = change.added.map { " +\($0)" } + change.removed.map { " -\($0)" }
      return "\(change.crate) \(change.phase) \(change.subject.rawValue)\(scope)\(names.joined())"
    }
  }

  private func program() -> TestGraph {
    var graph = TestGraph(units: ["demo"])
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "demo::load", "std::fs::read")
    return graph
  }

  @Test func theSameIsNoDifference() {
    let difference = compare(program(), program())
    #expect(difference.isEmpty && !difference.hasAdditions)
  }

  @Test func whatCameHasAPath() {
    var new = program()
    new.chain("demo::load", "demo::tell", "std::net::TcpStream::connect")
    new.edge("demo::main", "demo::tell", candidates: 3)
    let difference = compare(program(), new)
    #expect(lines(difference) == ["demo run capability reachable +net.connect"])
    #expect(difference.hasAdditions)
    let evidence = difference.changes.first?.evidence.first
    #expect(evidence?.steps.map(\.function) == ["demo::main", "demo::load", "demo::tell"])
    #expect(evidence?.evidence.sink == "std::net::TcpStream::connect")
    #expect(evidence?.evidence.isCertain == true)
  }

  @Test func whatWentIsNoAddition() {
    var old = program()
    old.chain("demo::main", "std::time::Instant::now")
    let difference = compare(old, program())
    #expect(lines(difference) == ["demo run capability reachable -time"])
    #expect(!difference.hasAdditions && !difference.isEmpty)
  }

  @Test func aCapabilityIsToldInTheFirstSenseThatHolds() {
    func graph(ownCode: Bool, dead: Bool, other: Bool) -> TestGraph {
      var graph = TestGraph(units: ["demo", "peer"])
      graph.entry("demo::main", .main)
      graph.entry("demo::other")
      graph.entry("peer::send")
      graph.chain("demo::main", "peer::send", "std::net::TcpStream::connect")
      graph.chain("demo::other", "std::fs::read")
      if ownCode { graph.chain("demo::main", "std::net::TcpStream::connect") }
      if dead { graph.chain("demo::dead", "std::process::exit") }
      if other { graph.chain("demo::other", "peer::send") }
      return graph
    }
    let before = graph(ownCode: false, dead: false, other: false)
    #expect(
      lines(compare(before, graph(ownCode: true, dead: false, other: false))) == [
        "demo run capability direct +net.connect"
      ])
    #expect(
      lines(compare(before, graph(ownCode: false, dead: true, other: false))) == [
        "demo run capability contained +process.exit"
      ])
    let entry = compare(before, graph(ownCode: false, dead: false, other: true))
    #expect(lines(entry) == ["demo run capability entry +net.connect"])
    #expect(entry.changes.first?.evidence.map(\.evidence.entry) == ["demo::other"])
  }

  @Test func entryPointsThatReachNothingAreNoNews() {
    var new = program()
    new.entry("demo::quiet")
    new.chain("demo::quiet", "demo::nothing")
    #expect(compare(program(), new).isEmpty)
    new.entry("demo::save")
    new.chain("demo::save", "std::fs::write")
    #expect(
      lines(compare(program(), new)) == [
        "demo run capability reachable +fs.write", "demo run entry +demo::save",
      ])
  }

  @Test func cratesAndDependenciesComeAndGo() {
    var old = program()
    old.addUnit("former", isMember: false)
    var new = program()
    new.addUnit("peer", isMember: false)
    new.entry("peer::send")
    new.chain("peer::send", "std::net::TcpStream::connect")
    new.units[0].dependencies = ["peer-1"]
    let difference = compare(old, new)
    #expect(difference.addedCrates == ["peer"] && difference.removedCrates == ["former"])
    #expect(
      lines(difference) == ["demo run dependency +peer", "peer run capability reachable +net.connect"])
  }

  @Test func versionsOfOnePackageBelongTogether() {
    func graph(_ versions: [String]) -> TestGraph {
      var graph = TestGraph(units: [])
      for (index, version) in versions.enumerated() {
        graph.addUnit("peer", isMember: false)
        graph.units[index].version = version
        graph.units[index].id = "peer-\(index)"
      }
      return graph
    }
    let update = compare(graph(["1.0.0"]), graph(["1.1.0"]))
    #expect(update.versions == [Difference.VersionChange(crate: "peer", old: "1.0.0", new: "1.1.0")])
    #expect(update.isEmpty && !update.hasAdditions)
    let second = compare(graph(["1.0.0"]), graph(["1.0.0", "2.0.0"]))
    #expect(second.addedCrates == ["peer"] && second.versions.isEmpty)
  }

  @Test func moreUnsafeOperationsAreAnAddition() {
    func graph(_ count: Int) -> TestGraph {
      var graph = program()
      for line in 0..<count {
        graph.operation("demo::load", "unsafe.raw-deref", "raw-deref", line: UInt32(line + 1))
      }
      return graph
    }
    let more = compare(graph(1), graph(3))
    #expect(lines(more) == ["demo run unsafe +unsafe.raw-deref"])
    #expect(more.changes.first?.counts.map { [$0.old, $0.new] } == [[1, 3]])
    #expect(lines(compare(graph(3), graph(1))) == ["demo run unsafe -unsafe.raw-deref"])
    #expect(!compare(graph(3), graph(1)).hasAdditions)
  }

  @Test func linksAndSymbolsComeAndGo() {
    var new = program()
    new.change {
      $0.units[0].linkedLibraries = ["z"]
      $0.units[0].definedSymbols = ["malloc"]
      $0.units[0].foreignSymbols = ["getpid"]
    }
    #expect(
      lines(compare(program(), new)) == [
        "demo run capability contained +link +symbol.define", "demo run link +z",
        "demo run symbol +getpid (called) +malloc (defined)",
      ])
  }

  @Test func aBuildScriptOfAHarmlessPackageIsPointedOut() {
    var old = TestGraph(units: ["demo", "quiet"])
    old.entry("demo::main", .main)
    old.chain("demo::main", "std::fs::read")
    var new = old
    new.addUnit("build_script_build", phase: "build-script", target: "build-script", package: "quiet")
    new.entry("build_script_build::main", .buildScript)
    new.chain("build_script_build::main", "std::env::var")
    let difference = compare(old, new)
    #expect(difference.addedCrates.isEmpty)
    #expect(
      lines(difference) == [
        "quiet build-script build-script +build_script_build", "quiet build-script capability reachable +env.read",
      ])
    #expect(difference.addedRisks.map { "\($0.rule) \($0.crate)" } == ["gained-build-script quiet"])
    var dependent = new
    dependent.addUnit("user", isMember: false)
    var dependentOld = old
    dependentOld.addUnit("user", isMember: false)
    dependent.units[3].dependencies = ["quiet-1"]
    #expect(
      compare(dependentOld, dependent).addedRisks.map { "\($0.rule) \($0.crate)" } == [
        "gained-build-script quiet", "gained-dependency-with-build-script user",
      ])
  }

  @Test func risksOfTheNewVersionAreTold() {
    var new = program()
    new.chain("demo::load", "std::env::var")
    new.chain("demo::load", "std::net::TcpStream::connect")
    let difference = compare(program(), new)
    #expect(difference.addedRisks.map { "\($0.rule) \($0.entry)" } == ["environment-to-network demo::main"])
    #expect(compare(new, program()).removedRisks.map(\.rule) == ["environment-to-network"])
  }
}
