import CallGraph
import Capabilities
import RustDump

/// A place in a crate's own code where something with a capability is done, by mircap's evidence.
struct SinkUse {
  /// An index into the comparison's subjects.
  var subject: Int
  /// As reports print it.
  var file: String
  var position: SourcePosition
  var capability: CapabilityID
  /// The function whose code it is.
  var node: UInt32
  /// The sink, or the function of std that leads to it.
  var sink: String
  var kind: EdgeKind
  var candidates: UInt32
  /// Whether std's code does it for the function.
  var isThroughStandard = false
  /// Whether the sink is a foreign function.
  var isForeign = false
  /// Whether only an address is taken there: a scanner may name it, and need not.
  var isMention = false
  /// Whether it is a promise (`unsafe impl`), which is no code.
  var isPromise = false
  /// Of what is declared unsafe: the last line; 0 if it is not known.
  var endLine: UInt32 = 0
  /// Whether it stands behind a condition that is never true in this build.
  var isConstantFalse = false
  /// Whether control can come there.
  var runs: Bool
  /// Whether a linker would keep the function.
  var isReached: Bool

  mutating func dropByCondition() {
    isConstantFalse = true
    runs = false
  }
}

/// All uses of sinks in the crates' own code; places count once, whatever their instances.
struct SinkUses {
  private(set) var uses: [SinkUse] = []
  private var places: [Key: Int] = [:]
  private let result: AnalysisResult
  private let ofUnit: [Int]
  private let foreign: CapabilityID
  private var sinksByName: [String: CapabilitySet] = [:]
  private var standardEnds: [StandardKey: (kind: EdgeKind, sink: String)] = [:]

  private struct Key: Hashable {
    var subject: Int
    var file: String
    var line: UInt32
    var capability: CapabilityID
  }

  init(_ result: AnalysisResult, subjects: ComparisonSubjects) {
    self.result = result
    ofUnit = subjects.ofUnit
    foreign = result.taxonomy.id("ffi") ?? result.taxonomy.unknown
    for sink in result.sites.sinks { sinksByName[sink.name, default: CapabilitySet()].formUnion(sink.capabilities) }
    let throughStandard = StandardAttribution.reachedInStandard(result.graph, result.sites.own)
    for (index, node) in result.graph.nodes.enumerated() where node.unit != GraphNode.noUnit {
      collectSites(of: index)
      collectEdges(of: index, throughStandard)
    }
    collectDeclarations()
    uses.sort {
      ($0.subject, $0.file, $0.position.line, $0.capability) < ($1.subject, $1.file, $1.position.line, $1.capability)
    }
  }

  private mutating func collectSites(of node: Int) {
    for site in result.sites.sites(of: node) {
      let sink = result.sites.sinks[Int(site.sink)]
      for capability in sink.capabilities {
        var use = use(node, site.position, capability, sink.name, site.kind, site.candidates)
        use.isForeign = sink.capabilities.contains(foreign)
        if site.isConstantFalse { use.dropByCondition() }
        add(use)
      }
    }
  }

  /// What std does for the function, and sinks whose address it takes.
  private mutating func collectEdges(of node: Int, _ throughStandard: [CapabilitySet]) {
    for edge in result.graph.edges(of: node) {
      let target = result.graph.nodes[Int(edge.target)]
      if edge.kind.mayRun, StandardAttribution.isStandard(target) {
        for capability in throughStandard[Int(edge.target)] {
          let end = standardEnd(of: Int(edge.target), capability)
          var use = use(node, edge.position, capability, end.sink, edge.kind, edge.candidates)
          // What it is handed, std calls back.
          if edge.kind == .call, end.kind != .call, end.kind != .dispatch { use.kind = end.kind }
          use.isThroughStandard = true
          if edge.isConstantFalse { use.dropByCondition() }
          add(use)
        }
      } else if edge.kind == .cast, target.flags.contains(.external) {
        let name = result.graph.names.string(target.name)
        for capability in sinksByName[name] ?? CapabilitySet() {
          var use = use(node, edge.position, capability, name, edge.kind, edge.candidates)
          use.isMention = true
          add(use)
        }
      }
    }
  }

