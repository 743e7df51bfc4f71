import CallGraph

/// A graph and a linked program, compared.
public struct Comparison: Sendable {
  /// A function that one side has.
  public struct Finding: Sendable, Equatable {
    /// The name with concrete arguments, or of the definition.
    public var name: String
    /// The unit; an index into `CallGraph.units`.
    public var unit: Int
    public var instances: [String]
  }

  /// How many of how many.
  public struct Ratio: Sendable, Equatable {
    public var part = 0
    public var whole = 0
    public var value: Double { whole == 0 ? 1 : Double(part) / Double(whole) }
  }

  public var keptDefinitions = 0
  public var keptInstances = 0
  public var definitionRecall = Ratio()
  public var instanceRecall = Ratio()
  public var definitionPrecision = Ratio()
  public var instancePrecision = Ratio()
  /// Kept functions that the graph does not reach.
  public var missed: [Finding] = []
  /// Reached functions that the linker dropped.
  public var extra: [Finding] = []
  /// Kept instances whose definition is reached, but not they.
  public var missedInstances: [Finding] = []
  public var extraInstances: [Finding] = []
  /// Names of symbols of crates with a dump that fit no function of the graph.
  public var unknownNames: [String] = []

  public init() {}
}

/// Compares which functions are there.
public struct FunctionComparison {
  private let graph: CallGraph
  private let index: DefinitionIndex
  private var result = Comparison()
  /// Instances by definition.
  private var kept: [Int: Set<String>] = [:]
  private var keptNodes: Set<Int> = []

  /// - Parameters:
  ///   - graph: built with `linkerNames`, with *reached* counted from the program's `main`.
  ///   - binary: the linked program.
  ///   - crates: which crates of symbols are which units.
  public static func run(graph: CallGraph, binary: LinkedBinary, crates: CrateMap) -> Comparison {
    var comparison = FunctionComparison(graph)
    comparison.readSymbols(binary, crates)
    comparison.compareDefinitions()
    return comparison.result
  }

  private init(_ graph: CallGraph) {
    self.graph = graph
    index = DefinitionIndex(graph)
  }

  private mutating func readSymbols(_ binary: LinkedBinary, _ crates: CrateMap) {
    var unknown: Set<String> = []
    for symbol in binary.functions.lazy.flatMap(\.symbols) {
      guard let name = MachineName(symbol: symbol, crates: crates) else {
        if let node = index.node(ofSymbol: symbol) {
          keptNodes.insert(node)
          kept[index.definitionOfNode[node], default: []].insert(graph.names.string(graph.linkerNames[node].instance))
        }
        continue
      }
      guard case .unit = name.owner, !name.isShim else { continue }
      if let definition = index.definition(name) {
        kept[definition, default: []].insert(name.instance)
        keptNodes.formUnion(index.nodes(name))
      } else {
        unknown.insert(name.instance)
      }
    }
    result.unknownNames = unknown.sorted()
  }

  private func isReached(_ node: Int) -> Bool { graph.nodes[node].flags.contains(.reached) }

  private func leavesCode(_ node: Int) -> Bool {
    graph.nodes[node].flags.isDisjoint(with: [.inlineAlways, .compileTimeOnly])
  }

  private mutating func compareDefinitions() {
    for (number, definition) in index.definitions.enumerated() {
      let instances = kept[number] ?? []
      let reached = definition.nodes.filter { isReached($0) }
      if !instances.isEmpty {
        result.keptDefinitions += 1
        result.definitionRecall.whole += 1
        if reached.isEmpty {
          result.missed.append(
            Comparison.Finding(name: definition.pattern, unit: definition.unit, instances: instances.sorted()))
        } else {
          result.definitionRecall.part += 1
        }
      }
      compareInstances(definition, instances, reached)
      let expected = reached.filter { leavesCode($0) }
      guard !expected.isEmpty else { continue }
      result.definitionPrecision.whole += 1
      if instances.isEmpty {
        let names = Set(expected.map { graph.names.string(graph.linkerNames[$0].instance) })
        result.extra.append(
          Comparison.Finding(name: definition.pattern, unit: definition.unit, instances: names.sorted()))
      } else {
        result.definitionPrecision.part += 1
      }
    }
    let unknown = result.unknownNames.count
    result.definitionRecall.whole += unknown
    result.instanceRecall.whole += unknown
    result.keptDefinitions += unknown
    result.keptInstances += unknown
  }

  private mutating func compareInstances(
    _ definition: DefinitionIndex.Definition, _ kept: Set<String>, _ reached: [Int]
  ) {
    let names = Set(reached.map { graph.names.string(graph.linkerNames[$0].instance) })
    let expected = Set(reached.filter { leavesCode($0) }.map { graph.names.string(graph.linkerNames[$0].instance) })
    result.keptInstances += kept.count
    result.instanceRecall.whole += kept.count
    result.instanceRecall.part += kept.intersection(names).count
    result.instancePrecision.whole += expected.count
    result.instancePrecision.part += expected.intersection(kept).count
    let missing = kept.subtracting(names)
    let more = expected.subtracting(kept)
    if !missing.isEmpty, !names.isEmpty {
      result.missedInstances.append(
        Comparison.Finding(name: definition.pattern, unit: definition.unit, instances: missing.sorted()))
    }
    if !more.isEmpty, !kept.isEmpty {
      result.extraInstances.append(
        Comparison.Finding(name: definition.pattern, unit: definition.unit, instances: more.sorted()))
    }
  }
}
