import Testing

/// The sources of the fixtures state their edges: see `ExpectedEdges`.
@Suite struct EdgeTests {
  @Test(arguments: [
    "calls", "generics", "conversions", "crates", "dynamic", "natives", "ownership", "program", "tasks",
  ])
  func edgesAreThoseThatTheSourceStates(_ theme: String) {
    ExpectedEdges(theme, Fixture.shared(theme)).check()
  }
}
