import RustDump
import Testing

@Suite struct MirHostileTests {
  static let sample = #"""
    // WARNING: This output format is intended for human consumers only
    fn <impl at a.rs:1:2: 3:4>::run(_1: &dyn Op + Sync, _2: *const u8) -> Flags<'{', { N }> {
        debug x => (*((*(_1.0: &mut T)).0: &u32)); // in scope 0 at a.rs:1:1: 1:2
        let mut _0: u8;                      // return place in scope 0 at a.rs:1:1: 1:2
        scope 1 {
            let _3: std::boxed::Box<[u8; 2]>; // in scope 1 at a.rs:1:1: 1:2
        }

        bb0: {
            _4 = <T as Tr>::m::<fn(u8) -> u8 {f}>(const "a \" (", const K, g::<u8>) -> [return: bb1, unwind: bb2]; // scope 0 at a.rs:1:1: 1:2
                                             // mir::ConstOperand
                                             // + span: a.rs:1:1: 1:2
                                             // + const_: Const { ty: unsafe fn() {f}, val: Value(f) }
            _5 = move _3 as &dyn Op (PointerCoercion(Unsize, Implicit)); // scope 0 at a.rs:1:1: 1:2
            _6 = {closure@a.rs:1:1: 1:2} { x: move _3, y: copy ((*_1).0: [u8; 2])[1 of 2] }; // scope 0 at a.rs:1:1: 1:2
                                             // closure
                                             // + def_id: DefId(0:127 ~ paths[5562]::f::{closure#0})
            (*_2) = copy (*_2);              // scope 0 at a.rs:1:1: 1:2
            asm!("a
    }", sym_static DefId(2:3 ~ b[c]::d)) -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2
        }

        bb1 (cleanup): {
            drop((_3.0: T)) -> [return: bb2, unwind terminate(cleanup)]; // scope 0 at a.rs:1:1: 1:2
            _7 = const false;
            switchInt(move _7) -> [0: bb1, otherwise: bb2];
        }
    }

