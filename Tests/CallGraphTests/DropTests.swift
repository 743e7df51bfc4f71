import CallGraph
import Testing

@Suite struct DropTests {
  private static let fixture = Fixture.shared("drops")
  private var drops: Fixture { DropTests.fixture }
  private let removed = "<drops::Removed as std::ops::Drop>::drop"

  @Test(arguments: [
    "plain", "in_vec", "in_box", "in_option", "in_rc", "in_arc_mutex", "in_map", "in_tuple", "in_array", "in_fields",
    "in_variant", "in_generic", "in_closure", "in_boxed_trait", "by_argument", "assigned", "replaced",
  ])
  func runsGlue(_ function: String) {
    #expect(drops.kinds("drops::\(function)", removed).contains(.drop))
    #expect(drops.capabilities("drops::\(function)").contains("fs.write"))
    #expect(drops.path("drops::\(function)", "fs.write")?.functions.suffix(2) == [removed, "drops::remove"])
  }

  @Test(arguments: ["make", "in_generic_number", "forgotten", "manually", "borrowed", "given_back", "not_in_box"])
  func runsNoGlue(_ function: String) {
    #expect(!drops.runs("drops::\(function)", removed))
    #expect(!drops.capabilities("drops::\(function)").contains("fs.write"))
  }

  @Test func ownDropRunsBeforeThatOfFields() {
    #expect(drops.kinds("drops::in_variant", "<drops::Choice as std::ops::Drop>::drop") == [.drop])
    #expect(drops.runs("drops::in_variant", "drops::choose"))
  }

  @Test func glueOfParametersIsThatOfTheInstance() {
    #expect(drops.kinds("drops::generic_drop<drops::Removed>", removed) == [.drop])
    #expect(drops.targets("drops::generic_drop<i32>").isEmpty)
    #expect(drops.capabilities("drops::generic_drop_removed") == ["fs.write"])
    #expect(drops.capabilities("drops::generic_drop_number").isEmpty)
  }

  @Test func valuesMovedToStdAreDroppedThere() {
    #expect(drops.capabilities("drops::explicit").contains("fs.write"))
  }

  @Test func elementsThatStdRemovesAreDroppedThere() {
    #expect(drops.capabilities("drops::truncated").contains("fs.write"))
  }
}
