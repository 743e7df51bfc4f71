import CallGraph
import Testing

/// Calls followed through std's bodies: the linker's question, what is reached, has the same answer as with the tables, and
/// control can pass wherever the tables say so.
@Suite struct StandardBodyTests {
  /// Where the tables let std call or drop what its bodies do not, at the place at hand: `THEME: FROM > TO`.
  private static let onlyByTable: Set<String> = [
    // Closures in an iterator or future that the function returns: whoever runs it calls them.
    "conversions: conversions::pipeline > conversions::pipeline::{closure#0}",
    "conversions: conversions::pipeline > conversions::pipeline::{closure#1}",
    "dynamic: dynamic::iterators > dynamic::iterators::{closure#0}",
    "handlers: handlers::numbers > handlers::numbers::{closure#0}",
    "results: results::numbers > results::numbers::{closure#0}",
    "tasks: <tasks::Memory as tasks::Supply>::supply > <tasks::Memory as tasks::Supply>::supply::{closure#0}",
    // Looking something up asks the borrowed form of the key, not the key's own type.
    "conversions: conversions::look_up > <conversions::Name as std::cmp::PartialEq>::eq",
    "conversions: conversions::look_up > <conversions::Name as std::hash::Hash>::hash",
    "conversions: conversions::look_up_sorted > <conversions::Name as std::cmp::Ord>::cmp",
    // Methods of a trait that std's function asks for and does not call.
    "conversions: conversions::copy > <conversions::Sink as std::io::Write>::flush",
    "demands: demands::collected_results > <demands::Numbers as std::iter::Iterator>::count",
    "demands: demands::collected_results > <demands::Numbers as std::iter::Iterator>::last",
    // Sums values, not references.
    "conversions: <conversions::Meters as std::iter::Sum<&conversions::Meters>>::sum > "
      + "<conversions::Meters as std::iter::Sum<&conversions::Meters>>::sum",
  ]

  @Test(arguments: [
    "callbacks", "closures", "conversions", "demands", "drops", "dynamic", "futures", "generics", "handlers", "objects",
    "ownership", "results", "statics", "tasks",
  ])
  func bodiesLeadWhereTheTablesLead(_ theme: String) {
    let tables = Fixture.shared(theme)
    let bodies = Fixture(theme, withBodies: true)
    for (from, targets) in steps(tables) {
      for target in targets.subtracting(bodies.definitions(behind: from)) {
        let step = "\(theme): \(from) > \(target)"
        if !StandardBodyTests.onlyByTable.contains(step) { Issue.record("not by std's bodies: \(step)") }
      }
    }
    #expect(reached(tables) == reached(bodies))
  }

  /// The default way shows no less than the tables: payloads, names that are resolved, what std does with types of its own.
  @Test(arguments: ["attacks", "choice", "conversions", "foreign", "natives", "ownership", "update-new"])
  func noEvidenceOfTheTablesIsLost(_ theme: String) {
    let tables = evidence(Fixture.shared(theme))
    #expect(!tables.isEmpty)
    #expect(tables.subtracting(evidence(Fixture(theme, withBodies: true))) == [])
  }

  @Test func whatStdCallsOnUnknownTypesIsStated() {
    let fixture = Fixture("attacks", withBodies: true)
    let gaps = fixture.result.unitResults.flatMap(\.gaps).filter { $0.what.hasSuffix(", called by std") }
    #expect(gaps.map(\.kind) == [.limit])
    #expect(gaps.map(\.file) == ["src/aliases.rs"])
    #expect(gaps.first?.why.contains("such calls") == true)
  }

  /// Entry points with each capability that they reach.
  private func evidence(_ fixture: Fixture) -> Set<String> {
    Set(
      fixture.result.evidence.map { evidence in
        let entry = fixture.graph.entryPoints[Int(evidence.entry)]
        let capability = fixture.result.taxonomy.capabilities[Int(evidence.capability.raw)].name
        return "\(fixture.units[Int(entry.unit)].id) \(fixture.definition(Int(entry.node))) \(capability)"
      })
  }

  /// The functions of the crates that control can come to in one step from each.
  private func steps(_ fixture: Fixture) -> [String: Set<String>] {
    var steps: [String: Set<String>] = [:]
    for node in fixture.graph.nodes.indices where fixture.isOfCrates(node) {
      for edge in fixture.graph.edges(of: node) where edge.kind.mayRun && fixture.isOfCrates(Int(edge.target)) {
        steps[fixture.definition(node), default: []].insert(fixture.definition(Int(edge.target)))
      }
    }
    return steps
  }

  private func reached(_ fixture: Fixture) -> Set<String> {
    Set(
      fixture.graph.nodes.indices.filter {
        fixture.isOfCrates($0) && fixture.graph.nodes[$0].flags.contains(.reached)
      }.map { fixture.definition($0) })
  }
}

extension Fixture {
  /// Whether a node is code of the crates here.
  fileprivate func isOfCrates(_ node: Int) -> Bool {
    graph.nodes[node].flags.isDisjoint(with: [.external, .standard])
  }

  fileprivate func definition(_ node: Int) -> String { graph.names.string(graph.nodes[node].name) }

  /// The definitions that control can come to from one.
  fileprivate func definitions(behind name: String) -> Set<String> {
    var seen: Set<Int> = []
    var work = has(name) ? nodes(name) : []
    while let node = work.popLast() {
      for edge in graph.edges(of: node) where edge.kind.mayRun && seen.insert(Int(edge.target)).inserted {
        work.append(Int(edge.target))
      }
    }
    return Set(seen.map { definition($0) })
  }
}
