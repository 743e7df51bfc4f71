import RustDump
import Testing

@Suite struct ItemsItemTests {
  @Test func functionsWithAllWords() {
    let read = ReadItems(
      """
      pub(crate) const unsafe extern "C" fn f<'a, T: 'a + Clone + ?Sized, const N: usize>(mut x: &'a T, (a, b): (u8, u16),
        S { c: d }: S, ...) -> Option<T> where T: Send, 'a: 'static, for<'b> &'b T: Debug, u8:, [u8; N]: Sized {}
      async fn g(); fn unit() -> () {}
      """)
    #expect(read.gaps.isEmpty)
    let function = read.item("f")
    #expect(function.itemFlags == [.constItem, .unsafeItem, .externItem, .hasBody, .variadic])
    #expect(function.itemVisibility == .publicCrate)
    #expect(read.name(function.abi) == "C")
    #expect(read.generics(function) == ["T: Clone | - | -", "const N:  | usize | -"])
    #expect(read.parameters(function) == ["&T", "(u8, u16)", "S"])
    #expect(read.term(function.type) == "Option<T>")
    #expect(read.predicates(function) == ["T: Send", "&T: Debug", "[u8; N]: Sized"])
    #expect(read.item("g").itemFlags == [.asyncItem])
    #expect(read.item("unit").type == 0)
  }