  /// The sink that code of std comes to through std alone, and how it calls that.
  private mutating func standardEnd(of start: Int, _ capability: CapabilityID) -> (kind: EdgeKind, sink: String) {
    let key = StandardKey(node: start, capability: capability)
    if let known = standardEnds[key] { return known }
    var seen: Set<Int> = [start]
    var queue = [start]
    var place = 0
    var end: (kind: EdgeKind, sink: String) = (.call, result.graph.names.string(result.graph.nodes[start].name))
    while place < queue.count {
      let node = queue[place]
      place += 1
      if let site = result.sites.sites(of: node).first(where: {
        result.sites.sinks[Int($0.sink)].capabilities.contains(capability)
      }) {
        end = (site.kind, result.sites.sinks[Int(site.sink)].name)
        // A function that is no method of a trait is dispatched to as a closure is: it was handed over.
        if end.kind == .dispatch, !end.sink.contains(" as ") { end.kind = .callback }
        break
      }
      for edge in result.graph.edges(of: node)
      where edge.kind.mayRun && StandardAttribution.isStandard(result.graph.nodes[Int(edge.target)]) {
        if seen.insert(Int(edge.target)).inserted { queue.append(Int(edge.target)) }
      }
    }
    standardEnds[key] = end
    return end
  }

  private struct StandardKey: Hashable {
    var node: Int
    var capability: CapabilityID
  }

  private func use(
    _ node: Int, _ position: SourcePosition, _ capability: CapabilityID, _ sink: String, _ kind: EdgeKind,
    _ candidates: UInt32
  ) -> SinkUse {
    let function = result.graph.nodes[node]
    return SinkUse(
      subject: ofUnit[Int(function.unit)], file: result.files[Int(position.file)], position: position,
      capability: capability, node: UInt32(node), sink: sink, kind: kind, candidates: candidates,
      runs: function.flags.contains(.mayRun), isReached: function.flags.contains(.reached))
  }

  private mutating func collectDeclarations() {
    guard let block = result.taxonomy.id("unsafe.block"), let implementation = result.taxonomy.id("unsafe.impl") else {
      return
    }
    var nodes: [NameID: [Int]] = [:]
    var firsts: [UInt32: Int] = [:]
    for (index, node) in result.graph.nodes.enumerated() where node.unit != GraphNode.noUnit {
      nodes[node.name, default: []].append(index)
      if firsts[node.unit] == nil { firsts[node.unit] = index }
    }
    for unit in result.graph.units.indices {
      for declaration in result.graph.units[unit].unsafeDeclarations {
        let isImplementation = declaration.kind == .implementation
        let own = (nodes[declaration.name] ?? []).filter { result.graph.nodes[$0].unit == UInt32(unit) }
        // A promise holds wherever the type is used.
        let runs = isImplementation || own.contains { result.graph.nodes[$0].flags.contains(.mayRun) }
        guard let node = own.first ?? firsts[UInt32(unit)] else { continue }
        var use = use(
          node, declaration.position, isImplementation ? implementation : block, "unsafe \(declaration.kind.rawValue)",
          .call, 1)
        use.runs = runs
        use.isReached = runs || own.contains { result.graph.nodes[$0].flags.contains(.reached) }
        use.endLine = declaration.endLine
        use.isPromise = isImplementation
        add(use)
      }
    }
  }

  private mutating func add(_ use: SinkUse) {
    guard use.capability != result.taxonomy.unknown else { return }
    let key = Key(subject: use.subject, file: use.file, line: use.position.line, capability: use.capability)
    guard let place = places[key] else {
      places[key] = uses.count
      uses.append(use)
      return
    }
    let known = uses[place]
    let endLine = max(known.endLine, use.endLine)
    // What runs tells more than what does not, a use more than a mention, the function itself more than std's.
    if (use.runs ? 1 : 0, known.isMention ? 1 : 0, known.isThroughStandard ? 1 : 0) > (
      known.runs ? 1 : 0, use.isMention ? 1 : 0, use.isThroughStandard ? 1 : 0
    ) {
      uses[place] = use
    }
    uses[place].runs = known.runs || use.runs
    uses[place].isReached = known.isReached || use.isReached
    uses[place].isMention = known.isMention && use.isMention
    uses[place].endLine = endLine
  }
}
