import CallGraph
import Testing

@Suite struct PhaseTests {
  private static let fixture = Fixture.shared("phases")
  private var phases: Fixture { PhaseTests.fixture }

  @Test func eachKindOfUnitHasItsEntryPoints() {
    #expect(
      phases.entries == [
        "build-script build_script_build::main", "proc-macro phases_macros::derive_nothing",
        "proc-macro phases_macros::read_file", "proc-macro phases_macros::keep", "public phases::run",
        "public phases_helper::help",
      ])
  }

  @Test func aLibraryRunsWhereItsUsersRun() {
    let runs = { (id: String) in phases.result.units[phases.unit(id)].runsIn.sorted() }
    #expect(runs("phases_helper") == ["build-script", "proc-macro", "run"])
    #expect(runs("phases_macros") == ["proc-macro"])
    #expect(runs("build_script_build") == ["build-script"])
    #expect(runs("phases") == ["run"])
  }

  @Test func capabilitiesAreThoseOfTheirPhase() {
    #expect(
      phases.capabilities("build_script_build::main").isSuperset(of: ["env.read", "process.spawn", "stdio.write"]))
    #expect(phases.capabilities("phases::run") == ["env.read"])
    #expect(phases.capabilities("phases_macros::read_file") == ["fs.read"])
    #expect(phases.capabilities("phases_macros::derive_nothing") == ["env.read"])
    #expect(phases.capabilities("phases_macros::keep").isEmpty)
    #expect(phases.runs("phases_macros::keep", "phases_macros::kept"))
  }
}
