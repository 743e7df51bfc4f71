import CallGraph
import Testing

@Suite struct NameTests {
  private static let fixture = Fixture.shared("names")
  private var names: Fixture { NameTests.fixture }

  @Test func twoVersionsAreToldApart() {
    #expect(names.has("alpha@1.0.0::same_name"))
    #expect(names.has("alpha@2.0.0::same_name"))
    #expect(names.kinds("alpha@1.0.0::same_name", "alpha@1.0.0::first_only") == [.call])
    #expect(names.graph.units.map(\.displayName) == ["alpha@1.0.0", "alpha@2.0.0", "facade", "user"])
  }

  @Test func aRenamedDependencyPrintsItsRealName() {
    #expect(names.runs("user::second_version", "alpha@2.0.0::second_only"))
  }

  @Test func reexportsLeadToTheDefinition() {
    #expect(names.kinds("user::through_facade", "alpha@1.0.0::imp::buried") == [.call])
    #expect(names.capabilities("user::through_facade") == ["env.read"])
    #expect(names.kinds("user::globs", "<facade::globbed::Globbed>::new") == [.call])
    #expect(names.kinds("user::globs", "facade::globbed::glob_function") == [.call])
  }

  @Test func renamedReexportsLeadToTheDefinition() {
    #expect(names.kinds("user::renamed_type", "<facade::inner::Ren>::method") == [.call])
    #expect(names.kinds("user::renamed_trait", "<u8 as facade::inner::Trait>::act") == [.dispatch])
    #expect(names.kinds("user::renamed_function", "facade::inner::secret") == [.call])
    #expect(names.kinds("user::renamed_module", "facade::inner::module::inside") == [.call])
  }

  @Test func aCrateBehindAnAliasPrintsItsRealName() {
    #expect(names.kinds("user::through_under", "alpha@1.0.0::same_name") == [.call])
    #expect(names.kinds("user::transitive_type", "<alpha@1.0.0::imp::Hidden>::go") == [.call])
    #expect(names.openGaps.isEmpty)
  }

  @Test func inherentImplsOfOtherModulesAreFound() {
    #expect(names.kinds("user::inherent_elsewhere", "<alpha@1.0.0::public::Plain>::from_root") == [.call])
    #expect(names.kinds("user::inherent_elsewhere", "<alpha@1.0.0::public::Plain>::go") == [.call])
    let act = "<alpha@1.0.0::public::Plain as alpha@1.0.0::public::Verb>::act"
    #expect(names.kinds("user::foreign_trait", act) == [.dispatch])
    #expect(names.runs("user::foreign_trait", act, "alpha@1.0.0::first_only"))
  }

  @Test func equallyNamedFunctionsOfBlocksAreBothCandidates() {
    #expect(names.nodes("user::block_local::local").count == 2)
    #expect(names.runs("user::block_local", "user::left"))
    #expect(names.runs("user::block_local", "user::right"))
  }

  @Test func aLocalModuleNamedCoreComesFirst() {
    #expect(names.kinds("user::local_core", "user::core::fs::read") == [.call])
    #expect(names.kinds("user::core::own", "user::core::fs::read") == [.call])
    #expect(names.capabilities("user::local_core").isEmpty)
  }

  @Test func aModuleAndAFunctionCanShareAName() {
    #expect(names.kinds("user::both", "user::both::inside") == [.call])
  }

  @Test func rawIdentifiersLoseTheirPrefix() {
    #expect(names.has("user::try::match"))
    #expect(names.kinds("user::raw", "user::try::match") == [.call])
  }
}
