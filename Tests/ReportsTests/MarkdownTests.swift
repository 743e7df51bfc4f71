import Reports
import TestSupport
import Testing

@Suite struct MarkdownTests {
  @Test func namesCannotBecomeMarkup() {
    #expect(MarkdownText.code("<A as B>::f") == "`<A as B>::f`")
    #expect(MarkdownText.code("a|b") == "`a\\|b`")
    #expect(MarkdownText.code("a`b") == "`` a`b ``")
    #expect(MarkdownText.code("a``b`") == "``` a``b` ```")
    #expect(MarkdownText.code("a\u{1B}[31m\nb") == "`a\u{FFFD}[31m\u{FFFD}b`")
    #expect(MarkdownText.plain("<b>*x*</b> @user #1") == "\\<b\\>\\*x\\*\\</b\\> @\u{2060}user #\u{2060}1")
  }

  @Test func tellsMembersPathByPath() {
    let text = ReportFixture.text {
      MarkdownReport.write(ReportFixture.graph().analysed(), context: ReportFixture.context, to: &$0)
    }
    #expect(text.contains("### At run time"))
    #expect(text.contains("| demo 0.1.0 (bin demo) | `fs.read` |"))
    #expect(text.contains("`demo::main → demo::load → std::fs::read_to_string` `src/lib.rs:9`"))
    #expect(text.contains("Some code could not be analysed"))
    #expect(text.contains("| `net.connect` | peer 0.1.0 |"))
  }

  @Test func longReportsAreCut() {
    var graph = TestGraph(units: [])
    for number in 0..<400 {
      graph.addUnit("crate\(number)")
      graph.entry("crate\(number)::run")
      graph.chain("crate\(number)::run", "std::fs::write")
    }
    let text = ReportFixture.text {
      MarkdownReport.write(graph.analysed(), context: ReportFixture.context, to: &$0)
    }
    #expect(text.utf8.count < 65_000)
    #expect(text.contains("250 more rows are in the full report."))
  }
}
