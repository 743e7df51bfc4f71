import CrateFacts
import RustDump

/// Where the unsafe blocks, functions and impls of one unit stand, as its sources say.
///
/// HIR and `expanded` say what there is, MIR from where to where a body reaches, the sources where the word `unsafe` stands.
struct UnsafePlaces {
  /// A place in one of the unit's files, by the unit's number of its name.
  struct Place: Hashable, Comparable {
    var file: UInt32
    var line: UInt32
    var column: UInt32
    /// The last line; 0 if it is not known.
    var endLine: UInt32

    static func < (left: Place, right: Place) -> Bool {
      (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }

    /// Whether a line of the same file is in it.
    func contains(_ other: Place) -> Bool {
      file == other.file && line <= other.line && other.line <= max(line, endLine)
    }
  }

  /// The text of bodies: one, or several that one macro makes in the same place.
  private struct Extent: Hashable {
    var file: UInt32
    var first: UInt32
    var last: UInt32
  }

  private let facts: UnitFacts
  private var extentOfItem: [UInt32: Extent] = [:]
  private var blocks: [Extent: [SourceMark]] = [:]
  private var functions: [UInt32: [SourceMark]] = [:]
  private let implementations: [UInt32: SourceMark]

  /// - Parameter rootFile: the unit's root, as its sources name it.
  init(_ facts: UnitFacts, rootFile: String) {
    self.facts = facts
    implementations = UnsafeImplementations(facts, rootFile: rootFile).marks
    guard !facts.sourceMarks.isEmpty else { return }
    var extents: [UInt32: [Extent]] = [:]
    for (index, body) in facts.bodies.bodies.enumerated() where body.line > 0 {
      let item = facts.itemOfBody[index]
      guard item != UnitFacts.none, extentOfItem[item] == nil else { continue }
      let extent = Extent(file: body.file, first: body.line, last: lastLine(of: body))
      extentOfItem[item] = extent
      extents[body.file, default: []].append(extent)
    }
    let sorted = extents.mapValues { $0.sorted { ($0.first, $1.last) < ($1.first, $0.last) } }
    let furthest = sorted.mapValues { list in
      list.reduce(into: [UInt32]()) { $0.append(max($0.last ?? 0, $1.last)) }
    }
    for mark in facts.sourceMarks {
      switch mark.markKind {
      case .block:
        guard let list = sorted[mark.file], let ends = furthest[mark.file],
          let extent = UnsafePlaces.innermost(mark.line, list, ends)
        else { continue }
        blocks[extent, default: []].append(mark)
      case .function: functions[mark.name, default: []].append(mark)
      case .implementation: break
      }
    }
  }

  /// MIR says where a function ends; of a constant or static it says where its type does.
  private func lastLine(of body: BodyRecord) -> UInt32 {
    guard body.bodyKind != .function else { return max(body.line, body.lastLine) }
    let sites = facts.bodies.sites[Int(body.sitesStart)..<Int(body.sitesStart + body.sitesCount)]
    return sites.reduce(max(body.line, body.lastLine)) { $1.file == body.file ? max($0, $1.line) : $0 }
  }

  /// The extent that begins last of those around a line.
  ///
  /// - Parameter furthest: for each extent, where those up to it end at last.
  private static func innermost(_ line: UInt32, _ extents: [Extent], _ furthest: [UInt32]) -> Extent? {
    var low = 0
    var high = extents.count
    while low < high {
      let middle = (low + high) / 2
      if extents[middle].first <= line { low = middle + 1 } else { high = middle }
    }
    while low > 0, furthest[low - 1] >= line {
      low -= 1
      if extents[low].last >= line { return extents[low] }
    }
    return nil
  }

  /// The unsafe blocks of an item, as many as `expanded` says that it has.
  ///
  /// Blocks in the sources that are more than those are left out by cfg: those around an operation come first. Blocks
  /// that are fewer are made by macros: these stand where their operations do, that is where the macro is called.
  /// - Parameters:
  ///   - operations: where the item does something unsafe.
  ///   - body: where to say it is if nothing tells.
  func blocks(ofItem item: UInt32, operations: [Place], body: Place) -> [Place] {
    let count = Int(facts.items.items[Int(item)].unsafeBlocks)
    let marks = extentOfItem[item].flatMap { blocks[$0] } ?? []
    let written = marks.filter { $0.insideMacroDefinition == 0 }.map(UnsafePlaces.place)
    if written.count > count {
      let used = written.filter { block in operations.contains { block.contains($0) } }
      let others = written.filter { !used.contains($0) }
      return Array((used + others).prefix(count)).sorted()
    }
    var found = written
    // Where the whole function is made by a macro, operations and blocks stand in the macro.
    let inMacros = marks.filter { $0.insideMacroDefinition != 0 }.map(UnsafePlaces.place)
    let used = inMacros.filter { block in operations.contains { block.contains($0) } }
    found += used.prefix(count - found.count)
    let rest = Set(operations.filter { operation in !found.contains { $0.contains(operation) } }).sorted()
    found += rest.prefix(count - found.count)
    found += inMacros.filter { !used.contains($0) }.prefix(count - found.count)
    while found.count < count { found.append(body) }
    return found.sorted()
  }

  /// Where an unsafe function is declared.
  func function(ofItem item: UInt32) -> Place? {
    guard let extent = extentOfItem[item] else { return nil }
    let marks = functions[facts.items.items[Int(item)].name] ?? []
    return marks.last { $0.file == extent.file && $0.line <= extent.first && extent.first <= $0.endLine }
      .map(UnsafePlaces.place)
  }

  /// Where an unsafe impl is declared.
  func implementation(ofItem item: UInt32) -> Place? { implementations[item].map(UnsafePlaces.place) }

  private static func place(_ mark: SourceMark) -> Place {
    Place(file: mark.file, line: mark.line, column: mark.column, endLine: mark.endLine)
  }
}
