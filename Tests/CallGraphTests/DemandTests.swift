import Testing

@testable import CallGraph

@Suite struct DemandTests {
  private static let fixture = Fixture("demands")
  private var demands: Fixture { DemandTests.fixture }

  private func method(_ name: String) -> String { "<demands::Numbers as std::iter::Iterator>::\(name)" }
  private func key(_ name: String) -> String { "<demands::Key as std::cmp::\(name)" }

  @Test func adaptorsRunNothing() {
    #expect(demands.targets("demands::adaptor").isEmpty)
  }

  @Test func collectingCallsNext() {
    #expect(demands.targets("demands::collected") == [method("next"), "demands::collected::{closure#0}"])
    #expect(demands.targets("demands::collected_results").contains(method("next")))
    #expect(!demands.targets("demands::collected_results").contains("demands::collected::{closure#0}"))
  }

  @Test(arguments: [false, true]) func sinksAreToldByTheirTypes(withBodies: Bool) {
    let demands = Fixture("demands", withBodies: withBodies)
    #expect(demands.capabilities("demands::connected_to_address") == ["net.connect"])
    #expect(demands.capabilities("demands::connected_to_name") == ["net.connect", "net.dns"])
    #expect(
      demands.path("demands::connected_to_name", "net.dns")?.sink
        == "<&str as std::net::ToSocketAddrs>::to_socket_addrs")
  }

  @Test func methodsOfOneNameAreCalled() {
    #expect(demands.targets("demands::counted") == [method("count"), method("next")])
  }

  @Test func mapsCompareKeys() {
    #expect(demands.targets("demands::inserted") == [key("Ord>::cmp")])
  }

  @Test func traitsOfStdsOwnLeadToWhatTheyAskFor() {
    #expect(
      demands.targets("demands::shown").subtracting(["demands::shown::promoted[0]"]) == [
        "<demands::Shown as std::fmt::Display>::fmt"
      ])
  }

  @Test func functionsBehindReferencesAreCalled() {
    #expect(demands.targets("demands::by_reference").contains("demands::by_reference::{closure#0}"))
  }

  @Test func tablesAreRead() {
    let table = StandardDemands(text: "# a comment\nstd::f\tstd::A::a std::B::b\nstd::g\t-\nno tab\n")
    #expect(table.methods(of: "std::f") == ["std::A::a", "std::B::b"])
    #expect(table.methods(of: "std::g") == [])
    #expect(table.methods(of: "std::h") == nil)
  }
}
