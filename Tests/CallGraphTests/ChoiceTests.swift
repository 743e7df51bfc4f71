import CallGraph
import Testing

@Suite struct ChoiceTests {
  private static let fixture = Fixture.shared("choice")
  private var choice: Fixture { ChoiceTests.fixture }

  @Test(arguments: ["run_counts", "pipeline_counts", "closure_counts", "by_closure", "kind_quiet", "run_open"])
  func cannotRead(_ function: String) {
    #expect(choice.capabilities("choice::\(function)").isEmpty)
    #expect(!choice.runs("choice::\(function)", "std::fs::read"))
  }

  @Test(arguments: ["run_reads", "pipeline_reads", "closure_reads", "kind_loud"])
  func canRead(_ function: String) {
    #expect(choice.capabilities("choice::\(function)") == ["fs.read"])
    #expect(choice.path("choice::\(function)", "fs.read")?.isCertain == true)
    #expect(choice.path("choice::\(function)", "fs.read")?.end == "src/lib.rs:12")
  }

  @Test func evidenceShowsInstances() {
    #expect(
      choice.path("choice::run_reads", "fs.read")?.text
        == "choice::run_reads:29 -call> choice::run<choice::Reads>:21 -dispatch> "
        + "<choice::Reads as choice::Work>::work:12 -call> std::fs::read")
    #expect(
      choice.path("choice::pipeline_reads", "fs.read")?.functions == [
        "choice::pipeline_reads", "<choice::Pipeline<choice::Reads>>::total",
        "<choice::Pipeline<choice::Reads>>::total::{closure#0}", "<choice::Reads as choice::Work>::work",
      ])
  }

  @Test func closuresOfGenericImplsKeepTheParameters() {
    let closure = "<choice::Pipeline<W>>::total::{closure#0}"
    #expect(choice.nodes(closure).count == 2)
    #expect(
      choice.targets("<choice::Pipeline<choice::Counts>>::total::{closure#0}") == [
        "<choice::Counts as choice::Work>::work"
      ])
  }

  @Test func closuresInTypesAreCalled() {
    let work = "<choice::By<choice::by_closure::{closure#0}> as choice::Work>::work"
    #expect(choice.runs("choice::by_closure", work, "choice::by_closure::{closure#0}"))
  }

  @Test func containedIsMoreThanReached() {
    let result = choice.result.unitResults[0]
    #expect(choice.names(of: result.direct) == ["fs.read", "net.connect", "net.dns"])
    #expect(choice.names(of: result.contained) == ["fs.read", "fs.write", "net.connect", "net.dns"])
    #expect(choice.names(of: result.transitive).isEmpty)
    #expect(!choice.isReached("choice::never_called"))
  }
}
