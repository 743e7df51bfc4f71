import Project
import Testing

@testable import MachineCode

/// Which unit a crate of symbols is.
@Suite struct CrateMapTests {
  private func unit(
    _ id: String, _ name: String, _ target: TargetKind = .library, version: String = "1.0.0",
    features: [String] = [], externs: [String] = []
  ) -> Unit {
    var unit = Unit(
      id: id, crateName: name, target: target, rustcVersion: "1.95.0", rootFile: "src/lib.rs",
      externs: externs.map { ExternCrate(name: $0, id: $0) }, folder: "")
    unit.version = version
    unit.features = features
    return unit
  }

  private func crate(
    _ name: String, _ hash: UInt64, _ target: TargetKind = .library, version: String = "1.0.0",
    features: [String] = []
  ) -> LinkedCrate {
    LinkedCrate(
      crateName: name, stableCrateID: hash, package: name, version: version, target: target, targetName: name,
      features: features)
  }

  @Test func cratesOfOneName() {
    let units = [
      unit("bin", "demo", .binary, externs: ["lib", "old", "new"]), unit("lib", "demo"), unit("old", "util"),
      unit("new", "util", version: "2.0.0"),
    ]
    let map = CrateMap(
      crates: [
        crate("demo", 1, .binary), crate("demo", 2), crate("util", 3), crate("util", 4, version: "2.0.0"),
        crate("gone", 5),
      ], units: units, root: 0)
    #expect(map.owner("demo", 1) == .unit(0) && map.owner("demo", 2) == .unit(1))
    #expect(map.owner("util", 3) == .unit(2) && map.owner("util", 4) == .unit(3))
    // std carries a crate of this name along.
    #expect(map.owner("util", 9) == .other)
    #expect(map.isWithoutUnit("gone", 5) && !map.isWithoutUnit("util", 9))
    #expect(map.text("util", 4) == "util~3" && map.text("util", 9) == "util")
  }

  /// A package that a proc macro uses too may have two units with the same features.
  @Test func whatTheProgramNeedsIsLinked() {
    let units = [
      unit("for-macro", "syn", features: ["full"]), unit("bin", "demo", .binary, externs: ["for-program"]),
      unit("for-program", "syn", features: ["full"]),
    ]
    let map = CrateMap(crates: [crate("syn", 3, features: ["full"])], units: units, root: 1)
    #expect(map.owner("syn", 3) == .unit(2))
    let other = CrateMap(crates: [crate("syn", 3)], units: units, root: 1)
    #expect(other.owner("syn", 3) == .other && other.isWithoutUnit("syn", 3))
  }
}
