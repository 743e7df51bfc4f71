import Capabilities
import Foundation
import Policy
import Project
import Reports
import TestSupport
import Testing

@testable import Nightly
@testable import NightlyStore

/// Packs and what the store makes of them.
@Suite struct StoreTests {
  private let folder = NightlyTestFolder()

  /// A crate that reaches a capability from one entry point, over `length` steps.
  private func content(_ capability: String, version: String = "1.0.0", entry: String = "demo::run", length: Int = 3)
    -> ReportContent
  {
    var crate = ReportCrate(name: "demo", package: "demo", version: version, id: "demo-0123456789abcdef")
    crate.direct = [capability]
    crate.gaps = [
      ReportGap(kind: "limit", what: "a call", file: "src/lib.rs", line: 4, why: "nobody knows, says \"x\"")
    ]
    let names = [entry] + (1..<length).map { "demo::step\($0)" }
    let steps = names.enumerated().map { index, name in
      ReportStep(
        function: name, instance: name, crate: "demo", file: "src/lib.rs", line: index + 1, column: 5, edge: "call",
        candidates: 1)
    }
    let evidence = ReportEvidence(
      unit: crate.id, phase: "run", entry: entry, entryKind: "public", capability: capability, authority: "ambient",
      isCertain: true, sink: "std::fs::read", stepCount: length, lastCrate: "demo")
    let other = ReportCrate(name: "other", package: "other", version: "2.0.0", id: "other-0123456789abcdef")
    return ReportContent(name: "", crates: [crate, other], evidence: [evidence], steps: { _ in steps })
  }

