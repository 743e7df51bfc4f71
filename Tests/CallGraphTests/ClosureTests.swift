import CallGraph
import Testing

@Suite struct ClosureTests {
  private static let fixture = Fixture.shared("closures")
  private var closures: Fixture { ClosureTests.fixture }

  @Test func closuresHaveTheNameOfTheirOwner() {
    for node in closures.nodes("closures::direct::{closure#0}") {
      #expect(closures.graph.nodes[node].kind == .closure)
    }
    #expect(closures.has("closures::nested::{closure#0}::{closure#0}"))
    #expect(closures.openGaps.isEmpty)
  }

  @Test func localClosuresRunWhereTheyAreCalled() {
    #expect(closures.runs("closures::direct", "closures::direct::{closure#0}", "closures::leaf"))
    #expect(closures.kinds("closures::made_but_not_called", "closures::made_but_not_called::{closure#0}").isEmpty)
    #expect(!closures.mayRun("closures::made_but_not_called::{closure#0}"))
    #expect(closures.capabilities("closures::made_but_not_called").isEmpty)
  }

  @Test func eachCallerOfAGenericHasItsOwnClosure() {
    let apply = "closures::apply<closures::handed::{closure#0}>"
    #expect(closures.kinds("closures::handed", apply) == [.call])
    #expect(closures.targets(apply) == ["closures::handed::{closure#0}"])
    #expect(!closures.runs("closures::handed", "std::fs::read"))
  }

  @Test func returnedClosuresRunWhereTheyAreCalled() {
    let closure = "closures::returned::{closure#0}"
    #expect(!closures.runs("closures::returned", closure))
    #expect(closures.edges("closures::call_returned", closure).map(\.candidates) == [1])
    #expect(closures.runs("closures::call_returned", closure, "closures::leaf"))
  }

  @Test func boxedClosuresRunThroughTheVtable() {
    #expect(closures.kinds("closures::call_boxed", "closures::boxed::{closure#0}") == [.dyn])
    #expect(!closures.runs("closures::boxed", "closures::leaf"))
  }

  @Test func nestedAndCapturedClosuresRun() {
    #expect(
      closures.runs(
        "closures::nested", "closures::nested::{closure#0}", "closures::nested::{closure#0}::{closure#0}",
        "closures::leaf"))
    #expect(
      closures.runs(
        "closures::captured", "closures::captured::{closure#1}", "closures::captured::{closure#0}", "closures::leaf"))
  }

  @Test func closuresOfOneMacroArmInOneFunctionAreBothCandidates() {
    #expect(closures.edges("closures::twins", "closures::twins::{closure#0}").allSatisfy { $0.candidates == 2 })
    #expect(closures.runs("closures::twins", "closures::twins::{closure#1}", "closures::pure_twin"))
    #expect(closures.runs("closures::twins", "closures::twins::{closure#0}", "closures::read_twin", "std::fs::read"))
    #expect(closures.path("closures::twins", "fs.read")?.isCertain == false)
  }

  @Test func closuresOfOneMacroArmInTwoFunctionsAreKeptApart() {
    #expect(closures.capabilities("closures::same_reading") == ["fs.read"])
    #expect(closures.path("closures::same_reading", "fs.read")?.isCertain == true)
    #expect(closures.capabilities("closures::same_pure").isEmpty)
  }

  @Test func allClosureTraitsAreCalls() {
    #expect(closures.runs("closures::once", "closures::once::{closure#0}", "std::fs::remove_file"))
    #expect(closures.runs("closures::mutable", "closures::mutable::{closure#0}", "closures::leaf"))
  }

  @Test func functionItemsAreCalledLikeClosures() {
    #expect(closures.targets("closures::apply<closures::leaf>") == ["closures::leaf"])
    #expect(closures.runs("closures::function_item", "closures::apply<closures::leaf>", "closures::leaf"))
  }

  @Test func closuresInFieldsKeepTheirType() {
    let run = "<closures::Holder<closures::held::{closure#0}>>::run"
    #expect(closures.runs("closures::held", run, "closures::held::{closure#0}", "closures::leaf"))
    #expect(closures.targets(run) == ["closures::held::{closure#0}"])
  }

  @Test func closuresAsPointersInAnArrayRun() {
    #expect(closures.runs("closures::array_of_closures", "closures::array_of_closures::{closure#0}", "closures::leaf"))
    #expect(
      closures.kinds("closures::array_of_closures::{closure#2}", "closures::array_of_closures::{closure#1}")
        == [.pointer])
  }
}
