import CallGraph
import RustDump

/// Classifies foreign functions and variables, and calls of them whose number decides what they do.
struct ForeignSinks {
  private let graph: CallGraph
  private let units: [AnalysedUnit]
  private let tables: CapabilityTables
  private let foreignCall: CapabilitySet
  private let symbolCall: CapabilitySet
  /// Symbols that a crate here defines: their code is analysed where the graph leads on to it.
  private let definedSymbols: Set<NameID>
  private var numbers: [Place: [Int64?]] = [:]
  private let assemblyUnits: Set<UInt32>

  private struct Place: Hashable {
    var node: UInt32
    var position: SourcePosition
  }

  /// The functions whose number decides.
  private enum NumberedFunction {
    case systemCall
    case request
  }

  init(_ graph: CallGraph, _ units: [AnalysedUnit], _ tables: CapabilityTables) {
    self.graph = graph
    self.units = units
    self.tables = tables
    foreignCall = tables.taxonomy.members(of: "ffi") ?? CapabilitySet()
    symbolCall = tables.taxonomy.members(of: "symbol.call") ?? CapabilitySet()
    definedSymbols = Set(
      graph.nodes.filter { !$0.flags.contains(.foreign) && $0.symbol != .none }.map(\.symbol))
    assemblyUnits = Set(
      graph.units.indices.filter { graph.units[$0].hooks.contains { $0.kind == .globalAssembly } }.map(UInt32.init))
    for number in graph.numberArguments {
      numbers[Place(node: number.node, position: number.position), default: []].append(number.value)
    }
  }

  private func symbol(of index: Int) -> String {
    let node = graph.nodes[index]
    return graph.names.string(node.symbol == .none ? node.name : node.symbol)
  }

  /// Whether the graph goes on into a definition of the symbol.
  private func isResolved(_ index: Int) -> Bool { graph.edges(of: index).contains { $0.kind == .symbol } }

  /// What a use of a foreign function or variable is charged with.
  func sink(of index: Int) -> Sink {
    let symbol = symbol(of: index)
    var (capabilities, authority) = tables.foreignSymbols.capabilities(ofCall: symbol)
    if isResolved(index) {
      capabilities.formUnion(symbolCall)
      authority = .ambient
    } else if numberedFunction(index) == .systemCall {
      capabilities.formUnion(tables.numberedCalls.anySystemCall)
    }
    return Sink(name: symbol, capabilities: capabilities, authority: authority)
  }

  /// A call through an `extern` block of a definition that another crate exports.
  func sink(ofDefinition index: Int) -> Sink {
    Sink(name: symbol(of: index), capabilities: foreignCall.union(symbolCall), authority: .ambient)
  }

  /// Whether neither the tables nor a crate here say what the function does.
  func isUnknown(_ index: Int) -> Bool {
    !isResolved(index) && tables.foreignSymbols.classify(symbol(of: index)) == .unclassified
      && !definedSymbols.contains(graph.nodes[index].symbol)
  }

  // MARK: Libraries and assembly

  /// What a use is charged with beside: the native library that the function comes from, assembly that may define it.
  func origins(of index: Int) -> [Sink] {
    guard let origin = graph.foreignOrigins[UInt32(index)], Int(origin.unit) < graph.units.count, !isResolved(index)
    else { return [] }
    // Every program is linked with the system's libraries; what their functions do, the tables say.
    guard !tables.foreignSymbols.isOfSystem(symbol(of: index)) else { return [] }
    var sinks: [Sink] = []
    let libraries =
      origin.library == .none
      ? Array(Set(graph.units[Int(origin.unit)].linkedLibraries)).sorted() : [graph.names.string(origin.library)]
    if !libraries.isEmpty, let link = tables.taxonomy.members(of: "link") {
      sinks.append(Sink(name: libraries.joined(separator: ", "), capabilities: link, authority: .ambient))
    }
    if isUnknown(index), assemblyUnits.contains(origin.unit), let assembly = tables.taxonomy.members(of: "asm") {
      sinks.append(Sink(name: "global_asm!", capabilities: assembly, authority: .ambient))
    }
    return sinks
  }

  // MARK: Numbers

  private func numberedFunction(_ index: Int) -> NumberedFunction? {
    switch ForeignSymbolTable.normalised(symbol(of: index)) {
    case "syscall", "__syscall", "_syscall": .systemCall
    case "ioctl": .request
    default: nil
    }
  }

  /// What the call of an edge does where its number says so; `nil` where the function as a whole answers: its number is not
  /// known, or no number decides.
  func sinks(ofCall edge: GraphEdge, from source: Int) -> [Sink]? {
    let target = Int(edge.target)
    guard edge.kind == .call, graph.nodes[target].flags.contains(.foreign), let function = numberedFunction(target),
      !isResolved(target), let values = numbers[Place(node: UInt32(source), position: edge.position)]
    else { return nil }
    let processors = NumberedCallTable.Processor.possible(triple(of: source))
    var sinks: [Sink] = []
    for value in values {
      let entry = value.flatMap {
        function == .request ? tables.numberedCalls.request($0) : tables.numberedCalls.systemCall($0, on: processors)
      }
      guard let entry else { return nil }
      sinks.append(
        Sink(
          name: symbol(of: target), capabilities: entry.capabilities.union(foreignCall), authority: entry.authority,
          detail: entry.name))
    }
    return sinks.isEmpty ? nil : sinks
  }

  private func triple(of node: Int) -> String {
    let unit = graph.nodes[node].unit
    return Int(unit) < units.count ? units[Int(unit)].triple : ""
  }
}
