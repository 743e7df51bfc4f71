import CrateFacts
import Foundation
import Project
import RustDump
import Testing

/// Facts in the cache, which dumps of several builds share.
@Suite struct FactsCacheTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "mircap-test-\(UUID().uuidString)").path
  private var cache: CacheFolder { CacheFolder(path: folder + "/cache") }

  /// A unit that claims one fingerprint whatever it holds, as a build script can make its build's units claim.
  private func unit(calling function: String, in name: String) throws -> Project.Unit {
    let place = "\(folder)/\(name)"
    try FileSystem.makeFolder(place)
    let mir = """
      fn a() -> () {
          let mut _0: ();
          let _1: ();

          bb0: {
              _1 = \(function)() -> [return: bb1, unwind continue];
          }

          bb1: {
              return;
          }
      }
      """
    try AtomicFile.write(Array(mir.utf8), to: place + "/mir")
    try AtomicFile.write(Array("pub fn a() {}".utf8), to: place + "/expanded")
    var unit = Unit(id: "a-1", crateName: "a", rustcVersion: "1.96.0", rootFile: "a.rs", folder: place)
    unit.dumpStates = [.mir: .ok, .expanded: .ok]
    unit.fingerprint = String(repeating: "0", count: 64)
    return unit
  }

  private func load(_ unit: Project.Unit) throws -> FactsLoader.Loaded {
    try FactsLoader.load(units: [unit], jobs: 1, cache: cache)
  }

  @Test func nobodyIsGivenTheFactsOfAnother() throws {
    defer { FileSystem.remove(folder) }
    let harmless = try unit(calling: "std::process::id", in: "harmless")
    let harmful = try unit(calling: "std::process::xx", in: "harmful")
    let first = try load(harmless)
    #expect(first.fromCache == 0)
    let other = try load(harmful)
    #expect(other.fromCache == 0)
    #expect(FactsFile.encode(other.facts[0]) != FactsFile.encode(first.facts[0]))
    let again = try load(harmless)
    #expect(again.fromCache == 1)
    #expect(FactsFile.encode(again.facts[0]) == FactsFile.encode(first.facts[0]))
  }

  @Test func theSameTextElsewhereIsReadOnce() throws {
    defer { FileSystem.remove(folder) }
    #expect(try load(unit(calling: "std::process::id", in: "first")).fromCache == 0)
    #expect(try load(unit(calling: "std::process::id", in: "second")).fromCache == 1)
  }

  @Test func withoutAFingerprintNothingIsKept() throws {
    defer { FileSystem.remove(folder) }
    var unit = try unit(calling: "std::process::id", in: "unit")
    unit.fingerprint = ""
    for _ in 0..<2 { #expect(try load(unit).fromCache == 0) }
  }
}
