import CallGraph
import MachineCode
import Testing

/// Which functions count, and what is missed or extra.
@Suite struct FunctionComparisonTests {
  private func ratio(_ part: Int, _ whole: Int) -> Comparison.Ratio { Comparison.Ratio(part: part, whole: whole) }

  @Test func whatBothHaveIsRight() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f", "util::g")
    for name in ["demo::main", "demo::f", "util::g"] { fixture.kept(name) }
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(3, 3) && result.definitionPrecision == ratio(3, 3))
    #expect(result.instanceRecall == ratio(3, 3) && result.instancePrecision == ratio(3, 3))
    #expect(result.missed.isEmpty && result.extra.isEmpty && result.isExact)
  }

  @Test func missedAndExtra() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f")
    fixture.unreached("util::g")
    fixture.kept("demo::main")
    fixture.refers("demo::main", "util::g")
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(1, 2))
    #expect(result.definitionPrecision == ratio(1, 2))
    #expect(result.missed.map(\.function) == ["util~1::g"] && result.missed[0].unit == 1)
    #expect(result.missed[0].reason == .missedCall)
    #expect(result.missed[0].from == [Comparison.Origin(function: "demo~0::main", kind: "call")])
    #expect(result.extra.map(\.function) == ["demo~0::f"])
    #expect(result.extra[0].reason == .constantBranch)
    #expect(result.extra[0].from == [Comparison.Origin(function: "demo~0::main", kind: "call")])
  }

  @Test func whatLeavesNoCodeIsNoExtra() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::inlined")
    fixture.mark("demo::inlined", .inlineAlways)
    fixture.graph.chain("demo::main", "demo::evaluated")
    fixture.mark("demo::evaluated", .compileTimeOnly)
    fixture.graph.chain("demo::main", "demo::VALUE")
    fixture.mark("demo::VALUE", [], kind: .constant)
    fixture.kept("demo::main")
    let result = fixture.compared()
    #expect(result.definitionPrecision == ratio(1, 1) && result.extra.isEmpty)
  }

  /// A function that is always inlined has machine code where its address is taken; what is said to run in the compiler
  /// only must have none.
  @Test func whatIsKeptAllTheSame() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::inlined")
    fixture.mark("demo::inlined", .inlineAlways)
    fixture.graph.chain("demo::main", "demo::evaluated")
    fixture.mark("demo::evaluated", .compileTimeOnly)
    fixture.refers("demo::main", "demo::inlined", .address)
    fixture.refers("demo::main", "demo::evaluated")
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(2, 3))
    #expect(result.missed.map(\.reason) == [.compileTimeOnly])
  }

  @Test func codeOfStdDoesNotCount() {
    var fixture = ComparisonFixture()
    let disk = "Nt\(fixture.crate("demo"))4Disk"
    fixture.kept("demo::main")
    // std's default method on a type of the program, a shim, glue, a crate of one name that std carries along
    fixture.kept("!NvY\(disk)NtC4core5Clone10clone_from")
    fixture.kept("!NSNv\(fixture.crate("demo"))1f6vtable")
    fixture.kept("!INvNtC4core3ptr13drop_in_place\(disk)E")
    fixture.kept("!NvC4util1g")
    fixture.kept("_ZN4util1g17h0123456789abcdefE")
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(1, 1))
  }

  @Test func namesThatFitNothingAreTold() {
    var fixture = ComparisonFixture()
    fixture.kept("demo::main")
    fixture.refers("demo::main", "demo::hidden")
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(1, 2))
    #expect(result.missed.map(\.function) == ["demo~0::hidden"])
    #expect(result.missed[0].reason == .unknownName && result.missed[0].from.count == 1)
  }

  @Test func instances() {
    var fixture = ComparisonFixture()
    for name in ["demo::f<u8>", "demo::f<?>", "demo::f<u16>"] {
      fixture.graph.chain("demo::main", name)
      fixture.instance(name, of: "demo::f<?>")
    }
    for name in ["demo::main", "!INv\(fixture.crate("demo"))1fhE", "!INv\(fixture.crate("demo"))1fmE"] {
      fixture.kept(name)
    }
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(2, 2) && result.definitionPrecision == ratio(2, 2))
    #expect(result.instanceRecall == ratio(2, 3) && result.instancePrecision == ratio(2, 4))
    #expect(result.missedInstances.map(\.instances) == [["demo~0::f<u32>"]])
    #expect(result.missedInstances[0].reason == .unknownArguments)
    #expect(result.extraInstances.map(\.instances) == [["demo~0::f<?>", "demo~0::f<u16>"]])
  }

  @Test func nothingToCount() {
    let result = ComparisonFixture().compared()
    #expect(result.definitionRecall == ratio(0, 0) && result.definitionRecall.value == 1)
    #expect(result.definitionPrecision == ratio(0, 1) && result.extra.map(\.reason) == [.entryPoint])
  }

  @Test func mergedFunctionsAreAllKept() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "demo::f", "util::g")
    fixture.kept("demo::main")
    fixture.kept("demo::f")
    fixture.merge("util::g", into: "demo::f")
    let result = fixture.compared()
    #expect(result.definitionRecall == ratio(3, 3) && result.definitionPrecision == ratio(3, 3))
  }

  @Test func cratesThatAreNotKnownAreGuessed() {
    var fixture = ComparisonFixture()
    fixture.graph.chain("demo::main", "util::f", "util::g")
    for name in ["demo::main", "util::f", "util::g", "!NvC4util1f"] { fixture.kept(name) }
    let result = fixture.compared(knowsCrates: false)
    #expect(!result.isExact)
    #expect(result.definitionRecall == ratio(3, 3))
  }

  @Test func whatFollowsFromOthersIsTold() {
    var fixture = ComparisonFixture()
    for name in ["util::a", "util::b", "util::c", "util::d"] { fixture.unreached(name) }
    fixture.graph.chain("demo::main", "demo::x", "demo::y")
    fixture.kept("demo::main")
    fixture.holds("demo::main", "util::a")
    fixture.refers("util::a", "util::b")
    fixture.refers("demo::main", "core::call")
    fixture.refers("core::call", "util::c")
    fixture.refers("demo::main", "!INvNtC4core3ptr13drop_in_placehE")
    let result = fixture.compared()
    let reasons = Dictionary(uniqueKeysWithValues: result.missed.map { ($0.function, $0.reason) })
    #expect(reasons == ["util~1::a": .missedAddress, "util~1::b": .followsMiss, "util~1::c": .missedCallback])
    let extra = Dictionary(uniqueKeysWithValues: result.extra.map { ($0.function, $0.reason) })
    #expect(extra == ["demo~0::x": .constantBranch, "demo~0::y": .followsExtra])
  }
}
