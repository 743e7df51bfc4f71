import RustDump
import Testing

@testable import SyntacticScan

@Suite struct OutlineTests {
  /// What is left out on Linux, as `WHAT: CFG`.
  private func leftOut(_ text: String, features: [String] = []) -> [String] {
    outline(text, features).leftOut.map { "\($0.item.what): \($0.condition.text)" }
  }

  private func outline(_ text: String, _ features: [String] = []) -> OutlineReader {
    let source = SourceTokens(Array(text.utf8))
    var macros: [String: CfgPredicate] = [:]
    ConditionalMacros.add(source, to: &macros)
    return OutlineReader(
      source, cfgs: CfgSet(cfgs: ["unix", "target_os=\"linux\""], features: features), macros: macros)
  }

  private static let cases: [(String, [String])] = [
    ("#[cfg(windows)] mod windows; mod other;", ["mod windows: windows"]),
    ("#[cfg(windows)] pub(crate) unsafe extern \"C\" fn f<const N: usize>(a: [u8; N]) {} fn g() {}", ["fn f: windows"]),
    (
      "#[doc = \"]\"] #[cfg(windows)] #[inline] impl<T> Run for Job<T> where T: A { fn f() {} } struct S;",
      ["impl<T> Run for Job<T> where T: A: windows"]
    ),
    ("#[cfg(unix)] fn kept() {} #[cfg(not(unix))] fn gone() {}", ["fn gone: not(unix)"]),
    ("#[cfg(windows)] use a::{b, c::d}; use e;", ["use a::{b, c::d}: windows"]),
    ("#[cfg(windows)] static mut A: [u8; 2] = { [1, 2] }; const B: u8 = 1;", ["static A: windows"]),
    ("#[cfg(windows)] extern \"system\" { fn f(); }", ["extern block: windows"]),
    ("#[cfg(windows)] struct A(u8, u16); struct B;", ["struct A: windows"]),
    ("mod inner { #[cfg(windows)] #[path = \"w.rs\"] mod w; }", ["mod w: windows"]),
    ("fn f() { #[cfg(windows)] { a() } #[cfg(windows)] let x = b(); c() }", ["code: windows", "code: windows"]),
    ("fn f() { match x { #[cfg(windows)] A => { a() } B => b(), } }", ["code: windows"]),
    ("struct S { #[cfg(windows)] handle: Map<A, B>, other: u8 }", ["code: windows"]),
    ("#[cfg(windows)] #[cfg(feature = \"a\")] fn f() {}", ["fn f: all(windows, feature = \"a\")"]),
    ("#[cfg_attr(unix, cfg(windows))] fn f() {} #[cfg_attr(windows, cfg(nothing))] fn g() {}", ["fn f: windows"]),
    ("mod m { #![cfg(windows)] fn a() {} struct B; } fn c() {}", ["fn a: windows", "struct B: windows"]),
    ("#![cfg(windows)] fn a() {} fn b() {}", ["fn a: windows", "fn b: windows"]),
    ("#[cfg(version(\"1.1\"))] fn maybe() {}", []),
    ("// #[cfg(windows)] fn f() {}\n/* #[cfg(windows)] mod m; */ const S: &str = \"#[cfg(windows)] mod n;\";", []),
    ("macro_rules! m { () => { #[cfg(windows)] fn f() {} } }", []),
    ("#[cfg(windows)] macro_rules! m { () => { } } fn f() {}", ["macro m: windows"]),
    ("#[cfg(windows)] thread_local! { static A: u8 = 1; } fn f() {}", ["call of thread_local!: windows"]),
  ]

  @Test(arguments: cases)
  func conditionsAreJudged(_ text: String, _ expected: [String]) {
    #expect(leftOut(text) == expected)
  }

  @Test func branchesOfCfgIf() {
    let text = """
      cfg_if::cfg_if! {
        if #[cfg(windows)] { mod windows; pub use windows::*; }
        else if #[cfg(target_os = "linux")] { mod linux; #[cfg(windows)] mod odd; }
        else { mod other; }
      }
      """
    #expect(
      leftOut(text) == [
        "mod windows: windows", "use windows::*: windows", "mod odd: windows",
        "mod other: all(not(windows), not(target_os = \"linux\"))",
      ])
  }

  @Test func armsOfCfgSelect() {
    #expect(
      leftOut("cfg_select! { windows => { mod a; } unix => { mod b; } _ => { mod c; } }")
        == ["mod a: windows", "mod c: all(not(windows), not(unix))"])
    #expect(leftOut("cfg_match! { cfg(windows) => { fn a() {} } _ => { fn b() {} } }") == ["fn a: windows"])
  }

  @Test func macrosThatPutAConditionInFront() {
    let text = """
      macro_rules! cfg_fs { ($($item:item)*) => { $( #[cfg(feature = "fs")] #[cfg_attr(docsrs, doc(cfg(feature = "fs")))] $item )* } }
      macro_rules! plain { ($($item:item)*) => { $( $item )* } }
      cfg_fs! { pub mod fs; fn open() {} }
      plain! { mod kept; }
      """
    #expect(leftOut(text) == ["mod fs: feature = \"fs\"", "fn open: feature = \"fs\""])
    #expect(leftOut(text, features: ["fs"]) == [])
  }

  @Test func testsAreCountedAndNotListed() {
    let outline = outline(
      """
      #[cfg(test)] mod tests { #[cfg(windows)] fn f() {} }
      #[cfg(all(test, feature = "x"))] mod more;
      #[cfg(any(test, unix))] fn kept() {}
      #[cfg(any(test, windows))] fn helper() {}
      #[test] fn case() {}
      """)
    #expect(outline.leftOut.map(\.item.what) == ["mod more"])
    #expect(outline.tests == 3)
  }

  @Test func hostileTextsEnd() {
    for text in [
      "#[cfg(windows)]", "#[cfg(windows", "#[", "#![cfg(windows)]", "cfg_if! { if", "cfg_if! { if #[cfg(a)]",
      "#[cfg(windows)] mod", "#[cfg(windows)] }}} fn f() {", "cfg_select! { =>", "macro_rules! a", "#[cfg()] fn f() {}",
      String(repeating: "mod a {", count: 3000), String(repeating: "#[cfg(windows)] ", count: 3000),
    ] {
      #expect(leftOut(text).count <= 1)
    }
  }
}
