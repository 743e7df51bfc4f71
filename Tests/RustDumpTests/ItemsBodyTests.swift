import RustDump
import Testing

@Suite struct ItemsBodyTests {
  @Test func itemsInBodies() {
    let read = ReadItems(
      """
      fn f() {
        let a = S { union: 1, default: 2, auto: 3 }; union.x(); auto = 3; safe(); default(); macro_rules; raw + 1;
        #[allow(x)] #[inline(always)] pub(crate) fn direct() {}
        const { 3 }; const move |x| x; const || 3; static || 4; static move |x| x; async { 1 }; async move { 2 }; async || 3;
        unsafe { fn in_unsafe() {} }
        let c = |x: u8| -> u8 { struct InClosure; match x { 1 => { enum InArm {} } _ => fn_pointer as fn(u8) -> u8, } };
        let n = [0; { const fn in_length() -> usize { 3 } 3 }]; let t: [u8; { const IN_TYPE: usize = 3; IN_TYPE }];
        if let Some(x) = y { type InIf = u8; } else { mod in_else { fn deeper() {} } }
        g::<{ static IN_ARGUMENT: u8 = 3; 3 }>(); union InUnion { a: u8 } union Generic<T> { a: T }
        const async fn a1() {} async unsafe fn a2() {} async fn a3() {} unsafe extern "C" fn a4() {} const unsafe fn a5() {}
        extern "C" { fn foreign(); } trait Tr { fn provided() { fn in_provided() {} } } const _: u8 = 3; const N: u8 = 3;
        auto trait Au {} unsafe impl A for B {} default impl X for Y {} static mut M: u8 = 3; extern crate e as e2;
        macro_rules! m { () => { fn hidden() {} } } macro k() { fn hidden() {} } format_args!("{}", { fn in_arguments() {} });
      }
      """)
    #expect(read.gaps.isEmpty)
    let expected = [
      "direct", "in_unsafe", "InClosure", "InArm", "in_length", "IN_TYPE", "InIf", "in_else", "deeper", "IN_ARGUMENT",
      "InUnion", "Generic", "a1", "a2", "a3", "a4", "a5", "foreign", "Tr", "provided", "in_provided", "_", "N", "Au",
      "M",
      "m", "k", "in_arguments",
    ]
    let names = read.tree.items.filter { $0.name != 0 && $0.itemKind != .field }.map { read.name($0.name) }
    #expect(names == ["f"] + expected)
    #expect(read.item("f").unsafeBlocks == 1)
    #expect(read.path("direct") == ["f", "direct"])
    #expect(read.attributes(2) == ["inlineAlways="])
    #expect(read.path("InArm") == ["f", "block", "block", "InArm"])
    #expect(read.uses == ["crate e as e2"])
  }

  @Test func blocksAreScopesOnlyIfTheyDeclare() {
    let read = ReadItems(
      """
      fn f() { { { fn inner() {} } } { a(); { use b::c; } #[cfg(x)] let y = 3; fn late() {} } { g(); {} } }
      fn h() { { #![allow(x)] #[track_caller] fn with_attribute() {} } }
      """)
    #expect(read.gaps.isEmpty)
    #expect(
      read.outline == [
        "function f", "block ", "function inner", "block ", "block ", "function late", "function h", "block ",
        "function with_attribute",
      ])
    #expect(read.tree.items[5].parent == 4 && read.tree.items[6].parent == 4)
    #expect(read.tree.uses.map(\.parent) == [5])
    #expect(read.attributes(9) == ["trackCaller="])
  }

  @Test func membersComeInTheOrderOfMir() {
    let read = ReadItems(
      """
      impl A { fn a() { impl B { fn b() { impl C { const C1: u8 = 3; fn c() {} } } fn b2() {} } } fn required(); fn a2() {} }
      fn g() { const _: () = { impl D { fn d() {} } }; }
      """)
    let members = read.tree.items.filter {
      $0.itemFlags.contains(.hasBody) && read.tree.items[Int($0.parent)].itemKind == .implementation
    }
    #expect(members.map { read.name($0.name) } == ["a", "b", "C1", "c", "b2", "a2", "d"])
  }

  @Test func unsafeBlocksAreCountedWhereTheyAreWritten() {
    let read = ReadItems(
      """
      fn f() { unsafe { a(); unsafe {} } let c = || unsafe { b() }; fn inner() { unsafe { c() } } unsafe fn d() {} }
      const K: u8 = unsafe { 3 }; static S: u8 = unsafe { 4 };
      const TL: ::std::thread::LocalKey<u8> = { fn init() -> u8 { unsafe { 3 } } unsafe { LocalKey::new(init) } };
      #[automatically_derived] impl A for B { fn derived() { unsafe { x() } } }
      impl A for C { fn written() { unsafe { x() } "unsafe {"; 'u'; /* unsafe { */ } }
      """)
    #expect(
      ["f", "inner", "d", "K", "S", "TL", "init", "derived", "written"].map { read.item($0).unsafeBlocks }
        == [3, 1, 0, 1, 1, 0, 1, 0, 1])
  }

  @Test func literalsAndCommentsHideNothing() {
    let read = ReadItems(
      """
      // "a quote and a { brace
      /* nested /* } */ " */ /// doc } "
      fn a() { let x = ('{', '\\'', '"', b'}', "}\\"{", r#"} " {"#, br##"}"# {"##, c"}", b"\\"}", 'a', 1.0e-5, 0x1e-3, 1..2); 'l: loop {} }
      fn b<'a>(x: &'a str) { let y: &'static str = "é'"; 'é'; r#"#"#; x.0.1; 1usize-1; }
      fn r#fn() {}
      """)
    #expect(read.gaps.isEmpty)
    #expect(read.outline == ["function a", "function b", "function r#fn"])
    #expect(read.tree.items.map(\.line) == [1, 3, 4, 5])
  }
}
