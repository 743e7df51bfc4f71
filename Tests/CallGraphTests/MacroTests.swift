import CallGraph
import Testing

@Suite struct MacroTests {
  private static let fixture = Fixture.shared("macros")
  private var macros: Fixture { MacroTests.fixture }

  @Test func implsWithOneSpanAreToldApart() {
    #expect(macros.targets("<macros::Reader as macros::Act>::act") == ["macros::read"])
    #expect(macros.targets("<macros::Pure as macros::Act>::act").isEmpty)
    #expect(macros.targets("<macros::Third<u8> as macros::Act>::act") == ["macros::third"])
    #expect(macros.graph.coverage.membersWithoutImpl == 0)
    #expect(macros.openGaps.isEmpty)
  }

  @Test func callsChooseTheirImpl() {
    #expect(macros.kinds("macros::act_reader", "<macros::Reader as macros::Act>::act") == [.dispatch])
    #expect(macros.capabilities("macros::act_reader") == ["fs.read"])
    #expect(macros.capabilities("macros::act_pure").isEmpty)
    #expect(macros.runs("macros::act_third", "<macros::Third<u8> as macros::Act>::act", "macros::third"))
  }

  @Test func derivedImplsWithOneSpanAreToldApart() {
    #expect(macros.runs("macros::run_first", "<macros::First as std::clone::Clone>::clone"))
    #expect(macros.runs("macros::run_first", "<macros::First>::run", "macros::first_call"))
    #expect(!macros.runs("macros::run_first", "macros::second_call"))
    #expect(macros.targets("<macros::Second>::run") == ["macros::second_call"])
    #expect(macros.runs("macros::equal", "<macros::Second as std::cmp::PartialEq>::eq"))
    #expect(macros.edges("macros::equal", "<macros::First as std::cmp::PartialEq>::eq").isEmpty)
  }

  @Test func itemsOfFunctionsThatMacrosMakeAreToldApart() {
    #expect(macros.runs("macros::in_one", "<macros::in_one::Local as macros::Act>::act", "macros::Act::also"))
    #expect(!macros.runs("macros::in_one", "<macros::in_two::Local as macros::Act>::act"))
    #expect(
      macros.kinds("<macros::in_two::Local as macros::Act>::act", "<macros::in_two::Local as macros::Act>::also")
        == [.dispatch])
  }

  @Test func implsInConstantsAreFound() {
    #expect(macros.runs("macros::act_number", "<u64 as macros::Act>::act", "macros::third"))
  }
}
