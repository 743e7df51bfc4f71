import CallGraph
import Capabilities
import Policy
import TestSupport

/// A program, two libraries that it uses, and its build script.
///
/// `app` calls `foo` and `bar`, `foo` calls `bar`. What each does itself:
/// `app` `process.exit`; its build script `env.read`; `foo` `fs.write`; `bar` `fs.read`, and `net.connect` in code that
/// only `app` comes to; `bar` also contains `process.spawn` in code that nothing reaches.
enum PolicyFixture {
  static func graph() -> TestGraph {
    var graph = TestGraph(units: [])
    graph.addUnit("app", target: "bin")
    graph.addUnit("foo", isMember: false)
    graph.addUnit("bar", isMember: false)
    graph.addUnit("build_script_build", phase: "build-script", target: "build-script", package: "app")
    graph.entry("app::main", .main)
    graph.entry("foo::save")
    graph.entry("bar::load")
    graph.entry("bar::fetch")
    graph.entry("build_script_build::main", .buildScript)
    graph.edge("app::main", "foo::save", line: 3)
    graph.edge("app::main", "bar::fetch", line: 4)
    graph.edge("app::main", "std::process::exit", line: 5)
    graph.edge("foo::save", "bar::load", line: 10)
    graph.edge("foo::save", "foo::write", line: 11)
    graph.edge("foo::write", "std::fs::write", line: 12)
    graph.edge("bar::load", "std::fs::read", line: 20)
    graph.edge("bar::fetch", "std::net::TcpStream::connect", line: 21)
    graph.edge("bar::unused", "std::process::Command::spawn", line: 22)
    graph.edge("build_script_build::main", "std::env::var", line: 30)
    return graph
  }

  /// A policy under which all of it is allowed.
  static let complete = """
    [crate.app]
    allow = ["process.exit"]
    [crate."app:build-script"]
    allow = ["env.read"]
    [crate.foo]
    allow = ["fs.write"]
    [crate.bar]
    allow = ["fs.read", "net.connect"]

    """

  static func policy(_ text: String) throws -> Policy {
    try Policy(text: Array(text.utf8), file: "mircap.toml", taxonomy: TestTables.all.taxonomy)
  }

  /// What a policy's text says of a graph.
  static func verdict(
    _ text: String, _ graph: TestGraph = graph(), shipped: ShippedAllowlist = ShippedAllowlist(),
    dependencies: [[String]] = []
  ) throws -> (verdict: PolicyVerdict, result: AnalysisResult) {
    let policy = try policy(text)
    let absolved = AbsolvedUnits(
      policy: policy, shipped: shipped, packages: graph.units.map { ($0.package, $0.version, "") })
    var rules = policy.rules
    rules.absolutions += absolved.absolutions(policy.taxonomy)
    var result = try graph.analysed(rules: rules)
    for (unit, names) in dependencies.enumerated() { result.units[unit].dependencies = names }
    return (PolicyCheck.run(policy: policy, result: result, absolved: absolved), result)
  }

  /// The violations as text: who, what, and the path.
  static func violations(
    _ text: String, _ graph: TestGraph = graph(), shipped: ShippedAllowlist = ShippedAllowlist(),
    dependencies: [[String]] = []
  ) throws -> [String] {
    let (verdict, result) = try verdict(text, graph, shipped: shipped, dependencies: dependencies)
    return verdict.violations.map { violation in
      let evidence = violation.evidence
      if let path = evidence.path, let start = evidence.start {
        let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)]
        let steps = result.steps(from: start, edges: path.edges, site: path.site)
        return violation.message + ": " + result.text(steps, sink: sink.name)
      }
      if let use = evidence.use {
        return violation.message + ": in " + result.graph.names.string(use.function)
      }
      if let node = evidence.containing {
        return violation.message + ": in " + result.graph.names.string(result.graph.nodes[Int(node)].name)
      }
      return violation.message + ": " + evidence.statement
    }
  }

  /// What is not needed, as text.
  static func unused(_ text: String, _ graph: TestGraph = graph()) throws -> [String] {
    try verdict(text, graph).verdict.unused.map { "\($0.line) \($0.rule) \($0.grant): \($0.why)" }
  }
}
