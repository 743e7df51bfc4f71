import Capabilities
import Project
import TestSupport
import Testing

@Suite struct ForeignTableTests {
  private let tables = TestTables.all

  private func names(_ symbol: String) -> [String] {
    tables.taxonomy.names(tables.foreignSymbols.capabilities(ofCall: symbol).0)
  }

  private static let classes: [(String, [String])] = [
    ("strlen", ["ffi"]), ("open64", ["ffi", "fs.read", "fs.write"]), ("execve", ["ffi", "process.spawn"]),
    ("open$NOCANCEL", ["ffi", "fs.read", "fs.write"]), ("\u{1}_dyld_image_count", ["ffi"]),
    ("CreateProcessW", ["ffi", "process.spawn"]), ("GetClipboardFormatNameW", ["ffi", "stdio.read"]),
    ("dlopen", ["dylib", "ffi"]), ("pthread_create", ["ffi", "thread"]), ("sqlite3_libversion", ["ffi"]),
    ("sqlite3_open", ["ffi", "fs.read", "fs.write"]), ("ZSTD_compress", ["ffi"]), ("no_such_symbol_at_all", ["ffi"]),
  ]

  @Test(arguments: classes)
  func symbolsHaveTheirClass(_ symbol: String, _ expected: [String]) {
    #expect(names(symbol) == expected)
  }

  @Test func symbolsOfSystemsAreKnown() {
    #expect(tables.foreignSymbols.library(of: "getpid") == "libc")
    #expect(tables.foreignSymbols.library(of: "CreateFileW") == "windows")
    #expect(tables.foreignSymbols.library(of: "sqlite3_open") == nil)
    #expect(tables.runtimeSymbols.owner(of: "rust_eh_personality") == "rust-runtime")
    #expect(tables.runtimeSymbols.owner(of: "__rust_alloc") == "rust-runtime")
    #expect(tables.runtimeSymbols.owner(of: "__udivti3") == "compiler-builtins")
    #expect(tables.runtimeSymbols.owner(of: "mine") == nil)
  }

  @Test func numbersDependOnTheProcessor() {
    let calls = tables.numberedCalls
    #expect(
      calls.systemCall(59, on: NumberedCallTable.Processor.possible("x86_64-unknown-linux-gnu"))?.name == "execve")
    #expect(calls.systemCall(221, on: NumberedCallTable.Processor.possible("aarch64-linux-android"))?.name == "execve")
    #expect(calls.systemCall(59, on: NumberedCallTable.Processor.possible(""))?.name == "execve or pipe2")
    for triple in ["x86_64-apple-darwin", "powerpc64le-unknown-linux-gnu", "x86_64-unknown-linux-gnux32", "odd"] {
      #expect(calls.systemCall(59, on: NumberedCallTable.Processor.possible(triple)) == nil)
    }
    #expect(calls.systemCall(99_999, on: [.x86]) == nil)
    // A request that was a signed 32-bit number.
    #expect(calls.request(-2_144_578_518)?.name == calls.request(0x802C_542A)?.name)
  }

  @Test func whatIsWrongInATableIsSaid() {
    func message(_ systemCalls: String, _ requests: String = "") -> String {
      do {
        _ = try NumberedCallTable(
          systemCalls: (Array(systemCalls.utf8), "s.txt"), requests: (Array(requests.utf8), "i.txt"),
          taxonomy: tables.taxonomy)
        return "fine"
      } catch { return "\(error)" }
    }
    #expect(message("read\t0\t63\tfs.read\thandle\n", "A\t0x10\tnone\t-\n") == "fine")
    #expect(message("read\t0\tsixty\tfs.read\thandle\n") == "s.txt:1: `sixty` is no number")
    #expect(message("a\t0\t-\tnone\t-\nb\t0\t-\tnone\t-\n") == "s.txt:2: the number 0 is there twice")
    #expect(message("read\t0\n").hasPrefix("s.txt:1: a line is: "))
    #expect(message("", "A\t0xZZ\tnone\t-\n") == "i.txt:1: `0xZZ` is no number")
    #expect(message("", "A\t1\tfs.frob\thandle\n") == "i.txt:1: `fs.frob` is not a capability")
  }
}

@Suite struct LinkDirectiveTests {
  @Test func argumentsOfTheCompilerAreRead() throws {
    var unit = Unit(id: "demo-1", crateName: "demo", rustcVersion: "1.95.0", rootFile: "src/lib.rs", folder: "/none")
    unit.arguments = [
      "-L", "dependency=/deps", "-Lnative=/opt/lib", "-l", "static=evil", "-lother", "-C", "link-arg=-Wl,--wrap=malloc",
      "-Clinker=/opt/ld", "--codegen=link-args=-x -y", "-C", "opt-level=3", "-C", "metadata=1", "-l",
    ]
    let graph = TestGraph(units: ["demo"])
    let result = try Analysis.run(graph: graph.finished, units: [unit], tables: TestTables.all)
    #expect(
      result.units[0].linkDirectives.map { "\($0.kind.rawValue) \($0.value) \($0.source.rawValue)" } == [
        "argument -Wl,--wrap=malloc compiler", "argument -x -y compiler", "folder native=/opt/lib compiler",
        "library other compiler", "library static=evil compiler", "linker /opt/ld compiler",
      ])
  }
}
