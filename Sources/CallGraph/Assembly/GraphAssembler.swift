import CrateFacts
import Project
import RustDump

/// Writes the graph: nodes with names and positions, edges sorted by source, entry points, operations, gaps.
struct GraphAssembler {
  private let link: Linkage
  private let input: GraphInput
  private let program: Program
  private let builder: EdgeBuilder
  private var graph = CallGraph()
  private var files: SourceFiles
  private var bodyNames = NumberMap<UInt32, NameID>()

  init(_ link: Linkage, _ input: GraphInput) {
    self.link = link
    self.input = input
    program = link.program
    builder = link.edges
    files = SourceFiles(input.units)
  }

  /// The finished graph, with the nodes of entry points given.
  mutating func assemble(_ entries: [EntryPoint]) -> CallGraph {
    graph.entryPoints = entries
    addNodes()
    if input.linkerNames { addLinkerNames() }
    addEdges()
    markReached()
    let declarations = OperationCollector.collect(link, input, &graph, &files)
    NumberArgumentCollector.collect(link, input, &graph, &files)
    addUnits(declarations)
    GapCollector.collect(link, input, &graph, &files)
    countCoverage()
    graph.files = files.names
    return graph
  }

  // MARK: Nodes

  private mutating func addNodes() {
    graph.nodes.reserveCapacity(builder.instances.instances.count)
    for instance in builder.instances.instances {
      switch instance.kind {
      case .body: addBodyNode(instance)
      case .foreign: addForeignNode(instance)
      case .standard, .unresolved: addNamedNode(instance)
      case .shared: addSharedNode(instance)
      }
    }
  }

  private mutating func addLinkerNames() {
    let names = LinkerNames(program, link.lowering)
    graph.linkerNames.reserveCapacity(graph.nodes.count)
    for instance in builder.instances.instances {
      // Of std's code only where the graph is of std alone.
      let isNamed =
        instance.kind == .body
        && (input.units.isEmpty || !program.units[program.unit(ofBody: instance.body)].isStandard)
      guard isNamed else {
        graph.linkerNames.append(LinkerName(definition: .none, instance: .none, isDefaultMethod: false))
        continue
      }
      graph.linkerNames.append(
        LinkerName(
          definition: graph.names.intern(names.definition(instance.body)),
          instance: graph.names.intern(names.instance(instance.body, instance.arguments)),
          isDefaultMethod: names.isDefaultMethod(instance.body)))
    }
    graph.linkerAliases = names.standardAliases()
  }

  private mutating func addBodyNode(_ instance: Instance) {
    let body = program.body(instance.body)
    let unit = program.unit(ofBody: instance.body)
    let nameID = name(ofBody: instance.body)
    let instanceName =
      builder.types.childCount(instance.arguments) == 0
      ? nameID : graph.names.intern(link.names.instanceName(instance.body, instance.arguments))
    var flags: NodeFlags = instance.account == .caller ? [] : .standard
    if instance.account == .told { flags.insert(.told) }
    let item = program.item(ofBody: instance.body)
    if let item, program.hasAttribute(item, .inlineAlways) { flags.insert(.inlineAlways) }
    var symbol = NameID.none
    if let item, program.hasAttribute(item, .noMangle) {
      symbol = graph.names.intern(program.string(program.name(item)))
    }
    if let item, let exported = program.attribute(item, .exportName) {
      symbol = graph.names.intern(program.string(exported))
    }
    graph.nodes.append(
      GraphNode(
        name: nameID, instance: instanceName, symbol: symbol, kind: kind(body, item), flags: flags,
        unit: unit < input.units.count ? UInt32(unit) : GraphNode.noUnit,
        position: files.position(ofBody: instance.body, program)))
  }

  private mutating func name(ofBody body: UInt32) -> NameID {
    if let known = bodyNames[body] { return known }
    let name = graph.names.intern(link.names.path(ofBody: body))
    bodyNames[body] = name
    return name
  }

  private func kind(_ body: BodyRecord, _ item: UInt32?) -> NodeKind {
    switch body.bodyKind {
    case .constant, .anonymousConstant, .promoted: return .constant
    case .staticItem, .staticMemory: return .staticItem
    case .function:
      guard let item else { return .closure }
      return program.kind(item) == .function ? .function : .constructor
    }
  }