  private func pack(_ content: ReportContent) throws -> ResultPack {
    let file = folder.path + "/pack"
    try AtomicFile.write(try #require(ResultPack(content, compiler: "1.95.0").encoded()), to: file)
    return try ResultPack(file: file)
  }

  private func store(_ name: String = "store") throws -> NightlyDatabase {
    try NightlyDatabase(path: "\(folder.path)/\(name).sqlite")
  }

  /// One run with one target.
  private func run(_ store: NightlyDatabase, _ content: ReportContent?, key: String) throws {
    let number = try store.beginRun(plan: "plan", tool: "1", at: "2026-01-01T00:00:00Z")
    let outcome = TargetOutcome(
      target: "target", description: "d", status: content == nil ? .doesNotBuild : .analysed,
      reason: content == nil ? "error: no" : "", key: content == nil ? "" : key)
    try store.add(outcome, run: number) { try pack(#require(content)) }
    // A second time changes nothing.
    try store.add(outcome, run: number) { try pack(#require(content)) }
    try store.finishRun(number, at: "2026-01-01T00:01:00Z")
  }

  private func export(_ store: NightlyDatabase, _ table: StoreExport.Table, _ format: StoreExport.Format = .jsonl)
    throws
    -> String
  {
    var bytes: [UInt8] = []
    try StoreExport(store, format: format, withMeasurements: false).write(table) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private let rules = RiskRules()

  @Test func packsComeBackAsTheyWere() throws {
    let made = ResultPack(content("fs.read"), compiler: "1.95.0")
    let read = try pack(content("fs.read"))
    #expect(read.compiler == "1.95.0")
    #expect(read.texts == made.texts && read.steps == made.steps)
    #expect(read.encoded() == made.encoded())
    #expect(read.summary.crates.first?.gaps == content("fs.read").crates.first?.gaps)
  }

  @Test func damagedPacksAreRefused() throws {
    let bytes = try #require(ResultPack(content("fs.read"), compiler: "1.95.0").encoded())
    let file = folder.path + "/damaged"
    for length in [0, 7, 16, bytes.count / 2, bytes.count - 1] {
      try AtomicFile.write(Array(bytes.prefix(length)), to: file)
      #expect(throws: Failure.self) { try ResultPack(file: file) }
    }
    for place in stride(from: 8, to: bytes.count, by: 5) {
      var changed = bytes
      changed[place] ^= 0x55
      try AtomicFile.write(changed, to: file)
      #expect(throws: Failure.self, "byte \(place)") { try ResultPack(file: file) }
    }
  }

  @Test func whatUnitsShareIsStoredOnce() throws {
    let store = try store()
    try run(store, content("fs.read"), key: "a")
    try run(store, content("net.connect"), key: "b")
    let contents = try store.read { try $0.contents() }
    #expect(contents == 3, "two states of demo, one of other")
  }

  @Test func pathsAndDifferencesComeOutOfTheStore() throws {
    let store = try store()
    try run(store, content("fs.read"), key: "a")
    try run(store, nil, key: "")
    try run(store, content("net.connect", version: "1.1.0", length: 4), key: "b")
    try run(store, content("net.connect", version: "1.1.0", length: 4), key: "b")
    #expect(try store.changes(inRun: 1, rules: rules).map(\.kind) == [.new])
    #expect(try store.changes(inRun: 2, rules: rules).map(\.kind) == [.broken])
    let third = try #require(try store.changes(inRun: 3, rules: rules).first)
    #expect(third.kind == .recovered)
    let change = try #require(third.difference?.changes.first { $0.subject == .capability })
    #expect(change.added == ["net.connect"] && change.removed == ["fs.read"])
    #expect(change.evidence.first?.steps.map(\.function) == ["demo::run", "demo::step1", "demo::step2", "demo::step3"])
    #expect(try store.changes(inRun: 4, rules: rules).map(\.kind) == [.unchanged])
  }

  @Test func whoCanSinceWhen() throws {
    let store = try store()
    for (capability, key) in [("fs.read", "a"), ("net.connect", "b"), ("fs.read", "a"), ("fs.read", "c")] {
      try run(store, content(capability, version: key == "c" ? "1.1.0" : "1.0.0"), key: key)
    }
    let uses = try store.whoCan(["fs.read", "net.connect"])
    #expect(uses.count == 1)
    #expect(uses.first?.sinceRun == 3, "run 2 was without it")
    #expect(uses.first?.path.count == 3 && uses.first?.sink == "std::fs::read")
    let history = try store.history(ofCrate: "demo")
    #expect(history.map(\.firstRun) == [1, 2, 3, 4])
    #expect(history[1].added == ["net.connect"] && history[1].removed == ["fs.read"])
    #expect(history[3].version == "1.1.0" && history[3].added.isEmpty)
    #expect(try store.trends(newest: 2).map(\.run) == [3, 4])
  }

  @Test func exportsDoNotDependOnTheOrderOfWork() throws {
    let one = try store("one")
    let other = try store("other")
    for store in [one, other] {
      let number = try store.beginRun(plan: "plan", tool: "1", at: store === one ? "2026-01-01T00:00:00Z" : "2027")
      let targets = ["x", "y"]
      for target in store === one ? targets : targets.reversed() {
        try store.add(TargetOutcome(target: target, description: "", status: .analysed, key: target), run: number) {
          try pack(content(target == "x" ? "fs.read" : "env.read", entry: "demo::\(target), \"quoted\""))
        }
      }
    }
    for table in StoreExport.Table.allCases {
      for format in StoreExport.Format.allCases {
        #expect(try export(one, table, format) == export(other, table, format), "\(table) \(format)")
      }
    }
    let line = try #require(try export(one, .evidence).split(separator: "\n").first)
    let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(row["entry"] as? String == "demo::x, \"quoted\"" && row["steps"] as? Int == 3)
    #expect(try export(one, .evidence, .csv).contains("\"demo::x, \"\"quoted\"\"\""))
  }

  @Test func answersHaveTheFormOfTheirSchemas() throws {
    let store = try store()
    try run(store, content("fs.read"), key: "a")
    try run(store, content("net.connect", version: "1.1.0"), key: "b")
    func check(_ schema: String, _ write: (inout ByteOutput) throws -> Void) throws {
      var output = ByteOutput()
      try write(&output)
      #expect(try SchemaChecker.errors(output.bytes, schema: schema) == [])
    }
    var rules = Plan.Rules()
    rules.newCapabilities = ["net.connect"]
    let digest = try NightDigest(of: 2, in: store, rules: rules, tables: TestTables.all)
    #expect(digest.violations.map(\.rule) == ["new-capability"])
    try check("digest.schema.json") { digest.writeJSON(toolVersion: "1", to: &$0) }
    try check("history.schema.json") { HistoryReport.writeJSON(try store.history(ofCrate: "demo"), to: &$0) }
    try check("who-can.schema.json") {
      WhoCanReport.writeJSON(try store.whoCan(["net.connect"]), capability: "net.connect", to: &$0)
    }
    try check("trends.schema.json") { TrendsReport.writeJSON(try store.trends(newest: 9), to: &$0) }
  }

  @Test func storesOfOthersAreRefused() throws {
    #expect(throws: Failure.self) { try NightlyDatabase(reading: folder.path + "/none") }
    try AtomicFile.write(Array("no database at all, but a text that is long enough".utf8), to: folder.path + "/text")
    #expect(throws: Failure.self) { try NightlyDatabase(reading: folder.path + "/text") }
    #expect(throws: Failure.self) { try NightlyDatabase(path: folder.path + "/text") }
  }
}
