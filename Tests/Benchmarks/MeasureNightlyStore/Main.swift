import Capabilities
import Glibc
import NightlyStore
import Policy
import Project

/// Fills a store with results that were made up, and measures filling and questions:
/// `measure-nightly-store FILE [--rows N]`.
@main
struct Main {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1 else {
      print("usage: measure-nightly-store FILE [--rows N]\nFills a new store with so much evidence (default: 1000000).")
      exit(2)
    }
    let rows = arguments.firstIndex(of: "--rows").flatMap { arguments.count > $0 + 1 ? Int(arguments[$0 + 1]) : nil }
    try measure(file: arguments[1], rows: rows ?? 1_000_000)
  }

  private static func measure(file: String, rows: Int) throws {
    for name in [file, file + "-wal", file + "-shm"] { FileSystem.remove(name) }
    let store = try NightlyDatabase(path: file)
    let targets = 40
    let invented = InventedResults(rowsOfTarget: rows / targets)
    let rules = try CapabilityTables(read: DataFiles(folder: nil).read).riskRules

    // Packs are made by other processes, so that making them does not count.
    func fill(_ night: Int, changed: Int) throws -> Double {
      var seconds = 0.0
      let run = try store.beginRun(plan: "invented", tool: "0", at: "2026-01-0\(night)T00:00:00Z")
      for target in 0..<targets {
        let version = target < changed ? night : 1
        let pack = ResultPack(invented.content(target: target, version: version), compiler: "1.95.0")
        let outcome = TargetOutcome(
          target: "target\(target)", description: "", status: .analysed, key: "\(target) \(version)")
        seconds += try time { try store.add(outcome, run: run) { pack } }
      }
      try store.finishRun(run, at: "2026-01-0\(night)T01:00:00Z")
      return seconds
    }
    let filled = try fill(1, changed: 0)
    report("fill, \(rows) rows of evidence", filled)
    report("night without a change", try fill(2, changed: 0))
    report("digest of it", try time { _ = try store.changes(inRun: 2, rules: rules) })
    report("night with 2 of \(targets) targets changed", try fill(3, changed: 2))
    report("digest of it", try time { _ = try store.changes(inRun: 3, rules: rules) })
    report("night with all changed", try fill(4, changed: targets))
    report("digest of it", try time { _ = try store.changes(inRun: 4, rules: rules) })
    report("digest of the night before", try time { _ = try store.changes(inRun: 3, rules: rules) })
    report("history of a crate in one target", try time { _ = try store.history(ofCrate: "crate7_3") })
    report("history of a crate in all targets", try time { _ = try store.history(ofCrate: "shared") })
    report("paths of a crate to a capability", try time { _ = try store.whoCan(["net.listen"]) })
    report("who can, all crates", try time { _ = try store.whoCan(["fs.read"]) })
    report("trends", try time { _ = try store.trends(newest: 30) })
    print("| file | \((FileSystem.size(of: file) ?? 0) >> 20) MB |")
  }

  private static func time(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .milliseconds(1)
  }

  private static func report(_ what: String, _ milliseconds: Double) {
    print("| \(what) | \((milliseconds * 10).rounded() / 10) ms |")
  }
}

/// Results with the shape of real ones: many units, paths that share their ends, long names.
private struct InventedResults {
  let rowsOfTarget: Int
  private static let units = 50
  private static let capabilities = [
    "fs.read", "fs.write", "fs.meta", "env.read", "time", "thread", "unsafe.block", "unsafe.raw-deref", "net.connect",
    "process.spawn",
  ]

  func content(target: Int, version: Int) -> ReportContent {
    var crates: [ReportCrate] = []
    var evidence: [ReportEvidence] = []
    var steps: [[ReportStep]] = []
    for unit in 0..<Self.units {
      // One crate is the same in all targets.
      let name = unit == 0 ? "shared" : "crate\(target)_\(unit)"
      var crate = ReportCrate(
        name: name, package: name, version: "1.0.\(unit == 0 ? 0 : version)", id: name + "-0123456789abcdef")
      crate.direct = ["fs.read"]
      crate.transitive = Set(Self.capabilities)
      if target == 7, unit == 3 { crate.direct.insert("net.listen") }
      crates.append(crate)
      let rows = rowsOfTarget / Self.units
      for row in 0..<rows {
        let capability =
          target == 7 && unit == 3 && row == 0 ? "net.listen" : Self.capabilities[row % Self.capabilities.count]
        let path = path(name, row, version: unit == 0 ? 0 : version)
        evidence.append(
          ReportEvidence(
            unit: crate.id, phase: "run", entry: path[0].function, entryKind: "public", capability: capability,
            authority: "ambient", isCertain: row % 3 != 0, sink: "std::fs::\(capability)", stepCount: path.count,
            lastCrate: name))
        steps.append(path)
      }
    }
    let all = steps
    return ReportContent(name: "", crates: crates, evidence: evidence, steps: { all[$0] })
  }

  private func path(_ crate: String, _ row: Int, version: Int) -> [ReportStep] {
    func step(_ function: String, _ line: Int) -> ReportStep {
      ReportStep(
        function: function, instance: function, crate: crate, file: "src/module/file.rs", line: line, column: 9,
        edge: "call", candidates: 1)
    }
    let entry = step("\(crate)::module\(row % 7)::Structure::entry_point_\(row / 10)_\(version)", row)
    return [entry] + (0..<5).map { step("\(crate)::inner::function_\(row % 10)_\($0)", $0 + 100 * (row % 10)) }
  }
}
