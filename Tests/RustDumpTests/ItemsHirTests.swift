import RustDump
import Testing

@Suite struct ItemsHirTests {
  @Test func loweredFunctions() {
    let read = ReadItems(
      """
      use ::{};
      fn a<impl Clone + Send, 'b,
          impl for<'a> Fn(&'a u8)>(x: impl Clone + Send, y: impl for<'a> Fn(&'a u8)) -> /*impl Trait*/ where
          impl Clone + Send: Clone + Send, impl for<'a> Fn(&'a u8): for<'a> Fn(&'a u8) -> () { f(x) }
      async fn b<T>(t: &'_ T) -> /*impl Trait*/ where T: 'a + ?Sized + Clone, for<'b> &'b T: Debug |mut _task_context: ResumeTy|
          { match unsafe { poll(new_unchecked(&mut __awaitee), get_context(_task_context)) } { Ready {  0: r } => break r, }
            struct Q; impl Q { fn z() { unsafe { x() } unsafe { format_arguments::new(b"", &args) } } } }
      fn c<F>(f: F) -> Result</*impl Trait*/> where F: for Fn(&'_ u8) -> bool, T: Sync { }
      fn d(x: for<'_> unsafe fn(: *const u8, : Cow<, str>)) { }
      fn e<T>(x: T) -> Box<T> loop { }
      const #[target_feature] fn g() { }
      impl X { const
          K:
          u8
          =
          3; fn h<'_>(self: &'_ Self) -> () |mut x| 'l: { fn nested() { } } }
      """, .hir)
    #expect(read.gaps.isEmpty)
    let names = read.tree.items.filter { $0.itemKind == .function }.map { read.name($0.name) }
    #expect(names == ["a", "b", "z", "c", "d", "e", "g", "h", "nested"])
    #expect(read.generics(read.item("a")).isEmpty && read.predicates(read.item("a")).isEmpty)
    #expect(read.parameters(read.item("a")).first == "impl 'Clone + Send' (Clone + Send)")
    #expect(read.item("b").unsafeBlocks == 0 && read.item("z").unsafeBlocks == 1)
    #expect(read.predicates(read.item("b")) == ["T: Clone", "&T: Debug"])
    #expect(read.term(read.item("c").type) == "Result<impl '' ()>")
    #expect(read.predicates(read.item("c")).first == "F: Fn<(&u8), Output = bool>")
    #expect(read.parameters(read.item("d")) == ["fn 1 \"\" (*const u8, Cow<str>, ())"])
    #expect(read.item("h").itemFlags == [.hasBody, .hasSelf] && read.parameters(read.item("h")) == ["&Self"])
    #expect(read.item("g").itemFlags == [.constItem, .hasBody])
  }
}