  @Test func receivers() {
    let read = ReadItems(
      """
      impl S { fn a(self) {} fn b(&self, x: u8) {} fn c(&'a mut self) {} fn d(mut self: Pin<&mut Self>) {} fn e(x: u8) {} }
      trait Old { fn anonymous(u8, &HashMap<A, B>); }
      """)
    #expect(read.gaps.isEmpty)
    #expect(
      ["a", "b", "c", "d", "e"].map { read.parameters(read.item($0)).first } == [
        "Self", "&Self", "&mut Self", "Pin<&mut Self>", "u8",
      ])
    #expect(read.item("d").itemFlags.contains(.hasSelf) && !read.item("e").itemFlags.contains(.hasSelf))
    #expect(read.parameters(read.item("anonymous")) == ["u8", "&HashMap<A, B>"])
  }

  @Test func structures() {
    let read = ReadItems(
      """
      pub struct A<T = u8, const N: usize = 3> where T: Copy { pub a: T, pub(crate) b: [u8; N], pub(super) c: <T as X>::Y }
      struct B(pub (u8, u16), pub(in a::b) u32) where u8: Copy;
      struct C; union U { a: u8 } union!{}
      enum E { X = 3, #[doc(hidden)] Y(u8, pub u16) = { fn in_variant() {} 4 }, Z { x: u8 } }
      """)
    #expect(read.gaps.count == 1)
    #expect(read.generics(read.item("A")) == ["T:  | u8 | -", "const N:  | usize | {3}"])
    #expect(read.predicates(read.item("A")) == ["T: Copy"])
    let fields = read.tree.items.filter { $0.itemKind == .field }
    #expect(fields.map { read.name($0.name) } == ["a", "b", "c", "0", "1", "a", "0", "1", "x"])
    #expect(
      fields.prefix(5).map(\.itemVisibility) == [
        .publicAll, .publicCrate, .publicRestricted, .publicAll, .publicRestricted,
      ])
    #expect(read.term(fields[3].type) == "(u8, u16)")
    #expect(read.predicates(read.item("B")) == ["u8: Copy"])
    #expect(read.item("B").itemFlags == .tupleLike && read.item("C").itemFlags == .unitLike)
    #expect(read.item("X").itemFlags == .unitLike && read.item("Y").itemFlags == [.tupleLike, .docHidden])
    #expect(read.item("Z").itemFlags == [])
    #expect(read.path("in_variant") == ["E", "Y", "block", "in_variant"])
  }

  @Test func implementations() {
    let read = ReadItems(
      """
      impl<T> !Send for S<T> {} unsafe impl Sync for S {} impl<T> const Tr for T where T: A {} default impl<T> X for T {}
      impl <T as A>::B { } impl A + B {} impl ! {} impl Tr for ! {} impl<'a> Tr<'a> for for<'b> fn(&'b u8) {}
      #[automatically_derived] impl<T: ::a::B> ::a::B for S<T> { const K: u8 = 3; const L: u8; type X = u8; fn f() {} }
      """)
    #expect(read.gaps.isEmpty)
    let impls = read.tree.items.filter { $0.itemKind == .implementation }
    #expect(
      impls.map { read.term($0.trait) } == [
        "Send", "Sync", "Tr", "X", "-", "-", "-", "Tr", "Tr", "{{root}}::a::B",
      ])
    #expect(
      impls.map { read.term($0.type) } == [
        "S<T>", "S", "T", "T", "<T as A>::B", "dyn(A + B)", "!", "!", "fn 0 \"\" (&u8, ())", "S<T>",
      ])
    #expect(
      impls.map(\.itemFlags) == [
        .negativeImpl, .unsafeItem, .constItem, .defaultItem, [], [], [], [], [], .automaticallyDerived,
      ])
    #expect(read.item("K").itemFlags == .hasBody && read.item("L").itemFlags == [])
  }

  @Test func traits() {
    let read = ReadItems(
      """
      pub unsafe auto trait Au {} trait Alias<T> = Clone + Send where T: Copy; const trait Ct {}
      trait Tr<T: A = u8>: Debug + ?Sized + 'static + for<'a> Fn(&'a u8) where Self: Sized {
        type A: Clone + Iterator<Item: Copy> = u8; type B<'a, X: Copy>: Clone where Self: 'a, X: D; const K: u8 = 4;
        fn provided(&self) {} fn required(&self);
      }
      """)
    #expect(read.gaps.isEmpty)
    #expect(read.item("Au").itemFlags == [.unsafeItem, .autoTrait])
    #expect(read.item("Alias").itemKind == .traitAlias)
    #expect(read.parameters(read.item("Alias")) == ["Clone", "Send"])
    #expect(read.parameters(read.item("Tr")) == ["Debug", "Fn<(&u8), Output = ()>"])
    #expect(read.predicates(read.item("Tr")) == ["Self: Sized"])
    #expect(read.parameters(read.item("A")) == ["Clone", "Iterator<Item: Copy>"])
    #expect(read.term(read.item("A").type) == "u8" && read.item("A").itemFlags == .hasBody)
    #expect(read.predicates(read.item("B")) == ["X: D"])
    #expect(read.item("provided").itemFlags == [.hasBody, .hasSelf] && read.item("required").itemFlags == .hasSelf)
  }

  @Test func foreignItems() {
    let read = ReadItems(
      """
      #[link(name = "m", kind = "dylib")] unsafe extern "C" { pub safe fn a(x: f64) -> f64; unsafe fn b(f: *const u8, ...);
        static mut C: u8; safe static D: u8; type E; #[link_name = "z\\"z"] fn f(); }
      extern { fn g(); } extern "C" fn h() {} core::global_asm!(""); global_asm! ("a { b", options(raw));
      """)
    #expect(read.gaps.count == 1)
    #expect(read.attributes(1) == ["link=m"])
    #expect(read.item("a").itemFlags == .safeForeign && read.item("a").itemVisibility == .publicAll)
    #expect(read.item("b").itemFlags == [.unsafeItem, .variadic])
    #expect(read.item("C").itemKind == .foreignStatic && read.item("C").itemFlags == .mutableStatic)
    #expect(read.item("E").itemKind == .foreignType)
    #expect(read.name(read.item("g").abi) == "C" && read.path("g") == ["foreignBlock", "g"])
    #expect(read.tree.attributes.map { read.name($0.value) } == ["m", "z\"z"])
    #expect(read.item("h").itemKind == .function)
    #expect(read.outline.contains("globalAssembly "))
  }

  @Test func usesAreFlattened() {
    let read = ReadItems(
      """
      pub use std::{fmt::{self, Debug as D, *}, collections::HashMap as _,}; use ::a::b; use {c, d as e}; use crate::*;
      use self::x; use super::super::y; use $crate::z; use *; use ::{}; use r#type::r#fn;
      extern crate core as k; pub extern crate self as me; extern crate alloc;
      """)
    #expect(read.gaps.isEmpty)
    #expect(
      read.uses == [
        "std::fmt as fmt", "std::fmt::Debug as D", "std::fmt::*", "std::collections::HashMap as _",
        "{{root}}::a::b as b",
        "c as c", "d as e", "crate::*", "self::x as x", "super::super::y as y", "$crate::z as z", "-::*",
        "r#type::r#fn as r#fn", "crate core as k", "crate self as me", "crate alloc as alloc",
      ])
    #expect(read.tree.uses[0].visibility == ItemVisibility.publicAll.rawValue)
  }

  @Test func modulesConstantsAndMacros() {
    let read = ReadItems(
      """
      pub mod r#type { #![allow(x)] pub mod inner { const _: () = { impl A { fn nested() {} } }; } }
      static mut S: [u8; { const fn len() -> usize { 3 } len() }] = [0; 3]; const C<T>: u8 = if a { 1 } else { 2 };
      macro_rules! m { ($a:expr) => { fn not_an_item() {} } } macro n($x:ident) { struct NotAnItem; } macro o { () => {} }
      macro_rules! p (() => ()); type T<X> where X: A = Vec<X>;
      """)
    #expect(read.gaps.isEmpty)
    #expect(read.path("nested") == ["r#type", "inner", "_", "block", "implementation", "nested"])
    #expect(read.path("len") == ["S", "block", "len"])
    #expect(read.item("S").itemFlags == [.hasBody, .mutableStatic])
    #expect(
      read.tree.items.filter { $0.itemKind == .macroDefinition }.map { read.name($0.name) } == ["m", "n", "o", "p"])
    #expect(read.item("not_an_item").kind == 0 && read.item("NotAnItem").kind == 0)
    #expect(read.predicates(read.item("T")) == ["X: A"])
  }
}
