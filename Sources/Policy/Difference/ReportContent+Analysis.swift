import CallGraph
import Capabilities

extension ReportContent {
  /// What the JSON report of an analysis would say.
  ///
  /// - Parameter name: what was analysed, as the user named it.
  public init(_ result: AnalysisResult, name: String) {
    let order = result.unitOrder
    var evidence: [ReportEvidence] = []
    var sources: [Evidence] = []
    for unit in order {
      let ofUnit = result.evidence(ofUnit: unit)
      for phase in Set(result.units[unit].runsIn).sorted() {
        for item in ofUnit {
          evidence.append(Self.evidence(item, unit: unit, phase: phase, result))
          sources.append(item)
        }
      }
    }
    let origins = sources
    self.init(
      name: name, isComplete: result.isComplete, crates: order.map { Self.crate($0, result) }, evidence: evidence,
      risks: result.risks.map { Self.risk($0, result) },
      steps: { origins.indices.contains($0) ? Self.steps(origins[$0], result) : [] })
  }

  private static func crate(_ index: Int, _ result: AnalysisResult) -> ReportCrate {
    let unit = result.units[index]
    let graphUnit = result.graph.units[index]
    let summary = result.unitResults[index]
    func names(_ set: CapabilitySet) -> Set<String> { Set(set.map { result.taxonomy.name($0) }) }
    var operations: [String: Int] = [:]
    for operation in summary.operations {
      let name = result.taxonomy.name(operation.capability)
      if name.hasPrefix("unsafe.") { operations[name] = operation.count }
    }
    operations["unsafe.block"] = graphUnit.unsafeBlocks > 0 ? graphUnit.unsafeBlocks : nil
    operations["unsafe.impl"] = graphUnit.unsafeImplementations > 0 ? graphUnit.unsafeImplementations : nil
    return ReportCrate(
      name: graphUnit.displayName, package: unit.package, version: unit.version, id: unit.id, phase: unit.phase,
      runsIn: Set(unit.runsIn), target: unit.target, targetName: unit.targetName,
      isWorkspaceMember: unit.isWorkspaceMember, dependencies: unit.dependencies, direct: names(summary.direct),
      transitive: names(summary.transitive), contained: names(summary.contained), operations: operations,
      links: Set(graphUnit.linkedLibraries), definedSymbols: Set(graphUnit.definedSymbols),
      foreignSymbols: Set(graphUnit.foreignSymbols),
      gaps: summary.gaps.map {
        ReportGap(kind: $0.kind.rawValue, what: $0.what, file: $0.file, line: Int($0.line), why: $0.why)
      })
  }

  private static func evidence(
    _ item: Evidence, unit: Int, phase: String, _ result: AnalysisResult
  ) -> ReportEvidence {
    let entry = result.graph.entryPoints[Int(item.entry)]
    let sink = result.sink(of: item.path)
    let user = result.graph.nodes[Int(result.sites.sites[Int(item.path.site)].node)].unit
    return ReportEvidence(
      unit: result.units[unit].id, phase: phase,
      entry: result.graph.names.string(result.graph.nodes[Int(entry.node)].name), entryKind: entry.kind.rawValue,
      capability: result.taxonomy.name(item.capability), authority: sink.authority.word,
      isCertain: item.path.isCertain, sink: sink.name, stepCount: Int(item.path.edgeCount) + 1,
      lastCrate: user == GraphNode.noUnit ? "" : result.graph.units[Int(user)].displayName)
  }

  private static func risk(_ risk: Risk, _ result: AnalysisResult) -> ReportRisk {
    let entry = result.graph.entryPoints[risk.entry].node
    let isBuildScript = result.units[risk.unit].target == "build-script"
    return ReportRisk(
      rule: risk.rule.name,
      crate: isBuildScript ? result.units[risk.unit].package : result.graph.units[risk.unit].displayName,
      version: result.units[risk.unit].version, phase: risk.phase,
      entry: result.graph.names.string(result.graph.nodes[Int(entry)].name), why: risk.rule.why,
      possibilities: risk.paths.map(\.possibilities).max() ?? 1)
  }

  private static func steps(_ evidence: Evidence, _ result: AnalysisResult) -> [ReportStep] {
    result.steps(of: evidence).map { step in
      let node = result.graph.nodes[Int(step.node)]
      let name = result.graph.names.string(node.name)
      return ReportStep(
        function: name, instance: node.instance == .none ? name : result.graph.names.string(node.instance),
        crate: node.unit == GraphNode.noUnit ? "" : result.graph.units[Int(node.unit)].displayName,
        file: result.files[Int(step.position.file)], line: Int(step.position.line),
        column: Int(step.position.column), edge: step.kind.word, candidates: Int(step.candidates),
        isConstantFalse: step.isConstantFalse)
    }
  }
}
