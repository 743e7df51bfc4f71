import Foundation
import Project
import RustDump
import TestSupport
import Testing

@testable import SyntacticScan

/// The scanner's modules, as this repository has them.
enum TestModules {
  static let all: ScanModules = {
    do {
      let file = try #require(try DataFiles().read(ScanModules.fileName))
      return try ScanModules(bytes: file.bytes, file: file.file, taxonomy: TestTables.all.taxonomy)
    } catch {
      fatalError("\(error)")
    }
  }()
}

@Suite struct ScanTests {
  private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appendingPathComponent(UUID().uuidString)

  private func write(_ text: String, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func found(_ text: String, _ rules: ScanRules) -> [String] {
    let source = SourceTokens(Array(text.utf8))
    var declared: [String: String] = [:]
    ForeignDeclarations.add(source, to: &declared)
    let finder = SyntacticFinder(TestTables.all, modules: TestModules.all)
    return finder.findings(in: source, [0..<source.count], ImportTable(source), declared: declared)
      .filter { rules.include($0.match) }.map { "\($0.line) \($0.match.rawValue) \($0.what)" }
  }

  @Test func callsOfModulesThatTouchTheSystemAreToldByPattern() {
    let text = """
      use std::net::{IpAddr, Ipv4Addr};
      use std::process::Command as Run;
      fn f(a: IpAddr) {
        Ipv4Addr::new(1, 2, 3, 4);
        Run::new("ls").spawn();
        std::thread::panicking();
      }
      """
    #expect(found(text, .known) == ["5 method std::process::Command::spawn"])
    #expect(
      found(text, .calls) == [
        "4 call std::net::Ipv4Addr::new", "5 call std::process::Command::new", "5 method std::process::Command::spawn",
      ])
    #expect(
      found(text, .names) == [
        "1 name std::net::IpAddr", "1 name std::net::Ipv4Addr", "2 name std::process::Command",
        "3 name std::net::IpAddr", "4 call std::net::Ipv4Addr::new", "5 call std::process::Command::new",
        "5 method std::process::Command::spawn",
      ])
  }

  @Test func whatWrapsStdIsTold() {
    #expect(
      found("use tokio::fs; async fn f() { fs::read(\"a\").await; tokio::time::sleep(a).await; }", .known)
        == ["1 wrapper tokio::fs::read"])
  }

  @Test func callsOfDeclaredForeignFunctionsAreTold() {
    let text = """
      mod raw { extern "C" { #[link_name = "execve"] pub fn run(); } }
      fn f() { unsafe { raw::run() } }
      fn run() {}
      fn g() { other::run(); }
      """
    #expect(
      found(text, .known) == ["1 word extern block", "2 foreign execve", "2 word unsafe"])
    #expect(found(text, .names).contains("1 declaration execve"))
  }

  @Test func everyCallOfAMethodIsTold() {
    let text = "use std::fs::File;\nfn f(a: File) {\n  a.sync_all();\n  a.sync_all();\n}"
    #expect(found(text, .known) == ["3 method std::fs::File::sync_all", "4 method std::fs::File::sync_all"])
  }

  @Test func namesWithinCommentsAndStringsAreNone() {
    let text = """
      //! std::fs::read("a")
      /* unsafe { } /* std::env::var */ */
      const A: &str = r#"std::process::exit(1)"#;
      const B: char = '"'; const C: &str = "unsafe";
      fn f<'unsafe_>(a: &'unsafe_ str) {}
      """
    #expect(found(text, .names) == [])
  }

  private func scan(_ package: ScanPackage, tests: Bool = false) throws -> ScannedPackage {
    let scan = SourceScan(TestTables.all, modules: TestModules.all, rules: .known, includesTests: tests)
    return try scan.scan([package], workspace: folder.path, jobs: 1)[0]
  }

  private func places(_ scanned: ScannedPackage) -> [String] {
    scanned.findings.map { "\($0.file):\($0.finding.line) \($0.finding.what) \($0.phase.rawValue)" }
  }

  @Test func filesBelongToTargets() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("mod helper;\nfn main() { std::env::var(\"A\"); }", "build.rs")
    try write("pub fn h() { std::fs::read(\"a\"); }", "helper.rs")
    try write("mod unused;\n#[cfg(windows)] fn w() { std::process::exit(1) }", "src/lib.rs")
    try write("fn u() { std::fs::write(\"a\", \"b\"); }", "src/never/mentioned.rs")
    try write("fn t() { std::fs::remove_file(\"a\"); }", "tests/all.rs")
    try write("fn e() { std::fs::remove_file(\"a\"); }", "examples/one.rs")
    try write("[package]", "src/nested/Cargo.toml")
    try write("fn n() { std::fs::remove_file(\"a\"); }", "src/nested/lib.rs")
    var package = ScanPackage(name: "demo", version: "0.1.0", isWorkspaceMember: true, folder: folder.path)
    package.roots = [folder.path + "/src/lib.rs"]
    package.buildScripts = [folder.path + "/build.rs"]
    let expected = [
      "build.rs:2 std::env::var build-script", "helper.rs:1 std::fs::read build-script",
      "src/lib.rs:2 std::process::exit run", "src/never/mentioned.rs:1 std::fs::write run",
    ]
    let scanned = try scan(package)
    #expect(places(scanned) == expected)
    #expect(scanned.files == 4)
    package.isWorkspaceMember = false
    #expect(places(try scan(package)).first == "demo-0.1.0/build.rs:2 std::env::var build-script")
  }

  @Test func testsArePassedOver() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(
      """
      #[cfg(test)] mod tests;
      #[cfg(all(test, unix))] mod inline { fn a() { std::fs::read("a"); } }
      #[test] fn t() { std::process::exit(1); }
      #[cfg(any(test, unix))] fn u() { std::env::var("A"); }
      mod m { #![cfg(test)] fn b() { std::fs::read("a"); } }
      fn f() { std::fs::write("a", "b"); }
      """, "src/lib.rs")
    try write("mod deep;\nfn a() { std::fs::read(\"a\"); }", "src/tests.rs")
    try write("fn a() { std::fs::read(\"a\"); }", "src/tests/deep.rs")
    var package = ScanPackage(name: "demo", version: "0.1.0", isWorkspaceMember: true, folder: folder.path)
    package.roots = [folder.path + "/src/lib.rs"]
    #expect(
      places(try scan(package)) == ["src/lib.rs:4 std::env::var run", "src/lib.rs:6 std::fs::write run"])
    #expect(try scan(package, tests: true).findings.count == 7)
  }

  @Test func plainFoldersAndFilesCanBeScanned() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("fn f() { std::fs::read(\"a\"); }", "one.rs")
    try write("[package]", "sub/Cargo.toml")
    try write("fn main() { std::env::var(\"A\"); }", "sub/build.rs")
    try write("fn main() { std::env::var(\"A\"); }", "sub/tests/t.rs")
    #expect(
      places(try scan(.plain(folder.path))) == [
        "one.rs:1 std::fs::read run", "sub/build.rs:1 std::env::var build-script",
      ])
    #expect(places(try scan(.plain(folder.path + "/one.rs"))) == ["one.rs:1 std::fs::read run"])
  }

  @Test func whatCargoTellsNamesPackagesAndTargets() throws {
    let json = """
      {"workspace_root": "/w", "workspace_members": ["a"], "packages": [
        {"id": "a", "name": "app", "version": "1.0.0", "manifest_path": "/w/Cargo.toml", "targets": [
          {"kind": ["bin"], "src_path": "/w/src/main.rs"}, {"kind": ["test"], "src_path": "/w/tests/t.rs"},
          {"kind": ["custom-build"], "src_path": "/w/build.rs"}]},
        {"id": "m", "name": "mac", "version": "2.0.0", "manifest_path": "/r/mac/Cargo.toml", "targets": [
          {"kind": ["proc-macro"], "src_path": "/r/mac/src/lib.rs"}]},
        {"id": "d", "name": "dev", "version": "3.0.0", "manifest_path": "/r/dev/Cargo.toml", "targets": []}],
       "resolve": {"nodes": [
         {"id": "a", "deps": [{"pkg": "m", "dep_kinds": [{"kind": "build"}]}, {"pkg": "d", "dep_kinds": [{"kind": "dev"}]}]},
         {"id": "m", "deps": []}]}}
      """
    let value = try Array(json.utf8).withUnsafeBytes { try JSONReader().read($0, name: "metadata") }
    let packages = try CargoMetadata.packages(of: value, file: "Cargo.toml").packages
    #expect(packages.map(\.name) == ["app", "mac"])
    #expect(packages[0].roots == ["/w/src/main.rs"])
    #expect(packages[0].buildScripts == ["/w/build.rs"])
    #expect(packages[1].isProcMacro && !packages[1].isWorkspaceMember)
  }

  /// Each would take minutes if the time grew with the square of the length.
  @Test(arguments: [
    "#[test] ", "#[cfg(test)] fn ", "#![cfg(test)] ", "mod a { #[test] ", "extern { fn a(); } a(); ",
    "use std::fs::*; std::fs::a::b::c::d::e::f::g::h::i(); ", "std::net::", "File x.sync_all(); ",
  ])
  func hostileTextsTakeNoLongerThanTheirLength(_ part: String) {
    let text = String(repeating: part, count: 20_000)
    let clock = ContinuousClock()
    let start = clock.now
    _ = found(text, .names)
    let source = SourceTokens(Array(text.utf8))
    _ = TestCode(source).rest(of: source.count)
    #expect(clock.now - start < .seconds(60))
  }

  @Test func mistakesInTheListOfModulesAreNamed() throws {
    for (line, message) in [("std\tstd::fs", "a line is"), ("std\ta\tnonsense", "not a capability")] {
      let text = "# head\n" + line + "\n"
      do {
        _ = try ScanModules(bytes: Array(text.utf8), file: "m.txt", taxonomy: TestTables.all.taxonomy)
        Issue.record("\(line) was read")
      } catch let failure as Failure {
        #expect(failure.message.contains(message))
        #expect(failure.line == 2 && failure.file == "m.txt")
      }
    }
  }
}
