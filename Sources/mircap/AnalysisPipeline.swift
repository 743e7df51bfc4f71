import ArgumentParser
import CallGraph
import Capabilities
import CrateFacts
import Glibc
import Policy
import Project
import Reports
import SyntacticScan

/// The way from an input to a result: dump, units, facts, graph, capabilities.
struct AnalysisPipeline {
  private let input: InputOptions
  private let console: Console
  private let linkerNames: Bool
  private let followsAllOfStandard: Bool
  private let policy: LoadedPolicy?

  /// - Parameters:
  ///   - linkerNames: whether the graph is to be compared with a linked program.
  ///   - followsAllOfStandard: whether std's bodies are followed also where nothing that counts can come of it.
  ///   - policy: whose rules the analysis follows.
  init(
    input: InputOptions, linkerNames: Bool = false, followsAllOfStandard: Bool = false, policy: LoadedPolicy? = nil
  ) {
    self.input = input
    self.followsAllOfStandard = followsAllOfStandard
    self.linkerNames = linkerNames
    self.policy = policy
    console = Console(verbosity: input.messages.verbosity)
  }

  /// Does all steps.
  ///
  /// - Throws: a `Failure` that says what cannot be analysed.
  ///
  /// - Parameters:
  ///   - notCompiled: whether to look for what cfgs left out, too.
  ///   - ambientOnly: whether only sinks count that acquire by themselves.
  func run(notCompiled: Bool = false, ambientOnly: Bool = false) throws -> CompletedAnalysis {
    // Tables first: a mistake in them must not come after minutes of work.
    let data = try readData()
    var seconds = 0.0
    let dump = try Stopwatch.measure(&seconds) { try dumpIfNeeded() }
    var analysis = try analyse(dump, data, notCompiled: notCompiled, ambientOnly: ambientOnly)
    analysis.timing.dump = seconds
    return analysis
  }

  /// The steps after dumping.
  func analyse(
    _ dump: Dumper.Outcome, _ data: AnalysisData, notCompiled: Bool = false, ambientOnly: Bool = false
  ) throws -> CompletedAnalysis {
    let tables = data.tables
    var timing = ReportContext.Timing()
    let folder = try openFolder(dump.folder)
    let units = try input.selection.unitSelection.apply(to: folder.units)
    let facts = try readFacts(of: units, &timing)
    let damages = try damages(in: facts, of: units)
    let standard = try data.standard.result()
    let graph = Stopwatch.measure(&timing.graph) { link(facts, units, folder, standard, tables) }
    let absolved = policy?.absolvedUnits(units, folder.build)
    let rules = absolved.flatMap { policy?.rules($0) } ?? AnalysisRules()
    let result = try Stopwatch.measure(&timing.propagate) {
      try console.step("finding paths along edges", of: graph.edges.count) {
        try Analysis.run(
          graph: graph, units: units, build: folder.build, tables: tables, rules: rules, ambientOnly: ambientOnly)
      }
    }
    var analysis = CompletedAnalysis(
      result: result, units: units, absolved: absolved ?? AbsolvedUnits(), build: folder.build, timing: timing,
      workspaceFolder: Self.workspaceFolder(of: folder),
      isWhole: dump.isComplete && folder.failures.isEmpty && damages == 0)
    if notCompiled {
      try console.step("looking for code that was not compiled") {
        try analysis.addNotCompiled(tables, jobs: input.dumping.threads)
      }
    }
    analysis.describe(to: console)
    return analysis
  }

  /// Reads what does not depend on the project. What takes long goes on while the project is compiled.
  func readData() throws -> AnalysisData {
    let files = try DataFiles(folder: input.data)
    let withBodies = input.std == .mir
    return AnalysisData(
      tables: try CapabilityTables(read: files.read),
      standard: BackgroundWork {
        // The binary carries them.
        guard let file = try files.read(StandardFacts.fileName) else { return [] }
        return try StandardFacts.decode(file.bytes, withBodies: withBodies)
      })
  }

  /// Compiles the project, unless dumps are given.
  ///
  /// - Parameter isNightly: whether the compilation ends when this process is killed, and dumps of earlier builds are removed.
  func dumpIfNeeded(isNightly: Bool = false) throws -> Dumper.Outcome {
    if let folder = input.dumps { return Dumper.Outcome(folder: folder, isComplete: true) }
    guard var request = input.dumpRequest else { throw Failure.usage("there is no input") }
    request.endsWithCaller = isNightly
    request.prunes = isNightly
    return try Dumper().dump(request, console)
  }

  private func openFolder(_ path: String) throws -> DumpFolder {
    let folder = try DumpFolder(path: path, keepGoing: input.dumping.keepGoing)
    for failure in folder.failures { Console.error(failure.description) }
    return folder
  }

  private func readFacts(of units: [Unit], _ timing: inout ReportContext.Timing) throws -> [UnitFacts] {
    let cache = input.noCache ? nil : CacheFolder.standard()
    var seconds = 0.0
    let loaded = try Stopwatch.measure(&seconds) {
      try console.step("reading units", of: units.count) {
        try FactsLoader.load(units: units, jobs: input.dumping.threads, cache: cache) {
          ProgressLine.shared.advance($0.crateName)
        }
      }
    }
    console.detail("units from the cache: \(loaded.fromCache) of \(units.count)")
    // Reading the cache is no parsing.
    if loaded.fromCache < units.count { timing.parse = seconds }
    return loaded.facts
  }

