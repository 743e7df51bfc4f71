import CallGraph
import Testing

/// Recursion that makes ever new types is cut, and where it is cut is stated.
@Suite struct LimitTests {
  private static let fixture = Fixture.shared("limits")
  private var limits: Fixture { LimitTests.fixture }

  @Test(arguments: [
    "limits::polymorphic", "limits::drops", "limits::mutual", "limits::through_closures",
    "limits::through_associated_types",
  ])
  func growthEnds(_ function: String) {
    let instances = limits.nodes(function).count
    #expect(instances > 1)
    #expect(instances < 200)
  }

  @Test func theCutIsStated() {
    let stated = Set(limits.graph.gaps.filter { $0.kind == .limit }.map(\.what))
    #expect(
      stated.isSuperset(of: ["limits::polymorphic", "limits::drops", "limits::mutual_back", "limits::Grow::grow"]))
    #expect(stated.allSatisfy { limits.has($0) })
  }

  @Test func whatIsBehindTheCutIsStillFound() {
    for start in ["through_trait", "through_closures", "nested_list", "mutual"] {
      #expect(limits.runs("limits::\(start)", "limits::leaf"))
    }
  }

  @Test func theGraphStaysSmall() {
    #expect(limits.graph.nodes.count < 2_000)
    #expect(limits.graph.edges.count < 20_000)
  }
}
