import CallGraph
import RustDump

/// What has a capability of itself: a function of std, a foreign function, an operation, a gap.
public struct Sink: Sendable, Hashable {
  /// As evidence names it.
  public var name: String
  public var capabilities: CapabilitySet
  public var authority: Authority
  /// What tells it apart from others of its name, in words: the system call of a number, what a symbol overrides.
  public var detail = ""

  /// As text reports name it.
  public var label: String { detail.isEmpty ? name : "\(name) (\(detail))" }
}

/// A place in a function from which a sink is used.
public struct SinkSite: Sendable {
  /// The function whose code it is.
  public var node: UInt32
  /// An index into `SinkSites.sinks`.
  public var sink: UInt32
  /// How the function reaches the sink.
  public var kind: EdgeKind
  /// How many targets the site has: 1 is certain.
  public var candidates: UInt32
  public var position: SourcePosition
  /// See `GraphEdge.isConstantFalse`.
  public var isConstantFalse = false

  /// Whether control may as well go elsewhere.
  public var isUncertain: Bool { candidates > 1 || isConstantFalse }
}

/// All sinks and the places that use them, sorted by function.
public struct SinkSites: Sendable {
  public internal(set) var sinks: [Sink] = []
  public internal(set) var sites: [SinkSite] = []
  /// `sites[starts[n]..<starts[n + 1]]` stand in the code of node `n`.
  public internal(set) var starts: [UInt32] = []
  /// Capabilities of the sinks that a node's own code uses, by node.
  public internal(set) var own: [CapabilitySet] = []
  /// The same, with sinks whose address is taken only.
  public internal(set) var mentioned: [CapabilitySet] = []

  /// The sites in the code of one node.
  public func sites(of node: Int) -> ArraySlice<SinkSite> {
    sites[Int(starts[node])..<Int(starts[node + 1])]
  }
}

/// Finds the sinks of a graph and the places that use them, and states gaps for what no table knows.
struct SinkSiteFinder {
  let graph: CallGraph
  let tables: CapabilityTables
  let rules: SinkRules
  var result = SinkSites()
  var gaps: [GraphGap] = []
  var files: [String]
  private var fileNumbers: [String: UInt32] = [:]
  /// For each node the sink it is, and why it is a gap if it is one.
  private var sinkOfNode: [UInt32]
  /// For functions without a body here that have labels, the sink that stands for those.
  var labelSinkOfNode: [UInt32: UInt32] = [:]
  /// What functions without a body here have of themselves, where a rule changes it.
  var changedSinks: [UInt32: ChangedSink] = [:]
  var gapOfNode: [UInt32: (kind: GraphGap.Kind, why: String)] = [:]
  private var statedGaps: Set<StatedGap> = []
  private let foreign: ForeignSinks
  /// What a use of a foreign function is charged with beside, by node.
  private var originsOfNode: [UInt32: [UInt32]] = [:]
  private var numbers: [Sink: UInt32] = [:]

  private struct StatedGap: Hashable {
    var unit: UInt32
    var node: UInt32
  }

  static let noSink = UInt32.max

  /// Whether only sinks that acquire by themselves count.
  let ambientOnly: Bool

  init(graph: CallGraph, units: [AnalysedUnit], tables: CapabilityTables, rules: SinkRules, ambientOnly: Bool) {
    self.rules = rules
    self.graph = graph
    self.tables = tables
    self.ambientOnly = ambientOnly
    files = graph.files
    sinkOfNode = Array(repeating: SinkSiteFinder.noSink, count: graph.nodes.count)
    foreign = ForeignSinks(graph, units, tables)
  }

  /// Does all of it.
  mutating func find() {
    classifyExternalNodes()
    result.mentioned = Array(repeating: CapabilitySet(), count: graph.nodes.count)
    var sites: [SinkSite] = []
    for node in graph.nodes.indices { collectEdges(of: node, &sites) }
    collectOperations(&sites)
    collectGaps(&sites)
    collectNamedFunctions(&sites)
    sortSites(sites)
  }

  private mutating func classifyExternalNodes() {
    for (index, node) in graph.nodes.enumerated() where node.flags.contains(.external) {
      var sink = node.flags.contains(.foreign) ? foreignSink(index) : standardSink(index, node)
      if !rules.isEmpty { apply(to: &sink, UInt32(index)) }
      guard let sink, !ambientOnly || sink.authority == .ambient else { continue }
      sinkOfNode[index] = UInt32(result.sinks.count)
      result.sinks.append(sink)
    }
  }