  private mutating func addForeignNode(_ instance: Instance) {
    let symbol = graph.names.intern(program.string(builder.symbol(of: instance.item)))
    let name = graph.names.intern(link.names.path(of: instance.item))
    let library = program.attribute(program.parent(instance.item), .link).map { program.string($0) } ?? ""
    graph.foreignOrigins[UInt32(graph.nodes.count)] = ForeignOrigin(
      unit: UInt32(program.unit(ofItem: instance.item)), library: library.isEmpty ? .none : graph.names.intern(library))
    graph.nodes.append(
      GraphNode(
        name: name, instance: name, symbol: symbol,
        kind: program.kind(instance.item) == .foreignStatic ? .staticItem : .function,
        flags: program.isStandard(instance.item) ? [.external, .foreign, .standard] : [.external, .foreign],
        unit: GraphNode.noUnit, position: SourcePosition()))
  }

  private mutating func addNamedNode(_ instance: Instance) {
    let name = graph.names.intern(program.string(instance.name))
    var flags: NodeFlags = [.external]
    if instance.kind == .unresolved { flags.insert(.unknownStandardPath) }
    var kind = NodeKind.function
    if instance.item != Instance.none, [.structure, .variant].contains(program.kind(instance.item)) {
      kind = .constructor
    }
    graph.nodes.append(
      GraphNode(
        name: name, instance: name, kind: kind, flags: flags, unit: GraphNode.noUnit, position: SourcePosition()))
  }

  private mutating func addSharedNode(_ instance: Instance) {
    let name = graph.names.intern(program.string(instance.name))
    graph.nodes.append(
      GraphNode(
        name: name, instance: name, kind: .shim, flags: [.external], unit: GraphNode.noUnit,
        position: SourcePosition()))
  }

  // MARK: Edges

  /// Sorts edges by source, target, kind and place, so that the order of work leaves no trace, and drops equal ones.
  private mutating func addEdges() {
    var starts = [UInt32](repeating: 0, count: graph.nodes.count + 1)
    var sorted = edgesBySource(&starts)
    graph.edges.reserveCapacity(sorted.count)
    graph.edgeStarts.reserveCapacity(starts.count)
    graph.edgeStarts = [0]
    for node in graph.nodes.indices {
      let range = Int(starts[node])..<Int(starts[node + 1])
      sorted.withUnsafeMutableBufferPointer { all in
        var own = UnsafeMutableBufferPointer(rebasing: all[range])
        // Sites are looked at in their order, so that most need no sorting.
        let isSorted = own.indices.dropFirst().allSatisfy { !GraphAssembler.precedes(own[$0], own[$0 - 1]) }
        if !isSorted { own.sort(by: GraphAssembler.precedes) }
      }
      addEdges(sorted[range])
      graph.edgeStarts.append(UInt32(graph.edges.count))
    }
  }

