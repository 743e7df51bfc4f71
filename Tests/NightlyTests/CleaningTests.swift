import Glibc
import Policy
import Project
import Testing

@testable import Nightly

/// What goes at the end of a run, and how work is ordered and cut.
@Suite struct CleaningTests {
  private let folder = NightlyTestFolder()

  /// Writes a file that was last used so many days ago.
  private func write(_ name: String, size: Int = 10, days: Int) throws {
    let path = folder.path + "/" + name
    try FileSystem.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    try AtomicFile.write([UInt8](repeating: 1, count: size), to: path)
    try age(name, days: days)
  }

  private func age(_ name: String, days: Int) throws {
    let moment = timespec(tv_sec: time(nil) - days * 86_400, tv_nsec: 0)
    #expect(utimensat(AT_FDCWD, folder.path + "/" + name, [moment, moment], 0) == 0)
  }

  private func isThere(_ name: String) -> Bool { FileSystem.exists(folder.path + "/" + name) }

  @Test func whatIsOldGoes() throws {
    var plan = Plan(file: "plan.toml", name: "plan", folder: folder.path)
    plan.cache.factsAge = 60 * 86_400
    plan.cache.factsSize = 1000
    plan.cache.resultsAge = 100 * 86_400
    try write("cache/facts/v1/ab/old", days: 61)
    try write("cache/facts/v1/ab/large", size: 900, days: 20)
    try write("cache/facts/v1/ab/new", size: 200, days: 1)
    try write("cache/facts/v1/ab/new.123-456", days: 2)
    try write("cache/facts/v1/ab/written.123-456", days: 0)
    try write("packs/aa/old.pack", days: 101)
    try write("packs/aa/new.pack", days: 99)
    try write("runs/1/record", days: 0)
    try write("runs/3/targets/here.json", days: 0)
    for target in ["here", "gone", "lately-gone"] { try write("targets/\(target)/inputs", days: 0) }
    try age("runs/1", days: 101)
    for target in ["here", "gone"] { try age("targets/\(target)", days: 61) }
    CacheCleaner(plan: plan, folders: try RunFolders(folder.path), cache: CacheFolder(path: folder.path + "/cache"))
      .run(keepingRun: 3)
    for name in [
      "cache/facts/v1/ab/old", "cache/facts/v1/ab/large", "cache/facts/v1/ab/new.123-456", "packs/aa/old.pack",
      "runs/1",
      "targets/gone",
    ] {
      #expect(!isThere(name), "\(name) is still there")
    }
    for name in [
      "cache/facts/v1/ab/new", "cache/facts/v1/ab/written.123-456", "packs/aa/new.pack", "runs/3", "targets/here",
      "targets/lately-gone",
    ] {
      #expect(isThere(name), "\(name) is gone")
    }
  }

  private func target(_ name: String, packages: [String] = []) throws -> Target {
    let project = "\(folder.path)/\(name)"
    try FileSystem.makeFolder(project)
    if !packages.isEmpty {
      let entries = packages.map {
        "[[package]]\nname = \"\($0)\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n"
      }
      try AtomicFile.write(Array(entries.joined(separator: "\n").utf8), to: project + "/Cargo.lock")
    }
    return Target(name: name, description: "", project: project, settings: TargetSettings())
  }

  @Test func whatIsSharedComesFirst() throws {
    let targets = [
      try target("alone", packages: ["x"]), try target("large", packages: ["a", "b", "c", "d"]),
      try target("small", packages: ["a", "b"]), try target("middle", packages: ["a", "b", "c"]),
      try target("unknown"),
    ]
    let order = WorkOrder.sorted(targets).map(\.name)
    #expect(order == ["small", "middle", "large", "alone", "unknown"])
    #expect(WorkOrder.sorted(targets.reversed()).map(\.name) == order)
  }

  @Test func shardsTakeAboutTheSameTime() throws {
    let targets = try (0..<7).map { try target("t\($0)") }
    let seconds = ["t0": 100.0, "t1": 700, "t2": 300, "t3": 300, "t4": 100, "t5": 10, "t6": 10]
    let shards = Shard.cut(targets, seconds: { seconds[$0.name] ?? 0 }, length: 600)
    #expect(shards.map { $0.map(\.name) } == [["t0"], ["t1"], ["t2", "t3"], ["t4", "t5", "t6"]])
    #expect(Shard.cut([], seconds: { _ in 1 }, length: 600).isEmpty)
  }

  @Test func shardsComeBackFromTheirFiles() throws {
    var one = try target("one")
    one.settings.features = ["a", "b"]
    one.settings.sandbox = .bwrap
    one.settings.toolchain = "1.95"
    one.generatedPackage = "generated"
    try Shard(targets: [one], number: 3, keepsDumps: false, minimumDisk: 7).write(to: folder.path + "/shard")
    let back = try Shard(file: folder.path + "/shard")
    #expect(back.number == 3 && !back.keepsDumps && back.minimumDisk == 7)
    #expect(back.targets.first?.identity(tool: "t") == one.identity(tool: "t"))
    #expect(back.targets.first?.settings == one.settings && back.targets.first?.generatedPackage == "generated")
  }
}
