import CallGraph
import Testing

@Suite struct CallTests {
  private static let fixture = Fixture.shared("calls")
  private var calls: Fixture { CallTests.fixture }

  @Test func everythingIsResolved() {
    #expect(calls.openGaps.isEmpty)
    #expect(calls.graph.coverage.unresolved == 0)
    #expect(calls.graph.coverage.membersWithoutImpl == 0)
    let coverage = calls.graph.coverage
    let sum =
      coverage.single + coverage.several + coverage.callback + coverage.callerSupplied + coverage.unresolved
    #expect(sum == coverage.calls)
  }

  @Test func inherentMethodsAreCalls() {
    #expect(calls.kinds("calls::inherent", "<calls::Disk>::new") == [.call])
    #expect(calls.kinds("calls::inherent", "<calls::Disk>::flush") == [.call])
    #expect(calls.kinds("<calls::Disk>::flush", "calls::free") == [.call])
  }

  @Test func genericsAreInstantiated() {
    #expect(calls.kinds("calls::with_disk", "calls::generic<calls::Disk>") == [.call])
    #expect(calls.kinds("calls::generic<calls::Disk>", "<calls::Disk as calls::Store>::put") == [.dispatch])
    #expect(calls.targets("calls::generic<calls::Memory>") == ["<calls::Memory as calls::Store>::put"])
    #expect(calls.runs("calls::with_disk", "calls::generic<calls::Disk>", "std::fs::write"))
    #expect(!calls.runs("calls::with_memory", "std::fs::write"))
  }

  @Test func implsOfGenericTypesAreInstantiated() {
    let put = "<calls::Wrapper<calls::Disk> as calls::Store>::put"
    #expect(calls.kinds("calls::wrapped_disk", put) == [.dispatch])
    #expect(calls.runs("calls::wrapped_disk", put, "<calls::Disk as calls::Store>::put", "std::fs::write"))
    #expect(calls.nodes("<calls::Wrapper<T> as calls::Store>::put").count > 1)
    #expect(calls.has("<calls::Wrapper<T>>::inner"))
    #expect(
      calls.runs("calls::wrapped_label", "<calls::Wrapper<calls::Memory>>::inner", "calls::own_label"))
  }

  @Test func defaultMethodsStandUnderTheTrait() {
    let twice = "<calls::Wrapper<calls::Memory> as calls::Store>::twice"
    #expect(calls.kinds("calls::wrapped_twice_memory", twice) == [.dispatch])
    #expect(Set(calls.nodes(twice)).isSubset(of: calls.nodes("calls::Store::twice")))
    #expect(
      calls.runs(
        "calls::wrapped_twice_memory", twice, "<calls::Wrapper<calls::Memory> as calls::Store>::put",
        "<calls::Memory as calls::Store>::put"))
    #expect(!calls.runs("calls::wrapped_twice_memory", "std::fs::write"))
  }

  @Test func overriddenMethodsAreTaken() {
    #expect(calls.runs("calls::default_label", "<calls::Disk as calls::Store>::label", "calls::base_label"))
    #expect(!calls.runs("calls::default_label", "calls::own_label"))
    #expect(calls.kinds("calls::overridden_label", "<calls::Memory as calls::Store>::label") == [.dispatch])
    #expect(!calls.runs("calls::overridden_label", "calls::base_label"))
    #expect(!calls.has("<calls::Memory as calls::Store>::base_label"))
  }

  @Test func supertraitMethodsAreFound() {
    let instance = "calls::supertrait<calls::Disk>"
    #expect(calls.kinds(instance, "<calls::Disk as calls::Named>::name") == [.dispatch])
    #expect(calls.runs("calls::supertrait_disk", instance, "<calls::Disk as calls::Shown>::show", "calls::own_label"))
    #expect(calls.kinds("<calls::Disk as calls::Shown>::show", "<calls::Disk as calls::Named>::name") == [.dispatch])
  }

  @Test func associatedTypesAreNormalised() {
    #expect(
      calls.targets("calls::associated<calls::Disk>") == [
        "<calls::Disk as calls::Source>::item", "<calls::Memory as calls::Store>::put",
      ])
    #expect(!calls.runs("calls::associated_memory", "std::fs::write"))
  }

  @Test func functionsWithoutSelfAreChosenByTheResult() {
    #expect(calls.targets("calls::make_any<calls::Memory>") == ["<calls::Memory as calls::Make>::make"])
    #expect(!calls.runs("calls::make_memory", "calls::free"))
  }

  @Test func blanketImplsApply() {
    let extended = "<calls::Memory as calls::Extended>::extended"
    #expect(calls.kinds("calls::blanket", extended) == [.dispatch])
    #expect(Set(calls.nodes(extended)).isSubset(of: calls.nodes("<T as calls::Extended>::extended")))
    #expect(calls.targets(extended) == ["<calls::Memory as calls::Store>::put"])
  }

  @Test func traitArgumentsDecide() {
    #expect(
      calls.kinds("calls::convert_wide", "<calls::Disk as calls::Convert<u16>>::convert") == [.dispatch])
    #expect(calls.edges("calls::convert_wide", "<calls::Disk as calls::Convert<u8>>::convert").isEmpty)
  }

  @Test func constArgumentsDecide() {
    #expect(calls.targets("calls::generic<calls::Sized_<2>>") == ["<calls::Sized_<2> as calls::Store>::put"])
    #expect(!calls.runs("calls::sized_two", "std::fs::write"))
  }

  @Test func nestedFunctionsHaveTheirOwnersName() {
    #expect(calls.runs("calls::deep::er::outer", "calls::deep::er::outer::nested", "calls::free"))
    #expect(
      calls.kinds("<calls::deep::er::Local>::go", "<calls::deep::er::Local>::go::in_method") == [.call])
  }

  @Test func recursionEnds() {
    #expect(calls.runs("calls::recursive", "calls::mutual", "calls::recursive"))
  }

  @Test func openParametersAreTheCallersChoice() {
    let supplied = calls.graph.units[0].callerSupplied
    #expect(supplied.contains("<T as calls::Store>::put"))
    #expect(supplied.contains("<<S as calls::Source>::Item as calls::Store>::put"))
    #expect(calls.targets("calls::generic<T>").isEmpty)
    #expect(calls.capabilities("calls::generic").isEmpty)
  }

  @Test func instancesCarryTheNameOfTheirDefinition() {
    for node in calls.nodes("calls::generic<calls::Disk>") {
      #expect(calls.graph.names.string(calls.graph.nodes[node].name) == "calls::generic")
      #expect(calls.graph.nodes[node].kind == .function)
    }
    #expect(calls.nodes("calls::Wrapper").allSatisfy { calls.graph.nodes[$0].kind == .constructor })
  }
}
