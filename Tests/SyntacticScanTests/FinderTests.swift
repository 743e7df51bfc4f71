import RustDump
import TestSupport
import Testing

@testable import SyntacticScan

@Suite struct FinderTests {
  private static let finder = SyntacticFinder(TestTables.all)

  private func capabilities(_ text: String) -> Set<String> {
    let found = FinderTests.finder.findings(in: SourceTokens(Array(text.utf8)))
    return Set(found.flatMap { TestTables.all.taxonomy.names($0.capabilities) })
  }

  private static let cases: [(String, Set<String>)] = [
    ("fn f() { std::fs::write(\"a\", \"b\"); }", ["fs.write"]),
    ("use std::fs; fn f() { fs::read(\"a\"); }", ["fs.read"]),
    ("use std::{env as e, io::{self, Read}}; fn f() { e::var(\"a\"); }", ["env.read"]),
    ("use std::net::TcpStream as S; fn f() { S::connect(\"a\"); }", ["net.connect"]),
    ("use std::process::*; fn f() { Command::new(\"sh\").arg(\"-c\").spawn(); }", ["process.spawn"]),
    ("use std::process::Command; fn f() { Command::new(\"sh\"); }", []),
    ("use std::fs; use fs::File; fn f() { File::open(\"a\"); }", ["fs.read"]),
    ("use std::fs; mod inner { fn f() { fs::read(\"a\"); } }", []),
    ("use std::fs; mod inner { use super::*; fn f() { fs::read(\"a\"); } }", ["fs.read"]),
    ("fn f() { use std::fs; fs::read(\"a\"); } fn g() { fs::write(\"a\", \"b\"); }", ["fs.read"]),
    ("fn f() { println!(\"a\"); }", ["stdio.write"]),
    ("fn f() { unsafe { g() } } unsafe impl Send for A {}", ["unsafe.block", "unsafe.impl"]),
    ("extern \"C\" { #[link_name = \"execve\"] fn run(); fn strlen(); }", ["ffi", "process.spawn"]),
    ("fn f() { libc::socket(1, 2, 3); }", ["ffi", "net.connect", "net.udp", "net.unix"]),
    ("use winapi::um::processthreadsapi::CreateProcessW; fn f() { CreateProcessW(a) }", ["ffi", "process.spawn"]),
    ("#[no_mangle] pub fn f() {} #[unsafe(export_name = \"b\")] fn g() {}", ["symbol.define"]),
    ("core::arch::global_asm!(\"a\"); #[link(name = \"z\")] extern {}", ["asm", "ffi", "link"]),
  ]

  @Test(arguments: cases)
  func pathsAreFollowedThroughImports(_ text: String, _ expected: Set<String>) {
    #expect(capabilities(text) == expected)
  }

  @Test(arguments: [
    "mod fs { pub fn write() {} } fn f() { fs::write(); }",
    "use crate::fs; fn f() { fs::write(\"a\", \"b\"); }",
    "// std::fs::write(\"a\", \"b\")\n/* unsafe { } */ const S: &str = \"std::fs::remove_file\";",
    "use std::net::{IpAddr, SocketAddr, TcpStream}; fn f(a: IpAddr, s: &TcpStream) -> SocketAddr { g(a) }",
    "use std::fs::write;",
    "fn f(x: Own) { x.write(); x.spawn(); }",
    "fn f(a: libc::c_int, b: winapi::um::winnt::HANDLE) -> bool { a == libc::EPERM }",
  ])
  func decoysAreNoFindings(_ text: String) {
    #expect(capabilities(text) == [])
  }

  @Test func findingsHaveLines() {
    let found = FinderTests.finder.findings(
      in: SourceTokens(Array("use std::fs;\n\nfn f() {\n  fs::read(\"a\");\n}".utf8)))
    #expect(found.map(\.what) == ["std::fs::read"])
    #expect(found.map(\.line) == [4])
  }

  /// Each would take minutes if the time grew with the square of the length.
  @Test(arguments: [
    "use ", "use a as b; b; ", "mod a { b } ", "mod a { ", "use a::*; b(); ", "x.f(); ", "#[cfg(unix)] ",
    "#[cfg_attr(windows, path = \"a\")] fn ", "macro_rules! m { ", "#[cfg(windows)] { ", "extern { fn ", "a::<",
  ])
  func hostileTextsTakeNoLongerThanTheirLength(_ part: String) {
    let source = SourceTokens(Array(String(repeating: part, count: 20_000).utf8))
    let clock = ContinuousClock()
    let start = clock.now
    _ = FinderTests.finder.findings(in: source)
    var macros: [String: CfgPredicate] = [:]
    ConditionalMacros.add(source, to: &macros)
    _ = OutlineReader(source, cfgs: CfgSet(cfgs: ["unix"], features: []), macros: macros)
    #expect(clock.now - start < .seconds(60))
  }
}
