import CallGraph
import Capabilities
import Testing

@Suite struct UnsafetyTests {
  private static let sources = ["src/lib.rs", "src/raw.rs"]
  private static let fixture = Fixture("unsafety", sources: sources)
  private static let withoutSources = Fixture.shared("unsafety")
  private var unsafety: Fixture { UnsafetyTests.fixture }

  /// `KIND LINE[-END] what` of the uses in a function, in the order of their places.
  private func uses(_ function: String, _ fixture: Fixture) -> [String] {
    fixture.result.unitResults[0].unsafeUses.filter {
      fixture.graph.names.string($0.function) == "unsafety::\(function)"
    }
    .map { text($0, fixture) }
  }

  private func text(_ use: UnsafeUse, _ fixture: Fixture) -> String {
    let end = use.endLine == 0 ? "" : "-\(use.endLine)"
    let capability = fixture.result.taxonomy.name(use.capability)
    let what = use.kind == .operation ? " \(capability) \(fixture.graph.names.string(use.sink))" : ""
    return "\(use.kind.rawValue) \(use.position.line)\(end)\(what)"
  }

  @Test(arguments: [
    ("block_before_operation", ["block 9-12", "operation 11 unsafe.raw-deref raw-deref"]),
    ("two_blocks", ["block 15-15", "operation 15 unsafe.raw-deref raw-deref", "block 16-18"]),
    ("two_blocks::{closure#0}", ["operation 17 unsafe.raw-deref raw-deref"]),
    ("left_out", ["block 26-26", "operation 26 unsafe.raw-deref raw-deref"]),
    ("without_block", ["fn 28-31", "operation 30 unsafe.raw-deref raw-deref"]),
    ("does_nothing", ["fn 32-32"]),
    ("foreign", ["operation 39 ffi abs", "block 39-39", "operation 39 ffi getpid"]),
    ("changes_text", ["block 42-42", "operation 42 unsafe.call core::str::<impl str>::as_bytes_mut"]),
    ("pointer_call", ["block 46-46", "operation 46 unsafe.call fn pointer"]),
    ("by_macro", ["block 56", "operation 56 unsafe.raw-deref raw-deref"]),
    ("whole_by_macro", ["block 60-60", "operation 60 unsafe.raw-deref raw-deref"]),
    ("Careful::given", ["fn 89-91", "block 90-90", "operation 90 unsafe.raw-deref raw-deref"]),
    ("Careful::required", []),
    ("raw::read", ["block 7-7", "operation 7 unsafe.raw-deref raw-deref"]),
    ("only_macros_of_std", []),
  ])
  func usesStandWhereTheSourcesSay(_ function: String, _ expected: [String]) {
    #expect(uses(function, unsafety) == expected)
  }

  // What `by_macro` does stands in a macro; the nearest place in its own text that MIR has is its last line.

  @Test func implsAreFoundByTraitTypeAndModule() {
    let impls = unsafety.result.unitResults[0].unsafeUses.filter { $0.kind == .implementation }
    let found = impls.map {
      "\(unsafety.graph.names.string($0.function)) \(unsafety.graph.files[Int($0.position.file)]):\($0.position.line)"
    }
    #expect(
      found == [
        "<unsafety::Shared as std::marker::Send> src/lib.rs:79",
        "<unsafety::raw::View as std::marker::Sync> src/lib.rs:80",
        "<unsafety::Shared as std::marker::Sync> src/lib.rs:83",
        "<unsafety::raw::View as std::marker::Send> src/raw.rs:3",
        "<unsafety::raw::Shared as std::marker::Send> src/raw.rs:4",
      ])
  }

  @Test func countsAreThoseOfTheUses() {
    for fixture in [unsafety, UnsafetyTests.withoutSources] {
      let uses = fixture.result.unitResults[0].unsafeUses
      #expect(fixture.graph.units[0].unsafeBlocks == uses.count { $0.kind == .block })
      #expect(fixture.graph.units[0].unsafeImplementations == uses.count { $0.kind == .implementation })
      #expect(uses.count { $0.kind == .block } == 11)
      // `derive(Clone)` writes an unsafe impl of its own.
      #expect(uses.count { $0.kind == .implementation } == 5)
    }
  }

  @Test func evidenceOfABlockStandsAtTheBlock() {
    #expect(unsafety.path("unsafety::block_before_operation", "unsafe.block")?.end == "src/lib.rs:9")
    #expect(unsafety.path("unsafety::without_block", "unsafe.block")?.end == "src/lib.rs:28")
    #expect(unsafety.path("unsafety::without_block", "unsafe.block")?.sink == "unsafe fn")
    #expect(unsafety.capabilities("unsafety::does_nothing").isEmpty)
    #expect(unsafety.capabilities("unsafety::only_macros_of_std").isEmpty)
  }

  @Test func withoutSourcesBlocksStandAtTheirOperations() {
    let fixture = UnsafetyTests.withoutSources
    #expect(uses("block_before_operation", fixture).first == "block 11")
    #expect(fixture.path("unsafety::block_before_operation", "unsafe.block")?.end == "src/lib.rs:11")
    #expect(uses("two_blocks", fixture).filter { $0.hasPrefix("block") } == ["block 15", "block 17"])
  }

  @Test func labelsAreForSitesOneByOne() {
    var rules = AnalysisRules()
    rules.unsafeLabels = [
      .init(path: "unsafety::two_blocks", operation: "unsafe.raw-deref", label: "writes"),
      .init(path: "unsafety::foreign", operation: "ffi", label: "asks"),
      .init(path: "<unsafety::raw::* as std::marker::*>", operation: "unsafe.impl", label: "shared"),
      .init(path: "unsafety::does_nothing", operation: "unsafe.block", label: "empty"),
      .init(path: "unsafety::changes_text", operation: "unsafe.block", label: "text"),
    ]
    let fixture = Fixture("unsafety", sources: UnsafetyTests.sources, rules: rules)
    let result = fixture.result.unitResults[0]
    func unlabelled(_ function: String) -> [String] {
      result.unlabelledUnsafeUses.filter { fixture.graph.names.string($0.function) == function }
        .map { text($0, fixture) }
    }
    // All that is done in the blocks is labelled, in the closure too: so are the blocks.
    #expect(unlabelled("unsafety::two_blocks") == [])
    #expect(unlabelled("unsafety::two_blocks::{closure#0}") == [])
    #expect(unlabelled("unsafety::foreign") == [])
    #expect(unlabelled("unsafety::does_nothing") == [])
    #expect(unlabelled("<unsafety::raw::View as std::marker::Send>") == [])
    #expect(unlabelled("<unsafety::Shared as std::marker::Send>") == ["impl 79-79"])
    // A label of a block is one of what is done in it.
    #expect(unlabelled("unsafety::changes_text") == [])
    #expect(unlabelled("unsafety::left_out").count == 2)
    #expect(fixture.path("unsafety::two_blocks", "writes")?.end == "src/lib.rs:15")
    #expect(fixture.path("unsafety::foreign", "asks")?.sink == "abs")
    #expect(!fixture.capabilities("unsafety::left_out").contains("writes"))
  }
}