  private mutating func foreignSink(_ index: Int) -> Sink {
    let node = graph.nodes[index]
    if node.flags.contains(.standard) {
      return systemSink(graph.names.string(node.symbol == .none ? node.name : node.symbol))
    }
    if foreign.isUnknown(index) {
      gapOfNode[UInt32(index)] = (.nativeCode, "the code of this foreign function is not analysed")
    }
    let origins = foreign.origins(of: index).map { number(of: $0) }
    if !origins.isEmpty { originsOfNode[UInt32(index)] = origins }
    return foreign.sink(of: index)
  }

  /// The number of a sink, which all that is equal shares; none if it does not count.
  private mutating func number(of sink: Sink) -> UInt32 {
    guard !ambientOnly || sink.authority == .ambient else { return SinkSiteFinder.noSink }
    if let known = numbers[sink] { return known }
    let number = UInt32(result.sinks.count)
    result.sinks.append(sink)
    numbers[sink] = number
    return number
  }

  /// A foreign function that std calls: that it is foreign is std's own business.
  private func systemSink(_ symbol: String) -> Sink {
    guard case .capabilities(let capabilities, let authority) = tables.foreignSymbols.classify(symbol) else {
      return Sink(name: symbol, capabilities: CapabilitySet(), authority: .ambient)
    }
    return Sink(name: symbol, capabilities: capabilities, authority: authority)
  }

  private mutating func standardSink(_ index: Int, _ node: GraphNode) -> Sink? {
    guard node.kind == .function || node.kind == .staticItem else { return nil }
    let name = graph.names.string(node.name)
    let unknown = Sink(name: name, capabilities: CapabilitySet(tables.taxonomy.unknown), authority: .ambient)
    var found = SinkClass.unclassified
    // The instance has the arguments that some lines ask for.
    if node.instance != node.name, node.instance != .none {
      found = tables.sinks.classify(graph.names.string(node.instance))
    }
    if found == .unclassified { found = tables.sinks.classify(name) }
    switch found {
    case .none: return nil
    case .capabilities(let set, let authority): return Sink(name: name, capabilities: set, authority: authority)
    case .unclassified: break
    }
    if node.flags.contains(.unknownStandardPath) {
      // Of other paths the graph states the gap at each call.
      if tables.sinks.isStandardPath(name) {
        gapOfNode[UInt32(index)] = (.unknownStandard, "neither the items of std nor the sink table have this path")
      }
      return unknown
    }
    if tables.sinks.isInGuardedModule(name) {
      gapOfNode[UInt32(index)] = (.unknownStandard, "no line of the sink table classifies it")
      return unknown
    }
    if tables.sinks.isStandardPath(name) {
      gapOfNode[UInt32(index)] = (.limit, "not classified; its module does not touch the system")
      return nil
    }
    gapOfNode[UInt32(index)] = (.unlinked, "there is no body of this function")
    return unknown
  }

  private mutating func collectEdges(of source: Int, _ sites: inout [SinkSite]) {
    let isLabelled = !rules.isEmpty && rules.foreignCallLabels(UInt32(source)) != nil
    for index in Int(graph.edgeStarts[source])..<Int(graph.edgeStarts[source + 1]) {
      let edge = graph.edges[index]
      if gapOfNode[edge.target] != nil { stateGap(source, edge) }
      if counts(source, Int(edge.target)) {
        for sink in sinks(of: edge, from: source) { add(sink, source, index, &sites) }
      }
      if let label = labelSinkOfNode[edge.target] { add(label, source, index, &sites) }
      if isLabelled { addForeignCallLabels(source, index, &sites) }
    }
  }

  /// Adds the use of a sink by an edge.
  mutating func add(_ sink: UInt32, _ source: Int, _ index: Int, _ sites: inout [SinkSite]) {
    var sink = sink
    if sink != SinkSiteFinder.noSink, let stopped = rules.barriers.ofEdges[UInt32(index)] {
      sink = without(stopped, sink)
    }
    guard sink != SinkSiteFinder.noSink else { return }
    let edge = graph.edges[index]
    guard edge.kind.mayRun else {
      result.mentioned[source].formUnion(result.sinks[Int(sink)].capabilities)
      return
    }
    sites.append(
      SinkSite(
        node: UInt32(source), sink: sink, kind: edge.kind, candidates: edge.candidates, position: edge.position,
        isConstantFalse: edge.isConstantFalse))
  }

  /// Whether what std calls of the system is told of its callers: not where a table has answered for the function of std.
  private func counts(_ source: Int, _ target: Int) -> Bool {
    guard graph.nodes[target].flags.isSuperset(of: [.standard, .foreign]) else { return true }
    return graph.nodes[source].flags.contains(.told)
  }

