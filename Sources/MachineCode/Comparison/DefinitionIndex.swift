import CallGraph
import RustDump

/// The functions of a graph that have a body here, by definition and by instance.
struct DefinitionIndex {
  /// One function as written.
  struct Definition {
    var unit: Int
    /// As `LinkerName.definition`.
    var pattern: String
    var isDefaultMethod: Bool
    /// Its nodes in the graph.
    var nodes: [Int] = []
  }

  private(set) var definitions: [Definition] = []
  /// The definition of each node; -1 for nodes that are no functions with a body.
  private(set) var definitionOfNode: [Int] = []
  private var byName: [Key: Int] = [:]
  private var bySkeleton: [Key: [Int]] = [:]
  private var nodesOfInstance: [Key: [Int]] = [:]
  private var nodeOfSymbol: [String: Int] = [:]

  private struct Key: Hashable {
    var text: String
    var isDefaultMethod: Bool
  }

  init(_ graph: CallGraph) {
    definitionOfNode = Array(repeating: -1, count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where Self.isFunction(node) {
      let name = graph.linkerNames[index]
      guard name.definition != .none else { continue }
      add(index, Int(node.unit), name, graph.names)
      if node.symbol != .none { nodeOfSymbol[graph.names.string(node.symbol)] = index }
    }
  }

  /// Functions and closures leave code; statics and constants do not.
  private static func isFunction(_ node: GraphNode) -> Bool {
    guard node.unit != GraphNode.noUnit, !node.flags.contains(.external) else { return false }
    return node.kind == .function || node.kind == .closure || node.kind == .constructor
  }

  private mutating func add(_ node: Int, _ unit: Int, _ name: LinkerName, _ names: NameTable) {
    let pattern = names.string(name.definition)
    let key = Key(text: pattern, isDefaultMethod: name.isDefaultMethod)
    let number: Int
    if let known = byName[key] {
      number = known
    } else {
      number = definitions.count
      definitions.append(Definition(unit: unit, pattern: pattern, isDefaultMethod: name.isDefaultMethod))
      byName[key] = number
      bySkeleton[skeleton(key), default: []].append(number)
    }
    definitions[number].nodes.append(node)
    definitionOfNode[node] = number
    nodesOfInstance[Key(text: names.string(name.instance), isDefaultMethod: name.isDefaultMethod), default: []]
      .append(node)
  }

  private func skeleton(_ key: Key) -> Key {
    Key(
      text: String(decoding: NamePattern.skeleton(Array(key.text.utf8)), as: UTF8.self),
      isDefaultMethod: key.isDefaultMethod)
  }

  /// The nodes of exactly this instance.
  func nodes(_ name: MachineName) -> [Int] {
    nodesOfInstance[Key(text: name.instance, isDefaultMethod: name.isDefaultMethod)] ?? []
  }

  /// The definition that an instance is of: that of the nodes of its name, else the most exact one whose form it has.
  func definition(_ name: MachineName) -> Int? {
    if let node = nodes(name).first { return definitionOfNode[node] }
    let text = Array(name.instance.utf8)
    let key = skeleton(Key(text: name.instance, isDefaultMethod: name.isDefaultMethod))
    return (bySkeleton[key] ?? []).filter { NamePattern.matches(Array(definitions[$0].pattern.utf8), text) }
      .max { definitions[$0].pattern.utf8.count < definitions[$1].pattern.utf8.count }
  }

  /// The node of an exported symbol.
  func node(ofSymbol symbol: String) -> Int? { nodeOfSymbol[symbol] }
}
