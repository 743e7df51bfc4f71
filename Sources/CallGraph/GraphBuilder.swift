import CrateFacts
import Project
import RustDump

/// What the graph is built from.
public struct GraphInput: Sendable {
  public var units: [Unit]
  /// The facts of each unit, in the same order.
  public var facts: [UnitFacts]
  /// The items of std's crates (`core`, `alloc`, `std`, ..), each with its crate name.
  public var standard: [StandardCrate]
  /// Units from whose entry points *reached* and *may run* are counted; all if `nil`.
  public var roots: Set<Int>?
  /// What the tables say of a function of std, by its path: which of those that std calls on types of its own count by
  /// themselves, and where std has bodies which of them need following.
  public var standardClass: @Sendable (_ path: String) -> StandardClass = { _ in .harmless }
  /// Whether std's bodies are followed also where nothing that counts can come of it: down to what the system does.
  public var followsAllOfStandard = false
  /// Whether the graph is given `linkerNames`.
  public var linkerNames = false
  /// What std's functions call back.
  public var demands: StandardDemands
  /// Told now and then how many instances have been looked at and how many are known by then.
  public var progress: @Sendable (_ done: Int, _ known: Int) -> Void = { _, _ in }

  public init(
    units: [Unit], facts: [UnitFacts], standard: [StandardCrate] = [], roots: Set<Int>? = nil,
    demands: StandardDemands = .embedded
  ) {
    self.units = units
    self.facts = facts
    self.standard = standard
    self.roots = roots
    self.demands = demands
  }
}

/// Builds the call graph of all units.
///
/// The order of the passes, each with the reason for its place:
/// 1. `Program` numbers items, bodies and names: all later passes speak in these numbers.
/// 2. `ImplIndex` links impl headers: paths lead to methods only through it.
/// 3. `ClosureIndex` reads what closures capture: drop glue needs it, and it needs types.
/// 4. `TraitSelector`, `StandardCallbacks`, `DropGlueExpander` answer questions about types on demand.
/// 5. `EntryPointFinder` gives the starts: it needs impl headers to know which impls are seen from outside. `EscapingCode`
///    adds what libraries hand out to be run: it needs types.
/// 6. `EdgeBuilder` instantiates what the starts reach.
/// 7. `EdgeBuilder` again, for branches on constants that this build does not take and from every body that nothing
///    reached: what code contains is told too, and must not add types to trait objects before the reached part has been
///    answered.
/// 8. `GraphAssembler` writes nodes, edges and positions, and marks what is reached and may run.
public enum GraphBuilder {
  /// Builds the graph. The result depends on the input alone.
  public static func build(_ input: GraphInput) -> CallGraph {
    let link = Linkage(input)
    let finder = EntryPointFinder(link.program, link.lowering, link.resolver)
    let found = link.entryPoints(input, finder)
    let nodes = found.compactMap { link.start($0, input) } + link.escapingCode(found, input, finder)
    link.edges.run()
    link.edges.addAnswers()
    link.edges.visitSetAside()
    link.edges.visitUnreached(unitCount: input.units.count)
    link.edges.visitSetAside()
    link.edges.addAnswers()
    var assembler = GraphAssembler(link, input)
    let graph = assembler.assemble(nodes)
    link.disconnect()
    return graph
  }
}

/// The linked program and the passes over it.
final class Linkage {
  let program: Program
  let resolver: NameResolver
  let lowering: TypeLowering
  let selector: TraitSelector
  let names: StandardNames
  let edges: EdgeBuilder

  init(_ input: GraphInput) {
    program = Program(Linkage.linkUnits(input))
    resolver = NameResolver(program)
    paths = MirPathResolver(program, resolver)
    let types = TypeTable()
    lowering = TypeLowering(program, resolver, paths, types)
    lowering.closures = ClosureIndex(program, lowering)
    lowering.opaques = OpaqueResults(program, lowering)
    lowering.impls = ImplIndex(program, lowering)
    lowering.impls.build()
    selector = TraitSelector(program, lowering, WellKnownItems(program, resolver))
    names = StandardNames(program, lowering, resolver, crateNames: Linkage.displayNames(input))
    edges = EdgeBuilder(
      program: program, lowering: lowering, selector: selector, standardNames: names, demands: input.demands,
      exports: Linkage.exports(program, unitCount: input.units.count),
      standard: StandardBodies(
        program, lowering, names, unitCount: input.units.count, classify: input.standardClass),
      classify: input.standardClass)
    edges.followsAllOfStandard = input.followsAllOfStandard
    edges.progress = input.progress
    connect()
    lowering.closures.collectCaptures()
  }

