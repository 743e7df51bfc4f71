import CallGraph
import Testing

/// Code handed over in roundabout ways.
@Suite struct HandlerTests {
  private static let fixture = Fixture.shared("handlers")
  private var handlers: Fixture { HandlerTests.fixture }

  @Test func everythingIsResolved() {
    #expect(handlers.openGaps.isEmpty)
    #expect(handlers.graph.coverage.unresolved == 0)
  }

  @Test func blanketImplsForClosuresChooseTheFunction() {
    #expect(
      handlers.runs(
        "handlers::function_handler", "handlers::route<handlers::read>", "<handlers::read as handlers::Handle>::handle",
        "handlers::read"))
    #expect(handlers.capabilities("handlers::function_handler") == ["fs.read"])
    #expect(handlers.runs("handlers::closure_handler", "handlers::closure_handler::{closure#0}"))
    #expect(handlers.capabilities("handlers::closure_handler").isEmpty)
  }

  @Test func functionItemsBecomeTraitObjects() {
    #expect(
      handlers.kinds("handlers::boxed_handlers::{closure#0}", "<handlers::read as handlers::Handle>::handle") == [.dyn])
    #expect(handlers.capabilities("handlers::boxed_handlers") == ["fs.read"])
  }

  @Test func boxesThatImplementATraitPassOn() {
    let put = "<std::boxed::Box<handlers::Quiet, std::alloc::Global> as handlers::Speak>::speak"
    #expect(handlers.runs("handlers::box_of_quiet", put, "<handlers::Quiet as handlers::Speak>::speak"))
    #expect(!handlers.runs("handlers::box_of_quiet", "handlers::read"))
  }

  @Test func sharedObjectsAreCalledThroughTheirVtable() {
    #expect(handlers.kinds("handlers::rc_of_dyn", "<handlers::Quiet as handlers::Speak0>::speak0").contains(.dyn))
    #expect(
      handlers.kinds("handlers::box_of_dyn", "<handlers::Loud as handlers::Speak0>::speak0") == [.dyn, .cast])
    #expect(
      handlers.runs(
        "handlers::box_of_dyn", "<handlers::Loud as handlers::Speak0>::speak0",
        "<handlers::Loud as handlers::Speak>::speak", "handlers::read"))
  }

  @Test func methodsWithParametersAreInstantiated() {
    let generic = "<handlers::Loud as handlers::Speak>::generic<handlers::Quiet>"
    #expect(handlers.kinds("handlers::generic_method", generic) == [.dispatch])
    #expect(handlers.targets(generic) == ["<handlers::Quiet as handlers::Speak>::speak"])
    #expect(handlers.capabilities("handlers::generic_method").isEmpty)
  }

  @Test func operatorsAreCalls() {
    #expect(handlers.runs("handlers::operators", "<handlers::Number as std::ops::Add>::add", "handlers::adding"))
    #expect(
      handlers.runs("handlers::operators", "<handlers::Number as std::ops::Index<usize>>::index", "handlers::indexing"))
    #expect(handlers.runs("handlers::through_deref", "handlers::dereferencing"))
    #expect(handlers.runs("handlers::through_deref", "<handlers::Quiet as handlers::Speak>::speak"))
  }

  @Test func errorsAreConverted() {
    let from = "<handlers::Wrong as std::convert::From<std::num::ParseIntError>>::from"
    #expect(handlers.kinds("handlers::question_mark", from) == [.callback])
    #expect(handlers.runs("handlers::question_mark", "handlers::converting"))
  }

  @Test(arguments: [
    ("vectors_equal", "comparing"), ("set", "hashing"), ("set", "comparing"), ("contains", "comparing"),
    ("assert_equal", "comparing"), ("assert_equal", "debugging"), ("less", "ranking"), ("sorted", "ranking"),
    ("heap", "ranking"), ("largest", "ordering"), ("lines", "sourcing"), ("read_to_end", "sourcing"),
    ("copy", "sourcing"), ("scoped", "leaf"), ("caught", "leaf"), ("make_locked", "leaf"), ("make_once", "leaf"),
    ("into_bag", "collecting"), ("loop_over", "iterating"), ("lend", "leaf"), ("cow", "owned"),
  ])
  func leadsTo(_ function: String, _ leaf: String) {
    #expect(handlers.runs("handlers::\(function)", "handlers::\(leaf)"))
  }

  @Test func objectsHandedToStdAreCalledBack() {
    #expect(handlers.runs("handlers::debug_nested", "<handlers::Outer as std::fmt::Debug>::fmt"))
    #expect(handlers.runs("handlers::debug_nested", "<handlers::Inner as std::fmt::Debug>::fmt"))
    #expect(handlers.runs("handlers::hooked", "handlers::leaf"))
  }

  @Test func assertionsOfDerivesAreNeverCalled() {
    #expect(
      handlers.edges("handlers::set", "<handlers::Outer as std::cmp::Eq>::assert_fields_are_eq").isEmpty)
  }

  @Test func iteratorsThatAreReturnedRunWhereTheyAreUsed() {
    #expect(handlers.runs("handlers::consume_numbers", "handlers::numbers::{closure#0}", "handlers::read"))
    #expect(handlers.capabilities("handlers::consume_numbers") == ["fs.read"])
  }

  @Test func parametersThatOnlyNameBehaviourDecide() {
    #expect(handlers.capabilities("handlers::state::off").isEmpty)
    #expect(
      handlers.path("handlers::state::on", "fs.read")?.functions == [
        "handlers::state::on", "<handlers::state::Machine<handlers::state::On>>::step",
        "<handlers::state::On as handlers::state::Mode>::run", "handlers::read",
      ])
  }

  @Test func functionsHandedToNativeCodeRun() {
    #expect(handlers.runs("handlers::register", "handlers::at_exit", "handlers::read"))
    #expect(handlers.capabilities("handlers::register").isSuperset(of: ["ffi", "fs.read", "unsafe.call"]))
  }
}
