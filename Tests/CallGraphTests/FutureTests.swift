import CallGraph
import Testing

@Suite struct FutureTests {
  private static let fixture = Fixture.shared("futures")
  private var futures: Fixture { FutureTests.fixture }

  @Test func callingAnAsyncFunctionRunsNothing() {
    #expect(futures.kinds("futures::read", "futures::read::{closure#0}").isEmpty)
    #expect(!futures.capabilities("futures::made_not_run").contains("fs.read"))
  }

  @Test func awaitedFuturesRun() {
    let block = "futures::block_on<futures::twice::{closure#0}>"
    #expect(futures.kinds("futures::run_twice", block) == [.call])
    #expect(futures.kinds(block, "futures::twice::{closure#0}") == [.dispatch])
    #expect(
      futures.runs(
        "futures::run_twice", block, "futures::twice::{closure#0}", "futures::read::{closure#0}", "std::fs::read"))
    #expect(futures.path("futures::run_twice", "fs.read")?.isCertain == true)
  }

  @Test func otherFuturesOfTheSameExecutorDoNot() {
    #expect(!futures.runs("futures::run_pure", "std::fs::read"))
    #expect(futures.runs("futures::run_pure", "futures::pure::{closure#0}", "futures::leaf"))
    #expect(futures.runs("futures::run_block", "futures::run_block::{closure#0}", "futures::leaf"))
    #expect(!futures.runs("futures::run_block", "std::fs::read"))
  }

  @Test func futuresByHandRun() {
    let poll = "<futures::Ready as std::future::Future>::poll"
    #expect(futures.runs("futures::run_ready", "futures::run_ready::{closure#0}", poll, "futures::own_poll"))
  }

  @Test func asyncClosuresRun() {
    #expect(
      futures.runs(
        "futures::run_closure", "futures::run_closure::{closure#0}", "futures::run_closure::{closure#0}::{closure#0}"))
    #expect(futures.runs("futures::run_closure", "futures::leaf"))
  }

  @Test func wakersAreCalledBack() {
    #expect(futures.runs("futures::run_pure", "<futures::Silent as std::task::Wake>::wake", "futures::woken"))
  }

  @Test func boxedFuturesRun() {
    #expect(
      futures.runs("futures::run_boxed", "futures::run_boxed::{closure#0}", "futures::twice::{closure#0}"))
    #expect(futures.capabilities("futures::run_boxed").contains("fs.read"))
  }

  @Test func futuresOfTraitMethodsRun() {
    let fetch = "<futures::Disk as futures::Fetch>::fetch"
    #expect(futures.kinds("futures::fetch_any<futures::Disk>", fetch) == [.dispatch])
    #expect(futures.capabilities("futures::fetch_disk").contains("fs.read"))
    #expect(futures.runs("futures::fetch_memory", "futures::leaf"))
    #expect(futures.openGaps.isEmpty)
    #expect(!futures.capabilities("futures::fetch_memory").contains("fs.read"))
  }

  @Test func awaitIsNoUnsafeCall() {
    #expect(!futures.capabilities("futures::run_twice").contains("unsafe.call"))
    #expect(!futures.capabilities("futures::run_twice").contains("unsafe.block"))
  }
}
