import Foundation
import Project
import TestSupport
import Testing

@testable import Reports

/// The markup and the data of a page; what a reader sees of it is tested in a browser (`scripts/test-html`).
@Suite struct HtmlTests {
  private static func page(of graph: TestGraph, sources: SourceText = SourceText(workspaceFolder: "")) throws -> String
  {
    var output = ByteOutput()
    try HtmlReport.write(graph.analysed(), context: ReportFixture.context, sources: sources, to: &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  @Test func theMatrixStandsInTheMarkup() throws {
    let page = try Self.page(of: ReportFixture.graph())
    #expect(page.contains(#"<button type="button" class="crate">demo</button>"#))
    #expect(page.contains(#"title="reads the contents of files or lists directories""#))
    #expect(page.contains(#"<span class="mark direct">own code</span>"#))
    #expect(page.contains("Not complete"))
    // Only what some unit has is a column.
    #expect(!page.contains(">dylib"))
  }

  @Test func aUnitThatRunsInTwoPhasesHasTwoRows() throws {
    var graph = TestGraph(units: [])
    graph.addUnit("both", runsIn: ["run", "build-script"])
    graph.entry("both::run")
    graph.chain("both::run", "std::fs::write")
    let page = try Self.page(of: graph)
    #expect(page.contains(#"<tr data-unit="0" data-phase="run" class="member">"#))
    #expect(page.contains(#"<tr data-unit="0" data-phase="build-script" class="member">"#))
  }

  @Test func namesOfCratesCannotBecomeMarkup() throws {
    let hostile = #"x"><script>alert(1)</script><!--"#
    var graph = TestGraph(units: [])
    graph.addUnit(hostile, package: hostile)
    graph.entry("\(hostile)::run")
    graph.chain("\(hostile)::run", "std::fs::write")
    let page = try Self.page(of: graph)
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<!--"))
    #expect(page.contains("&lt;script&gt;alert(1)"))
    #expect(page.components(separatedBy: "</script>").count == page.components(separatedBy: "<script ").count)
  }

  @Test func thePageAsksForNothingFromOutside() throws {
    let page = try Self.page(of: ReportFixture.graph())
    #expect(page.contains("default-src 'none'"))
    for forbidden in ["http://", "https://", "src=\"", "@import", "url("] {
      #expect(!page.contains(forbidden), "the page has \(forbidden)")
    }
  }

  @Test func equalResultsGiveEqualPages() throws {
    #expect(try Self.page(of: ReportFixture.graph()) == Self.page(of: ReportFixture.graph()))
  }

  @Test func sharedStepsStandOnce() throws {
    var graph = TestGraph(units: [])
    graph.addUnit("demo")
    for entry in ["demo::a", "demo::b"] {
      graph.entry(entry)
      graph.chain(entry, "demo::shared", "std::fs::write")
    }
    var table = HtmlPathTable(graph.analysed())
    var json = JSONStream()
    table.write(ambientOnly: false, to: &json)
    let content = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any]
    let steps = try #require(content?["steps"] as? [Int])
    // a, b and shared, nine numbers each.
    #expect(steps.count == 27)
    let evidence = try #require(content?["evidence"] as? [[Int]])
    #expect(evidence.count == 1)
    #expect(evidence[0].count % 9 == 0)
  }

  @Test(arguments: [
    ([1], [1...4]), ([10], [7...13]), ([10, 12], [7...15]), ([10, 17], [7...20]), ([10, 18], [7...13, 15...21]),
  ])
  func excerptsThatTouchAreJoined(_ places: [Int], _ ranges: [ClosedRange<Int>]) {
    #expect(HtmlExcerpts.ranges(around: Set(places)) == ranges)
  }

  /// The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64(_ text: String, _ encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }
}
