import RustDump
import Testing

@Suite struct ItemsHostileTests {
  static let sample = """
    #![feature(a)] #[attr = Deprecated {x: y}}] use a::{b::{self, c as d}, *}; impl<'a, T: A<B = [u8; { 3 }]>> Tr for S<T> where T: B {
    fn f(&self, (a, b): (u8, fn(x: u8) -> Box<dyn Fn(A) -> B + Send>)) -> impl X + 'a { unsafe { '{'; "}"; r#"x"#; b'x' }
    #[inline] fn g() {} const { 3 } } const K: u8 = 0x1f; type T: A = u8; } enum E { A(u8) = 3, B { x: u8 } } /* x */ // y
    unsafe extern "C" { static X: u8; fn y(...); } macro_rules! m { () => {} } trait T<const N: usize = { 3 }>: A + ?B {}
    """

  @Test func everyTruncation() {
    let bytes = Array(Self.sample.utf8)
    for count in 0..<bytes.count {
      for dialect in [ItemReader.Dialect.expanded, .hir] {
        let read = ReadItems(bytes: Array(bytes[..<count]), dialect)
        for (index, item) in read.tree.items.enumerated().dropFirst() { #expect(Int(item.parent) < index) }
      }
    }
  }

  @Test func everyByteReplaced() {
    let bytes = Array(Self.sample.utf8)
    let replacements = Array("{}()[]<>\"'#;:,/*&=|!\u{0}é".utf8) + [0xFF]
    var seed: UInt64 = 1
    for position in bytes.indices {
      var changed = bytes
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      changed[position] = replacements[Int(seed >> 33) % replacements.count]
      _ = ReadItems(bytes: changed, position % 2 == 0 ? .expanded : .hir)
    }
  }

  @Test func randomTokens() {
    let words = [
      "fn", "a", "<", ">", "(", ")", "{", "}", "[", "]", ";", ",", "::", ":", "impl", "for", "struct", "enum", "type",
      "const", "unsafe", "extern", "\"C\"", "use", "*", "+", "dyn", "'a", "where", "=", "->", "#", "!", "pub", "mod",
      "|",
      "trait", "3", "-", "macro_rules", "union", "static", "as", "self", "&", "?", "$", "crate", "..", "...",
      "/*impl Trait*/",
    ]
    var seed: UInt64 = 7
    for round in 0..<400 {
      var text = ""
      for _ in 0..<200 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(seed >> 33) % words.count] + " "
      }
      let read = ReadItems(text, round % 2 == 0 ? .expanded : .hir)
      for (index, item) in read.tree.items.enumerated().dropFirst() { #expect(Int(item.parent) < index) }
    }
  }

  @Test(arguments: [
    "(", "[", "{", "<", "&", "*const ", "fn(", "Vec<", "dyn A<", "impl ", "<T as ", "Fn(", "(A, ", "[u8; {", "for<",
    "A + ",
    "fn f(x: ", "mod a {", "fn a() {", "impl A {", "{ fn a() {} ", "use a::{", "struct A(", "enum E { A = {", "#[a]",
    "#![b]",
    "unsafe ", "const ", "pub ", "#[attr = Cfg", "#[attr = Deprecated {", "/*", "'", "r#\"", "\"", "const A: [u8; { ",
    "type A = ",
    "trait A: ", "where ", "; union ", "|", ")", "]", "}", ">", "a::", "-> ", "static A: u8 = { ", "extern \"C\" {",
    "$",
    "?", "fn a(a: (", "impl<T: A<", "B<{ ", "match x { ", "a!{", "macro_rules! a {", "+", "fn a<const N: ", "async ",
    "=",
  ])
  func deepNesting(_ unit: String) {
    let text = String(repeating: unit, count: 20_000)
    for (prefix, dialect) in [("", ItemReader.Dialect.expanded), ("type X = ", .hir), ("fn f() { ", .expanded)] {
      let read = ReadItems(prefix + text, dialect)
      #expect(read.gaps.count < 2100)
    }
  }

  @Test func balancedNesting() {
    let million = 1_000_000
    let text =
      "fn f() {" + String(repeating: "(", count: million) + String(repeating: ")", count: million) + "} fn g() {}"
    let read = ReadItems(text)
    #expect(read.gaps.isEmpty && read.outline == ["function f", "function g"])
    let blocks =
      "fn f() {" + String(repeating: "{", count: million) + String(repeating: "fn a() {}", count: 1000)
      + String(repeating: "}", count: million) + "} fn g() {}"
    #expect(ReadItems(blocks).item("g").itemKind == .function)
  }

  @Test func readingGoesOnBehindAGap() {
    let read = ReadItems(
      """
      fn a(x: ) { fn inner() {} } blah blah; struct B { x: , y: u8 } enum C { A(, B } impl D for { fn e() {} } fn f() {}
      """)
    #expect(read.gaps.count >= 5)
    for name in ["a", "inner", "B", "y", "e", "f"] { #expect(read.item(name).name != 0, "\(name)") }
    #expect(read.gaps.allSatisfy { $0.dump == 2 && $0.line == 1 })
  }

  @Test func emptyAndBinary() {
    #expect(ReadItems("").tree.items.count == 1)
    #expect(ReadItems(bytes: []).gaps.isEmpty)
    _ = ReadItems(bytes: (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
  }
}
