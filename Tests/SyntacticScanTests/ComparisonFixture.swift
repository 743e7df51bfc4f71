import CallGraph
import Capabilities
import CrateFacts
import Foundation
import Project
import TestSupport

@testable import SyntacticScan

/// The analysis of the crates of `Tests/Fixtures/graph/scanner`, whose sources say which rows they expect.
struct ComparisonFixture {
  static let folder = TestTables.repository.appendingPathComponent("Tests/Fixtures/graph/scanner").path
  static let sources = ["build_script_build": "build.rs", "peer": "src/peer.rs", "scanner": "src/lib.rs"]

  let result: AnalysisResult
  let units: [Project.Unit]
  let packages: [ScanPackage]

  static let shared: Result<ComparisonFixture, any Error> = Result { try ComparisonFixture() }

  init() throws {
    var units = try DumpFolder(path: Self.folder + "/dumps").units
    for index in units.indices {
      units[index].workingDirectory = Self.folder
      units[index].sourceFiles = [Self.sources[units[index].id] ?? ""]
      units[index].cfgs = ["unix", "target_os=\"linux\""]
    }
    let facts = try FactsLoader.load(units: units, jobs: 1, cache: nil).facts
    guard let file = try DataFiles().read(StandardFacts.fileName) else { throw Failure("there are no facts of std") }
    var input = GraphInput(
      units: units, facts: facts, standard: try StandardFacts.decode(file.bytes, withBodies: true))
    let sinks = TestTables.all.sinks
    input.standardClass = { sinks.standing(of: $0) }
    result = try Analysis.run(graph: GraphBuilder.build(input), units: units, tables: TestTables.all)
    self.units = units
    // Each crate has its own file, all in one folder.
    packages = units.map { unit in
      var package = ScanPackage(name: unit.package, version: unit.version, isWorkspaceMember: true, folder: Self.folder)
      package.isSingleFiles = true
      let root = Self.folder + "/" + (Self.sources[unit.id] ?? "")
      if unit.target == .buildScript { package.buildScripts = [root] } else { package.roots = [root] }
      return package
    }
  }

  func compare(_ report: ScannerReport, scope: CapabilitySet? = nil) -> ScannerComparison {
    var builder = ComparisonBuilder(result, units: units, packages: packages, workspace: Self.folder)
    return builder.compare(report, scope: scope ?? TestCategories.all.scope(of: report))
  }

  func scan(_ rules: ScanRules) throws -> ScannerReport {
    let scan = SourceScan(TestTables.all, modules: TestModules.all, rules: rules)
    let found = try scan.scan(packages, workspace: Self.folder, jobs: 1)
    return SourceScan.report(of: found, rules: rules, taxonomy: TestTables.all.taxonomy)
  }

  /// What the sources expect: `file:line capability verdict why`.
  static func expected() throws -> [String] {
    var expected: [String] = []
    for file in sources.values {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        guard let mark = line.range(of: "// expect: ") else { continue }
        for part in line[mark.upperBound...].split(separator: ";") {
          expected.append("\(file):\(number + 1) \(part.trimmingCharacters(in: .whitespaces))")
        }
      }
    }
    return expected.sorted()
  }
}
