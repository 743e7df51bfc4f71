import CallGraph
import RustDump

/// One use of `unsafe` in a unit's own code.
public struct UnsafeUse: Sendable {
  /// What kind of use it is.
  public enum Kind: String, Sendable {
    case block
    case implementation = "impl"
    case function = "fn"
    /// Something that is unsafe to do, in a block or in the body of an unsafe function; or a call of foreign code.
    case operation
  }

  public var kind: Kind
  /// `unsafe.block` for blocks and functions, `unsafe.impl`, and for operations which: `unsafe.raw-deref`, `ffi`, ...
  public var capability: CapabilityID
  /// What is done, where that says more: the callee, the static, the union.
  public var sink: NameID
  /// The function in whose code it stands; an impl as `<TYPE as TRAIT>`.
  public var function: NameID
  public var position: SourcePosition
  /// The last line of what is declared; 0 if it is not known, and for operations.
  public var endLine: UInt32
  /// The labels that the user's rules give it.
  public var labels = CapabilitySet()
  /// Whether it has a label; or is an operation in a block or function that has one; or is a block or function in which
  /// something unsafe is done, all of it labelled.
  public var isLabelled = false
  /// Of a block or function: whether something unsafe is done in it that is a use of its own.
  public var hasOperations = false
}

/// Collects the uses of `unsafe` of all units.
struct UnsafeUseCollector {
  private let graph: CallGraph
  private let taxonomy: Taxonomy
  private let rules: SinkRules
  private let files: [String]
  private var uses: [[UnsafeUse]]
  private var seen: Set<Key> = []
  /// Places at which a foreign function is called: the call is told as `ffi` and not once more as `unsafe.call`.
  private var foreignCalls: Set<Place> = []

  private struct Place: Hashable {
    var function: NameID
    var position: SourcePosition
    var sink: NameID
  }

  /// Several instances of a function are one in the sources.
  private struct Key: Hashable {
    var unit: UInt32
    var capability: CapabilityID
    var place: Place
  }

  /// - Parameter files: names of files, by the numbers in positions.
  init(graph: CallGraph, taxonomy: Taxonomy, rules: SinkRules, files: [String]) {
    self.graph = graph
    self.taxonomy = taxonomy
    self.rules = rules
    self.files = files
    uses = Array(repeating: [], count: graph.units.count)
  }

  /// The uses of each unit, sorted by place.
  mutating func collect() -> [[UnsafeUse]] {
    addForeignCalls()
    addOperations()
    addDeclarations()
    for unit in uses.indices {
      label(unit)
      sort(unit)
    }
    return uses
  }

  private mutating func addForeignCalls() {
    guard let foreign = taxonomy.id("ffi") else { return }
    for (index, node) in graph.nodes.enumerated() where node.unit != GraphNode.noUnit {
      for edge in graph.edges(of: index) where edge.kind == .call || edge.kind == .dispatch {
        let target = graph.nodes[Int(edge.target)]
        guard target.flags.contains(.foreign), target.kind == .function else { continue }
        let symbol = target.symbol == .none ? target.name : target.symbol
        foreignCalls.insert(Place(function: node.name, position: edge.position, sink: target.name))
        add(.operation, foreign, Place(function: node.name, position: edge.position, sink: symbol), node.unit)
      }
    }
  }

  private mutating func addOperations() {
    let counted = (taxonomy.members(of: "unsafe") ?? CapabilitySet()).union(
      taxonomy.members(of: "asm") ?? CapabilitySet())
    let declared = CapabilitySet(["unsafe.block", "unsafe.impl"].compactMap { taxonomy.id($0) })
    for operation in graph.operations {
      guard let capability = taxonomy.id(operation.capability), counted.contains(capability),
        !declared.contains(capability)
      else { continue }
      let node = graph.nodes[Int(operation.node)]
      let place = Place(function: node.name, position: operation.position, sink: operation.sink)
      guard node.unit != GraphNode.noUnit, !foreignCalls.contains(place) else { continue }
      add(.operation, capability, place, node.unit)
    }
  }

