import Testing

@Suite struct ItemsTypeTests {
  @Test(arguments: [
    ("u8", "u8"), ("a::b::C", "a::b::C"), ("::a::C", "{{root}}::a::C"), ("$crate::x::Y", "$crate::x::Y"),
    ("self::A", "self::A"), ("crate::A", "crate::A"), ("Self", "Self"), ("r#type::r#fn", "r#type::r#fn"),
    ("Vec<u8>", "Vec<u8>"), ("Vec::<u8>", "Vec<u8>"), ("Vec<Vec<Vec<u8>>>", "Vec<Vec<Vec<u8>>>"),
    ("A<'a, T, 'b>", "A<T>"), ("Cow<'static, str>", "Cow<str>"), ("A<'a>::B", "A::B"),
    ("&'a mut T", "&mut T"), ("&&T", "&&T"), ("*const *mut T", "*const *mut T"), ("[T]", "[T]"),
    ("()", "()"), ("(A,)", "(A)"), ("(A, B,)", "(A, B)"), ("(A)", "A"), ("((A), B)", "(A, B)"),
    ("!", "!"), ("_", "_"), ("<T>::X", "<T>::X"), ("<T as a::Tr<u8>>::X::Y<Z>", "<T as a::Tr<u8>>::X::Y<Z>"),
    ("<<T as A>::B as C>::D", "<<T as A>::B as C>::D"), ("u32 is 1..=9", "u32"),
  ])
  func plain(_ source: String, _ expected: String) {
    #expect(ReadItems.type(source) == expected)
  }

  @Test(arguments: [
    ("[u8; 4]", "[u8; {4}]"), ("[u8; 0x1_0usize]", "[u8; {16}]"), ("[u8; 0b11]", "[u8; {3}]"),
    ("[u8; 0o17_u8]", "[u8; {15}]"), ("[u8; N]", "[u8; N]"), ("[u8; Self::N]", "[u8; Self::N]"),
    ("[u8; <T as Tr>::N]", "[u8; <T as Tr>::N]"), ("[u8; N + 1]", "[u8; {N + 1}]"), ("[u8; _]", "[u8; _]"),
    ("[u8; f(3)]", "[u8; {f ( 3 )}]"), ("[u8; { N }]", "[u8; N]"), ("[u8; A < B]", "[u8; {A < B}]"),
    ("[[u8; 2]; 3]", "[[u8; {2}]; {3}]"), ("S<3>", "S<{3}>"), ("S<-3>", "S<{-3}>"), ("S<'{'>", "S<{'{'}>"),
    ("S<{ 1 + 2 }, T>", "S<{{ 1 + 2 }}, T>"), ("S<{ 4 }>", "S<{4}>"), ("S<true>", "S<true>"),
    ("[u8; 340282366920938463463374607431768211455]", "[u8; {340282366920938463463374607431768211455}]"),
  ])
  func constants(_ source: String, _ expected: String) {
    #expect(ReadItems.type(source) == expected)
  }

  @Test(arguments: [
    ("fn()", "fn 0 \"\" (())"), ("fn(u8, &T) -> u16", "fn 0 \"\" (u8, &T, u16)"),
    ("unsafe extern \"system\" fn(x: u8, _: B, ...) -> !", "fn 3 \"system\" (u8, B, !)"),
    ("extern fn()", "fn 0 \"C\" (())"), ("for<'a> fn(&'a u8)", "fn 0 \"\" (&u8, ())"),
    ("Option<fn(fn(A) -> B) -> C>", "Option<fn 0 \"\" (fn 0 \"\" (A, B), C)>"),
    ("for<'a> fn(&'a u8,)", "fn 0 \"\" (&u8, ())"),
  ])
  func functionPointers(_ source: String, _ expected: String) {
    #expect(ReadItems.type(source) == expected)
  }

  @Test(arguments: [
    ("dyn A", "dyn(A)"), ("dyn A + Send + 'static", "dyn(A + Send)"), ("&'a (dyn A + 'a)", "&dyn(A)"),
    ("A + B", "dyn(A + B)"), ("dyn for<'a> Fn(&'a A, B) -> C + Send", "dyn(Fn<(&A, B), Output = C> + Send)"),
    ("Box<dyn Fn()>", "Box<dyn(Fn<(), Output = ()>)>"), ("dyn (A) + (for<'a> B<'a>)", "dyn(A + B)"),
    ("Box<dyn Fn(A) -> Box<dyn B> + Send>", "Box<dyn(Fn<(A), Output = Box<dyn(B)>> + Send)>"),
    ("dyn Iterator<Item = u8>", "dyn(Iterator<Item = u8>)"), ("A<Item: B + 'a + C>", "A<Item: B + C>"),
    ("A<Item<'a> = T, N = 3>", "A<Item = T, N = {3}>"), ("dyn ::a::B", "dyn({{root}}::a::B)"),
    ("Box<Fn(&u8)>", "Box<Fn<(&u8), Output = ()>>"), ("F::Output<(A,)>", "F::Output<(A)>"),
  ])
  func traitObjects(_ source: String, _ expected: String) {
    #expect(ReadItems.type(source) == expected)
  }

  @Test(arguments: [
    ("impl A", "impl 'A' (A)"), ("impl A + Send + 'static", "impl 'A + Send + 'static' (A + Send)"),
    ("impl Future<Output =\n      u8> + Send", "impl 'Future<Output = u8> + Send' (Future<Output = u8> + Send)"),
    ("impl Fn(impl A) -> B", "impl 'Fn(impl A) -> B' (Fn<(impl 'A' (A)), Output = B>)"),
    ("impl ?Sized + A", "impl '?Sized + A' (A)"), ("impl ~const A", "impl '~const A' (A)"),
    ("impl [const] A + const B", "impl '[const] A + const B' (A + B)"),
    ("impl async Fn()", "impl 'async Fn()' (Fn<(), Output = ()>)"),
    ("impl A + use<'a, T>", "impl 'A + use<'a, T>' (A)"),
  ])
  func opaqueTypes(_ source: String, _ expected: String) {
    #expect(ReadItems.type(source) == expected)
  }

  @Test func brokenTypesBecomeGaps() {
    for source in ["&", "[u8; 3", "Vec<", "fn(", "dyn", "A::<", "<T as >::X", "(A B)", "*T", "A<B C>", "1"] {
      #expect(ReadItems.type(source) == "gap" || source == "dyn", "\(source)")
    }
  }
}
