import CallGraph
import Capabilities
import CrateFacts
import Foundation
import Project
import RustDump
import Synchronization
import Testing

/// The graph of one theme of `Tests/Fixtures/graph`, and what it can do.
final class Fixture: Sendable {
  let graph: CallGraph
  let result: AnalysisResult
  let units: [Project.Unit]
  /// Nodes by name and by instance.
  private let nodesByName: [String: [Int]]

  private static let standard = readStandard(withBodies: false)
  private static let standardBodies = readStandard(withBodies: true)

  private static func readStandard(withBodies: Bool) -> [StandardCrate] {
    guard let file = try? DataFiles().read(StandardFacts.fileName),
      let crates = try? StandardFacts.decode(file.bytes, withBodies: withBodies)
    else { return [] }
    return crates
  }
  private static let tables: CapabilityTables? = try? DataFiles().readTables()

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/graph").path

  private static let made = Mutex<[String: Fixture]>([:])

  /// The fixture of a theme, made once for all tests.
  static func shared(_ theme: String) -> Fixture {
    made.withLock { made in
      if let known = made[theme] { return known }
      let fixture = Fixture(theme)
      made[theme] = fixture
      return fixture
    }
  }

  /// The graph of a theme's dumps, or of another folder with dumps.
  convenience init(_ theme: String, withBodies: Bool = false) {
    self.init(folder: "\(Fixture.folder)/\(theme)/dumps", withBodies: withBodies)
  }

  /// The same with the theme's sources at hand, all of which belong to its only unit; and with rules.
  convenience init(_ theme: String, sources: [String], rules: AnalysisRules = AnalysisRules()) {
    self.init(folder: "\(Fixture.folder)/\(theme)/dumps", rules: rules) { unit in
      unit.workingDirectory = "\(Fixture.folder)/\(theme)"
      unit.sourceFiles = sources
    }
  }

  /// - Parameter withBodies: whether calls are followed through std's bodies.
  init(
    folder path: String, withBodies: Bool = false, rules: AnalysisRules = AnalysisRules(),
    changingUnits change: (inout Project.Unit) -> Void = { _ in }
  ) {
    do {
      var found = try DumpFolder(path: path).units
      for index in found.indices { change(&found[index]) }
      units = found
      let facts = try FactsLoader.load(units: units, jobs: 1, cache: nil).facts
      guard let tables = Fixture.tables else { throw Failure("the tables cannot be read") }
      var input = GraphInput(
        units: units, facts: facts, standard: withBodies ? Fixture.standardBodies : Fixture.standard)
      let sinks = tables.sinks
      input.standardClass = { sinks.standing(of: $0) }
      graph = GraphBuilder.build(input)
      result = try Analysis.run(graph: graph, units: units, tables: tables, rules: rules)
    } catch {
      fatalError("the fixture \(path) cannot be read: \(error)")
    }
    var table: [String: [Int]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      let name = graph.names.string(node.name)
      let instance = graph.names.string(node.instance)
      table[name, default: []].append(index)
      if instance != name { table[instance, default: []].append(index) }
    }
    nodesByName = table
  }

  // MARK: Functions

  /// Whether there is a function with this name or instance.
  func has(_ name: String) -> Bool { nodesByName[name] != nil }

  /// The nodes with a name or instance; that there is none is a failure of the test.
  func nodes(_ name: String, _ location: SourceLocation = #_sourceLocation) -> [Int] {
    guard let found = nodesByName[name] else {
      Issue.record("there is no function \(name)", sourceLocation: location)
      return []
    }
    return found
  }

  /// The node's instance.
  func label(_ node: Int) -> String { graph.names.string(graph.nodes[node].instance) }

  func isReached(_ name: String, _ location: SourceLocation = #_sourceLocation) -> Bool {
    nodes(name, location).contains { graph.nodes[$0].flags.contains(.reached) }
  }

  func mayRun(_ name: String, _ location: SourceLocation = #_sourceLocation) -> Bool {
    nodes(name, location).contains { graph.nodes[$0].flags.contains(.mayRun) }
  }

  // MARK: Edges

  /// The edges from a function to another.
  func edges(_ from: String, _ to: String, _ location: SourceLocation = #_sourceLocation) -> [GraphEdge] {
    let targets = Set(nodes(to, location))
    return nodes(from, location).flatMap { graph.edges(of: $0) }.filter { targets.contains(Int($0.target)) }
  }

