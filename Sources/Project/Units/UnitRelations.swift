/// Which unit needs which: by what it is compiled against, and by the build script that its package runs first.
struct UnitRelations {
  let units: [Unit]
  private let indexByID: [String: Int]
  private let buildScripts: [PackageKey: [Int]]

  private struct PackageKey: Hashable {
    var name: String
    var version: String
  }

  init(units: [Unit]) {
    self.units = units
    indexByID = Dictionary(units.indices.map { (units[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    buildScripts = Dictionary(
      grouping: units.indices.filter { units[$0].target == .buildScript },
      by: { PackageKey(name: units[$0].package, version: units[$0].version) })
  }

  /// The units whose code is compiled into this one, or run by the compiler for it.
  private func externs(of unit: Int) -> [Int] { units[unit].externs.compactMap { indexByID[$0.id] } }

  /// The build scripts of a unit's package, which run before it is compiled.
  private func scripts(of unit: Int) -> [Int] {
    guard units[unit].target != .buildScript else { return [] }
    return buildScripts[PackageKey(name: units[unit].package, version: units[unit].version)] ?? []
  }

  /// Everything that building these units takes, themselves included.
  func closure(of roots: [Int]) -> Set<Int> {
    var found = Set(roots)
    var waiting = roots
    while let unit = waiting.popLast() {
      for next in externs(of: unit) + scripts(of: unit) where found.insert(next).inserted { waiting.append(next) }
    }
    return found
  }

  /// The units with `runsIn`: a library runs where its users run; a proc macro only in the compiler.
  func withPhases() -> [Unit] {
    var phases = units.map { Set([$0.phase]) }
    for index in units.indices where units[index].target == .library && !units[index].isWorkspaceMember {
      phases[index] = []
    }
    var waiting = Array(units.indices.filter { !phases[$0].isEmpty })
    while let unit = waiting.popLast() {
      for next in externs(of: unit) where units[next].target == .library && !phases[next].isSuperset(of: phases[unit]) {
        phases[next].formUnion(phases[unit])
        waiting.append(next)
      }
    }
    return zip(units, phases).map { unit, phases in
      var unit = unit
      // Nobody here uses it: it was put here to be examined as it is.
      unit.runsIn = phases.isEmpty ? [unit.phase] : phases.sorted()
      return unit
    }
  }
}
