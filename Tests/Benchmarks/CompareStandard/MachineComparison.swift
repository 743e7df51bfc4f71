import CallGraph
import Capabilities
import MachineCode

/// What std's functions lead to in a linked program, beside what the table says.
///
/// Functions with type arguments are left out: what they do may be what their arguments do.
struct MachineComparison {
  private let binary: LinkedBinary
  private let tables: CapabilityTables
  /// Public paths of std's functions, by their linked name without arguments.
  private var publicPaths: [String: Set<String>] = [:]
  private let aliases: [String: String]

  init(_ binary: LinkedBinary, _ graph: CallGraph, _ tables: CapabilityTables) {
    self.binary = binary
    self.tables = tables
    aliases = graph.linkerAliases
    for (node, name) in zip(graph.nodes, graph.linkerNames) where name.definition != .none {
      let key = MachineComparison.withoutArguments(graph.names.string(name.definition))
      publicPaths[key, default: []].insert(graph.names.string(node.name))
    }
  }

  /// A line for each function and capability that only the machine code has.
  func differences() -> [String] {
    let trees = binary.functions.map { SymbolParser.parse($0.symbols[0]) }
    let names = trees.enumerated().map { index, tree in tree.map { name($0) } ?? binary.functions[index].symbols[0] }
    let imported = binary.graph.nodeCount
    let symbols = Array(Set(binary.imports.joined())).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, UInt32(imported + $0)) })
    let carried = CarriedCapabilities(
      names: names + Array(repeating: "", count: imported - names.count) + symbols,
      successors: (0..<imported).map { node in
        binary.graph.edges(of: node).filter { $0.kind == .call }.map(\.target)
          + binary.imports[node].compactMap { numbers[$0] }
      } + symbols.map { _ in [] },
      own: Array(repeating: CapabilitySet(), count: imported) + symbols.map { tables.capabilities(ofSymbol: $0) })
    var lines: Set<String> = []
    for node in names.indices {
      for path in publicPaths[names[node]] ?? [] {
        guard let listed = tables.capabilities(ofPath: path) else { continue }
        for capability in carried.reached[node].subtracting(listed) {
          let way = carried.way(from: node, to: capability).joined(separator: " > ")
          lines.insert("machine\t\(tables.taxonomy.name(capability))\t\(path)\t\(way)")
        }
      }
    }
    return lines.sorted()
  }

  private func name(_ tree: SymbolTree) -> String {
    var printer = SymbolPrinter(tree)
    printer.aliases = aliases
    printer.isNormalised = true
    return printer.text()
  }

  /// A name without the argument lists behind identifiers; `<T as Trait>` stays.
  private static func withoutArguments(_ name: String) -> String {
    var result = ""
    var depth = 0
    var before: Character = " "
    for character in name {
      if depth > 0 {
        if character == "<" { depth += 1 } else if character == ">", before != "-" { depth -= 1 }
      } else if character == "<", before.isLetter || before.isNumber || before == "_" {
        depth = 1
      } else {
        result.append(character)
      }
      before = character
    }
    return result
  }
}
