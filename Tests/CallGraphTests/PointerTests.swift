import CallGraph
import Testing

@Suite struct PointerTests {
  private static let fixture = Fixture.shared("pointers")
  private var pointers: Fixture { PointerTests.fixture }

  @Test func tablesRunWhatTheyHold() {
    #expect(pointers.kinds("pointers::from_table", "pointers::read") == [.pointer])
    #expect(pointers.edges("pointers::from_table", "pointers::pure").map(\.candidates) == [2])
    #expect(pointers.capabilities("pointers::from_table") == ["fs.read"])
    #expect(pointers.path("pointers::from_table", "fs.read")?.isCertain == false)
  }

  @Test func onlyFunctionsWhoseAddressIsTakenAreTargets() {
    #expect(pointers.edges("pointers::from_table", "pointers::never_taken").isEmpty)
    #expect(pointers.edges("pointers::from_table", "pointers::other_signature").isEmpty)
    #expect(pointers.runs("pointers::direct_only", "pointers::never_taken", "std::fs::remove_dir"))
  }

  @Test func constsRunWhatTheyHold() {
    #expect(pointers.kinds("pointers::from_const", "pointers::other_signature") == [.pointer])
    #expect(pointers.kinds("pointers::CHOSEN", "pointers::other_signature") == [.cast])
    #expect(pointers.path("pointers::from_const", "fs.write")?.isCertain == true)
  }

  @Test func fieldsRunWhatTheyHold() {
    #expect(pointers.runs("pointers::from_field", "pointers::increment", "pointers::step"))
    #expect(pointers.runs("pointers::from_handlers", "pointers::HANDLERS::{closure#0}", "pointers::double"))
    #expect(pointers.runs("pointers::from_handlers", "pointers::increment", "pointers::step"))
  }

  @Test func closuresMethodsConstructorsAndInstancesAreTargets() {
    let closure = "pointers::closure_as_pointer::{closure#0}"
    #expect(pointers.kinds("pointers::argument", closure) == [.pointer])
    #expect(pointers.runs("pointers::closure_as_pointer", closure, "pointers::negate"))
    #expect(pointers.kinds("pointers::generic_pointer", "pointers::identity<i32>").contains(.pointer))
    #expect(pointers.kinds("pointers::constructor_as_pointer", "pointers::Point").contains(.pointer))
    #expect(pointers.kinds("pointers::method_as_pointer", "<pointers::Named>::length").contains(.pointer))
  }

  @Test func pointersWithAnABIAreTargets() {
    #expect(pointers.targets("pointers::unsafe_pointer") == ["pointers::c_callback"])
    #expect(pointers.runs("pointers::pass_c_callback", "pointers::unsafe_pointer", "pointers::step"))
  }

  @Test func pointersInOptionsAreTargets() {
    #expect(pointers.targets("pointers::optional") == ["pointers::take_char"])
    #expect(pointers.capabilities("pointers::pass_optional") == ["fs.read"])
  }

  @Test func anUnsafePointerIsAnUnsafeCall() {
    #expect(pointers.capabilities("pointers::unsafe_pointer").contains("unsafe.call"))
  }

  @Test func aStaticIsOneFunction() {
    #expect(pointers.nodes("pointers::TABLE").count == 1)
  }
}
