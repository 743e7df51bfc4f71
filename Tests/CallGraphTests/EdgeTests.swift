import Testing

/// The sources of the fixtures state their edges: see `ExpectedEdges`.
@Suite struct EdgeTests {
  @Test(arguments: [
    "branches", "calls", "callbacks", "choice", "closures", "conversions", "crates", "drops", "dynamic", "futures",
    "generics", "handlers", "macros", "names", "natives", "objects", "ownership", "phases", "pointers", "program",
    "results", "statics", "symbols", "tasks", "visibility",
  ])
  func edgesAreThoseThatTheSourceStates(_ theme: String) {
    ExpectedEdges(theme, Fixture.shared(theme)).check()
  }
}
