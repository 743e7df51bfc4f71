import RustDump
import Testing

/// Callees and types in which brackets, words and blanks mean different things.
@Suite struct MirCallTrapTests {
  private static func call(_ callee: String, _ arguments: String = "move _1") -> String {
    "_3 = \(callee)(\(arguments)) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2"
  }

  @Test func arrowsCloseNoBracket() {
    let read = ReadMir(
      declarations: ["let _4: dyn std::ops::Fn(u32) -> u32; // in scope 0 at a.rs:1:1: 1:2"],
      statements: [
        Self.call("<dyn std::ops::Fn(u32) -> u32 as std::ops::Fn<(u32,)>>::call"),
        Self.call("<std::boxed::Box<dyn std::ops::Fn(u32) -> u32 + std::marker::Send> as std::ops::Fn<(u32,)>>::call"),
        Self.call("takes::<fn(fn(u8) -> u8) -> fn(u8)>"),
        "drop(_4) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2",
        #"asm!("mov {0}, {1}", inout(reg) copy _1 => _2, sym_fn a::b) -> [return: bb1, unwind unreachable]; // scope 0 at a.rs:1:1: 1:2"#,
      ])
    #expect(read.reasons == [])
    #expect(
      read.sites == [
        "call <dyn(std::ops::Fn<(u32), Output = u32>) as std::ops::Fn<(u32)>>::call",
        "call <std::boxed::Box<dyn(std::ops::Fn<(u32), Output = u32> + std::marker::Send)> as std::ops::Fn<(u32)>>::call",
        "call takes<fn 0 \"\" (fn 0 \"\" (u8, u8), fn 0 \"\" (u8, ()))>", "drop dyn(std::ops::Fn<(u32), Output = u32>)",
        "assembly", "assemblySymbol a::b",
      ])
  }

  @Test func boundsWithoutParentheses() {
    let read = ReadMir(
      """
      fn bounds(_1: &dyn Op + std::marker::Sync, _2: &'a mut (dyn std::ops::FnMut(&'a u8) + 'a), _3: (u8, &dyn Op + std::marker::Sync)) -> &dyn Op + std::marker::Sync {
          let mut _0: ();                      // return place in scope 0 at a.rs:1:1: 1:2
          let _4: std::option::Option<u8>;     // in scope 0 at a.rs:1:1: 1:2
          let mut _7: &Dbl;                    // in scope 0 at a.rs:1:1: 1:2

          bb0: {
              _5 = <dyn Op + std::marker::Sync as Op>::run(copy _1, const 2_u32) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2
              _6 = move _7 as &dyn Op + std::marker::Sync (PointerCoercion(Unsize, Implicit)); // scope 0 at a.rs:1:1: 1:2
              _8 = copy ((_4 as Some).0: u8) as u32 (IntToInt); // scope 0 at a.rs:1:1: 1:2
              _9 = move _7 as &dyn Op (PointerCoercion(Unsize, AsCast)); // scope 0 at a.rs:1:1: 1:2
              drop(((_10 as variant#4).0: std::boxed::Box<dyn Op + std::marker::Sync>)) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.parameters("bounds") == [
        "&dyn(Op + std::marker::Sync)", "&mut dyn(std::ops::FnMut<(&u8), Output = ()>)",
        "(u8, &dyn(Op + std::marker::Sync))",
      ])
    #expect(
      read.sites == [
        "call <dyn(Op + std::marker::Sync) as Op>::run", "unsize &Dbl, &dyn(Op + std::marker::Sync)",
        "unsize &Dbl, &dyn(Op)", "drop std::boxed::Box<dyn(Op + std::marker::Sync)>",
      ])
  }

  @Test func equalsSignsInTypes() {
    let read = ReadMir(
      """
      static IT: dyn Iterator<Item = u8> = {
      }

      const K: std::boxed::Box<dyn Tr<Out = [u8; 2]>> = const 1_u8;

      fn f() -> () {
          let mut _1: (std::boxed::Box<dyn Tr<Out = u8>>,); // in scope 0 at a.rs:1:1: 1:2

          bb0: {
              _10 = copy (_1.0: std::boxed::Box<dyn Tr<Out = u8>>); // scope 0 at a.rs:1:1: 1:2
              (_1.0: std::boxed::Box<dyn Tr<Out = u8>>) = <dyn Tr<Out = u8> as Tr>::make(copy (_2.0: dyn Tr<Out = u8>)) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2
              ((*_4).0: fn(&str) -> u8) = other() -> bb1; // scope 0 at a.rs:1:1: 1:2
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.bodies.prefix(2) == [
        "staticItem IT: dyn(Iterator<Item = u8>)", "constant K: std::boxed::Box<dyn(Tr<Out = [u8; {2}]>)>",
      ])
    #expect(read.sites == ["literal {1}", "call <dyn(Tr<Out = u8>) as Tr>::make", "call other"])
  }

  @Test func bracesInTypes() {
    let read = ReadMir(statements: [
      Self.call("c_fn_param::<fn(u32) -> u32 {inner::deep::free}, for<'a> fn(&'a str) {show}>"),
      Self.call("<{closure@calls.rs:47:43: 47:51} as std::ops::FnMut<(u32,)>>::call_mut"),
      Self.call("<{async fn body of <u8 as Gt>::af()} as std::future::Future>::poll"),
      Self.call("<{async fn body of f<T, {closure@a.rs:1:2: 3:4}>()} as std::future::Future>::poll"),
      Self.call("takes::<{closure@alpha::closure::{closure#0}}, Cst<'{'>, Cst<'}'>>"),
      Self.call("takes::<unsafe extern \"C\" fn(*const u8, ...) -> i32 {sys::printf}>"),
      Self.call("<{gen block@a.rs:1:2: 3:4} as Tr>::m::<{async closure@a.rs:1:2: 3:4}, { N + 1 }>"),
    ])
    #expect(read.reasons == [])
    #expect(
      read.sites == [
        "call c_fn_param<item inner::deep::free (fn 0 \"\" (u32, u32)), item show (fn 0 \"\" (&str, ()))>",
        "call <closure@calls.rs:47:43: 47:51 as std::ops::FnMut<(u32)>>::call_mut",
        "call <asyncFunction body of <u8 as Gt>::af as std::future::Future>::poll",
        "call <asyncFunction body of f<T, closure@a.rs:1:2: 3:4> as std::future::Future>::poll",
        "call takes<closure of alpha::closure::{closure#0}, Cst<{'{'}>, Cst<{'}'}>>",
        "call takes<item sys::printf (fn 3 \"C\" (*const u8, i32))>",
        "call <generatorBlock@a.rs:1:2: 3:4 as Tr>::m<asyncClosure@a.rs:1:2: 3:4, { N + 1 }>",
      ])
  }

  @Test func calleesThatAreOperands() {
    let read = ReadMir(
      declarations: [
        "let _5: fn(u32) -> u32;              // in scope 0 at a.rs:1:1: 1:2",
        "let _6: &fn();                       // in scope 0 at a.rs:1:1: 1:2",
        "let _7: [fn(u8); 2];                 // in scope 0 at a.rs:1:1: 1:2",
      ],
      statements: [
        Self.call("move _5", ""), Self.call("const FP", "const \"a) -> (\""), Self.call("copy (*_6)"),
        Self.call("copy _7[_2]"), Self.call("const Holder::<T>::NAME", "const OTHER"),
        Self.call("copy (_8.1: unsafe extern \"C\" fn(u8) -> u8)"), Self.call("const <A as B>::C"),
        "tailcall move _5(const 1_u32);       // scope 0 at a.rs:1:1: 1:2",
        "tailcall a::b::<u8>(const 1_u32);    // scope 0 at a.rs:1:1: 1:2",
      ])
    #expect(read.reasons == [] && read.facts.statistics.calls == 9)
    #expect(
      read.sites == [
        "callOperand fn 0 \"\" (u32, u32)", "callConstant FP", "callOperand fn 0 \"\" (())",
        "callOperand fn 0 \"\" (u8, ())",
        "callConstant Holder<T>::NAME", "constantUse OTHER", "callOperand fn 1 \"C\" (u8, u8)",
        "callConstant <A as B>::C", "callOperand fn 0 \"\" (u32, u32)", "call a::b<u8>",
      ])
    #expect(read.facts.sites.filter { $0.siteFlags.contains(.tailCall) }.count == 2)
  }

  @Test func callsThatDiverge() {
    let read = ReadMir(statements: [
      "_3 = never_returns() -> bb1;         // scope 0 at a.rs:1:1: 1:2",
      "_3 = never_returns() -> unwind continue; // scope 0 at a.rs:1:1: 1:2",
      "_3 = never_returns() -> unwind unreachable; // scope 0 at a.rs:1:1: 1:2",
      "_3 = never_returns() -> unwind terminate(cleanup); // scope 0 at a.rs:1:1: 1:2",
      "_3 = never_returns() -> unwind terminate(abi); // scope 0 at a.rs:1:1: 1:2",
      "_3 = returns() -> [return: bb1, unwind terminate(abi)]; // scope 0 at a.rs:1:1: 1:2",
    ])
    #expect(read.reasons == [] && read.facts.statistics.calls == 6)
    #expect(read.sites == Array(repeating: "call never_returns", count: 5) + ["call returns"])
  }

  @Test func userTypesStandAboveTheConstant() {
    let read = ReadMir(
      """
      fn f() -> () {
          let mut _0: ();                      // return place in scope 0 at lib.rs:1:1: 1:2

          bb0: {
              _0 = a::map_or::<u32, fn(u8) -> u32 {<u32 as From<u8>>::from}>(const K, <u32 as From<u8>>::from) -> [return: bb1, unwind continue]; // scope 0 at lib.rs:76:29: 76:53
                                               // mir::ConstOperand
                                               // + span: lib.rs:76:29: 76:51
                                               // + user_ty: UserType(0)
                                               // + const_: Const { ty: unsafe fn(u8) -> usize {a::map_or::<u32>}, val: Value(a::map_or::<u32>) }
                                               // mir::ConstOperand
                                               // + span: lib.rs:76:29: 76:51
                                               // + user_ty: UserType(1)
                                               // + const_: Const { ty: usize, val: Unevaluated(K, [], None) }
                                               // mir::ConstOperand
                                               // + span: lib.rs:85:55: 85:64
                                               // + user_ty: UserType(0)
                                               // + const_: Const { ty: fn(u8) -> u32 {<u32 as std::convert::From<u8>>::from}, val: Value(<u32 as std::convert::From<u8>>::from) }
              _3 = {closure@lib.rs:186:9: 186:17} { x: move _3 }; // scope 0 at lib.rs:186:9: 186:24
                                               // closure
                                               // + def_id: DefId(0:127 ~ paths[5562]::f::{closure#0})
                                               // + args: [
                                               //     i8,
                                               //     Binder { value: extern "RustCall" fn((u32,)) -> u32, bound_vars: [] },
                                               //     (&'{erased} u32,),
                                               // ]
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.sites == [
        "call a::map_or<u32, item <u32 as From<u8>>::from (fn 0 \"\" (u8, u32))>", "constantUse K",
        "mention <u32 as std::convert::From<u8>>::from", "closure f::{closure#0}, closure@lib.rs:186:9: 186:17 of -",
      ])
    #expect(read.facts.sites.map { $0.siteFlags.contains(.unsafeCallee) } == [true, false, false, false])
  }

  @Test func pathsThatAreNowhereStayAsPrinted() {
    let read = ReadMir(statements: [
      Self.call("beta::secret"), Self.call("facade::alpha::same_name"),
      Self.call("std::sync::atomic::Atomic::<usize>::load"), Self.call("std::sync::atomic::AtomicUsize::load"),
      Self.call("core::num::<impl u32>::pow"), Self.call("in_fn::<impl at a.rs:28:93: 28:103>::new::nested"),
      Self.call("core::ptr::const_ptr::<impl *const u8>::add"), Self.call("r#type::r#struct::r#fn"),
      Self.call("a::<impl std::fmt::Debug for B<C>>::fmt"),
    ])
    #expect(read.reasons == [])
    #expect(
      read.sites.map { $0.dropFirst(5) } == [
        "beta::secret", "facade::alpha::same_name", "std::sync::atomic::Atomic<usize>::load",
        "std::sync::atomic::AtomicUsize::load", "core::num::<impl u32>::pow",
        "in_fn::<impl at a.rs:28:93: 28:103>::new::nested", "core::ptr::const_ptr::<impl *const u8>::add",
        "r#type::r#struct::r#fn", "a::<impl std::fmt::Debug for B<C>>::fmt",
      ])
  }

  @Test func unknownWordsAreNotFatal() {
    let read = ReadMir(
      declarations: ["let mut _2: &mut dyn Op;             // in scope 0 at a.rs:1:1: 1:2"],
      statements: [
        "_1 = no_retag copy _2;               // scope 0 at a.rs:1:1: 1:2",
        "_1 = no_retag copy _2 as &dyn Op (PointerCoercion(Unsize, Implicit)); // scope 0 at a.rs:1:1: 1:2",
        "_1 = some_new_word copy _2;          // scope 0 at a.rs:1:1: 1:2",
        "some_new_statement(_1);              // scope 0 at a.rs:1:1: 1:2", Self.call("after", "no_retag copy _2"),
      ])
    #expect(read.reasons == ["9: no statement begins like this"])
    #expect(read.sites == ["unsize &mut dyn(Op), &dyn(Op)", "call after"])
  }

  @Test func wideSwitchValues() {
    let read = ReadMir(
      """
      fn f() -> () {
          bb0: {
              _4 = const 340282366920938463463374607431768211455_u128;
              switchInt(move _4) -> [340282366920938463463374607431768211455: bb2, 255: bb3, otherwise: bb1];
          }

          bb1: {
              _0 = one() -> [return: bb4, unwind continue];
          }

          bb2: {
              _0 = two() -> [return: bb4, unwind continue];
          }

          bb3: {
              _0 = three() -> [return: bb4, unwind continue];
          }

          bb4: {
              _5 = const false;
              switchInt(move _5) -> [0: bb6, otherwise: bb5];
          }

          bb5: {
              _0 = not_in_this_build() -> [return: bb6, unwind continue];
          }

          bb6: {
              return;
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(read.sites == ["call one", "call two", "call three", "call not_in_this_build"])
    #expect(read.facts.sites[1].siteFlags == [] && read.facts.sites[3].siteFlags == .constantFalse)
  }
}
