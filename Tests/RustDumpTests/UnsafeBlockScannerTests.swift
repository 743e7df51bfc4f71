import RustDump
import Testing

@Suite struct UnsafeBlockScannerTests {
  private func scan(_ text: String) -> [UnsafeBlock] {
    Array(text.utf8).withUnsafeBytes { UnsafeBlockScanner.scan($0) }
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
    #expect(blocks.map(\.line) == [2, 4])
    #expect(blocks.map(\.column) == [10, 6])
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

  @Test func brokenText() {
    #expect(scan("").isEmpty && scan("unsafe").isEmpty && scan("macro_rules!").isEmpty)
    #expect(scan("macro_rules! a { unsafe {").map(\.insideMacroDefinition) == [true])
  }
}
