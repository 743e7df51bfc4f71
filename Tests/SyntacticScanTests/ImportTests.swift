import Capabilities
import Foundation
import Project
import TestSupport
import Testing

@testable import SyntacticScan

/// The translation of other tools' words, as this repository has it.
enum TestCategories {
  static let all: ScannerCategories = {
    do {
      let file = try #require(try DataFiles().read(ScannerCategories.fileName))
      return try ScannerCategories(bytes: file.bytes, file: file.file, taxonomy: TestTables.all.taxonomy)
    } catch {
      fatalError("\(error)")
    }
  }()

  static let reader = ScannerReportReader(all, taxonomy: TestTables.all.taxonomy)

  static func report(_ name: String) throws -> ScannerReport {
    try reader.read(file: TestTables.repository.appendingPathComponent("Tests/Fixtures/scanners/\(name)").path)
  }
}

@Suite struct ImportTests {
  private func lines(_ report: ScannerReport) -> [String] {
    report.claims.map { claim in
      let place = claim.file.isEmpty ? "" : " \(claim.file):\(claim.line)"
      let phase = claim.phase.map { " \($0.rawValue)" } ?? ""
      let reach = claim.isTransitive ? " transitive" : ""
      let names = TestTables.all.taxonomy.label(ofAny: claim.capabilities)
      return "\(claim.package) \(claim.version) \(names) \(claim.match.rawValue)\(place)\(phase)\(reach)"
    }
  }