  private mutating func add(_ kind: UnsafeUse.Kind, _ capability: CapabilityID, _ place: Place, _ unit: UInt32) {
    guard seen.insert(Key(unit: unit, capability: capability, place: place)).inserted else { return }
    uses[Int(unit)].append(
      UnsafeUse(
        kind: kind, capability: capability, sink: place.sink, function: place.function, position: place.position,
        endLine: 0))
  }

  private mutating func addDeclarations() {
    guard let block = taxonomy.id("unsafe.block"), let implementation = taxonomy.id("unsafe.impl") else { return }
    for unit in graph.units.indices {
      for declaration in graph.units[unit].unsafeDeclarations {
        let kind: UnsafeUse.Kind =
          switch declaration.kind {
          case .block: .block
          case .function: .function
          case .implementation: .implementation
          }
        uses[unit].append(
          UnsafeUse(
            kind: kind, capability: kind == .implementation ? implementation : block, sink: .none,
            function: declaration.name, position: declaration.position, endLine: declaration.endLine))
      }
    }
  }

  /// The operations whose labels a use has: a call of a foreign function is an unsafe call too.
  private func labelledWith(_ capability: CapabilityID) -> CapabilitySet {
    guard capability == taxonomy.id("ffi"), let call = taxonomy.id("unsafe.call") else {
      return CapabilitySet(capability)
    }
    return CapabilitySet([capability, call])
  }

  /// Gives the uses of a unit their labels.
  private mutating func label(_ unit: Int) {
    var ofFunction: [String: [Int]] = [:]
    for index in uses[unit].indices {
      let use = uses[unit][index]
      let function = graph.names.string(use.function)
      uses[unit][index].labels = rules.labels(of: function, labelledWith(use.capability))
      uses[unit][index].isLabelled = !uses[unit][index].labels.isEmpty
      if use.kind != .implementation { ofFunction[PathPattern.withoutClosures(function), default: []].append(index) }
    }
    for indices in ofFunction.values { labelEnclosed(indices, unit) }
  }

  /// A label of a block or function covers what is done in it; labels of all that is done in it cover the block or function.
  private mutating func labelEnclosed(_ indices: [Int], _ unit: Int) {
    let operations = indices.filter { uses[unit][$0].kind == .operation }
    let around = indices.filter { uses[unit][$0].kind != .operation }
    let labelled = around.filter { uses[unit][$0].isLabelled }
    for operation in operations where !uses[unit][operation].isLabelled {
      uses[unit][operation].isLabelled = labelled.contains { uses[unit][$0].encloses(uses[unit][operation]) }
    }
    for index in around {
      let own = operations.filter { uses[unit][index].encloses(uses[unit][$0]) }
      uses[unit][index].hasOperations = !own.isEmpty
      if !own.isEmpty, own.allSatisfy({ uses[unit][$0].isLabelled }) { uses[unit][index].isLabelled = true }
    }
  }

  private mutating func sort(_ unit: Int) {
    let order = NameOrder(graph: graph)
    let files = files
    uses[unit].sort { left, right in
      if left.position.file != right.position.file {
        return files[Int(left.position.file)] < files[Int(right.position.file)]
      }
      if left.position != right.position { return left.position.isBefore(right.position) }
      if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
      if left.capability != right.capability { return left.capability < right.capability }
      let byFunction = order.compare(left.function, right.function)
      return byFunction != 0 ? byFunction < 0 : order.compare(left.sink, right.sink) < 0
    }
  }
}

extension UnsafeUse {
  /// Whether the text of a declaration reaches around an operation of the same function.
  fileprivate func encloses(_ operation: UnsafeUse) -> Bool {
    if endLine == 0 || kind == .function { return true }
    return operation.position.file == position.file
      && (position.line...max(position.line, endLine)).contains(operation.position.line)
  }
}
