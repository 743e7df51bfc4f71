import CrateFacts
import RustDump

/// Collects what functions do themselves: unsafe operations and blocks, inline assembly, the definition of symbols.
///
/// What std's macros expand to is not the user's.
enum OperationCollector {
  /// Adds all of it to the graph.
  ///
  /// - Returns: what each unit declares `unsafe`, in the order of its items.
  static func collect(
    _ link: Linkage, _ input: GraphInput, _ graph: inout CallGraph, _ files: inout SourceFiles
  ) -> [[UnsafeDeclaration]] {
    var declarations = UnsafeDeclarations(link, input)
    for (index, instance) in link.edges.instances.instances.enumerated() where instance.kind == .body {
      let unit = link.program.unit(ofBody: instance.body)
      guard unit < input.units.count else { continue }
      declarations.note(instance, node: UInt32(index))
      addSites(UInt32(index), instance, unit, link, &declarations, &graph, &files)
      addSymbol(UInt32(index), instance, link, &graph, &files)
    }
    return declarations.add(to: &graph, &files)
  }

  private static func addSites(
    _ node: UInt32, _ instance: Instance, _ unit: Int, _ link: Linkage,
    _ declarations: inout UnsafeDeclarations, _ graph: inout CallGraph, _ files: inout SourceFiles
  ) {
    let body = link.program.body(instance.body)
    let isAllowed = allowsUnsafe(instance.body, link)
    let facts = link.program.units[unit].facts
    for index in body.sitesStart..<(body.sitesStart + body.sitesCount) {
      let site = facts.bodies.sites[Int(index)]
      guard !site.siteFlags.contains(.fromStandardMacro), let (capability, sink) = operation(site, facts) else {
        continue
      }
      guard isAllowed || capability == "asm" else { continue }
      declarations.note(site, in: instance.body)
      let position = files.position(ofSite: index, unit, link.program)
      let name =
        calleeName(node, site, position, graph) ?? graph.names.intern(itemName(site, instance.body, link) ?? sink)
      graph.operations.append(GraphOperation(node: node, capability: capability, sink: name, position: position))
    }
  }

  /// The name of the function that a call at a place leads to, as the graph has it.
  private static func calleeName(
    _ node: UInt32, _ site: SiteRecord, _ position: SourcePosition, _ graph: CallGraph
  ) -> NameID? {
    guard site.siteKind == .call else { return nil }
    let edge = graph.edges(of: Int(node)).first {
      $0.position == position && ($0.kind == .call || $0.kind == .dispatch) && $0.candidates == 1
    }
    return edge.map { graph.nodes[Int($0.target)].name }
  }

  /// The name of the static or union that a site uses, as reports print it.
  private static func itemName(_ site: SiteRecord, _ body: UInt32, _ link: Linkage) -> String? {
    let context = link.lowering.context(ofBody: body)
    let types = link.lowering.types
    switch site.siteKind {
    case .unsafeStaticUse:
      let used = link.lowering.lowerCallee(TermID(site.a), context)
      return types.kind(used) == .functionDefinition ? link.names.path(of: types.item(used)) : nil
    case .unionField:
      let union = link.lowering.lower(TermID(site.a), context)
      return types.kind(union) == .nominal ? link.names.path(of: types.item(union)) : nil
    default: return nil
    }
  }

  private static func operation(_ site: SiteRecord, _ facts: UnitFacts) -> (String, String)? {
    switch site.siteKind {
    case .assembly: ("asm", "asm!")
    case .rawDereference: ("unsafe.raw-deref", "raw-deref")
    case .transmute: ("unsafe.transmute", "transmute")
    case .unsafeStaticUse: ("unsafe.static-mut", PathPrinter.text(of: TermID(site.a), facts.store))
    case .unionField: ("unsafe.union", PathPrinter.text(of: TermID(site.a), facts.store))
    case .callOperand where isUnsafePointer(TermID(site.a), facts): ("unsafe.call", "fn pointer")
    case .call where site.siteFlags.contains(.unsafeCallee):
      ("unsafe.call", PathPrinter.text(of: TermID(site.a), facts.store))
    default: nil
    }
  }

  private static func isUnsafePointer(_ type: TermID, _ facts: UnitFacts) -> Bool {
    facts.store.terms.kind(type) == .functionPointer && facts.store.terms.record(type).a & 1 != 0
  }

  /// Whether the user wrote `unsafe` around a body's operations: desugared code (`.await`) has unsafe calls of its own.
  private static func allowsUnsafe(_ body: UInt32, _ link: Linkage) -> Bool {
    guard let item = link.program.item(ofBody: link.lowering.rootBody(body)) else { return true }
    let record = link.program.item(item)
    return record.unsafeBlocks > 0 || record.itemFlags.contains(.unsafeItem)
  }

  private static func addSymbol(
    _ node: UInt32, _ instance: Instance, _ link: Linkage, _ graph: inout CallGraph, _ files: inout SourceFiles
  ) {
    guard let item = link.program.item(ofBody: instance.body) else { return }
    let position = files.position(ofBody: instance.body, link.program)
    var symbol = link.program.attribute(item, .exportName)
    if symbol == nil, link.program.hasAttribute(item, .noMangle) { symbol = link.program.name(item) }
    if let symbol {
      graph.operations.append(
        GraphOperation(
          node: node, capability: "symbol.define", sink: graph.names.intern(link.program.string(symbol)),
          position: position))
    }
  }
}
