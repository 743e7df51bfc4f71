import CallGraph
import RustDump

/// Finds what each unit can do, and proves it: a pure function of the graph and the tables.
public enum Analysis {
  /// Classifies sinks, carries capabilities back along the edges that may run, and finds the best paths.
  ///
  /// - Parameters:
  ///   - graph: the call graph of all units; every index in it is in range.
  ///   - units: in the order of `graph.units`.
  ///   - tables: what std's and foreign functions do.
  ///   - rules: what the user says of functions and crates.
  ///   - ambientOnly: whether only sinks count that acquire by path, address or name.
  /// - Throws: a `Failure` that names the rule that is wrong; nothing without rules.
  public static func run(
    graph: CallGraph, units: [AnalysedUnit], tables: CapabilityTables, rules: AnalysisRules = AnalysisRules(),
    ambientOnly: Bool = false
  ) throws -> AnalysisResult {
    var tables = tables
    let resolved = try ResolvedRules(rules, taxonomy: tables.taxonomy)
    tables.taxonomy = resolved.taxonomy
    let matches = RuleMatches(resolved, graph: graph)
    let barriers = Barriers(resolved, matches, graph: graph)
    let sinkRules = SinkRules(resolved, matches, barriers)
    var finder = SinkSiteFinder(
      graph: graph, units: units, tables: tables, rules: sinkRules, ambientOnly: ambientOnly)
    finder.find()
    let sites = finder.result
    let components = Components(graph: graph, barriers: barriers)
    let reached = ReachedCapabilities(graph: graph, own: sites.own, components: components, barriers: barriers)
    var units = units
    for unit in units.indices where units[unit].runsIn.isEmpty { units[unit].runsIn = [units[unit].phase] }
    let unitOrder = order(of: units, graph: graph)
    var result = AnalysisResult(
      graph: graph, units: units, taxonomy: tables.taxonomy, files: finder.files, sites: sites,
      reachedCapabilities: reached.travelling, absolvedCapabilities: reached.absolved, barriers: barriers,
      rules: rules, silenced: [], unitResults: [], unitOrder: unitOrder, evidence: [], paths: EvidencePaths())
    var summary = UnitSummary(
      graph: graph, sites: sites, components: components, reached: reached, barriers: barriers,
      taxonomy: tables.taxonomy)
    result.unitResults = summary.summarise(gaps: graph.gaps + finder.gaps)
    let overrides = SymbolOverrides(graph, units, tables)
    for unit in graph.units.indices { result.unitResults[unit].definedSymbols = overrides.symbols(ofUnit: unit) }
    var uses = UnsafeUseCollector(graph: graph, taxonomy: tables.taxonomy, rules: sinkRules, files: finder.files)
    for (unit, found) in uses.collect().enumerated() { result.unitResults[unit].unsafeUses = found }
    var search = EvidenceSearch(graph: graph, sites: sites, reached: reached, barriers: barriers)
    search.run(capabilityCount: tables.taxonomy.capabilities.count)
    result.paths = search.paths
    result.evidence = EvidenceSearch.sorted(
      search.evidence, graph: graph, unitRanks: result.unitRanks, taxonomy: tables.taxonomy)
    if !rules.isEmpty {
      var collector = SilencingCollector(
        graph: graph, sites: sites, reached: reached, rules: resolved, matches: matches,
        changedSinks: finder.changedSinks)
      result.silenced = collector.collect()
    }
    let whole = barriers.hasNoEdges ? components : Components(graph: graph, barriers: Barriers())
    var risks = RiskFinder(graph: graph, units: units, rules: tables.riskRules, components: whole, known: sites)
    result.risks = risks.find(order: unitOrder)
    return result
  }

  /// The order in which reports list units: by package, version, phase, target, and what else tells them apart.
  private static func order(of units: [AnalysedUnit], graph: CallGraph) -> [Int] {
    func key(_ unit: Int) -> [String] {
      let described = units[unit]
      return [
        described.package, described.version, described.phase == "run" ? "" : described.phase, described.target,
        described.targetName, described.id,
      ]
    }
    let keys = units.indices.map(key)
    return units.indices.sorted { left, right in
      keys[left] == keys[right] ? left < right : keys[left].lexicographicallyPrecedes(keys[right])
    }
  }
}
