import CrateFacts
import RustDump

/// Adds to a graph what its units declare `unsafe`: to the units one by one, and unsafe blocks as operations of functions.
struct UnsafeDeclarations {
  private let link: Linkage
  private let input: GraphInput
  /// Where items do something unsafe, in their closures too.
  private var operations: [UInt32: Set<UnsafePlaces.Place>] = [:]
  /// The nodes of the bodies of items that are unsafe or have unsafe blocks.
  private var nodes: [UInt32: [UInt32]] = [:]

  init(_ link: Linkage, _ input: GraphInput) {
    self.link = link
    self.input = input
  }

  /// Takes note of an instance.
  mutating func note(_ instance: Instance, node: UInt32) {
    guard let item = link.program.item(ofBody: instance.body), isUnsafe(item) else { return }
    nodes[item, default: []].append(node)
  }

  /// Takes note of an operation.
  mutating func note(_ site: SiteRecord, in body: UInt32) {
    guard let item = link.program.item(ofBody: link.lowering.rootBody(body)), isUnsafe(item) else { return }
    operations[item, default: []].insert(
      UnsafePlaces.Place(file: site.file, line: site.line, column: site.column, endLine: 0))
  }

  private func isUnsafe(_ item: UInt32) -> Bool {
    let record = link.program.item(item)
    return record.unsafeBlocks > 0 || record.itemFlags.contains(.unsafeItem)
  }

  /// Adds all of it, unit by unit in the order of the items.
  func add(to graph: inout CallGraph, _ files: inout SourceFiles) -> [[UnsafeDeclaration]] {
    input.units.indices.map { unit in
      var found: [UnsafeDeclaration] = []
      let facts = input.facts[unit]
      let places = UnsafePlaces(facts, rootFile: input.units[unit].rootFile)
      for (index, record) in facts.items.items.enumerated() {
        let item = link.program.itemBase[unit] + UInt32(index)
        guard isUnsafe(item) else { continue }
        switch record.itemKind {
        case .implementation:
          guard record.itemFlags.contains(.unsafeItem) else { continue }
          let place = places.implementation(ofItem: UInt32(index))
          found.append(declaration(.implementation, item, place, unit, &graph, &files))
        case .function, .constant, .staticItem:
          addBody(item, UInt32(index), unit, places, &found, &graph, &files)
        default: continue
        }
      }
      return found
    }
  }

  private func addBody(
    _ item: UInt32, _ index: UInt32, _ unit: Int, _ places: UnsafePlaces, _ found: inout [UnsafeDeclaration],
    _ graph: inout CallGraph, _ files: inout SourceFiles
  ) {
    let record = link.program.item(item)
    let body = place(ofBodyOf: item)
    let own = (operations[item] ?? []).sorted()
    let blocks = places.blocks(ofItem: index, operations: own, body: body)
    for block in blocks { found.append(declaration(.block, item, block, unit, &graph, &files)) }
    var positions = Set(blocks).sorted()
    if record.itemFlags.contains(.unsafeItem), record.itemFlags.contains(.hasBody) {
      let function = places.function(ofItem: index) ?? body
      found.append(declaration(.function, item, function, unit, &graph, &files))
      // The body of an unsafe function is like a block where it does something that is unsafe.
      if blocks.isEmpty, !own.isEmpty { positions.append(function) }
    }
    let sink = graph.names.intern(blocks.isEmpty ? "unsafe fn" : "unsafe block")
    for node in nodes[item] ?? [] {
      for place in positions {
        graph.operations.append(
          GraphOperation(
            node: node, capability: "unsafe.block", sink: sink, position: position(of: place, unit, &files)))
      }
    }
  }

  /// Where the body of an item begins, as the dump has it.
  private func place(ofBodyOf item: UInt32) -> UnsafePlaces.Place {
    guard let body = link.program.bodyOfItem[item] else {
      return UnsafePlaces.Place(file: 0, line: 0, column: 0, endLine: 0)
    }
    let record = link.program.body(body)
    return UnsafePlaces.Place(file: record.file, line: record.line, column: record.line == 0 ? 0 : 1, endLine: 0)
  }

  private func position(of place: UnsafePlaces.Place, _ unit: Int, _ files: inout SourceFiles) -> SourcePosition {
    SourcePosition(file: files.file(place.file, unit, link.program), line: place.line, column: place.column)
  }

  private func declaration(
    _ kind: UnsafeDeclaration.Kind, _ item: UInt32, _ place: UnsafePlaces.Place?, _ unit: Int,
    _ graph: inout CallGraph, _ files: inout SourceFiles
  ) -> UnsafeDeclaration {
    let place = place ?? UnsafePlaces.Place(file: 0, line: 0, column: 0, endLine: 0)
    return UnsafeDeclaration(
      kind: kind, name: graph.names.intern(link.names.path(of: item)), position: position(of: place, unit, &files),
      endLine: place.endLine)
  }
}
