import MachineCode
import Testing

/// Symbols of Rust's v0 mangling.
@Suite struct SymbolTests {
  private func text(_ symbol: String) -> String? {
    guard let tree = SymbolParser.parse(symbol) else { return nil }
    var printer = SymbolPrinter(tree)
    return printer.text()
  }

  @Test(arguments: [
    ("_RNvC6_123foo3bar", "123foo::bar"),
    ("__RNvC6_123foo3bar", "123foo::bar"),
    ("_RNvC6_123foo3bar.llvm.1234ABCD", "123foo::bar"),
    ("_RNvNtC4demo6module1f", "demo::module::f"),
    ("_RNvCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y", "utf8_idents::საჭმელად_გემრიელი_სადილი"),
    // Closures, shims, constructors, constants in blocks
    ("_RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_", "cc::spawn::{closure#0}::{closure#0}"),
    ("_RNCNvC4demo1fs_0", "demo::f::{closure#1}"),
    ("_RNSNvC4demo1f6vtable", "demo::f::{shim:vtable#0}"),
    ("_RNcNtC4demo4Pair0", "demo::Pair"),
    ("_RNCNKNvC4demo1f00", "demo::f::{constant#0}::{closure#0}"),
    // Items in closures are named by the function around.
    ("_RNvNCNvC4demo1f05inner", "demo::f::inner"),
    // Impls and traits
    ("_RNvMC4demoNtC4demo4Disk3put", "<demo::Disk>::put"),
    ("_RNvMs_NtC4demo1mNtC4demo4Disk3put", "<demo::Disk>::put"),
    ("_RNvXC4demoNtC4demo4DiskNtC4core5Clone5clone", "<demo::Disk as core::Clone>::clone"),
    ("_RNvYNtC4demo4DiskNtC4core5Clone5clone", "<demo::Disk as core::Clone>::clone"),
    ("_RNvXC4demoINtC4demo4PairhmEINtC4core4FromjE4from", "<demo::Pair<u8, u32> as core::From<usize>>::from"),
    // Arguments; lifetimes are left out
    ("_RINvC4demo1fhE", "demo::f<u8>"),
    ("_RINvC4demo1fL_hL0_E", "demo::f<u8>"),
    ("_RINvC4demo1fL_E", "demo::f"),
    ("_RNCINvC4demo1fhE0", "demo::f<u8>::{closure#0}"),
    ("_RINvC4demo1fNtB2_1TBa_E", "demo::f<demo::T, demo::T>"),
    (
      "_RINbNbCskIICzLVDPPb_5alloc5alloc8box_freeDINbNiB4_5boxed5FnBoxuEp6OutputuEL_ECs1iopQbuBiw2_3std",
      "alloc::alloc::box_free<dyn alloc::boxed::FnBox<(), Output = ()>>"
    ),
  ])
  func paths(symbol: String, expected: String) { #expect(text(symbol) == expected) }

  @Test(arguments: [
    ("a", "i8"), ("b", "bool"), ("c", "char"), ("d", "f64"), ("e", "str"), ("f", "f32"), ("h", "u8"), ("i", "isize"),
    ("j", "usize"), ("l", "i32"), ("m", "u32"), ("n", "i128"), ("o", "u128"), ("s", "i16"), ("t", "u16"), ("u", "()"),
    ("v", "..."), ("x", "i64"), ("y", "u64"), ("z", "!"), ("p", "_"),
    ("Rh", "&u8"), ("RL_h", "&u8"), ("Qh", "&mut u8"), ("QL0_h", "&mut u8"), ("Ph", "*const u8"), ("Oh", "*mut u8"),
    ("Sh", "[u8]"), ("Ahj10_", "[u8; 16]"), ("TE", "()"), ("ThE", "(u8,)"), ("ThmE", "(u8, u32)"),
    ("FEu", "fn()"), ("FhmEb", "fn(u8, u32) -> bool"), ("FUEu", "unsafe fn()"), ("FKCEu", "extern \"C\" fn()"),
    ("FUK8C_unwindEu", "unsafe extern \"C-unwind\" fn()"), ("FG_RL0_hEu", "fn(&u8)"),
    ("DNtC1a1TEL_", "dyn a::T"), ("DNtC1a1TNtC1a1UEL_", "dyn a::T + a::U"), ("DEL_", "dyn "),
    ("DG_INtC1a1TRL0_hEEL_", "dyn a::T<&u8>"), ("DNtC1a1Tp1XhEL_", "dyn a::T<X = u8>"),
    ("DINtC1a1TmEp1XhEL_", "dyn a::T<u32, X = u8>"), ("DNtC1a1Tp1NKj2_EL_", "dyn a::T<N = 2>"),
    ("WmRm1_m9_", "u32"), ("WmORm1_m9_Rmb_mc_EE", nil), ("WmORm1_m9_Rmb_mc_E", "u32"),
    ("C3f16", "f16"), ("NtC1a1T", "a::T"), ("INtC1a1ThE", "a::T<u8>"),
  ])
  func types(mangled: String, expected: String?) {
    #expect(text("_RINvC1d1f\(mangled)E") == expected.map { "d::f<\($0)>" })
  }

  @Test(arguments: [
    ("hb_", "11"), ("h0_", "0"), ("h_", "0"), ("sn98_", "-152"), ("s98_", "152"), ("b0_", "false"), ("b1_", "true"),
    ("b2_", nil), ("c76_", "'v'"), ("c2202_", "'∂'"), ("cd800_", nil), ("p", "_"),
    ("offffffffffffffff_", "18446744073709551615"), ("o10000000000000000_", "0x10000000000000000"),
    ("Re616263_", "\"abc\""), ("Re61226263_", "\"a\\\"bc\""), ("e6162_", "*\"ab\""), ("Re616_", nil),
    ("RAh1_h2_E", "&[1, 2]"), ("Th1_E", "(1,)"), ("Th1_b0_E", "(1, false)"), ("Qh1_", "&mut 1"),
    ("VNtC1a4NoneU", "a::None"), ("VNtC1a4SomeTj0_E", "a::Some(0)"),
    ("VNtC1a3BarS1sRe61_2chc78_E", "a::Bar { s: \"a\", ch: 'x' }"), ("f1_", nil), ("", nil),
  ])
  func constants(mangled: String, expected: String?) {
    #expect(text("_RINvC1d1fK\(mangled)E") == expected.map { "d::f<\($0)>" })
  }

  @Test func cratesAreToldByTheirHash() throws {
    let tree = try #require(SymbolParser.parse("_RNvCs5_4demo4main"))
    var printer = SymbolPrinter(tree) { name, identity in "\(name)#\(identity)" }
    #expect(printer.text() == "demo#7::main")
    let crate = try #require(tree.crate(ofPath: tree.root))
    #expect(tree.nodes[crate].name == "demo" && tree.nodes[crate].number == 7)
  }

  @Test func orderThatDependsOnTheCompiler() throws {
    let tree = try #require(
      SymbolParser.parse("_RINvC1d1fDNtNtC4core6marker4SyncNtC1a1Tp1Yhp1XtNtC1a1AEL_FUKCEuE"))
    var printer = SymbolPrinter(tree)
    #expect(
      printer.text() == "d::f<dyn core::marker::Sync + a::T<Y = u8, X = u16> + a::A, unsafe extern \"C\" fn()>")
    printer.isNormalised = true
    #expect(printer.text() == "d::f<dyn a::A + a::T<X = u16, Y = u8> + core::marker::Sync, extern \"C\" fn()>")
  }

  @Test(arguments: [
    // A trait's default method is the trait's crate's code, whatever the type.
    ("_RNvYNtC4demo4DiskNtC4core5Clone5clone", "core"),
    ("_RNvXC4demoNtC4core3VecNtC4core5Clone5clone", "demo"),
    ("_RNvMC4demoNtC4core3Vec3put", "demo"),
    ("_RNCINvNtC4demo1m1fhE0", "demo"),
  ])
  func owners(symbol: String, crate: String) throws {
    let tree = try #require(SymbolParser.parse(symbol))
    #expect(tree.crate(ofPath: tree.root).map { tree.nodes[$0].name } == crate)
  }

  @Test func typesOfOtherVersionsOfStd() throws {
    let tree = try #require(SymbolParser.parse("_RINvC4demo1fNtC4core11AtomicUsizeINtC4core9AtomicPtrhEE"))
    var printer = SymbolPrinter(tree)
    printer.aliases = ["core::AtomicUsize": "core::Atomic<usize>", "core::AtomicPtr": "core::Atomic<*mut $0>"]
    #expect(printer.text() == "demo::f<core::Atomic<usize>, core::Atomic<*mut u8>>")
  }

  @Test(arguments: [
    "", "_", "_R", "_RN", "main", "_ZN4demo4main17h0123456789abcdefE", "_R0NvC4demo4main", "_RNvC4demo", "_RNvC9demo1f",
    "_RNvC4demo1fX", "_RNvCs_", "_RNv1a1b", "_RINvC4demo1f", "_RINvC4demo1fhEE", "_RB_", "_RNvB_1f", "_RNvB0_1f",
    "_RNvB9_1f", "_RNvBzzzzzzzzzzzzzzzz_1f", "_RNvCszzzzzzzzzzzzzzzz_4demo1f", "_RINvC1a1fKj",
    "_RNvC99999999999999999999a1f",
    "_RINvC1a1fDEE", "_RINvC1a1fFhE", "_RNvC4u_-1f", "_RMC1a",
  ])
  func malformed(symbol: String) { #expect(text(symbol) == nil) }

  @Test func nothingThatIsCutOffIsRead() {
    let whole = "_RINvMs_NtC4demo1mINtC4demo4PairRL_hKj2_E3putDNtC1a1Tp1XhEL_FUKCThmEEbE"
    #expect(text(whole) != nil)
    for length in 0..<whole.utf8.count { #expect(text(String(whole.prefix(length))) == nil, "\(length)") }
  }

  @Test func deepNestingIsRefused() {
    #expect(text("_RINvC1a1f" + String(repeating: "R", count: 100) + "hE") != nil)
    for letter in ["R", "T", "S", "O", "INt", "FK", "DI", "A", "M", "Y", "WO", "KR", "KV"] {
      #expect(text("_RINvC1a1f" + String(repeating: letter, count: 20_000)) == nil)
    }
    #expect(text("_RNvC" + String(repeating: "1a", count: 100_000)) == nil)
  }

  /// Each level refers to the one before twice: written out, the type has two to the power of its depth parts.
  @Test func repeatedReferencesStaySmall() throws {
    var symbol = "_RINvC1a1fThhE"
    var place = 8
    for _ in 0..<60 {
      let next = symbol.utf8.count - 2
      let reference = "B\(base62(place))"
      symbol += "T\(reference)\(reference)E"
      place = next
    }
    let tree = try #require(SymbolParser.parse(symbol + "E"))
    #expect(tree.nodes.count < 200)
    var printer = SymbolPrinter(tree)
    #expect(printer.text().utf8.count < 70_000)
  }

  private func base62(_ value: Int) -> String {
    guard value > 0 else { return "_" }
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var text = "_"
    var rest = value - 1
    repeat {
      text = String(digits[rest % 62]) + text
      rest /= 62
    } while rest > 0
    return text
  }

  /// Bytes that are changed here and there must not lead to a crash, whatever comes out.
  @Test func damagedSymbols() {
    let symbols = [
      "_RINbNbCskIICzLVDPPb_5alloc5alloc8box_freeDINbNiB4_5boxed5FnBoxuEp6OutputuEL_ECs1iopQbuBiw2_3std",
      "_RINvMs_NtC4demo1mINtC4demo4PairRL_hKj2_E3putDNtC1a1Tp1XhEL_FUKCThmEEbKVNtC1a3BarS1sRe61_2chc78_EE",
      "_RNvCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y",
    ]
    let letters = Array("0159_BCDEFIKLMNRSTVXYabcdehjnpsuvz".utf8)
    var random = Repeatable()
    var refused = 0
    for _ in 0..<3000 {
      var bytes = Array((symbols.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 2..<bytes.count, using: &random)] = letters.randomElement(using: &random) ?? 0
      }
      if text(String(decoding: bytes, as: UTF8.self)) == nil { refused += 1 }
    }
    #expect(refused > 1000)
  }

  /// The same numbers in each run (Knuth's MMIX generator).
  private struct Repeatable: RandomNumberGenerator {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