  /// The kinds of the edges from a function to another.
  func kinds(_ from: String, _ to: String, _ location: SourceLocation = #_sourceLocation) -> Set<EdgeKind> {
    Set(edges(from, to, location).map(\.kind))
  }

  /// The functions of the crates here that a function can lead to in one step, by instance.
  func targets(_ from: String, _ location: SourceLocation = #_sourceLocation) -> Set<String> {
    let edges = nodes(from, location).flatMap { graph.edges(of: $0) }
    return Set(
      edges.filter { $0.kind.mayRun && !graph.nodes[Int($0.target)].flags.contains(.external) }
        .map { label(Int($0.target)) })
  }

  /// Whether control can pass through functions with these names in this order, others between them.
  func runs(_ names: String..., at location: SourceLocation = #_sourceLocation) -> Bool {
    var current = Set(nodes(names[0], location))
    for name in names.dropFirst() {
      let after = reachable(from: current)
      current = Set(nodes(name, location)).intersection(after)
    }
    return !current.isEmpty
  }

  /// All nodes behind the edges of some.
  private func reachable(from start: Set<Int>) -> Set<Int> {
    var seen: Set<Int> = []
    var work = Array(start)
    while let node = work.popLast() {
      for edge in graph.edges(of: node) where edge.kind.mayRun && seen.insert(Int(edge.target)).inserted {
        work.append(Int(edge.target))
      }
    }
    return seen
  }

  // MARK: Entry points and capabilities

  /// Entry points as `KIND NAME`.
  var entries: Set<String> {
    Set(graph.entryPoints.map { "\($0.kind.rawValue) \(graph.names.string(graph.nodes[Int($0.node)].name))" })
  }

  /// The capabilities that an entry point reaches.
  func capabilities(_ entry: String) -> Set<String> { Set(evidence(entry).map { capability($0) }) }

  /// The best path from an entry point to a capability.
  func path(_ entry: String, _ capability: String) -> Path? {
    evidence(entry).first { self.capability($0) == capability }.map { Path(self, $0) }
  }

  /// The names of capabilities, in the taxonomy's order.
  func names(of set: CapabilitySet) -> [String] {
    set.map { result.taxonomy.capabilities[Int($0.raw)].name }
  }

  private func capability(_ evidence: Evidence) -> String {
    result.taxonomy.capabilities[Int(evidence.capability.raw)].name
  }

  private func evidence(_ entry: String) -> [Evidence] {
    result.evidence.filter {
      graph.names.string(graph.nodes[Int(graph.entryPoints[Int($0.entry)].node)].name) == entry
    }
  }

  /// The index of the unit with an id.
  func unit(_ id: String) -> Int { units.firstIndex { $0.id == id } ?? 0 }

  /// The gaps of kinds that make a report incomplete, as `KIND WHAT`.
  var openGaps: [String] {
    result.unitResults.flatMap(\.gaps).filter { $0.kind.makesIncomplete }.map { "\($0.kind.rawValue) \($0.what)" }
  }
}

/// A path as tests compare it.
struct Path {
  /// `function:line -kind>` for each step, then the sink.
  let text: String
  let functions: [String]
  let sink: String
  /// The sink with what tells it apart from others of its name.
  let label: String
  let isCertain: Bool
  /// The file and line of the last step.
  let end: String

  init(_ fixture: Fixture, _ evidence: Evidence) {
    let graph = fixture.graph
    let steps = fixture.result.steps(of: evidence)
    functions = steps.map { fixture.label(Int($0.node)) }
    sink = fixture.result.sink(of: evidence.path).name
    label = fixture.result.sink(of: evidence.path).label
    isCertain = evidence.path.isCertain
    text =
      steps.map { "\(fixture.label(Int($0.node))):\($0.position.line) -\($0.kind.word)>" }.joined(separator: " ")
      + " " + sink
    let last = steps.last?.position ?? SourcePosition()
    end = "\(graph.files[Int(last.file)]):\(last.line)"
  }
}

extension DataFiles {
  fileprivate func readTables() throws -> CapabilityTables { try CapabilityTables(read: read) }
}
