import RustDump
import Testing

@Suite struct UnsafeScannerTests {
  private func scan(_ text: String) -> [UnsafeMark] {
    Array(text.utf8).withUnsafeBytes { UnsafeScanner.scan($0) }
  }

  private func texts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return scan(text).map { mark in
      let parts = [mark.name, mark.type].map { String(decoding: bytes[$0], as: UTF8.self) }.filter { !$0.isEmpty }
      return "\(mark.kind) \(parts.joined(separator: " ")) \(mark.line)-\(mark.endLine)"
    }
  }

  @Test func positions() {
    let blocks = scan(
      """
      #!/usr/bin/env run
      fn a() { unsafe { b() } }
      // unsafe { }
      "é"; unsafe
        { }; "unsafe {"; unsafe fn c() {}
      """)
    #expect(blocks.map(\.line) == [2, 4, 5])
    #expect(blocks.map(\.column) == [10, 6, 20])
    #expect(blocks.map(\.endLine) == [2, 5, 5])
    #expect(blocks.map(\.kind) == [.block, .block, .function])
    #expect(blocks.allSatisfy { !$0.insideMacroDefinition })
  }

  @Test func macroDefinitions() {
    let blocks = scan(
      "macro_rules! a { () => { unsafe { } } } unsafe {} macro b($x:expr) { unsafe {} } macro c { () => { unsafe {} } } (unsafe {})"
    )
    #expect(blocks.map(\.insideMacroDefinition) == [true, false, true, true, false])
    #expect(scan("a!(unsafe { });").count == 1)
    #expect(scan("macro_rules! x (() => {}); (unsafe {})").map(\.insideMacroDefinition) == [false])
  }

  @Test func functions() {
    #expect(
      texts("unsafe fn a()\n{ b() }\npub const unsafe extern \"C\" fn c<T>(t: [T; 2]) -> T where T: X {\n}")
        == ["function a 1-2", "function c 3-4"])
    // Declarations without a body, function pointers and foreign blocks are none.
    #expect(texts("trait T { unsafe fn a(); } type F = unsafe fn(); unsafe extern { fn x(); }") == [])
    #expect(texts("#[unsafe(no_mangle)] fn a() {} unsafe trait T {}") == [])
    #expect(texts("trait T { unsafe fn a() { unsafe {} } }") == ["function a 1-1", "block  1-1"])
  }

  @Test func impls() {
    #expect(texts("unsafe impl Send for Shared {}") == ["implementation Send Shared 1-1"])
    #expect(
      texts("unsafe impl<'a, T: for<'b> F<&'b T>> a::b::Load<T> for crate::c::Cell<'a, T> where T: Q {\n}")
        == ["implementation Load Cell 1-2"])
    #expect(texts("unsafe impl Sync for &'static mut S {}") == ["implementation Sync S 1-1"])
    #expect(texts("unsafe impl<T> Send for [T; 4] {}") == ["implementation Send 1-1"])
    #expect(texts("macro_rules! m { ($t:ty) => { unsafe impl Send for $t {} } }") == ["implementation Send 1-1"])
  }

  @Test func brokenText() {
    #expect(scan("").isEmpty && scan("unsafe").isEmpty && scan("macro_rules!").isEmpty)
    #expect(scan("unsafe impl").isEmpty && scan("unsafe fn").isEmpty && scan("unsafe extern").isEmpty)
    #expect(scan("unsafe impl A for B {").map(\.endLine) == [1])
    #expect(scan("macro_rules! a { unsafe {").map(\.insideMacroDefinition) == [true])
  }
}
