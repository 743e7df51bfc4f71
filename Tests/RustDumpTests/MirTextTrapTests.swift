import RustDump
import Testing

/// Texts that hold what lines are cut on: comments, strings, templates, memory.
@Suite struct MirTextTrapTests {
  @Test func commentsInStrings() {
    let read = ReadMir(statements: [
      #"_4 = const "raw \"quoted\" // comment -> [return: bb3]; "; // scope 3 at lib.rs:39:13: 39:60"#,
      #"_2 = const b"}\n{\"\\\xff\x00 -> bb1;"; // scope 0 at lib.rs:8:27: 8:52"#,
      #"_5 = const "// scope 0 at a.rs:1:2: 3:4"; // scope 0 at lib.rs:52:14: 52:43"#,
      #"_3 = std::fmt::Arguments::<'_>::from_str(const "boom {} -> [return: bb1] // scope 0 at b.rs:1:2: 3:4") -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:21: 1:27"#,
      #"assert(const false, "`async fn` -> [return: bb1] // scope 1") -> [success: bb2, unwind continue]; // scope 0 at a.rs:1:1: 1:2"#,
    ])
    #expect(read.reasons == [] && read.sites == ["call std::fmt::Arguments::from_str"])
    #expect(read.facts.sites.map(\.line) == [1] && read.facts.sites.map(\.column) == [21])
    #expect(read.name(read.facts.sites[0].file) == "a.rs")
  }

