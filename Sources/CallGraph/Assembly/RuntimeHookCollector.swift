import CrateFacts
import Project
import RustDump

/// Collects what a unit hooks into the start of programs and into Rust's runtime.
enum RuntimeHookCollector {
  /// The hooks of a unit, in the order of its items.
  static func hooks(ofUnit unit: Int, _ link: Linkage, _ input: GraphInput, _ files: inout SourceFiles) -> [RuntimeHook]
  {
    var hooks: [RuntimeHook] = []
    let tree = input.facts[unit].items
    let base = link.program.itemBase[unit]
    for attribute in tree.attributes {
      guard let (kind, detail) = kind(of: attribute, unit, link) else { continue }
      let item = attribute.item + base
      hooks.append(hook(kind, allocator(item, link) ?? item, detail, link, &files))
    }
    for (index, item) in tree.items.enumerated() where item.itemKind == .globalAssembly {
      hooks.append(
        RuntimeHook(
          kind: .globalAssembly, name: link.names.path(of: link.program.parent(UInt32(index) + base)), detail: "",
          file: input.units[unit].rootFile, line: 0))
    }
    return hooks
  }

  private static func kind(
    of attribute: ItemAttribute, _ unit: Int, _ link: Linkage
  ) -> (kind: RuntimeHook.Kind, detail: String)? {
    switch AttributeKind(rawValue: attribute.kind) {
    // What `#[global_allocator]` expands to: functions that std calls by their symbols.
    case .standardInternalSymbol:
      let name = link.program.string(link.program.name(attribute.item + link.program.itemBase[unit]))
      return name == "__rust_alloc" ? (.globalAllocator, "") : nil
    case .panicHandler: return (.panicHandler, "")
    case .linkSection:
      let section = link.program.string(link.program.globalName(unit, attribute.value))
      if EntryPointFinder.runsBeforeMain(section) { return (.beforeMain, section) }
      return (EntryPointFinder.runsAfterMain(section) ? .afterMain : .section, section)
    default: return nil
    }
  }

  /// The static that an allocation function hands on to.
  private static func allocator(_ item: UInt32, _ link: Linkage) -> UInt32? {
    guard link.program.hasAttribute(item, .standardInternalSymbol), let body = link.program.bodyOfItem[item] else {
      return nil
    }
    let record = link.program.body(body)
    let facts = link.program.units[link.program.unit(ofBody: body)].facts.bodies
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      let site = facts.sites[Int(index)]
      guard site.siteKind == .staticUse, site.a != 0 else { continue }
      let used = link.lowering.lowerCallee(TermID(site.a), link.lowering.context(ofBody: body))
      if link.lowering.types.kind(used) == .functionDefinition { return link.lowering.types.item(used) }
    }
    return nil
  }

  private static func hook(
    _ kind: RuntimeHook.Kind, _ item: UInt32, _ detail: String, _ link: Linkage, _ files: inout SourceFiles
  ) -> RuntimeHook {
    var hook = RuntimeHook(kind: kind, name: link.names.path(of: item), detail: detail, file: "", line: 0)
    if let body = link.program.bodyOfItem[item] {
      let position = files.position(ofBody: body, link.program)
      hook.file = files.names[Int(position.file)]
      hook.line = position.line
    }
    return hook
  }
}