  /// The builder's edges with those of one source together; `starts` is given where those of each node begin.
  private func edgesBySource(_ starts: inout [UInt32]) -> [PendingEdge] {
    for edge in builder.edges { starts[Int(edge.source) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var cursor = starts
    var sorted = [PendingEdge](
      repeating: PendingEdge(source: 0, target: 0, kind: .call, candidates: 0, unit: 0, site: 0),
      count: builder.edges.count)
    for edge in builder.edges {
      sorted[Int(cursor[Int(edge.source)])] = edge
      cursor[Int(edge.source)] += 1
    }
    builder.edges = []
    return sorted
  }

  private mutating func addEdges(_ edges: ArraySlice<PendingEdge>) {
    var last: PendingEdge?
    for edge in edges {
      if let last, last.target == edge.target, last.kind == edge.kind, last.site == edge.site { continue }
      last = edge
      graph.edges.append(
        GraphEdge(
          target: edge.target, kind: edge.kind, candidates: edge.candidates,
          position: files.position(ofSite: edge.site, Int(edge.unit), program), isConstantFalse: edge.isConstantFalse))
    }
  }

  private static func precedes(_ left: PendingEdge, _ right: PendingEdge) -> Bool {
    (left.site, left.target, left.kind.rawValue, left.candidates)
      < (right.site, right.target, right.kind.rawValue, right.candidates)
  }

  // MARK: Reached

  private mutating func markReached() {
    let starts = graph.entryPoints.filter { entry in input.roots.map { $0.contains(Int(entry.unit)) } ?? true }
    walk(starts.map(\.node), .mayRun) { $0.kind.mayRun }
    walk(starts.map(\.node), .reached) { !$0.isConstantFalse }
    CompileTime.mark(starts.map(\.node), &graph)
  }

  private mutating func walk(_ starts: [UInt32], _ flag: NodeFlags, _ follows: (GraphEdge) -> Bool) {
    var work = starts
    for node in starts { graph.nodes[Int(node)].flags.insert(flag) }
    while let node = work.popLast() {
      for index in Int(graph.edgeStarts[Int(node)])..<Int(graph.edgeStarts[Int(node) + 1]) {
        let edge = graph.edges[index]
        guard follows(edge), !graph.nodes[Int(edge.target)].flags.contains(flag) else { continue }
        graph.nodes[Int(edge.target)].flags.insert(flag)
        work.append(edge.target)
      }
    }
  }

  // MARK: Units

  private mutating func addUnits(_ unsafeDeclarations: [[UnsafeDeclaration]]) {
    for index in input.units.indices {
      var unit = GraphUnit(displayName: link.names.crateNames[index])
      unit.callerSupplied = builder.callerSupplied[index].map { program.string($0) }.sorted()
      let tree = input.facts[index].items
      for item in tree.items {
        unit.unsafeBlocks += Int(item.unsafeBlocks)
        if item.itemKind == .implementation, item.itemFlags.contains(.unsafeItem) { unit.unsafeImplementations += 1 }
      }
      unit.unsafeDeclarations = unsafeDeclarations[index]
      addAttributes(index, &unit)
      unit.hooks = RuntimeHookCollector.hooks(ofUnit: index, link, input, &files)
      graph.units.append(unit)
    }
    addForeignSymbols()
  }

  private func addAttributes(_ index: Int, _ unit: inout GraphUnit) {
    let facts = input.facts[index]
    for attribute in facts.items.attributes {
      let value = facts.store.names.string(NameID(attribute.value))
      switch AttributeKind(rawValue: attribute.kind) {
      // The compiler adds this one to every crate that it expands.
      case .feature: if value != "prelude_import" { unit.unstableFeatures.append(value) }
      case .noMangle:
        unit.definedSymbols.append(facts.store.names.string(facts.items.items[Int(attribute.item)].nameID))
      case .exportName: unit.definedSymbols.append(value)
      case .link: if !value.isEmpty { unit.linkedLibraries.append(value) }
      default: break
      }
    }
    unit.unstableFeatures = Array(Set(unit.unstableFeatures)).sorted()
    unit.definedSymbols = Array(Set(unit.definedSymbols)).sorted()
    unit.linkedLibraries = Array(Set(unit.linkedLibraries)).sorted()
  }

  private mutating func addForeignSymbols() {
    var symbols: [Set<NameID>] = Array(repeating: [], count: input.units.count)
    for node in graph.nodes.indices where graph.nodes[node].unit != GraphNode.noUnit {
      for edge in graph.edges(of: node) {
        let target = graph.nodes[Int(edge.target)]
        if target.flags.contains(.foreign) { symbols[Int(graph.nodes[node].unit)].insert(target.symbol) }
      }
    }
    for index in input.units.indices {
      graph.units[index].foreignSymbols = symbols[index].map { graph.names.string($0) }.sorted()
    }
  }

  private mutating func countCoverage() {
    graph.coverage = builder.coverage
    graph.standardCoverage = builder.standardCoverage
    graph.standardCoverage.instances = graph.nodes.count {
      $0.flags.contains(.standard) && !$0.flags.contains(.external)
    }
    graph.coverage.functions = input.facts.reduce(0) { $0 + Int($1.bodies.statistics.functions) }
    graph.coverage.instances = graph.nodes.reduce(0) {
      $0 + ($1.unit != GraphNode.noUnit && $1.flags.contains(.reached) ? 1 : 0)
    }
    graph.coverage.membersWithoutImpl = input.facts.reduce(0) { $0 + Int($1.membersWithoutImpl) }
    graph.coverage.unreadableItems = input.facts.reduce(0) { $0 + Int($1.bodies.statistics.unreadable) }
  }
}