  /// The sinks that a step along an edge uses.
  private mutating func sinks(of edge: GraphEdge, from source: Int) -> [UInt32] {
    let target = Int(edge.target)
    if graph.nodes[target].flags.isSuperset(of: [.standard, .foreign]) { return [sinkOfNode[target]] }
    guard graph.nodes[target].flags.contains(.foreign) else {
      let isSymbol = edge.kind == .symbol && !graph.nodes[source].flags.contains(.foreign)
      guard isSymbol, sinkOfNode[target] == SinkSiteFinder.noSink else { return [sinkOfNode[target]] }
      return [number(of: foreign.sink(ofDefinition: target))]
    }
    let origins = originsOfNode[edge.target] ?? []
    // What a rule says of the function holds whatever its number is.
    if changedSinks[edge.target] == nil, let numbered = foreign.sinks(ofCall: edge, from: source) {
      return numbered.map { number(of: $0) } + origins
    }
    return [sinkOfNode[target]] + origins
  }

  /// States the gap of an edge's target once for each unit that comes to it.
  private mutating func stateGap(_ source: Int, _ edge: GraphEdge) {
    let unit = graph.nodes[source].unit
    guard unit != GraphNode.noUnit, let (kind, why) = gapOfNode[edge.target],
      statedGaps.insert(StatedGap(unit: unit, node: edge.target)).inserted
    else { return }
    let target = graph.nodes[Int(edge.target)]
    let name = kind == .nativeCode && target.symbol != .none ? target.symbol : target.name
    gaps.append(
      GraphGap(
        kind: kind, unit: unit, what: graph.names.string(name), file: graph.files[Int(edge.position.file)],
        line: edge.position.line, why: why))
  }

  private mutating func collectOperations(_ sites: inout [SinkSite]) {
    var sinks: [OperationSink: UInt32] = [:]
    for operation in graph.operations {
      guard let capability = tables.taxonomy.id(operation.capability) else { continue }
      let capabilities = rules.labelled(CapabilitySet(capability), in: operation.node)
      let key = OperationSink(capabilities: capabilities, name: operation.sink)
      var sink = sinks[key] ?? SinkSiteFinder.noSink
      if sink == SinkSiteFinder.noSink {
        sink = UInt32(result.sinks.count)
        sinks[key] = sink
        result.sinks.append(operationSink(operation, capabilities))
      }
      sites.append(
        SinkSite(node: operation.node, sink: sink, kind: .call, candidates: 1, position: operation.position))
    }
  }

  private func operationSink(_ operation: GraphOperation, _ capabilities: CapabilitySet) -> Sink {
    let name = graph.names.string(operation.sink)
    var sink = Sink(name: name, capabilities: capabilities, authority: .ambient)
    guard operation.capability == "symbol.define" else { return sink }
    let owners = SymbolOverrides.owners(of: name, tables)
    if !owners.isEmpty { sink.detail = "overrides " + owners.joined(separator: ", ") }
    return sink
  }

  struct ReducedSink: Hashable {
    var sink: UInt32
    var capabilities: CapabilitySet
  }
  var reducedSinks: [ReducedSink: UInt32] = [:]

  private struct OperationSink: Hashable {
    var capabilities: CapabilitySet
    var name: NameID
  }

  private mutating func collectGaps(_ sites: inout [SinkSite]) {
    for gap in graph.gaps {
      // What native code can do is said by `ffi`, which every call of it has.
      guard let node = gap.node, gap.kind != .nativeCode else { continue }
      let sink = UInt32(result.sinks.count)
      result.sinks.append(
        Sink(name: gap.what, capabilities: CapabilitySet(tables.taxonomy.unknown), authority: .ambient))
      let position = SourcePosition(file: fileNumber(gap.file), line: gap.line, column: 0)
      sites.append(SinkSite(node: node, sink: sink, kind: .call, candidates: 1, position: position))
    }
  }

  private mutating func fileNumber(_ file: String) -> UInt32 {
    if fileNumbers.isEmpty {
      for (index, name) in files.enumerated() where fileNumbers[name] == nil { fileNumbers[name] = UInt32(index) }
    }
    if let known = fileNumbers[file] { return known }
    let number = UInt32(files.count)
    files.append(file)
    fileNumbers[file] = number
    return number
  }

  /// Sorts the sites by node, in the order in which they were found.
  private mutating func sortSites(_ sites: [SinkSite]) {
    let count = graph.nodes.count
    result.own = Array(repeating: CapabilitySet(), count: count)
    var starts = [UInt32](repeating: 0, count: count + 1)
    for site in sites { starts[Int(site.node) + 1] += 1 }
    for node in 0..<count { starts[node + 1] += starts[node] }
    var next = starts
    var sorted = sites
    for site in sites {
      sorted[Int(next[Int(site.node)])] = site
      next[Int(site.node)] += 1
      result.own[Int(site.node)].formUnion(result.sinks[Int(site.sink)].capabilities)
    }
    result.sites = sorted
    result.starts = starts
  }
}
