import CallGraph
import Project

extension Analysis {
  /// The same for units as the dump folder gives them, in the order of `graph.units`.
  ///
  /// Dumps that failed or were not made become gaps; libraries that a build script asks cargo to link count as linked by
  /// the package's library, or by its binaries if it has none.
  ///
  /// - Parameters:
  ///   - graph: the call graph of all units.
  ///   - build: what only cargo knows, if there is a `build.json`.
  ///   - tables: what std's and foreign functions do.
  ///   - rules: what the user says of functions and crates.
  ///   - ambientOnly: whether only sinks count that acquire by path, address or name.
  /// - Throws: a `Failure` that names the rule that is wrong; nothing without rules.
  public static func run(
    graph: CallGraph, units: [Unit], build: BuildDescription? = nil, tables: CapabilityTables,
    rules: AnalysisRules = AnalysisRules(), ambientOnly: Bool = false
  ) throws -> AnalysisResult {
    var graph = graph
    let attributes = graph.units.map(\.linkedLibraries)
    let withLibrary = Set(units.filter { $0.target == .library }.map { "\($0.package)\n\($0.version)" })
    for (index, unit) in units.enumerated() where index < graph.units.count {
      graph.gaps += missingDumps(of: unit, index: index)
      let isLinking =
        unit.target == .library
        || unit.target == .binary && !withLibrary.contains("\(unit.package)\n\(unit.version)")
      guard isLinking, let package = build?.package(of: unit) else { continue }
      graph.units[index].linkedLibraries += package.nativeLibraries.map(libraryName)
    }
    var analysed = units.map(AnalysedUnit.init)
    for index in analysed.indices where index < graph.units.count {
      analysed[index].linkDirectives = LinkDirectives.find(
        of: units[index], libraries: attributes[index], package: build?.package(of: units[index]))
    }
    return try run(graph: graph, units: analysed, tables: tables, rules: rules, ambientOnly: ambientOnly)
  }

  private static func missingDumps(of unit: Unit, index: Int) -> [GraphGap] {
    [DumpForm.mir, .hir, .expanded].filter { unit.dumpStates[$0] != .ok }.map { form in
      let why = unit.dumpStates[form] == .failed ? "rustc failed to print it" : "it was not made"
      return GraphGap(
        kind: .unreadable, unit: UInt32(index), what: "the \(form.rawValue) dump", file: unit.rootFile, line: 0,
        why: ([why] + unit.errors).joined(separator: "; "))
    }
  }

  /// The name in `name`, `kind=name`, `kind:modifiers=name` and `name:rename`.
  static func libraryName(_ directive: String) -> String {
    let name = directive.split(separator: "=", maxSplits: 1).last ?? Substring(directive)
    return String(name.split(separator: ":").first ?? name)
  }
}

extension AnalysedUnit {
  /// A unit as the dump folder gives it.
  public init(_ unit: Unit) {
    self.init(
      package: unit.package, version: unit.version, id: unit.id, phase: unit.phase.rawValue,
      runsIn: unit.runsIn.map(\.rawValue), target: unit.target.rawValue, targetName: unit.targetName,
      isWorkspaceMember: unit.isWorkspaceMember, dependencies: unit.externs.map(\.id).filter { !$0.isEmpty },
      rustcVersion: unit.rustcVersion, host: unit.host, triple: unit.triple, sourceFolder: unit.manifestDirectory)
  }
}