  @Test func geigerCountsArePackages() throws {
    let report = try TestCategories.report("geiger.json")
    #expect(report.tool == "cargo-geiger")
    #expect(
      lines(report) == ["mapper 1.2.0 unsafe word", "mapper 1.2.0 unsafe word", "mapper 1.2.0 unsafe.impl word"])
    #expect(report.claims.map(\.what) == ["1 unsafe functions", "14 unsafe exprs", "2 unsafe item_impls"])
    #expect(report.silent == 1)
  }

  @Test func cargoScanRowsArePlaces() throws {
    let report = try TestCategories.report("cargo-scan.csv")
    #expect(report.tool == "cargo-scan")
    #expect(
      lines(report) == [
        "demo  fs call /home/user/demo/src/lib.rs:9", "demo  unsafe.raw-deref word /home/user/demo/src/lib.rs:21",
        "demo  ffi foreign /home/user/demo/src/raw.rs:4",
      ])
    #expect(report.silent == 1)
    #expect(report.unknownWords == ["[NewKind]": 1])
  }

  @Test func capsecFindingsArePlaces() throws {
    let expected = [
      "demo 0.1.0 fs.read|fs.meta function /home/user/demo/src/lib.rs:9",
      "demo 0.1.0 process function /home/user/demo/build.rs:3 build-script",
      "demo 0.1.0 net.connect|net.udp|net.dns|net.unix function /home/user/demo/src/lib.rs:14 transitive",
    ]
    #expect(lines(try TestCategories.report("capsec.json")) == expected)
    let sarif = try TestCategories.report("capsec.sarif")
    #expect(sarif.tool == "capsec-cli")
    #expect(
      lines(sarif) == ["  fs.read|fs.meta function src/lib.rs:9", "  process function src/my tools/run.rs:17"])
    #expect(sarif.unknownWords == ["capsec/classification/purity-violation": 1])
  }

  @Test func cacklePermissionsArePackages() throws {
    let expected = [
      "demo  fs function run", "demo  unsafe word run", "demo  process function build-script", "peer  net function run",
    ]
    #expect(lines(try TestCategories.report("cackle.txt")) == expected)
    #expect(lines(try TestCategories.report("cackle.json")).sorted() == expected.sorted())
    let short = try TestCategories.reader.read(Array("demo: fs\npeer: \n".utf8), name: "s.txt")
    #expect(lines(short) == ["demo  fs function run"])
  }

  @Test func capslockPathsArePlacesOfWhatIsDirect() throws {
    let report = try TestCategories.report("capslock.json")
    #expect(
      lines(report) == ["demo  fs function src/lib.rs:9", "demo  net function transitive"])
    #expect(report.silent == 1)
  }

  @Test func anySarifIsReadByPropertyRuleAndTag() throws {
    let report = try TestCategories.report("other.sarif")
    #expect(report.tool == "house-rules")
    #expect(lines(report) == ["  net function /home/user/demo/src/net.rs:4", "demo  env.read function"])
    #expect(report.unknownWords == ["HR002": 1])
  }

  @Test func anyTableWithPlacesIsRead() throws {
    let report = try TestCategories.report("findings.csv")
    #expect(lines(report) == ["demo  fs.read function src/lib.rs:9", "demo  net function src/a, b.rs:3"])
    #expect(report.claims[1].what == "say \"hi\"")
    #expect(report.unknownWords == ["teleport": 1])
  }

  @Test func ownScansAreReadBack() throws {
    let text = """
      {"schema": "mircap-scan/1", "rules": "calls", "packages": [{"package": "demo", "version": "0.1.0", "findings": [
        {"file": "src/lib.rs", "line": 3, "phase": "run", "capabilities": ["fs.read", "fs.write"], "anyOf": false,
         "match": "method", "what": "std::fs::OpenOptions::open"},
        {"file": "src/lib.rs", "line": 4, "phase": "run", "capabilities": ["unsafe.block"], "anyOf": false, "match": "word",
         "what": "unsafe"}]}]}
      """
    let report = try TestCategories.reader.read(Array(text.utf8), name: "scan.json")
    #expect(
      lines(report) == [
        "demo 0.1.0 fs.read method src/lib.rs:3 run", "demo 0.1.0 fs.write method src/lib.rs:3 run",
        "demo 0.1.0 unsafe word src/lib.rs:4 run",
      ])
  }

  private static let damaged: [(text: String, line: Int?, message: String)] = [
    ("", nil, "it is empty"),
    ("{\"a\": 1}", nil, "its fields are of none of them"),
    ("{\"runs\": [\n}", 2, "not JSON"),
    ("{\"runs\": [{\"tool\": {\"driver\": {}}}]}", nil, "$.runs[0].tool.driver.name: expected a string, found nothing"),
    ("{\"runs\": 3}", nil, "$.runs: expected an array, found a number"),
    ("{\"packages\": [{\"package\": {\"id\": {\"name\": \"a\"}}, \"unsafety\": {\"used\": {}}}]}", nil, "functions"),
    ("{\"packages\": [{}]}", nil, "$.packages[0].package.id: expected an object, found nothing"),
    ("{\"capabilityInfo\": [{}]}", nil, "$.capabilityInfo[0].capability: expected a string"),
    ("{\"permissions_by_package\": {\"a\": 1}}", nil, "expected an array, found a number"),
    ("{\"crates\": [{\"name\": \"a\"}], \"summary\": {}}", nil, "$.crates[0].findings: expected an array"),
    ("words, without, meaning\n", 1, "its head needs columns"),
    ("file,line,capability\na.rs,x,fs\n", 2, "`x` is no line number"),
    ("file,line,capability\n\na.rs,1\n", 3, "a row of 2 fields; the head has 3"),
    ("file,line,capability\na.rs,1,\"fs\n", 2, "a quoted field has no end"),
    ("=== Permissions by package ===\nnonsense\n", 2, "a line of the summary is"),
  ]

  @Test(arguments: damaged)
  func damagedReportsAreRefused(_ text: String, _ line: Int?, _ message: String) {
    do {
      _ = try TestCategories.reader.read(Array(text.utf8), name: "report")
      Issue.record("it was read")
    } catch let failure as Failure {
      #expect(failure.description.contains(message))
      #expect(failure.file == "report" && failure.line == line)
      #expect(failure.exitCode == 3)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func deepAndLongReportsAreBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: Failure.self) { try TestCategories.reader.read(Array(deep.utf8), name: "deep") }
    let long = "file,line,capability\n" + String(repeating: "a.rs,1,fs\n", count: 50_000)
    #expect(try TestCategories.reader.read(Array(long.utf8), name: "long").claims.count == 50_000)
  }
}
