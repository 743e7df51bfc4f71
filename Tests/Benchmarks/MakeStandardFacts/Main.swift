import CrateFacts
import Project
import RustDump

/// Makes the facts file of std's crates: `make-standard-facts OUTPUT DUMPS CRATE...`. Crates whose name stands behind `+`
/// are those that programs cannot name.
@main
struct MakeStandardFacts {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 3 else {
      print("usage: make-standard-facts OUTPUT DUMPS [+]CRATE...")
      return
    }
    let units = try DumpFolder(path: arguments[2]).units
    var crates: [(crate: StandardCrate, share: ItemShare)] = []
    for argument in arguments.dropFirst(3) {
      let isPrivate = argument.hasPrefix("+")
      let name = isPrivate ? String(argument.dropFirst()) : argument
      guard let unit = units.first(where: { $0.crateName == name }) else {
        throw Failure("there is no such crate", file: "\(arguments[2])/units/\(name)")
      }
      crates.append(try read(unit, isPrivate: isPrivate))
    }
    let bytes = try StandardFacts.encode(crates)
    try AtomicFile.write(bytes, to: arguments[1], permissions: 0o644)
    print("\(bytes.count) bytes")
  }

  private static func read(_ unit: Unit, isPrivate: Bool) throws -> (crate: StandardCrate, share: ItemShare) {
    let (facts, _) = try FactsLoader.read(unit)
    for gap in facts.gaps {
      print("  \(facts.store.names.string(NameID(gap.what))): \(facts.store.names.string(NameID(gap.why)))")
    }
    print(
      "\(unit.crateName): \(facts.items.items.count) items, \(facts.bodies.bodies.count) bodies, "
        + "\(facts.bodies.sites.count) sites, \(facts.gaps.count) gaps, \(facts.membersWithoutImpl) without impl")
    let crate = StandardCrate(
      crate: unit.crateName, edition: Int(unit.edition) ?? 2024, externs: unit.externs.map(extern),
      isPrivate: isPrivate, facts: facts)
    return (crate, ItemShare(try itemsAlone(unit)))
  }

  /// The crates of the workspace that stand for core and alloc hold nothing of their own.
  private static func extern(_ crate: ExternCrate) -> StandardCrate.Extern {
    let prefix = "rustc_std_workspace_"
    return StandardCrate.Extern(
      name: crate.name, crate: crate.id.hasPrefix(prefix) ? String(crate.id.dropFirst(prefix.count)) : crate.id)
  }

  private static func itemsAlone(_ unit: Unit) throws -> UnitFacts {
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    guard let file = try unit.dumpFile(.expanded).map({ try MappedFile(path: $0) }) else { return UnitFacts() }
    return file.withBytes { UnitReader.read(mir: empty, expanded: $0, hir: empty) }
  }
}