  private static func linkUnits(_ input: GraphInput) -> [LinkUnit] {
    var indices: [String: Int] = [:]
    for (index, unit) in input.units.enumerated() { indices[unit.id] = index }
    func known(_ crates: [ExternCrate]) -> [(name: String, unit: Int)] {
      crates.compactMap { crate in indices[crate.id].map { (crate.name, $0) } }
    }
    let list = zip(input.units, input.facts).map { unit, facts in
      LinkUnit(
        facts: facts, crateName: unit.crateName, edition: Int(unit.edition) ?? 2021, externs: known(unit.externs),
        mirNames: known(unit.mirNames), isProcMacro: unit.target == .procMacro)
    }
    return list + LinkUnit.standard(input.standard, first: list.count)
  }

  /// Crate names, with the version where two versions of one crate are there, and with the package too where two packages
  /// have a crate of that name in one version.
  private static func displayNames(_ input: GraphInput) -> [String] {
    var packages: [String: [String: Set<String>]] = [:]
    for unit in input.units where unit.target != .buildScript {
      packages[unit.crateName, default: [:]][unit.version, default: []].insert(unit.package)
    }
    return input.units.map { unit in
      let versions = unit.target == .buildScript ? [:] : packages[unit.crateName] ?? [:]
      if (versions[unit.version]?.count ?? 0) > 1 { return "\(unit.crateName)@\(unit.package)-\(unit.version)" }
      return versions.count > 1 ? "\(unit.crateName)@\(unit.version)" : unit.crateName
    } + input.standard.map(\.crate)
  }

  private static func exports(_ program: Program, unitCount: Int) -> [NameID: [UInt32]] {
    var table: [NameID: [UInt32]] = [:]
    for unit in 0..<unitCount {
      for attribute in program.units[unit].facts.items.attributes {
        let item = attribute.item + program.itemBase[unit]
        if attribute.kind == AttributeKind.noMangle.rawValue { table[program.name(item), default: []].append(item) }
        if attribute.kind == AttributeKind.exportName.rawValue {
          table[program.globalName(unit, attribute.value), default: []].append(item)
        }
      }
    }
    return table
  }

  private let paths: MirPathResolver

  /// Cuts the ties between passes, so that their memory is given back.
  func disconnect() {
    lowering.resolved = { $0 }
    paths.members = { _, _, _, _ in [] }
  }

  /// Ties the passes together that ask each other.
  private func connect() {
    let lowering = lowering
    let program = program
    let selector = selector
    lowering.resolved = { callee in
      guard lowering.types.kind(callee) == .traitMethod, case .targets(let targets) = selector.select(callee),
        case .function(let function)? = targets.first
      else { return callee }
      return function
    }
    paths.members = { unit, parent, items, name in
      let terms = program.terms(unit)
      let context = LoweringContext(unit: unit, item: nil, scope: nil, body: nil, key: 0x4000_0000 | UInt32(unit))
      switch terms.kind(parent) {
      case .segment: return items.flatMap { lowering.impls.inherentMembers(ofItem: $0, name) }
      case .implBlock: return Linkage.inherent(lowering.lower(terms.child(parent, 0), context), name, lowering)
      case .qualified where terms.childCount(parent) == 1:
        return Linkage.inherent(lowering.lower(terms.child(parent, 0), context), name, lowering)
      case .qualified:
        return Linkage.members(terms.child(parent, 0), terms.child(parent, 1), name, context, lowering)
      case .implOfTrait:
        return Linkage.members(terms.child(parent, 1), terms.child(parent, 0), name, context, lowering)
      default: return []
      }
    }
  }

  private static func inherent(_ type: TermID, _ name: NameID, _ lowering: TypeLowering) -> [UInt32] {
    lowering.impls.inherentImpls(type).flatMap {
      lowering.program.scopeChildren.all(MultiMap.key(lowering.impls.records[$0].item, name.raw))
    }
  }

  /// Members of the impls of a trait for a type. Parameters in the printed type match anything.
  private static func members(
    _ type: TermID, _ trait: TermID, _ name: NameID, _ context: LoweringContext, _ lowering: TypeLowering
  ) -> [UInt32] {
    guard let reference = lowering.traitReference(trait, context) else { return [] }
    let selfType = lowering.lower(type, context)
    return lowering.impls.candidates(lowering.types.item(reference), selfType).flatMap { index -> [UInt32] in
      let record = lowering.impls.records[index]
      var unifier = Unifier(lowering.types, parameters: record.parameters)
      guard unifier.unify(record.selfType, selfType) else { return [] }
      return lowering.program.scopeChildren.all(MultiMap.key(record.item, name.raw))
    }
  }