    static S: &[fn()] = {
    }
    alloc1 (static: S, size: 8, align: 8) {
        0x00 │ ╾────alloc2<imm>──────╼ │ ╾──────╼
    }
    alloc2 (vtable: impl Op + Sync for Dbl)
    """#

  @Test func everyTruncation() {
    let bytes = Array(Self.sample.utf8)
    for count in 0...bytes.count { check(ReadMir(bytes: Array(bytes[..<count]))) }
    #expect(ReadMir(Self.sample).reasons == [])
    #expect(ReadMir(Self.sample).facts.bodies.count == 3)
  }

  @Test func everyByteReplaced() {
    let bytes = Array(Self.sample.utf8)
    let replacements = Array("{}()[]<>\"'#;:,/*&=|!_ \n0az\u{0}é".utf8) + [0xFF]
    var seed: UInt64 = 1
    for round in 0..<3 * bytes.count {
      var changed = bytes
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      changed[round % bytes.count] = replacements[Int(seed >> 33) % replacements.count]
      check(ReadMir(bytes: changed))
    }
  }

  @Test func linesInAnyOrder() {
    let lines = Self.sample.split(separator: "\n", omittingEmptySubsequences: false)
    var seed: UInt64 = 3
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<60 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += lines[Int(seed >> 33) % lines.count] + "\n"
      }
      check(ReadMir(text))
    }
  }

  @Test(arguments: [
    "(", "[", "{", "<", "&", "*const ", "fn(", "Vec<", "dyn A<", "dyn A + ", "impl ", "<T as ", "Fn(", "(A, ", "[u8; ",
    "for<", "a::", "{closure@", "{async fn body of ", "<impl ", "'", "\"", "const ", "move ", "(*", "((_1.0: ", "_1[",
    "alloc1 (", "fn a(_1: ", "fn a() -> {\n", "    bb0: {\n", "\n", " ", "unsafe extern \"C\" ", "a: ", " = ",
    "// scope 0 at ",
    "asm!(\"", "#[", "-> [return: bb", ", sym_fn ", "{ x: ",
  ])
  func deepNesting(_ unit: String) {
    let many = String(repeating: unit, count: 20_000)
    let texts = [
      many, "fn a(_1: \(many)) -> u8 {\n}\n", "const A: \(many) = {\n}\n",
      "alloc1 (fn: \(many))\n", "alloc1 (vtable: impl \(many) for \(many))\n",
      "fn f() -> () {\n    let _1: \(many);\n\n    bb0: {\n        _1 = \(many)() -> [return: bb1, unwind continue];\n"
        + "        _2 = copy \(many) as &dyn A (PointerCoercion(Unsize, Implicit));\n        drop(\(many)) -> bb1;\n"
        + "        _3 = {closure@a} { x: \(many) };\n        asm!(\"\(many)\n",
    ]
    onSmallStack { for text in texts { check(ReadMir(text)) } }
  }

  @Test func manyGaps() {
    let read = ReadMir(String(repeating: "nothing of the kind\n\n", count: 100_000))
    #expect(read.facts.statistics.unreadable == 100_000 && read.gaps.count == 10_000)
    #expect(read.gaps.last?.line == 19_999)
  }

  /// Lists of operands, captures and symbols, each of which is looked for in the rest of its line.
  @Test(.timeLimit(.minutes(1)))
  func longLists() {
    let count = 20_000
    func repeated(_ unit: String) -> String { String(repeating: unit, count: count) }
    let withoutSpans = ReadMir(
      "fn f() -> () {\n    bb0: {\n        _1 = a(\(repeated("const K, g::h, "))move _1) -> bb1;\n    }\n}\n")
    #expect(withoutSpans.reasons == [] && withoutSpans.facts.sites.count == 2 * count + 1)
    let captures = ReadMir(statements: ["_1 = {closure@a.rs:1:1: 1:2} { \(repeated("x: copy _1, "))y: move _1 };"])
    #expect(captures.reasons == [] && captures.facts.lists.count == count + 1)
    let span = " -> [return: bb1, unwind continue]; // scope 0 at a.rs:1:1: 1:2"
    let symbols = ReadMir(statements: ["asm!(\"nop\"\(repeated(", sym_fn a")))" + span])
    #expect(symbols.reasons == [] && symbols.facts.sites.count == count + 1)
    let unreadable = ReadMir(statements: ["asm!(\"\(repeated(", sym_fn (\"'"))\")" + span])
    #expect(unreadable.gaps.count == 17)
  }

  @Test func allocationsThatReferToEachOther() {
    var text = ""
    let count = 3500
    for number in 0..<count {
      text += "alloc\(number) (size: 8, align: 8) {\n    0x00 │ ╾──alloc\(number + 1)<imm>──╼ │ .\n}\n\n"
    }
    text += "alloc\(count) (fn: a::b)\n\nfn f() -> () {\n    bb0: {\n"
    for _ in 0..<count {
      text += "        _1 = const {alloc0: &u8};\n                                         "
      text += "// + const_: Const { ty: &u8, val: Value({alloc0: &u8}) }\n"
    }
    let read = ReadMir(text + "    }\n}\n")
    #expect(read.sites.first == "functionInMemory a::b" && read.gaps.count == 1)
    #expect(read.reasons[0].contains("too often"))
  }

  @Test func noise() {
    var seed: UInt64 = 5
    let bytes = (0..<300_000).map { _ in
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: seed >> 33)
    }
    check(ReadMir(bytes: bytes))
    #expect(ReadMir("").facts.bodies.isEmpty && ReadMir(bytes: []).gaps.isEmpty)
  }
}

/// All numbers in the facts are within what they index.
private func check(_ read: ReadMir) {
  let terms = UInt32(read.store.terms.count)
  for body in read.facts.bodies {
    #expect(body.path < terms && body.type < terms)
    #expect(Int(body.sitesStart + body.sitesCount) <= read.facts.sites.count)
    #expect(Int(body.parametersStart + body.parametersCount) <= read.facts.lists.count)
  }
  for site in read.facts.sites {
    #expect(site.a < terms && site.b < terms && Int(site.listStart + site.listCount) <= read.facts.lists.count)
  }
}
