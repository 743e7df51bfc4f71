import Capabilities
import Foundation
import Project
import TestSupport
import Testing

@testable import SyntacticScan

@Suite struct ComparisonTests {
  private func text(_ row: ScannerComparison.Row) -> String {
    let why = row.why.map { " " + $0.rawValue } ?? ""
    return "\(row.file):\(row.line) \(row.capability) \(row.verdict.rawValue)\(why)"
  }

  @Test func everyPlaceHasTheVerdictThatItsSourceExpects() throws {
    let fixture = try ComparisonFixture.shared.get()
    let comparison = fixture.compare(try fixture.scan(.names))
    let found = Set(comparison.rows.filter { $0.level == .place }.map(text))
    let expected = Set(try ComparisonFixture.expected())
    #expect(found.subtracting(expected).sorted() == [])
    #expect(expected.subtracting(found).sorted() == [])
  }

  /// The rows of a crate at a level, without places.
  private func rows(
    _ comparison: ScannerComparison, _ level: ScannerComparison.Level, _ crate: String
  ) -> [String] {
    comparison.rows.filter { $0.level == level && comparison.subjects[$0.subject].name == crate }
      .map { "\($0.capability) \($0.verdict.rawValue)\($0.why.map { " " + $0.rawValue } ?? "")" }.sorted()
  }

  @Test func cratesAreComparedByWhatTheyDoAndReach() throws {
    let fixture = try ComparisonFixture.shared.get()
    let comparison = fixture.compare(try fixture.scan(.known))
    #expect(
      rows(comparison, .own, "scanner") == [
        "env.read true-positive", "env.write false-positive other-cfg", "ffi true-positive", "fs.meta true-positive",
        "fs.read false-negative function-pointer", "fs.write true-positive", "process.exit true-positive",
        "random false-negative trait-dispatch", "stdio.read false-negative trait-dispatch", "stdio.write true-positive",
        "thread true-positive", "unsafe.block true-positive", "unsafe.static-mut true-positive",
      ])
    let reach = rows(comparison, .reach, "scanner")
    #expect(reach.contains("net.connect false-negative dependency"))
    #expect(reach.contains("net.dns false-negative dependency"))
    #expect(rows(comparison, .own, "peer").contains("unsafe.impl true-positive"))
    #expect(rows(comparison, .own, "scanner:build-script").contains("process.spawn true-positive"))
    for row in comparison.rows where row.verdict == .falseNegative {
      #expect(row.evidence?.steps.isEmpty == false, "\(text(row))")
    }
  }

  @Test func countsAddUp() throws {
    let fixture = try ComparisonFixture.shared.get()
    let comparison = fixture.compare(try fixture.scan(.calls))
    for level in ScannerComparison.Level.allCases {
      let counts = comparison.counts(level)
      let rows = comparison.rows.filter { $0.level == level }
      #expect(counts.truePositives + counts.falsePositives + counts.falseNegatives == rows.count)
      #expect(rows.allSatisfy { ($0.why == nil) == ($0.verdict == .truePositive) })
      #expect(counts.precision.whole == counts.truePositives + counts.falsePositives)
      #expect(counts.recall.whole == counts.truePositives + counts.falseNegatives)
    }
  }

  /// What a report in CSV says, read and compared.
  private func compare(_ table: String) throws -> ScannerComparison {
    let fixture = try ComparisonFixture.shared.get()
    return fixture.compare(try TestCategories.reader.read(Array(table.utf8), name: "t.csv"))
  }

  private func line(_ text: String, of file: String) throws -> Int {
    let lines = try String(contentsOfFile: ComparisonFixture.folder + "/" + file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.contains(text) }) + 1
  }

  @Test func claimsInCommentsAndStringsAreTold() throws {
    let comment = try line("stands in a comment", of: "src/lib.rs")
    let comparison = try compare("file,line,capability\nsrc/lib.rs,\(comment),fs.read\n")
    let row = try #require(comparison.rows.first { $0.level == .place && $0.verdict == .falsePositive })
    #expect(row.why == .commentOrString && row.line == comment)
    // The crate does it elsewhere.
    #expect(rows(comparison, .own, "scanner") == ["fs.read true-positive"])
  }

  @Test func claimsAboutPackagesAreJudgedByPhase() throws {
    let fixture = try ComparisonFixture.shared.get()
    let report = try TestCategories.reader.read(
      Array("scanner: process, net\npeer: time\nunheard-of: fs\n".utf8), name: "c.txt")
    let comparison = fixture.compare(report)
    #expect(comparison.foreignClaims == 1)
    let wrong = comparison.rows.filter { $0.level == .own && $0.verdict == .falsePositive }
    #expect(wrong.map(\.capability) == ["time", "net"] || wrong.map(\.capability) == ["net", "time"])
    #expect(wrong.allSatisfy { $0.why == .noPlace })
    let spawn = fixture.compare(
      try TestCategories.reader.read(Array("crate,file,line,capability\nscanner,,0,process.spawn\n".utf8), name: "t"))
    #expect(rows(spawn, .own, "scanner") == ["process.spawn false-positive other-phase"])
  }

  @Test func onlyWhatAToolCanSpeakOfIsExpectedOfIt() throws {
    let fixture = try ComparisonFixture.shared.get()
    let capsec = try TestCategories.report("capsec.json")
    let comparison = fixture.compare(capsec)
    #expect(comparison.foreignClaims == capsec.claims.count)
    let names = Set(comparison.rows.map(\.capability))
    #expect(names.contains("fs.read") && !names.contains("stdio.write") && !names.contains("random"))
  }

  @Test func coarseWordsAreRightIfAnyOfThemIs() throws {
    let create = try line("File::create", of: "src/peer.rs")
    let comparison = try compare("file,line,capability\nsrc/peer.rs,\(create),fs\nsrc/peer.rs,\(create),net.udp\n")
    let places = comparison.rows.filter { $0.level == .place && comparison.subjects[$0.subject].name == "peer" }
    #expect(places.map(text).contains("src/peer.rs:\(create) fs.write true-positive"))
    #expect(places.map(text).contains("src/peer.rs:\(create) net.udp false-positive name-only"))
  }
}
