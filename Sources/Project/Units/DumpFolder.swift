/// A folder of dumps: the units of one build, by id.
///
/// Three layouts are understood: what `scripts/dump` writes (`DIR/units/UNIT/unit.json` and `DIR/build.json`), folders of
/// units made by hand (`DIR/UNIT/unit.json`), and one unit (`DIR/unit.json`).
public struct DumpFolder: Sendable {
  public var path: String
  /// The units of the build, sorted by id, with `runsIn` set.
  public var units: [Unit]
  /// What cargo knows; `nil` for folders made by hand.
  public var build: BuildDescription?
  /// Units that others or the build name and that have no dump here, sorted: gaps.
  public var missingUnits: [MissingUnit]
  /// Units that could not be read; only if these were to be left out.
  public var failures: [Failure]

  /// A unit without a dump.
  public struct MissingUnit: Sendable, Equatable {
    public var id: String
    /// The id of the first unit that is compiled against it; empty if only the build names it.
    public var neededBy: String
  }

  /// Opens a dump folder; of units that an older build left in it nothing is read.
  ///
  /// - Parameter keepGoing: whether units that cannot be read are left out and put into `failures`.
  /// - Throws: a `Failure` if there is no such folder, no unit in it, or a unit cannot be read.
  public init(path: String, keepGoing: Bool = false) throws {
    guard FileSystem.isFolder(path) else {
      throw Failure("there is no such folder", file: path, advice: "mircap dump PROJECT --output DIR makes one")
    }
    self.path = path
    let buildFile = path + "/build.json"
    build = FileSystem.isFile(buildFile) ? try BuildDescription(file: buildFile) : nil
    failures = []
    units = []
    missingUnits = []
    let named = Set(build?.unitIDs ?? [])
    for folder in try Self.unitFolders(in: path) {
      let name = folder.split(separator: "/").last.map(String.init) ?? folder
      guard named.isEmpty || named.contains(name) else { continue }
      do {
        let unit = try UnitReader.read(folder: folder)
        try DumpText.check(unit)
        units.append(unit)
      } catch let failure as Failure where keepGoing {
        failures.append(failure)
      }
    }
    guard !units.isEmpty else {
      throw failures.first
        ?? Failure(
          "holds no dumps", file: path, advice: "expected UNIT/unit.json or units/UNIT/unit.json (docs/dumps.md)")
    }
    units.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    try checkIdentifiers()
    setMembers()
    findMissingUnits()
    units = UnitRelations(units: units).withPhases()
  }

  private static func unitFolders(in path: String) throws -> [String] {
    if FileSystem.isFile(path + "/unit.json") { return [path] }
    let isOurs = FileSystem.isFolder(path + "/units")
    let parent = isOurs ? path + "/units" : path
    // Names that begin with a dot are dumps that are being written.
    return try FileSystem.names(in: parent).filter { !$0.hasPrefix(".") }.map { parent + "/" + $0 }
      .filter { folder in
        guard FileSystem.isFolder(folder) else { return false }
        return isOurs || ["unit.json", "mir", "hir", "expanded"].contains { FileSystem.isFile(folder + "/" + $0) }
      }
  }

  private func checkIdentifiers() throws {
    for (former, unit) in zip(units, units.dropFirst()) where former.id == unit.id {
      throw Failure("has the id \(unit.id), as \(former.folder) has", file: unit.folder + "/unit.json")
    }
  }

  private mutating func setMembers() {
    guard let build, !build.packages.isEmpty else { return }
    for index in units.indices {
      units[index].isWorkspaceMember = build.package(of: units[index])?.isWorkspaceMember ?? false
    }
  }

  private mutating func findMissingUnits() {
    let present = Set(units.map(\.id))
    var missing: [String: String] = [:]
    // An extern without an id is one of the sysroot's crates.
    for unit in units {
      for crate in unit.externs where !crate.id.isEmpty && !present.contains(crate.id) && missing[crate.id] == nil {
        missing[crate.id] = unit.id
      }
    }
    for id in build?.unitIDs ?? [] where !present.contains(id) && missing[id] == nil { missing[id] = "" }
    missingUnits = missing.map { MissingUnit(id: $0.key, neededBy: $0.value) }.sorted { $0.id < $1.id }
  }
}
