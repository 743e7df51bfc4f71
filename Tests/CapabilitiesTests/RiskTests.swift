import CallGraph
import Capabilities
import TestSupport
import Testing

@Suite struct RiskTests {
  private func described(_ graph: TestGraph) -> [String] {
    let result = graph.analysed()
    return result.risks.map { risk in
      let entry = result.graph.entryPoints[risk.entry].node
      let names = [entry, risk.meeting].map { result.graph.names.string(result.graph.nodes[Int($0)].name) }
      let paths = risk.paths.map { result.text($0.steps, sink: $0.sink) }
      return "\(risk.rule.name) \(names[0]) \(risk.entryCount) \(names[1]): \(paths.joined(separator: "; "))"
    }
  }

  @Test func partsComeTogetherInTheLastFunctionThatReachesThemAll() {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.entry("demo::other")
    graph.chain("demo::main", "demo::a", "demo::b", "std::env::var")
    graph.chain("demo::a", "demo::main")
    graph.chain("demo::b", "demo::c", "std::net::TcpStream::connect")
    graph.chain("demo::other", "demo::b")
    #expect(
      described(graph) == [
        "environment-to-network demo::other 2 demo::b: demo::other > demo::b > std::env::var;"
          + " demo::other > demo::b > demo::c > std::net::TcpStream::connect"
      ])
  }

  @Test func partsOfDifferentEntryPointsAreNoCombination() {
    var graph = TestGraph()
    graph.entry("demo::one")
    graph.entry("demo::two")
    graph.chain("demo::one", "std::env::var")
    graph.chain("demo::two", "std::net::TcpStream::connect")
    #expect(described(graph).isEmpty)
  }

  @Test func notAllOfTheEnvironmentHoldsSecrets() {
    var graph = TestGraph()
    graph.entry("demo::main", .main)
    graph.chain("demo::main", "std::env::args")
    graph.chain("demo::main", "std::net::TcpStream::connect")
    #expect(described(graph).isEmpty)
    graph.chain("demo::main", "c:getenv")
    #expect(
      described(graph) == [
        "environment-to-network demo::main 1 demo::main: demo::main > getenv;"
          + " demo::main > std::net::TcpStream::connect"
      ])
  }

  @Test func callsIntoKnownCratesDecode() {
    var graph = TestGraph(units: ["demo", "base64"])
    graph.entry("demo::main", .main)
    graph.entry("base64::decode")
    graph.chain("demo::main", "base64::decode", "base64::inner")
    graph.edge("demo::main", "std::process::Command::spawn", candidates: 2)
    #expect(
      described(graph) == [
        "decode-and-run demo::main 1 demo::main: demo::main > base64::decode; demo::main ?> std::process::Command::spawn"
      ])
    let risk = graph.analysed().risks.first
    #expect(risk?.paths.map(\.isCertain) == [true, false])
    #expect(risk?.paths.map(\.capabilities.isEmpty) == [true, false])
  }

  @Test func aLibraryThatABuildScriptUsesDoesNotAnswerForIt() {
    var graph = TestGraph(units: [])
    graph.addUnit("tool", runsIn: ["build-script"], isMember: false)
    graph.addUnit("build_script_build", phase: "build-script", target: "build-script", package: "demo")
    graph.entry("tool::fetch")
    graph.entry("tool::name")
    graph.entry("build_script_build::main", .buildScript)
    graph.chain("tool::fetch", "std::net::TcpStream::connect")
    graph.chain("build_script_build::main", "tool::name")
    #expect(described(graph).isEmpty)
    graph.chain("build_script_build::main", "tool::fetch")
    #expect(
      described(graph) == [
        "network-while-building build_script_build::main 1 tool::fetch:"
          + " build_script_build::main > tool::fetch > std::net::TcpStream::connect"
      ])
  }

  @Test func rulesSayWhereTheyAreWrong() {
    func message(_ text: String) -> String {
      do {
        _ = try RiskRules(bytes: Array(text.utf8), file: "r.txt", taxonomy: TestTables.all.taxonomy)
        return "fine"
      } catch { return "\(error)" }
    }
    #expect(message("need\ta\tnet; call:x\tb\nrule\tr\trun\ta\twhy\n") == "fine")
    #expect(message("\nneed\ta\tfrobnicate\tb\n").hasPrefix("r.txt:2: `frobnicate` is neither"))
    #expect(message("need\ta\tnet\tb\nrule\tr\trun\tb\twhy\n") == "r.txt:2: `b` is no need above this line")
    #expect(message("need\ta\tnet\tb\nrule\tr\tnight\ta\twhy\n").hasPrefix("r.txt:2: phases are"))
    #expect(message("change\tc\tgains-weight\twhy\n").hasPrefix("r.txt:1: a change line is"))
    #expect(message("need\ta\tnet\tb\nneed\ta\tnet\tb\n").hasPrefix("r.txt:2: a line has"))
  }
}