  @Test func templatesAreRaw() {
    let read = ReadMir(
      #"""
      fn template(_1: u64) -> u64 {
          let mut _0: u64;                     // return place in scope 0 at lib.rs:77:32: 77:35

          bb0: {
              asm!("add {0}, {1}
      /* " -> [return: bb9, unwind unreachable]; */ nop
      /* -> [return: bb9, unwind unreachable];
      fn fake() -> () {
      }
      }} */", inout(reg) copy _1 => _1, const const template::{constant#0}, sym_fn target, options(PURE | NOMEM | NOSTACK)) -> [return: bb1, unwind unreachable]; // scope 0 at lib.rs:79:9: 87:10
                                               // mir::ConstOperand
                                               // + span: lib.rs:83:19: 83:20
                                               // + const_: Const { ty: i32, val: Unevaluated(template::{constant#0}, [], None) }
                                               // mir::ConstOperand
                                               // + span: lib.rs:94:25: 94:35
                                               // + const_: Const { ty: extern "C" fn() {target}, val: Value(target) }
          }

          bb1: {
              _2 = after() -> [return: bb2, unwind continue]; // scope 0 at lib.rs:88:1: 88:9
          }
      }

      template::{constant#0}: i32 = {
      }
      """#)
    #expect(read.reasons == [])
    #expect(read.bodies == ["function template: u64", "anonymousConstant template::{constant#0}: i32"])
    #expect(read.facts.statistics.assemblies == 1 && read.facts.statistics.calls == 1)
    #expect(read.sites.contains("assembly") && read.sites.contains("assemblySymbol target"))
    #expect(read.sites.last == "call after")
    #expect(read.facts.sites.first?.line == 79)
  }

  @Test func symbolsOfTemplates() {
    let read = ReadMir(statements: [
      #"asm!("call {0}", sym_fn <Disk as Store<u8, u16>>::put, lateout("ax") _, options()) -> [return: bb1, unwind unreachable]; // scope 0 at lib.rs:94:9: 94:54"#,
      #"asm!("lea {0}, [rip + {1}]", out(reg) _, sym_static DefId(0:12 ~ literals[0c02]::inner::COUNTER), options()) -> [return: bb2, unwind unreachable]; // scope 0 at lib.rs:95:9: 95:62"#,
      #"asm!("{0} sym_fn nothing", sym_static DefId(20:12 ~ other[0c02]::COUNTER)) -> [return: bb2, unwind unreachable]; // scope 0 at lib.rs:95:9: 95:62"#,
    ])
    #expect(read.reasons == [])
    #expect(
      read.sites.filter { $0 != "assembly" } == [
        "assemblySymbol <Disk as Store<u8, u16>>::put", "assemblySymbol inner::COUNTER",
        "assemblySymbol other::COUNTER",
      ])
  }

  @Test func quotesOfLifetimesAndCharacters() {
    let read = ReadMir(
      #"""
      fn constant_arguments(_1: Constant<'{'>, _2: Constant<'>'>, _3: Constant<'\''>, _4: &'a str, _5: G<'_, u8>) -> Flags<true, -5, usize::MAX> {
          let mut _0: Flags<true, -5, usize::MAX>; // return place in scope 0 at lib.rs:117:88: 117:119
          let _6: Constant<'('>;               // in scope 0 at lib.rs:117:88: 117:119

          bb0: {
              _7 = takes::<Constant<'('>, Constant<')'>, Constant<'"'>>(const '(', const '"', const '\'', move _6) -> [return: bb1, unwind continue]; // scope 0 at lib.rs:118:5: 118:10
              _8 = <Constant<','> as Tr<'_>>::m::<'\u{7b}', '{'>(const 'a') -> [return: bb1, unwind continue]; // scope 0 at lib.rs:118:5: 118:10
              drop(_6) -> [return: bb2, unwind continue]; // scope 0 at lib.rs:118:5: 118:10
              switchInt(move _5) -> [39: bb2, 123: bb4, otherwise: bb1]; // scope 0 at lib.rs:118:5: 118:10
          }
      }

      const constant_arguments::{constant#0}: char = const '{';

      const LETTER: char = const '\'';

      static S: Constant<'='> = {
      }
      """#)
    #expect(read.reasons == [])
    #expect(
      read.parameters("constant_arguments") == [
        "Constant<{'{'}>", "Constant<{'>'}>", #"Constant<{'\''}>"#, "&str", "G<u8>",
      ])
    #expect(
      read.bodies.dropFirst() == [
        "anonymousConstant constant_arguments::{constant#0}: char", "constant LETTER: char",
        "staticItem S: Constant<{'='}>",
      ])
    #expect(
      read.sites == [
        #"call takes<Constant<{'('}>, Constant<{')'}>, Constant<{'"'}>>"#,
        #"call <Constant<{','}> as Tr>::m<{'\u{7b}'}, {'{'}>"#, "drop Constant<{'('}>", "literal {'{'}",
        #"literal {'\''}"#,
      ])
  }

  @Test func memoryHoldsAnyCharacters() {
    let read = ReadMir(
      """
      static NAMED: [(&str, &dyn Operation); 1] = {
      }

      alloc25 (static: NAMED, size: 32, align: 8) {
          0x00 │ ╾────alloc13<imm>─────╼ 06 00 00 00 00 00 00 00 │ ╾──────╼........
          0x10 │ ╾────alloc27<imm>─────╼ ╾───────alloc28───────╼ │ ╾──────╼╾──────╼
      }

      alloc13 (size: 65, align: 1) {
          0x00 │ 7d 0a 7d 0a 7d 20 20 20 20 20 20 20 20 20 20 20 │ }.}.}          \u{20}
          0x10 │ 20 20 20 20 7d 20 20 20 20 20 20 20 20 20 20 20 │ fn fake() -> {}
          0x20 │ 20 20 20 20 7d 0a 0a 0a 0a 7b 7b 7b 7b 7b 7b 7b │ }alloc9 (fn: a)
          0x40 │ 7b                                              │ {
      }

      alloc27 (size: 0, align: 1) {}

      alloc28 (vtable: impl Operation + std::marker::Sync for Double)

      alloc29 (vtable: impl for<'a> std::ops::Fn(&'a u8) -> u8 + std::marker::Send for {closure@a.rs:1:2: 3:4})

      fn f() -> () {
          let mut _0: ();                      // return place in scope 0 at lib.rs:77:32: 77:35

          bb0: {
              _3 = const {alloc25: &[(&str, &dyn Operation); 1]}; // scope 0 at lib.rs:5:1: 5:2
                                               // mir::ConstOperand
                                               // + span: lib.rs:5:1: 5:2
                                               // + const_: Const { ty: &[(&str, &dyn Operation); 1], val: Value({alloc25: &[(&str, &dyn Operation); 1]}) }
          }
      }
      """)
    #expect(read.reasons == [])
    #expect(read.sites("f") == ["staticUse NAMED"])
    let memory = read.facts.bodies.filter { $0.bodyKind == .staticMemory }
    #expect(memory.flatMap { read.sites(of: $0) } == ["vtableInMemory dyn(Operation + std::marker::Sync), Double"])
  }
}