  /// Dumps that are no dumps are refused; with `--keep-going` they are told about and counted.
  private func damages(in facts: [UnitFacts], of units: [Unit]) throws -> Int {
    let damages = zip(units, facts).compactMap { DumpDamage.find(in: $1, of: $0) }
    guard let first = damages.first else { return 0 }
    guard input.dumping.keepGoing else { throw first }
    for damage in damages { Console.error(damage.description) }
    return damages.count
  }

  /// Links the facts; what has no dump becomes a gap.
  private func link(
    _ facts: [UnitFacts], _ units: [Unit], _ folder: DumpFolder, _ standard: [StandardCrate],
    _ tables: CapabilityTables
  ) -> CallGraph {
    let roots = roots(among: units)
    var graphInput = GraphInput(units: units, facts: facts, standard: standard, roots: roots)
    graphInput.linkerNames = linkerNames
    let sinks = tables.sinks
    graphInput.standardClass = { sinks.standing(of: $0) }
    graphInput.followsAllOfStandard = followsAllOfStandard
    graphInput.progress = { ProgressLine.shared.advance(to: $0, of: $1) }
    var graph = console.step("building the call graph, functions") { GraphBuilder.build(graphInput) }
    for missing in folder.missingUnits {
      guard let user = units.firstIndex(where: { $0.id == missing.neededBy }) else { continue }
      graph.gaps.append(
        GraphGap(
          kind: .unlinked, unit: UInt32(user), what: "the crate \(missing.id)", file: units[user].rootFile, line: 0,
          why: "there is no dump of it"))
    }
    return graph
  }

  /// With `--bin`, the units that count as starts; `nil` for all.
  private func roots(among units: [Unit]) -> Set<Int>? {
    let binaries = input.selection.bin
    guard !binaries.isEmpty else { return nil }
    return Set(units.indices.filter { units[$0].target == .binary && binaries.contains(units[$0].targetName) })
  }

  /// What paths in reports are relative to.
  static func workspaceFolder(of folder: DumpFolder) -> String {
    if let build = folder.build, !build.workspaceFolder.isEmpty { return build.workspaceFolder }
    return folder.units.first { $0.isWorkspaceMember }?.workingDirectory ?? ""
  }
}

/// What an analysis knows beforehand.
struct AnalysisData {
  var tables: CapabilityTables
  /// The items of std's crates.
  var standard: BackgroundWork<[StandardCrate]>
}

/// What the steps have made.
struct CompletedAnalysis {
  var result: AnalysisResult
  /// The units of the graph, in its order.
  var units: [Unit]
  /// Which entries of the policy's allowlists mean which units; none without a policy.
  var absolved: AbsolvedUnits
  var build: BuildDescription?
  /// What cfgs left out, in the order of the units; empty if it was not looked for.
  var notCompiled: [NotCompiledCode] = []
  var timing: ReportContext.Timing
  /// The folder that relative paths start from.
  var workspaceFolder: String
  /// Whether all units that were asked for could be compiled and read.
  var isWhole: Bool

  /// Looks through the sources for what was not compiled; what cannot be looked at becomes a stated gap.
  mutating func addNotCompiled(_ tables: CapabilityTables, jobs: Int) throws {
    notCompiled = try NotCompiledScanner.scan(units, tables: tables, jobs: jobs)
    for (index, code) in notCompiled.enumerated() where index < result.unitResults.count {
      if !code.unknown.isEmpty {
        result.unitResults[index].add(
          GraphGap(
            kind: .limit, unit: UInt32(index), what: "code that was not compiled", file: "", line: 0,
            why: code.unknown))
      }
      for file in code.unread {
        result.unitResults[index].add(
          GraphGap(
            kind: .limit, unit: UInt32(index), what: "what cfgs leave out of a file", file: file, line: 0,
            why: "the file is not at hand, or too large"))
      }
    }
  }

  /// With `--keep-going` what could be analysed has been reported; the exit code still tells that it was not all.
  func checkCompleteness() throws {
    guard isWhole else { throw ExitCode(3) }
  }

  /// Says how far the analysis saw.
  func describe(to console: Console) {
    let coverage = result.graph.coverage
    console.detail(
      """
      functions: \(coverage.functions), instances: \(coverage.instances)
      calls: \(coverage.calls): \(coverage.single) to one target, \(coverage.several) to several, \
      \(coverage.callback) to callbacks, \(coverage.callerSupplied) chosen by the caller, \
      \(coverage.unresolved) unresolved
      unreadable items: \(coverage.unreadableItems)
      impl members without an impl: \(coverage.membersWithoutImpl)
      """)
  }
}

/// Measures how long a step takes.
enum Stopwatch {
  /// Adds the seconds that `body` takes.
  static func measure<Result>(_ seconds: inout Double, _ body: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    defer { seconds += (clock.now - start) / .seconds(1) }
    return try body()
  }
}

extension Dumper {
  /// Dumps a project and says how far it is.
  func dump(_ request: DumpRequest, _ console: Console) throws -> Outcome {
    try console.step("compiling \(request.project), units") { try dump(request, listener: Self.listener(console)) }
  }

  /// On a terminal cargo's progress is ours to show; else the script prints what it is told to.
  private static func listener(_ console: Console) -> DumpListener? {
    guard console.progressForm == .line else { return nil }
    return DumpListener(
      progress: { ProgressLine.shared.advance(to: $0.done, of: $0.total, $0.names) },
      message: { Console.print($0, to: STDERR_FILENO) })
  }
}
