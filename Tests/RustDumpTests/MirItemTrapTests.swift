import RustDump
import Testing

/// Items that do not begin or end like others.
@Suite struct MirItemTrapTests {
  @Test func itemsOfOneLine() {
    let read = ReadMir(
      #"""
      const NAMES::{constant#0}: usize = const 1_usize;

      const BRACES: &str = const "fn x() -> () { bb0: { return; } } = // {";

      const <impl at lib.rs:74:1: 74:39>::ID: u32 = const 9_u32;

      const _: () = const ();

      alloc11 (fn: double)

      alloc6 (fn: <{closure@consts_statics.rs:4:52: 4:54} as std::ops::FnOnce<()>>::call_once - shim)

      alloc9 (extern static: sys::environ)

      fn after() -> () {
      }
      """#)
    #expect(read.reasons == [])
    #expect(
      read.bodies == [
        "anonymousConstant NAMES::{constant#0}: usize", "constant BRACES: &str",
        "constant <impl at lib.rs:74:1: 74:39>::ID: u32", "constant _: ()", "function after: ()",
      ])
  }

  @Test func itemsWithoutAKeyword() {
    let read = ReadMir(
      """
      PLAIN::{constant#0}: for<'a> fn(std::option::Option<&'a mut std::option::Option<std::cell::RefCell<std::vec::Vec<u32>>>>) -> *const std::cell::RefCell<std::vec::Vec<u32>> = {
      }

      symbols::{constant#0}: extern "C" fn() {target} = {
      }

      <impl at lib.rs:1:2: 3:4>::f::{constant#1}: [Constant<'{'>; 2] = {
      }

      {impl#0}::K::{constant#1}: u8 = {
      }

      const <impl at F:37:1: 37:121>::fmt::promoted[0]: &[&str; 1] = {
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.bodies == [
        "anonymousConstant PLAIN::{constant#0}: fn 0 \"\" (std::option::Option<&mut std::option::Option<std::cell::RefCell<std::vec::Vec<u32>>>>, *const std::cell::RefCell<std::vec::Vec<u32>>)",
        "anonymousConstant symbols::{constant#0}: item target (fn 0 \"C\" (()))",
        "anonymousConstant <impl at lib.rs:1:2: 3:4>::f::{constant#1}: [Constant<{'{'}>; {2}]",
        "anonymousConstant {impl#0}::K::{constant#1}: u8",
        "promoted <impl at F:37:1: 37:121>::fmt::promoted[0]: &[&str; {1}]",
      ])
  }

  @Test func formsOfOlderCompilersAreStatedAndPassedOver() {
    let read = ReadMir(
      """
      promoted[0] in <impl at F:37:1: 37:121>::fmt: &[&str; 1] = {
          bb0: {
              _1 = hidden() -> bb1;
          }
      }

      fn after() -> () {
      }
      """)
    #expect(read.reasons == ["1: no item of a MIR dump begins like this"])
    #expect(read.bodies == ["function after: ()"])
  }

  @Test func spansHoldColonsAndBlanks() {
    let read = ReadMir(
      """
      fn <impl at src/a file.rs:4:1: 4:20>::drop(_1: &mut {closure@a.rs:1:2: 1:9}) -> () {
          let mut _0: ();                      // return place in scope 0 at src/a file.rs:1:1: 1:2
          let mut _2: {async block@src/a file.rs:177:17: 177:27}; // in scope 0 at src/a file.rs:178:11: 178:16

          bb0: {
              _2 = {coroutine@src/a file.rs:177:17: 177:27 (#0)} { n: copy _3, m: move _1 }; // scope 1 at src/a file.rs:177:17: 177:45
                                               // coroutine
                                               // + def_id: DefId(0:94 ~ nested[92c4]::{impl#0}::drop::{closure#0})
                                               // + args: [
                                               //     (),
                                               // ]
              drop(_2) -> [return: bb1, unwind: bb6]; // scope 0 at src/a file.rs:10:32: 10:33
          }
      }

      const <impl at a: b.rs:4:1: 4:20>::K: [u8; 2] = {
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.bodies == [
        "function <impl at src/a file.rs:4:1: 4:20>::drop: ()", "constant <impl at a: b.rs:4:1: 4:20>::K: [u8; {2}]",
      ])
    #expect(read.parameters("<impl at src/a file.rs:4:1: 4:20>::drop") == ["&mut closure@a.rs:1:2: 1:9"])
    #expect(
      read.sites == [
        "closure <impl at src/a file.rs:4:1: 4:20>::drop::{closure#0}, coroutine@src/a file.rs:177:17: 177:27 of -, &mut closure@a.rs:1:2: 1:9",
        "drop asyncBlock@src/a file.rs:177:17: 177:27",
      ])
    #expect(read.facts.sites.map(\.line) == [177, 10] || read.facts.sites.map(\.line) == [177, 177])
    #expect(read.name(read.facts.sites[0].file) == "src/a file.rs" && read.name(read.facts.crateHash) == "92c4")
  }

  @Test func equalHeaders() {
    let read = ReadMir(
      """
      fn Kind::B(_1: u32) -> Kind {
          bb0: {
              _0 = Kind::B(move _1);
              return;
          }
      }

      // MIR FOR CTFE
      fn Kind::B(_1: u32) -> Kind {
          bb0: {
              _0 = call() -> [return: bb1, unwind continue];
          }
      }

      fn outer2::shadow() -> u32 {
          bb0: {
              _0 = one() -> [return: bb1, unwind continue];
          }
      }

      fn outer2::shadow() -> u32 {
          bb0: {
              _0 = two() -> [return: bb1, unwind continue];
          }
      }

      fn <impl at impls.rs:20:41: 20:67>::put(_1: &Wrapped<u8>) -> u32 {
      }

      fn <impl at impls.rs:20:41: 20:67>::put(_1: &Wrapped<u16>) -> u32 {
      }
      """)
    #expect(read.reasons == [])
    #expect(read.facts.statistics.functions == 5 && read.facts.statistics.calls == 2)
    #expect(read.sites("outer2::shadow") == ["call one", "call two"] && read.sites.count == 2)
    #expect(
      read.facts.bodies.suffix(2).map { read.list($0.parametersStart, $0.parametersCount) } == [
        ["&Wrapped<u8>"], ["&Wrapped<u16>"],
      ])
  }

  @Test func constructorsAtTheEnd() {
    let read = ReadMir(
      """
      fn f() -> () {
          let mut _0: ();                      // return place in scope 0 at lib.rs:1:1: 1:2

          bb0: {
              _3 = std::iter::Iterator::map::<I, Wrap<f32>, fn(f32) -> Wrap<f32> {Wrap::<f32>}>(move _4, Wrap::<f32>) -> [return: bb1, unwind continue]; // scope 0 at lib.rs:1:1: 1:2
                                               // mir::ConstOperand
                                               // + span: lib.rs:1:1: 1:2
                                               // + const_: Const { ty: fn(I, fn(f32) -> Wrap<f32> {Wrap::<f32>}) -> X {std::iter::Iterator::map::<I, Wrap<f32>, fn(f32) -> Wrap<f32> {Wrap::<f32>}>}, val: Value(std::iter::Iterator::map::<I, Wrap<f32>, fn(f32) -> Wrap<f32> {Wrap::<f32>}>) }
                                               // mir::ConstOperand
                                               // + span: lib.rs:1:1: 1:2
                                               // + const_: Const { ty: fn(f32) -> Wrap<f32> {Wrap::<f32>}, val: Value(Wrap::<f32>) }
              _5 = Guard(move _1);             // scope 0 at lib.rs:1:1: 1:2
              _6 = std::option::Option::<u8>::Some(move _2); // scope 0 at lib.rs:1:1: 1:2
              _7 = std::ops::Range::<u8> { start: const 0_u8, end: const 1_u8 }; // scope 0 at lib.rs:1:1: 1:2
              _8 = AddWithOverflow(copy _4, copy _15); // scope 0 at lib.rs:85:5: 85:65
              _9 = std::sync::atomic::Ordering::SeqCst; // scope 0 at lib.rs:85:5: 85:65
              _10 = (move _1,);                // scope 0 at lib.rs:85:5: 85:65
              _11 = [const 0_u8; 21];          // scope 0 at lib.rs:85:5: 85:65
          }
      }

      fn Wrap(_1: T) -> Wrap<T> {
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.sites == [
        "call std::iter::Iterator::map<I, Wrap<f32>, item Wrap<f32> (fn 0 \"\" (f32, Wrap<f32>))>", "mention Wrap<f32>",
      ])
    #expect(read.bodies.last == "function Wrap: Wrap<T>")
  }

  @Test func argumentsInSourceText() {
    let read = ReadMir(
      """
      fn source_text(_1: impl Future<Output = u8> + Send + 'static, _2: impl for<'a> Fn(&'a u8) -> &'a u8, _3: &impl Debug) -> () {
          bb0: {
              _5 = <impl Future<Output = u8> + Send + 'static as std::future::IntoFuture>::into_future(move _1) -> [return: bb1, unwind continue];
              _6 = <impl for<'a> Fn(&'a u8) -> &'a u8 as std::ops::Fn<(&u8,)>>::call(move _2, move _9) -> [return: bb1, unwind continue];
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(
      read.parameters("source_text") == [
        "impl 'Future<Output = u8> + Send + 'static' (Future<Output = u8> + Send)",
        "impl 'for<'a> Fn(&'a u8) -> &'a u8' (Fn<(&u8), Output = &u8>)", "&impl 'Debug' (Debug)",
      ])
    #expect(
      read.sites == [
        "call <impl 'Future<Output = u8> + Send + 'static' (Future<Output = u8> + Send) as "
          + "std::future::IntoFuture>::into_future",
        "call <impl 'for<'a> Fn(&'a u8) -> &'a u8' (Fn<(&u8), Output = &u8>) as std::ops::Fn<(&u8)>>::call",
      ])
  }

  @Test func repeatedNamesAndEmptyScopes() {
    let read = ReadMir(
      declarations: [
        "let mut _1: u8;                      // in scope 0 at a.rs:1:1: 1:2", "scope 3 {", "}", "scope 1 {",
        "    debug n => _4;                   // in scope 1 at lib.rs:142:12: 142:13",
        "    debug n => (*((*(_1.0: &mut T)).0: &u32)); // in scope 1 at lib.rs:142:12: 142:13",
        "    let _5: std::string::String;     // in scope 1 at lib.rs:142:12: 142:13", "    scope 2 {", "    }", "}",
      ], statements: ["drop(_5) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2"])
    #expect(read.reasons == [] && read.sites == ["drop std::string::String"])
  }
}
