import RustDump
import Testing

@Suite struct ItemsAttributeTests {
  @Test func sourceForms() {
    let read = ReadItems(
      """
      #![feature(a, b)] #![no_std] #![allow(x)]
      #[no_mangle] #[inline(always)] fn a() {}
      #[unsafe(no_mangle)] #[inline(never)] #[inline] fn b() {}
      #[unsafe(export_name = "x\\"\\u{e9}\\x41")] #[track_caller] fn c() {}
      #[used] #[unsafe(link_section = r".init")] static D: u8 = 3;
      #[global_allocator] static E: u8 = 3; #[panic_handler] fn f() {}
      #[proc_macro] fn g() {} #[proc_macro_derive(Name, attributes(a, b))] fn h() {} #[proc_macro_attribute] fn i() {}
      #[lang = "eh_personality"] fn j() {} #[rustc_std_internal_symbol] fn k() {}
      #[macro_export] macro_rules! l { () => {} } #[doc(hidden)] #[doc = "hidden"] fn m() {}
      #[doc(alias = "hidden")] fn n() {}
      """)
    #expect(read.gaps.isEmpty)
    #expect(read.attributes(0) == ["feature=a", "feature=b", "noStd="])
    let all = read.tree.items.indices.dropFirst().map { read.attributes($0).joined(separator: " ") }
    #expect(
      all == [
        "noMangle= inlineAlways=", "noMangle=", "exportName=x\"éA trackCaller=", "used= linkSection=.init",
        "globalAllocator=", "panicHandler=", "procMacro=", "procMacroDerive=Name", "procMacroAttribute=",
        "lang=eh_personality", "standardInternalSymbol=", "", "", "",
      ])
    #expect(read.item("l").itemFlags.contains(.macroExported))
    #expect(read.item("m").itemFlags.contains(.docHidden) && !read.item("n").itemFlags.contains(.docHidden))
  }

  @Test func parsedForms() {
    let read = ReadItems(
      """
      #![attr = Feature([a#0,
      b#0])]
      #![attr = NoStd]
      #[attr = NoMangle]
      #[attr = Inline(Always)]
      fn a() { }
      #[attr = NoMangle(#0)]
      #[attr = Inline(Hint)]
      fn b() { }
      #[attr = ExportName {name: "ren\\"x"}]
      #[attr = TrackCaller]
      fn c() { }
      #[attr = Used {used_by: Default}]
      #[attr = LinkSection {name: ".init_array"}]
      static D: u8 = 3;
      #[attr = Link([LinkEntry {kind: Unspecified, name: "m"}, LinkEntry {kind: Dylib, name: "n"}])]
      extern "C" {
          #[attr = LinkName {name: "zz"}]
          unsafe fn e();
          fn safe();
      }
      #[attr = ProcMacroDerive {trait_name: "Name", helper_attrs: ["x"]}]
      fn f() { }
      #[attr = AutomaticallyDerived]
      impl A for B { }
      #[attr = Deprecated {deprecation: Deprecation {since: Unspecified,
      note: don't use "this, see https://x.y/z or {#0}}]
      #[attr = CfgTrace([NameValue { name: "x", value: Some("]"), span: /a//b.rs:1:2: 3:4 (#0) }])]
      #[attr = MacroExport {local_inner_macros: false}]
      macro_rules! g { () => { } }
      """, .hir)
    #expect(read.gaps.isEmpty)
    let all = read.tree.items.indices.map { read.attributes($0).joined(separator: " ") }
    #expect(
      all == [
        "feature=a feature=b noStd=", "noMangle= inlineAlways=", "noMangle=", "exportName=ren\"x trackCaller=",
        "used= linkSection=.init_array", "link=m link=n", "linkName=zz", "", "procMacroDerive=Name", "", "",
      ])
    #expect(read.item("g").itemFlags.contains(.macroExported))
    #expect(read.item("e").itemFlags == .unsafeItem && read.item("safe").itemFlags == .safeForeign)
    #expect(read.tree.items[9].itemFlags == .automaticallyDerived)
  }
}
