import CallGraph
import Testing

@Suite struct BranchTests {
  private static let fixture = Fixture.shared("branches")
  private var branches: Fixture { BranchTests.fixture }

  @Test func whatOnlyAnotherTargetRunsIsUncertainAndNotReached() {
    let edges = branches.edges("branches::on_windows", "branches::removed")
    #expect(edges.map(\.isConstantFalse) == [true])
    #expect(edges.map(\.isUncertain) == [true])
    #expect(!branches.isReached("branches::removed"))
    #expect(branches.mayRun("branches::removed"))
    #expect(branches.path("branches::on_windows", "fs.write")?.isCertain == false)
  }

  @Test func objectsOfOtherTargetsAreNoneHere() {
    #expect(branches.targets("branches::draw_all") == ["<branches::Square as branches::Shape>::draw"])
    #expect(!branches.isReached("<branches::Circle as branches::Shape>::draw"))
    #expect(branches.capabilities("branches::shapes").isEmpty)
  }

  @Test func accessorsOfThreadLocalsFollowTheirType() {
    #expect(branches.isReached("branches::PLAIN::{constant#0}::{closure#1}"))
    #expect(!branches.isReached("branches::PLAIN::{constant#0}::{closure#0}"))
    #expect(branches.isReached("branches::GUARDED::{constant#0}::{closure#0}"))
    #expect(!branches.isReached("branches::GUARDED::{constant#0}::{closure#1}"))
    #expect(branches.runs("branches::guarded", "<branches::Guard as std::ops::Drop>::drop"))
  }

  @Test func copiesCallNothing() {
    #expect(branches.targets("branches::copied").isEmpty)
  }
}
