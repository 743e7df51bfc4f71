import Capabilities
import Foundation
import Project
import Reports
import RustDump
import SyntacticScan
import TestSupport
import Testing

@Suite struct ScanReportTests {
  private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appendingPathComponent(UUID().uuidString)

  /// The report of a package with one file.
  private func report(_ source: String, rules: ScanRules = .names) throws -> ScanReport {
    let file = folder.appendingPathComponent("src/lib.rs")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(source.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tables = TestTables.all
    let modules = try #require(try DataFiles().read(ScanModules.fileName))
    let scan = SourceScan(
      tables, modules: try ScanModules(bytes: modules.bytes, file: modules.file, taxonomy: tables.taxonomy),
      rules: rules)
    var package = ScanPackage(name: "demo", version: "0.1.0", isWorkspaceMember: true, folder: folder.path)
    package.roots = [file.path]
    let found = try scan.scan([package], workspace: folder.path, jobs: 1)
    return ScanReport(
      found, taxonomy: tables.taxonomy, rules: rules, includesTests: false, toolVersion: "0.1.0")
  }

  private static let source = """
    use std::net::IpAddr;
    pub fn f() { std::fs::OpenOptions::new().open("a"); unsafe { g() } }
    extern "C" { fn g(); }
    """

  @Test func theJSONHasItsSchema() throws {
    var output = ByteOutput()
    try report(ScanReportTests.source).writeJSON(to: &output)
    #expect(try SchemaChecker.errors(output.bytes, schema: "scan.schema.json") == [])
    let json = try SchemaChecker.value(output.bytes)
    let package = try #require(json["packages"]?.array?.first)
    #expect(
      package["capabilities"]?.array?.compactMap(\.string) == [
        "ffi", "fs", "fs.read", "fs.write", "net", "unsafe.block",
      ])
    let first = try #require(package["findings"]?.array?.first)
    #expect(first["line"]?.integer == 1 && first["column"]?.integer == 15 && first["anyOf"]?.boolean == true)
    #expect(first["match"]?.string == "name")
    var empty = ByteOutput()
    try report("").writeJSON(to: &empty)
    #expect(try SchemaChecker.errors(empty.bytes, schema: "scan.schema.json") == [])
  }

  @Test func theTextNamesPlacesAndSums() throws {
    let text = try ReportFixture.text { try report(ScanReportTests.source).writeText(TextStyle(), to: &$0) }
    #expect(text.contains("demo 0.1.0  1 files, 3 lines\n"))
    #expect(text.contains("  fs.write         1 place\n    std::fs::OpenOptions::open (method)  src/lib.rs:2\n"))
    #expect(text.contains("in 1 of 1 packages, 1 files, 3 lines (rules: names)"))
    let harmful = try ReportFixture.text {
      try report("use std::fs::a\u{202E}b;", rules: .names).writeText(TextStyle(), to: &$0)
    }
    #expect(!harmful.contains("\u{202E}"))
  }

  @Test func theSarifHasARuleForEachResult() throws {
    var output = ByteOutput()
    try report(ScanReportTests.source + "\npub fn h() { std::fs::OpenOptions::new().open(\"a\"); }").writeSarif(
      allPackages: false, to: &output)
    let run = try #require(try SchemaChecker.value(output.bytes)["runs"]?.array?.first)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array).compactMap { $0["id"]?.string }
    let results = try #require(run["results"]?.array)
    #expect(Set(results.compactMap { $0["ruleId"]?.string }) == Set(rules))
    let prints = results.compactMap { $0["partialFingerprints"]?["mircapFinding/v1"]?.string }
    #expect(prints.count == results.count && Set(prints).count == prints.count)
  }
}
