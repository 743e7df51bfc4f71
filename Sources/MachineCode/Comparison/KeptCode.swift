import CallGraph
import Project

/// What a linked program says of the functions of a graph: which of them the linker kept, and which of those lead to
/// others.
public struct KeptCode: Sendable {
  /// What became of a function.
  public enum State: Sendable {
    case kept
    case dropped
    /// It leaves no symbol of its own, or is no function of the program's crates.
    case silent
  }

  /// For each node of the graph what became of its definition: kept if one of its instances is.
  public private(set) var states: [State]
  /// For each node what became of exactly this instance; silent where the definition is kept, and this instance is not
  /// found by its name.
  public private(set) var instanceStates: [State]
  /// The units that belong to the program.
  public private(set) var unitsOfProgram: Set<Int>
  /// For each node of the graph functions of the program that it is.
  private var functions: [[UInt32]]
  /// The unit of each function of the program; -1 for std's code and what is not known.
  private var unitOfFunction: [Int]
  /// Who refers to a function or piece of data, by its node in the program's graph.
  private var sources: [[UInt32]]

  /// Joins the functions of a graph with those of a program.
  ///
  /// - Parameters:
  ///   - graph: built with `linkerNames`.
  ///   - units: the units of the graph, in its order.
  ///   - root: the unit of the program.
  ///   - binary: the linked program.
  ///   - linked: the crates that were linked; empty if that is not known.
  public init(graph: CallGraph, units: [Unit], root: Int, binary: LinkedBinary, linked: [LinkedCrate]) {
    let crates =
      linked.isEmpty
      ? CrateMap(guessingFrom: binary, graph: graph, units: units, root: root)
      : CrateMap(crates: linked, units: units, root: root, aliases: graph.linkerAliases)
    let index = MachineIndex(graph: graph, binary: binary, crates: crates)
    let program = Set(CrateMap.closure(of: root, units))
    unitsOfProgram = program
    functions = graph.nodes.indices.map { index.functions(ofNode: $0).map { UInt32($0) } }
    states = graph.nodes.indices.map { node in
      let definition = index.definitions.definitionOfNode[node]
      guard definition >= 0, program.contains(index.definitions.definitions[definition].unit) else { return .silent }
      if index.functionsOfDefinition[definition]?.isEmpty == false { return .kept }
      return index.leavesCode(node) ? .dropped : .silent
    }
    instanceStates = states
    for (node, state) in states.enumerated() where state == .kept && !index.hasExactFunction(node) {
      instanceStates[node] = .silent
    }
    unitOfFunction = index.functions.map { function in
      function.definition.map { index.definitions.definitions[$0].unit } ?? -1
    }
    sources = Array(repeating: [], count: binary.graph.nodeCount)
    for node in 0..<binary.graph.nodeCount {
      for edge in binary.graph.edges(of: node) { sources[Int(edge.target)].append(UInt32(node)) }
    }
  }

  /// The units with a kept function that comes, by calls and addresses in machine code, to one of some nodes, their own
  /// units included.
  ///
  /// An address that is taken need not be called: it may be too much, and is not too little but for what is looked up
  /// at run time.
  public func units(reaching nodes: some Sequence<Int>) -> Set<Int> {
    var seen = Array(repeating: false, count: sources.count)
    var work: [UInt32] = []
    for node in nodes {
      for function in functions[node] where !seen[Int(function)] {
        seen[Int(function)] = true
        work.append(function)
      }
    }
    var found: Set<Int> = []
    while let node = work.popLast() {
      if Int(node) < unitOfFunction.count, unitOfFunction[Int(node)] >= 0 { found.insert(unitOfFunction[Int(node)]) }
      for source in sources[Int(node)] where !seen[Int(source)] {
        seen[Int(source)] = true
        work.append(source)
      }
    }
    return found
  }
}