  /// The node of an entry point, in the world of its unit.
  fileprivate func start(_ entry: (unit: Int, found: EntryPointFinder.Found), _ input: GraphInput) -> EntryPoint? {
    guard let body = program.bodyOfItem[entry.found.item] else { return nil }
    edges.instances.world =
      switch input.units[entry.unit].target {
      case .library: .open
      case .binary: .binaries
      case .buildScript: .buildScripts
      case .procMacro: .procMacros
      }
    let node = edges.instances.body(body, edges.openArguments(of: entry.found.item))
    if entry.found.kind == .main || entry.found.kind == .buildScript { edges.addTermination(entry.found.item, node) }
    return EntryPoint(node: node, kind: entry.found.kind, unit: UInt32(entry.unit))
  }

  /// The entry points of all units. What libraries run before main, and their allocator, runs in the programs that they are
  /// linked to, too.
  func entryPoints(
    _ input: GraphInput, _ finder: EntryPointFinder
  ) -> [(unit: Int, found: EntryPointFinder.Found)] {
    var linkedIn: [(unit: Int, found: EntryPointFinder.Found)] = []
    let all = input.units.indices.flatMap { index -> [(unit: Int, found: EntryPointFinder.Found)] in
      let target: EntryTarget =
        switch input.units[index].target {
        case .library: .library
        case .binary: .binary
        case .buildScript: .buildScript
        case .procMacro: .procMacro
        }
      let found = finder.find(index, target).map { (unit: index, found: $0) }
      if target == .library { linkedIn += found.filter { $0.found.startsInPrograms } }
      return found
    }
    return all
      + input.units.indices.filter { input.units[$0].target != .library }.flatMap { index in
        let linked = resolver.dependencies(of: index)
        return linkedIn.filter { linked.contains($0.unit) }.map { (unit: index, found: $0.found) }
      }
  }
}

extension Linkage {
  /// What libraries hand out to be run: entry points too.
  func escapingCode(
    _ found: [(unit: Int, found: EntryPointFinder.Found)], _ input: GraphInput, _ finder: EntryPointFinder
  ) -> [EntryPoint] {
    edges.instances.world = .open
    let starts = Dictionary(grouping: found) { $0.unit }
    return input.units.indices.filter { input.units[$0].target == .library }.flatMap { unit in
      escapingCode(unit, (starts[unit] ?? []).map(\.found), input, finder)
    }
  }

  private func escapingCode(
    _ unit: Int, _ starts: [EntryPointFinder.Found], _ input: GraphInput, _ finder: EntryPointFinder
  ) -> [EntryPoint] {
    var code = EscapingCode(edges, unit: unit)
    var entries: [EntryPoint] = finder.publicValues(unit).compactMap { item in
      let before = code.targets.count + code.types.count
      code.add(item)
      guard program.kind(item) == .staticItem, let body = program.bodyOfItem[item],
        edges.storesCallables(body) || code.targets.count + code.types.count > before
      else { return nil }
      return start((unit, EntryPointFinder.Found(item: item, kind: .publicItem)), input)
    }
    var work = starts.map(\.item)
    var known = Set(work)
    while !work.isEmpty {
      for item in work { code.add(item) }
      let more = finder.members(ofHidden: Set(code.types), unit).filter { known.insert($0.item).inserted }
      entries += more.compactMap { start((unit, $0), input) }
      work = more.map(\.item)
    }
    return entries
      + code.targets.compactMap { target in
        edges.hasBody(target) ? EntryPoint(node: edges.node(target), kind: .publicItem, unit: UInt32(unit)) : nil
      }
  }
}

extension EdgeBuilder {
  /// Looks at bodies that nothing reached, with the parameters of their definition left open.
  func visitUnreached(unitCount: Int) {
    instances.world = .open
    for body in UInt32(0)..<program.bodyBase[unitCount] where !instances.isInstantiated(body) {
      guard program.body(body).bodyKind != .staticMemory else { continue }
      let root = lowering.rootBody(body)
      let arguments = program.item(ofBody: root).map { openArguments(of: $0) } ?? types.list([])
      _ = instances.body(body, arguments)
    }
    run()
  }

  /// The runtime prints the error that `main` returns, and drops it: `Result<(), E>` asks for `E: Debug`.
  func addTermination(_ main: UInt32, _ node: UInt32) {
    guard let trait = selector.known.termination, let body = program.bodyOfItem[main] else { return }
    let function = types.make(.functionDefinition, a: main)
    guard let result = selector.functionResult(function) else { return }
    let view = BodyView(
      node: node, body: body, unit: program.unit(ofBody: body), context: lowering.context(ofBody: body),
      arguments: types.list([]), storesCallables: false)
    let value = selector.normalise(result)
    for callback in callbacks.demand(value, types.make(.traitReference, a: trait)) { add(callback, view) }
    addDrop(value, view)
  }
}
