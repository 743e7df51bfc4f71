import CallGraph
import Testing

/// What a library gives its callers to run counts as run.
@Suite struct ResultTests {
  private static let fixture = Fixture.shared("results")
  private var results: Fixture { ResultTests.fixture }

  @Test(arguments: [
    "results::download::{closure#0}", "results::later::{closure#0}", "results::closure::{closure#0}",
    "results::boxed::{closure#0}", "results::boxed_future::{closure#0}", "results::numbers::{closure#0}",
    "results::optional::{closure#0}", "results::curried::{closure#0}", "results::curried::{closure#0}::{closure#0}",
    "results::promised::{closure#0}", "results::promised::{closure#0}::{closure#0}",
    "results::pointer_of_closure::{closure#0}", "<results::Public as results::Start>::start::{closure#0}",
    "results::CONFIGURATION::{closure#0}", "results::untouched", "results::chosen",
    "<results::Hidden as results::Run>::run", "<results::Boxed as results::Run>::run",
    "<results::Own as std::iter::Iterator>::next",
    "<results::Inner as results::Run>::run", "<results::Guard as std::ops::Drop>::drop",
  ])
  func callersCanRun(_ function: String) {
    #expect(results.mayRun(function))
  }

  @Test(arguments: [
    "<results::Never as results::Run>::run", "results::internal::{closure#0}", "results::private::{closure#0}",
    "results::PRIVATE::{closure#0}",
  ])
  func callersCannotRun(_ function: String) {
    #expect(!results.mayRun(function))
  }

  @Test func futuresAreEntryPointsOfTheirOwn() {
    #expect(results.entries.contains("public results::download::{closure#0}"))
    #expect(results.capabilities("results::download").isEmpty)
    #expect(results.capabilities("results::download::{closure#0}") == ["fs.read"])
  }
}
