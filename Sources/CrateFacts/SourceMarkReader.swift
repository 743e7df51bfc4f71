import Project
import RustDump

/// Finds in the sources of a unit where they declare something `unsafe`.
///
/// The dumps tell what is unsafe but not where it stands; the sources tell the place, where they are at hand.
enum SourceMarkReader {
  /// Whether the sources are where the unit says.
  static func hasSources(_ unit: Unit) -> Bool { FileSystem.isFile(unit.path(ofSource: unit.rootFile)) }

  /// Reads the sources of a unit, as far as bodies or the names of the files say that they are Rust.
  static func read(_ unit: Unit, into facts: inout UnitFacts) {
    guard hasSources(unit), facts.items.items.contains(where: declaresUnsafe) else { return }
    let ofBodies = Set(facts.bodies.bodies.map(\.file))
    for file in unit.sourceFiles {
      let name = facts.store.names.intern(file)
      guard file.hasSuffix(".rs") || ofBodies.contains(name.raw),
        let bytes = FileSystem.contents(of: unit.path(ofSource: file), limit: UnitContent.sourceLimit)
      else { continue }
      bytes.withUnsafeBytes { add(UnsafeScanner.scan($0), $0, name, &facts) }
    }
  }

  private static func declaresUnsafe(_ item: Item) -> Bool {
    item.unsafeBlocks > 0 || item.itemFlags.contains(.unsafeItem)
  }

  private static func add(
    _ marks: [UnsafeMark], _ bytes: UnsafeRawBufferPointer, _ file: NameID, _ facts: inout UnitFacts
  ) {
    for mark in marks {
      let name = facts.store.names.intern(UnsafeRawBufferPointer(rebasing: bytes[mark.name]))
      let type = facts.store.names.intern(UnsafeRawBufferPointer(rebasing: bytes[mark.type]))
      facts.sourceMarks.append(
        SourceMark(
          kind: mark.kind.rawValue, file: file.raw, line: mark.line, column: mark.column, endLine: mark.endLine,
          insideMacroDefinition: mark.insideMacroDefinition ? 1 : 0, name: name.raw, type: type.raw))
    }
  }
}
