import CallGraph

/// The functions of a program and those of a graph, joined by name.
struct MachineIndex {
  /// What a function of the program is.
  struct Function {
    /// As `LinkerName.instance`; the linked name for symbols of other manglings. Of several names, the first that is of a
    /// crate with a dump.
    var name: String
    /// The definition, for code of a crate with a dump; an index into `definitions`.
    var definition: Int?
    /// The nodes of exactly its names.
    var nodes: [Int] = []
  }

  let graph: CallGraph
  let binary: LinkedBinary
  let definitions: DefinitionIndex
  /// In the order of `binary.functions`.
  private(set) var functions: [Function] = []
  /// Functions of the program by definition.
  private(set) var functionsOfDefinition: [Int: [Int]] = [:]
  /// The names of instances that the program has, by definition.
  private(set) var keptNames: [Int: Set<String>] = [:]
  private var functionsOfNode: [Int: [Int]] = [:]
  /// Names of code of crates with a dump that fit no function of the graph.
  private(set) var unknownNames: Set<String> = []
  /// Crates with code in the program that the graph does not have.
  private(set) var missingCrates: Set<String> = []

  init(graph: CallGraph, binary: LinkedBinary, crates: CrateMap) {
    self.graph = graph
    self.binary = binary
    definitions = DefinitionIndex(graph)
    functions.reserveCapacity(binary.functions.count)
    for function in binary.functions {
      functions.append(Function(name: function.symbols[0]))
      // Equal functions may have been merged: then one stands for all.
      for symbol in function.symbols { join(symbol, crates) }
    }
  }

  /// Joins one more name of the last function.
  private mutating func join(_ symbol: String, _ crates: CrateMap) {
    let last = functions.count - 1
    guard let name = MachineName(symbol: symbol, crates: crates) else {
      guard let node = definitions.node(ofSymbol: symbol) else { return }
      let instance = graph.names.string(graph.linkerNames[node].instance)
      return add(instance, definitions.definitionOfNode[node], [node])
    }
    if let crate = name.missingCrate { missingCrates.insert(crate) }
    if functions[last].definition == nil { functions[last].name = name.instance }
    guard case .unit = name.owner, !name.isShim else { return }
    guard let definition = definitions.definition(name) else {
      unknownNames.insert(name.instance)
      return
    }
    add(name.instance, definition, definitions.nodes(name))
  }

  private mutating func add(_ instance: String, _ definition: Int, _ nodes: [Int]) {
    let last = functions.count - 1
    if functions[last].definition == nil {
      functions[last].definition = definition
      functions[last].name = instance
    }
    functions[last].nodes += nodes
    functionsOfDefinition[definition, default: []].append(last)
    keptNames[definition, default: []].insert(instance)
    for node in nodes { functionsOfNode[node, default: []].append(last) }
  }

  /// Whether a function is std's, glue or an adaptor: what a callback passes through.
  func isPassedThrough(_ function: Int) -> Bool {
    functions[function].definition == nil && !unknownNames.contains(functions[function].name)
  }

  /// The functions of the program that a node is: of exactly its name, else of its definition.
  func functions(ofNode node: Int) -> [Int] {
    if let known = functionsOfNode[node] { return known }
    let definition = definitions.definitionOfNode[node]
    return definition < 0 ? [] : functionsOfDefinition[definition] ?? []
  }

  /// Whether the program has a function of exactly a node's name.
  func hasExactFunction(_ node: Int) -> Bool { functionsOfNode[node] != nil }

  /// The reached nodes that a function of the program is: of exactly its name, else of its definition.
  func reachedNodes(ofFunction function: Int) -> [Int] {
    let exact = functions[function].nodes.filter { isReached($0) }
    guard exact.isEmpty, let definition = functions[function].definition else { return exact }
    return definitions.definitions[definition].nodes.filter { isReached($0) }
  }

  func isReached(_ node: Int) -> Bool { graph.nodes[node].flags.contains(.reached) }

  /// Whether a node is no crate's code: std's, or what joins calls of very many targets.
  func isBetweenCrates(_ node: Int) -> Bool { graph.linkerNames[node].definition == .none }

  /// Whether a node has machine code of its own.
  func leavesCode(_ node: Int) -> Bool {
    definitions.definitionOfNode[node] >= 0
      && graph.nodes[node].flags.isDisjoint(with: [.inlineAlways, .compileTimeOnly])
  }
}
