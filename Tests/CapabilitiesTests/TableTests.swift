import Capabilities
import Project
import TestSupport
import Testing

@Suite struct TaxonomyTests {
  let taxonomy = TestTables.all.taxonomy

  @Test func knowsCapabilitiesGroupsAndNamesOfOthers() {
    #expect(taxonomy.names(taxonomy.members(of: "fs") ?? CapabilitySet()) == ["fs.meta", "fs.read", "fs.write"])
    #expect(taxonomy.members(of: "cap_io") == taxonomy.members(of: "io"))
    #expect(taxonomy.members(of: "std/command") == taxonomy.members(of: "process.spawn"))
    #expect(taxonomy.members(of: "CAPABILITY_FILES") == taxonomy.members(of: "fs"))
    #expect(taxonomy.members(of: "fs.frobnicate") == nil)
    #expect(taxonomy.everything.contains(taxonomy.unknown))
  }

  @Test func saysWhereATaxonomyIsWrong() {
    func message(_ text: String) -> String {
      do {
        _ = try Taxonomy(bytes: Array(text.utf8), file: "t.txt")
        return "fine"
      } catch { return "\(error)" }
    }
    #expect(message("# a\ncapability\tx\tmuch\ttext\n").hasPrefix("t.txt:2: "))
    #expect(message("group\tg\ta,b\ttext\n") == "t.txt:1: `a` is not a name above this line")
    #expect(message("capability\tx\tlimited\ta\n\ncapability\tx\tlimited\ta\n") == "t.txt:3: `x` is there twice")
    #expect(message("capability\tx\tlimited\ta\n") == "t.txt: there is no capability `unknown`")
  }
}

@Suite struct SinkTableTests {
  let tables = TestTables.all

  private func answer(_ path: String) -> String {
    String(tables.sinks.answerLine(for: path, taxonomy: tables.taxonomy).dropFirst(path.count + 1))
  }

  @Test(arguments: [
    ("std::fs::write", "fs.write\tambient"),
    ("std::fs::File::open::<&str>", "fs.read\tambient"),
    ("<std::fs::File as std::io::Read>::read_to_string", "fs.read\thandle"),
    ("<&std::fs::File as std::io::Read>::read", "fs.read\thandle"),
    ("<&mut std::net::TcpStream as std::io::Write>::write", "net.connect\thandle"),
    ("std::thread::scoped::<impl std::thread::Builder>::spawn_scoped", "thread\tambient"),
    ("core::num::<impl u32>::wrapping_add", "none\t-"),
    ("<std::vec::Vec<u8> as std::io::Write>::write_all", "none\t-"),
    ("<T as std::io::Read>::read", "none\t-"),
    ("std::fs::frobnicate", "unclassified\t-"),
    ("<std::fs::File as std::io::Read>::frobnicate", "unclassified\t-"),
    ("<std::collections::HashMap<u8, u8> as std::default::Default>::default", "random\tambient"),
    ("<std::collections::HashMap<K, V, S> as std::default::Default>::default", "none\t-"),
    ("<(dyn std::any::Any + 'static)>::is::<u8>", "none\t-"),
    ("std::boxed::convert::<impl std::boxed::Box<(dyn std::any::Any + 'static)>>::downcast", "none\t-"),
    ("", "unclassified\t-"),
    ("<<<", "unclassified\t-"),
  ])
  func classifies(path: String, expected: String) {
    #expect(answer(path) == expected)
  }

  @Test func replacesAndRefuses() throws {
    func table(_ text: String) throws -> SinkTable {
      try SinkTable(sinks: [(Array(text.utf8), "s.txt")], pure: nil, taxonomy: tables.taxonomy)
    }
    func message(_ text: String) -> String {
      do {
        _ = try table(text)
        return "fine"
      } catch { return "\(error)" }
    }
    let own = try table("std::{a,b}::{c,d}\ttime\tambient\nstd::m*\tnone\t-\n")
    #expect(own.classify("std::b::c") != .unclassified)
    #expect(own.classify("std::mm::x") == .none)
    #expect(own.classify("std::e::c") == .unclassified)
    #expect(message("std::a\ttime\n").hasPrefix("s.txt:1: a line is"))
    #expect(message("std::a\ttimes\tambient\n") == "s.txt:1: `times` is not a capability")
    #expect(message("std::a\tnone\tambient\n").hasPrefix("s.txt:1: authority"))
    #expect(message("std::{a\ttime\tambient\n") == "s.txt:1: a group in braces has no end")
    #expect(message("std::a\ttime\tambient\n\nstd::a\ttime\tambient\n") == "s.txt:3: `std::a` is there twice")
    #expect(message("std::\u{FF}\u{0}\ttime\tambient\n") == "fine")
  }

  @Test func knowsWhichModulesTouchTheSystem() {
    #expect(tables.sinks.isInGuardedModule("std::fs::frobnicate"))
    #expect(tables.sinks.isInGuardedModule("<std::fs::File as std::io::Frob>::x"))
    #expect(!tables.sinks.isInGuardedModule("std::vec::Vec::frobnicate"))
    #expect(tables.sinks.isStandardPath("<u8 as core::clone::Clone>::clone"))
    #expect(!tables.sinks.isStandardPath("demo::f"))
  }
}

@Suite struct ForeignSymbolTests {
  let tables = TestTables.all

  private func names(_ symbol: String) -> [String] {
    tables.taxonomy.names(tables.foreignSymbols.capabilities(ofCall: symbol).0)
  }

  @Test func everyForeignCallHasFFIAndTheClassOfItsSymbol() {
    #expect(names("unlink") == ["ffi", "fs.write"])
    #expect(names("stat@FBSD_1.0") == ["ffi", "fs.meta"])
    #expect(names("\u{1}open$NOCANCEL") == ["ffi", "fs.read", "fs.write"])
    #expect(names("no_such_symbol_at_all") == ["ffi"])
    #expect(tables.foreignSymbols.classify("no_such_symbol_at_all") == .unclassified)
  }
}
