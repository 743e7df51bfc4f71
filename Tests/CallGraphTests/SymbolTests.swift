import CallGraph
import Testing

@Suite struct SymbolTests {
  private static let fixture = Fixture.shared("symbols")
  private var symbols: Fixture { SymbolTests.fixture }

  @Test func foreignDeclarationsLeadToExportedDefinitions() {
    #expect(symbols.kinds("symbols::call_provided", "symbols_provider::provided") == [.symbol])
    #expect(symbols.runs("symbols::main", "symbols::call_provided", "symbols_provider::provided", "std::fs::read"))
  }

  @Test func linkNamesAndExportNamesAgree() {
    #expect(symbols.kinds("symbols::call_renamed", "symbols_provider::named_otherwise") == [.symbol])
    #expect(symbols.runs("symbols::main", "symbols::call_renamed", "symbols_provider::inner"))
  }

  @Test func plainCallsOfExportedFunctionsAreCalls() {
    #expect(symbols.kinds("symbols_provider::plain_call", "symbols_provider::provided") == [.call])
    #expect(!symbols.capabilities("symbols_provider::plain_call").contains("symbol.call"))
  }

  @Test func foreignFunctionsAreSinksByTheirSymbol() {
    #expect(symbols.capabilities("symbols::main").isSuperset(of: ["ffi", "fs.read", "stdio.write", "symbol.call"]))
    #expect(symbols.path("symbols::main", "stdio.write")?.sink == "printf")
    #expect(symbols.path("symbols::main", "symbol.call")?.functions == ["symbols::main", "symbols::call_provided"])
    let unit = symbols.graph.units[symbols.unit("symbols")]
    #expect(unit.foreignSymbols.contains("under_another_name"))
    #expect(!unit.foreignSymbols.contains("renamed"))
    #expect(unit.linkedLibraries == ["z"])
  }

  @Test func foreignFunctionsRunThroughPointers() {
    let edges = symbols.edges("symbols::main", "symbols::getpid")
    #expect(edges.contains { $0.kind == .pointer })
    #expect(
      symbols.nodes("symbols::getpid").allSatisfy {
        symbols.graph.nodes[$0].flags.isSuperset(of: [.external, .foreign])
          && symbols.graph.names.string(symbols.graph.nodes[$0].symbol) == "getpid"
      })
  }

  @Test func safeForeignFunctionsAreNoUnsafeCall() {
    let sinks = symbols.graph.operations.filter { $0.capability == "unsafe.call" }
      .map { symbols.graph.names.string($0.sink) }
    #expect(!sinks.contains { $0.hasSuffix("abs") })
    #expect(sinks.contains { $0.hasSuffix("printf") })
  }

  @Test func exportedSymbolsAreEntryPointsAndOperations() {
    #expect(
      symbols.entries.isSuperset(of: [
        "main symbols::main", "exported-symbol symbols_provider::provided",
        "exported-symbol symbols_provider::named_otherwise", "before-main symbols_provider::BEFORE_MAIN",
        "public symbols_provider::plain_call",
      ]))
    #expect(symbols.path("symbols_provider::provided", "symbol.define")?.sink == "provided")
    let defined = symbols.graph.units[symbols.unit("symbols_provider")].definedSymbols
    #expect(defined == ["provided", "under_another_name"])
  }

  @Test func codeBeforeMainRuns() {
    #expect(symbols.runs("symbols_provider::BEFORE_MAIN", "symbols_provider::before_main"))
    #expect(symbols.capabilities("symbols_provider::BEFORE_MAIN") == ["env.read"])
  }

  @Test func definitionsThatAreHereAreNoNativeCode() {
    let native = symbols.result.unitResults.flatMap(\.gaps).filter { $0.kind == .nativeCode }.map(\.what)
    #expect(!native.contains("provided"))
  }
}
