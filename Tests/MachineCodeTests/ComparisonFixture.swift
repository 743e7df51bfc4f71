import CallGraph
import Capabilities
import MachineCode
import Project
import RustDump
import TestSupport

/// A small graph and a small program, written down by names.
///
/// The graph's functions are `demo::f` and the like, of the unit `demo`, which is the program; `util` is a library. In
/// machine code the crates have the hashes 7 and 8; others are std's.
struct ComparisonFixture {
  var graph = TestGraph(units: [])
  private var functions: [MachineFunction] = []
  private var numbers: [String: UInt32] = [:]
  private var pairs: [(source: UInt32, edge: MachineGraph.Edge)] = []
  private var data: [String: UInt32] = [:]
  private var definitions: [String: String] = [:]
  private var imported: [String: [String]] = [:]

  init() {
    graph.addUnit("demo", target: "bin")
    graph.addUnit("util", isMember: false)
    graph.entry("demo::main", .main)
  }

  // MARK: Graph

  /// Gives a function of the graph other flags.
  mutating func mark(_ name: String, _ flags: NodeFlags, kind: NodeKind = .function) {
    let node = Int(graph.node(name))
    graph.change {
      $0.nodes[node].flags.formUnion(flags)
      $0.nodes[node].kind = kind
    }
  }

  /// A function that is in a dump and not reached.
  mutating func unreached(_ name: String) {
    let node = Int(graph.node(name))
    graph.change { $0.nodes[node].flags.subtract([.reached, .mayRun]) }
  }

  /// Makes a function of the graph an instance of a definition.
  mutating func instance(_ name: String, of definition: String) {
    graph.node(name)
    definitions[name] = definition
  }

  // MARK: Program

  /// A function of the program: a path such as `demo::f`, a symbol behind `!` without its `_R`, or a name of C.
  @discardableResult
  mutating func kept(_ name: String) -> UInt32 {
    if let known = numbers[name] { return known }
    let number = UInt32(functions.count)
    functions.append(MachineFunction(address: UInt64(number) * 16, size: 16, symbols: [symbol(name)]))
    numbers[name] = number
    return number
  }

  /// Gives a function of the program one more name.
  mutating func merge(_ name: String, into other: String) {
    functions[Int(kept(other))].symbols.append(symbol(name))
  }

  mutating func refers(_ from: String, _ to: String, _ kind: MachineEdgeKind = .call) {
    pairs.append((kept(from), MachineGraph.Edge(target: kept(to), kind: kind)))
  }

  /// The code of a function refers to symbols of other libraries.
  mutating func imports(_ name: String, _ symbols: String...) {
    kept(name)
    imported[name] = symbols
  }

  /// The code of a function refers to a piece of data that holds the addresses of others.
  mutating func holds(_ from: String, _ targets: String...) {
    let piece = UInt32(1_000 + data.count)
    data[from] = piece
    pairs.append((kept(from), MachineGraph.Edge(target: piece, kind: .data)))
    for target in targets { pairs.append((piece, MachineGraph.Edge(target: kept(target), kind: .data))) }
  }

  private func symbol(_ name: String) -> String {
    if name.hasPrefix("!") { return "_R" + name.dropFirst().prefix { $0 != ":" } }
    guard name.contains("::"), !name.hasPrefix("_") else { return name }
    let parts = name.split(separator: ":").map { String($0) }
    return "_R" + parts.dropFirst().reduce(crate(parts[0])) { "Nv\($0)\($1.utf8.count)\($1)" }
  }

  /// A crate's root in symbols.
  func crate(_ name: String) -> String {
    let hash = ["demo": "s5_", "util": "s6_"][name] ?? "s9_"
    return "C\(hash)\(name.utf8.count)\(name)"
  }

  // MARK: Result

  private var units: [Unit] {
    ["demo", "util"].map { name in
      Unit(
        id: name, crateName: name, target: name == "demo" ? .binary : .library, rustcVersion: "1.95.0",
        rootFile: "src/main.rs", externs: name == "demo" ? [ExternCrate(name: "util", id: "util")] : [], folder: "")
    }
  }

  private var linked: [LinkedCrate] {
    zip(["demo", "util"], [7, 8]).map { name, hash in
      LinkedCrate(
        crateName: name, stableCrateID: UInt64(hash), package: name, version: "0.0.0",
        target: name == "demo" ? .binary : .library, targetName: name, features: [])
    }
  }

  /// What verify finds.
  func compared(knowsCrates: Bool = true) -> Comparison {
    var finished = graph
    finished.change { graph in
      graph.linkerNames = graph.nodes.map { node in
        let name = graph.names.string(node.name)
        guard node.unit != GraphNode.noUnit else {
          return LinkerName(definition: .none, instance: .none, isDefaultMethod: false)
        }
        let text = Self.linkerText(name)
        return LinkerName(
          definition: graph.names.intern(definitions[name].map(Self.linkerText) ?? text),
          instance: graph.names.intern(text), isDefaultMethod: false)
      }
    }
    var imports = Array(repeating: [String](), count: machineGraph.nodeCount)
    for (name, symbols) in imported { imports[Int(numbers[name] ?? 0)] = symbols }
    let binary = LinkedBinary(functions: functions, graph: machineGraph, imports: imports)
    return Verification.run(
      result: finished.analysed(), units: units, root: 0, binary: binary, linked: knowsCrates ? linked : [])
  }

  private static func linkerText(_ name: String) -> String {
    name.replacing("demo::", with: "demo~0::").replacing("util::", with: "util~1::")
  }

  private var machineGraph: MachineGraph {
    let count = UInt32(functions.count)
    let moved = pairs.map { pair in
      (
        source: pair.source >= 1_000 ? pair.source - 1_000 + count : pair.source,
        edge: MachineGraph.Edge(
          target: pair.edge.target >= 1_000 ? pair.edge.target - 1_000 + count : pair.edge.target,
          kind: pair.edge.kind)
      )
    }
    return MachineGraph(nodeCount: functions.count + data.count, pairs: moved)
  }
}
