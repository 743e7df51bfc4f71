import RustDump
import Testing

@testable import SyntacticScan

@Suite struct CfgTests {
  private static let set = CfgSet(
    cfgs: ["unix", "target_os=\"linux\"", "target_has_atomic=\"8\"", "panic=\"unwind\""], features: ["fast"])

  private func parse(_ text: String) -> CfgPredicate {
    let source = SourceTokens(Array(text.utf8))
    return CfgPredicate.parse(source, 0..<source.count)
  }

  private static let cases: [(String, Bool?)] = [
    ("unix", true), ("windows", false), ("not(windows)", true), (#"target_os = "linux""#, true),
    (#"target_os = "macos""#, false), (#"feature = "fast""#, true), (#"feature = "slow""#, false),
    (#"all(unix, not(any(windows, target_os = "macos")), feature = "fast")"#, true),
    (#"any(windows, all(unix, not(feature = "fast")),)"#, false), ("all()", true), ("any()", false),
    ("target_has_atomic", true), ("true", true), ("not(true)", false), ("r#unix", true),
    (#"version("1.50")"#, nil), (#"all(windows, version("1.50"))"#, false), (#"any(unix, accessible(a::b))"#, true),
    ("not(version(\"1\"))", nil), ("a b", nil),
  ]

  @Test(arguments: cases)
  func predicatesAreEvaluated(_ text: String, _ value: Bool?) {
    #expect(parse(text).evaluate(CfgTests.set) == value)
  }

  @Test func predicatesAreWrittenAsRead() {
    let text = #"all(unix, not(any(windows, target_os = "macos")))"#
    #expect(parse(text).text == text)
  }

  @Test func deepNestingIsUnknown() {
    let text = String(repeating: "not(", count: 5000) + "unix" + String(repeating: ")", count: 5000)
    #expect(parse(text).evaluate(CfgTests.set) == nil)
  }
}
