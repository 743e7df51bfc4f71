import Foundation
import Project
import TestSupport
import Testing

@testable import SyntacticScan

@Suite struct NotCompiledTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  private func write(_ text: String, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func unit(_ sources: [String]) -> Project.Unit {
    var unit = Unit(
      id: "demo-1", crateName: "demo", rustcVersion: "1.95.0", rootFile: "src/lib.rs", folder: folder.path + "/none")
    unit.workingDirectory = folder.path
    unit.manifestDirectory = folder.path
    unit.cfgs = ["unix", "target_os=\"linux\""]
    unit.features = ["default"]
    unit.sourceFiles = sources
    return unit
  }

  private func entries(_ unit: Project.Unit) throws -> [String] {
    let code = try NotCompiledScanner.scan([unit], tables: TestTables.all, jobs: 1)[0]
    return code.entries.map { entry in
      let names = TestTables.all.taxonomy.names(entry.mayContain).joined(separator: ",")
      return "\(entry.what) @\(entry.file):\(entry.line) [\(entry.cfg)] \(names)"
    }
  }

  @Test func payloadsForOtherSystemsAreFound() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(
      """
      mod unix;
      #[cfg(windows)]
      mod windows;
      #[cfg(feature = "net")]
      pub fn send() { std::net::TcpStream::connect("a:1").unwrap(); }
      #[cfg(windows)] #[path = "odd/mac.rs"] mod other;
      #[cfg(windows)] mod nowhere;
      #[cfg(test)] mod tests;
      """, "src/lib.rs")
    try write("mod inner { #[cfg(windows)] mod deep; }", "src/unix.rs")
    try write("fn f() { std::env::var(\"A\"); }", "src/unix/inner/deep.rs")
    try write("mod run;\nuse std::fs;\nfn f() { fs::write(\"a\", \"b\"); }", "src/windows/mod.rs")
    try write("use std::process::Command;\npub fn f() {\n  Command::new(\"cmd\").spawn();\n}", "src/windows/run.rs")
    try write("unsafe fn f() {}", "src/odd/mac.rs")
    try write("fn f() { std::fs::remove_file(\"a\"); }", "src/tests.rs")
    try write("fn f() { std::process::exit(1); }", "src/forgotten.rs")
    let unit = unit(["src/lib.rs", "src/unix.rs"])
    #expect(
      try entries(unit) == [
        "file forgotten.rs @src/forgotten.rs:1 [] process.exit",
        "mod windows @src/lib.rs:3 [windows] fs.write,process.spawn",
        "fn send @src/lib.rs:5 [feature = \"net\"] net.connect",
        "mod other @src/lib.rs:6 [windows] unsafe.block",
        "mod nowhere @src/lib.rs:7 [windows] ",
        "mod deep @src/unix.rs:1 [windows] env.read",
      ])
    let code = try NotCompiledScanner.scan([unit], tables: TestTables.all, jobs: 1)[0]
    #expect(code.tests == 1)
    #expect(
      code.entries[1].findings.map { "\($0.what) \($0.file):\($0.line)" } == [
        "std::fs::write src/windows/mod.rs:3", "std::process::Command::spawn src/windows/run.rs:3",
      ])
  }

  @Test func filesAreFoundThroughWhatHoldsTheirModules() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(
      """
      #[cfg_attr(unix, path = "sys/unix.rs")]
      #[cfg_attr(windows, path = "sys/windows.rs")]
      mod sys;
      #[cfg(windows)] mod outer { mod leaf; }
      #[cfg(windows)] wrap! { mod wrapped; }
      #[cfg(windows)] mod shared;
      #[cfg(unix)] mod shared;
      """, "src/lib.rs")
    try write("", "src/sys/unix.rs")
    try write("", "src/shared.rs")
    for (name, code) in [
      ("sys/windows", "fn f() { std::process::abort() }"), ("outer/leaf", "unsafe fn f() {}"),
      ("wrapped", "fn f() { std::fs::read(\"a\"); }"),
    ] { try write(code, "src/\(name).rs") }
    #expect(
      try entries(unit(["src/lib.rs", "src/sys/unix.rs", "src/shared.rs"])) == [
        "mod sys @src/lib.rs:3 [windows] process.exit", "mod outer @src/lib.rs:4 [windows] unsafe.block",
        "call of wrap! @src/lib.rs:5 [windows] fs.read", "mod shared @src/lib.rs:6 [windows] ",
      ])
  }

  @Test func filesOutsideOfThePackageAreNotRead() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let outside = folder.lastPathComponent + ".rs"
    let secret = folder.deletingLastPathComponent().appendingPathComponent(outside)
    try write("#[cfg(windows)] #[path = \"../../\(outside)\"] mod secret;", "src/lib.rs")
    try Data("unsafe fn f() {}".utf8).write(to: secret)
    defer { try? FileManager.default.removeItem(at: secret) }
    #expect(try entries(unit(["src/lib.rs"])) == ["mod secret @src/lib.rs:1 [windows] "])
  }

  @Test func whatCannotBeToldIsSaid() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var unknown = unit(["src/lib.rs"])
    #expect(try NotCompiledScanner.scan([unknown], tables: TestTables.all, jobs: 1)[0].unread == ["src/lib.rs"])
    unknown.cfgs = []
    #expect(try NotCompiledScanner.scan([unknown], tables: TestTables.all, jobs: 1)[0].unknown.contains("cfgs"))
  }
}
