import CallGraph
import Capabilities
import Testing

@Suite struct HookTests {
  private static let fixture = Fixture.shared("hooks")
  private var hooks: Fixture { HookTests.fixture }

  private func hooks(_ unit: String) -> Set<String> {
    Set(hooks.graph.units[hooks.unit(unit)].hooks.map { "\($0.kind.rawValue) \($0.name) \($0.detail)" })
  }

  @Test func symbolsSayWhoseTheyOverride() {
    let symbols = hooks.result.unitResults[hooks.unit("first")].definedSymbols
    #expect(
      symbols == [
        DefinedSymbol(name: "_Unwind_Backtrace", overrides: ["rust-runtime"]),
        DefinedSymbol(name: "getpid", overrides: ["libc"]),
        DefinedSymbol(name: "hooks_first_own", overrides: []),
        DefinedSymbol(name: "shared_by_two", overrides: ["crate hooks_second"]),
      ])
    #expect(hooks.path("hooks_first::getpid", "symbol.define")?.label == "getpid (overrides libc)")
  }

  @Test func overriddenFunctionsOfLibcAreCalled() {
    #expect(hooks.kinds("hooks_second::process", "hooks_first::getpid") == [.symbol])
    #expect(hooks.runs("hooks_second::process", "hooks_first::getpid", "std::fs::read"))
    #expect(hooks.capabilities("hooks_second::process").isSuperset(of: ["ffi", "symbol.call", "fs.read"]))
  }

  @Test func sectionsThatRunAreEntryPoints() {
    #expect(
      hooks.entries.isSuperset(of: [
        "before-main hooks_first::ELF", "before-main hooks_first::COFF", "before-main hooks_first::MACH",
        "before-main hooks_first::END",
      ]))
    #expect(!hooks.entries.contains { $0.hasPrefix("before-main") && $0.hasSuffix("BYTES") })
    #expect(hooks.capabilities("hooks_first::MACH") == ["env.read"])
    #expect(hooks.capabilities("hooks_first::END") == ["fs.write"])
  }

  @Test func hooksAreTold() {
    #expect(
      hooks("first") == [
        "before-main hooks_first::ELF .init_array.00099", "before-main hooks_first::COFF .CRT$XCU",
        "before-main hooks_first::MACH __DATA, __mod_init_func", "after-main hooks_first::END .fini_array",
        "link-section hooks_first::BYTES .text.hidden", "link-section hooks_first::NOTE .notes",
        "global-allocator hooks_first::ALLOCATOR ",
      ])
    #expect(hooks("kernel") == ["panic-handler hooks_kernel::on_panic "])
    #expect(hooks("second") == ["global-asm hooks_second::low "])
    let elf = hooks.graph.units[hooks.unit("first")].hooks.first { $0.name.hasSuffix("ELF") }
    #expect(elf?.file == "src/first.rs" && elf?.line == 21)
  }

  @Test func functionsOfLibrariesAndAssemblyAreCharged() {
    #expect(hooks.path("hooks_second::compress", "link")?.sink == "compressor")
    #expect(hooks.path("hooks_second::run_assembly", "asm")?.sink == "global_asm!")
    #expect(!hooks.capabilities("hooks_second::process").contains("link"))
    let second = hooks.result.unitResults[hooks.unit("second")]
    #expect(Set(hooks.names(of: second.contained)).isSuperset(of: ["asm", "link", "ffi", "symbol.define"]))
  }
}
