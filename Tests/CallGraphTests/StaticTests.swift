import CallGraph
import Testing

@Suite struct StaticTests {
  private static let fixture = Fixture.shared("statics")
  private var statics: Fixture { StaticTests.fixture }

  @Test func lazyValuesRunTheirInitialiser() {
    #expect(statics.kinds("statics::use_lazy", "statics::LAZY") == [.staticInitialiser])
    #expect(statics.runs("statics::use_lazy", "statics::LAZY", "statics::LAZY::{closure#0}", "statics::read_home"))
    #expect(
      statics.path("statics::use_lazy", "env.read")?.functions == [
        "statics::use_lazy", "statics::LAZY", "statics::LAZY::{closure#0}", "statics::read_home",
      ])
    #expect(statics.path("statics::use_lazy", "env.read")?.isCertain == true)
    #expect(statics.runs("statics::use_by_name", "statics::BY_NAME", "statics::read_path"))
    #expect(statics.runs("statics::cell", "statics::cell::{closure#0}", "statics::read_shell"))
    #expect(statics.runs("statics::use_once", "statics::use_once::{closure#0}", "statics::read_shell"))
  }

  @Test func threadLocalsRunTheirInitialiser() {
    #expect(statics.runs("statics::use_local", "statics::LOCAL", "statics::read_user", "std::env::var"))
    #expect(statics.path("statics::use_local", "env.read")?.sink == "std::env::var")
    #expect(statics.capabilities("statics::use_constant_local").isEmpty)
  }

  @Test func evidenceInThreadLocalsStandsInTheUsersFile() {
    for name in ["statics::LOCAL", "statics::CONSTANT"] {
      let places = statics.nodes(name).map { statics.graph.nodes[$0].position }
      #expect(places.allSatisfy { statics.graph.files[Int($0.file)] == "src/lib.rs" && $0.line > 0 })
    }
  }

  @Test func plainStaticsDoNothing() {
    #expect(statics.capabilities("statics::use_const").isEmpty)
    #expect(statics.capabilities("statics::use_static").isEmpty)
    #expect(statics.capabilities("statics::nothing").isEmpty)
    #expect(statics.nodes("statics::TABLE").allSatisfy { statics.graph.nodes[$0].kind == .staticItem })
    #expect(statics.nodes("statics::COMPUTED").allSatisfy { statics.graph.nodes[$0].kind == .constant })
  }

  @Test func associatedConstantsAreThoseOfTheInstance() {
    let action = "<statics::Reader as statics::Described>::ACTION"
    #expect(statics.kinds("statics::described<statics::Reader>", action) == [.staticInitialiser])
    #expect(statics.runs("statics::described_reader", "statics::read_term", "std::env::var"))
    #expect(!statics.isReached("<statics::Silent as statics::Described>::ACTION"))
  }

  @Test func mutableStaticsAreOperations() {
    #expect(statics.capabilities("statics::count") == ["unsafe.block", "unsafe.static-mut"])
    #expect(statics.kinds("statics::count", "statics::COUNTER") == [.staticInitialiser])
  }
}
