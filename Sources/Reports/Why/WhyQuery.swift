import CallGraph
import Capabilities
import Project

/// What `mircap why` is asked.
public struct WhyQuery: Sendable {
  /// A crate name as in paths, with or without `@version`; a package; a unit's id.
  public var crate: String
  /// A capability, a group or another tool's name.
  public var capability: String
  /// The name of an entry point; the best one if not given.
  public var entry: String?
  /// How many paths are wanted for each capability.
  public var paths: Int

  public init(crate: String, capability: String, entry: String? = nil, paths: Int = 1) {
    self.crate = crate
    self.capability = capability
    self.entry = entry
    self.paths = max(1, min(paths, 1000))
  }
}

/// The answer for one unit and capability.
public struct WhyAnswer: Sendable {
  public var unit: Int
  public var capability: CapabilityID
  /// An index into `CallGraph.entryPoints`.
  public var entry: Int
  /// Best first.
  public var paths: [FoundPath]
  /// Other entry points of the unit that reach the capability too.
  public var otherEntries: Int
}

/// The answers to a question.
public struct WhyAnswers: Sendable {
  /// The units that the question is about.
  public var units: [Int]
  public var capabilities: CapabilitySet
  /// Sorted by unit, then capability; empty if no path leads there.
  public var answers: [WhyAnswer]

  /// Finds the paths that are asked for.
  ///
  /// - Throws: a `Failure` if there is no such crate, capability or entry point.
  public init(_ query: WhyQuery, _ result: AnalysisResult) throws {
    guard let capabilities = result.taxonomy.members(of: query.capability) else {
      throw Failure.usage(
        "there is no capability \(query.capability)",
        advice: "there are: " + result.taxonomy.capabilities.map(\.name).joined(separator: ", "))
    }
    self.capabilities = capabilities
    units = result.unitOrder.filter { WhyAnswers.matches(query.crate, $0, result) }
    if units.isEmpty {
      let known = result.unitOrder.map { result.graph.units[$0].displayName }
      throw Failure.usage(
        "there is no crate \(query.crate)", advice: "there are: " + Set(known).sorted().joined(separator: ", "))
    }
    answers = []
    if let entry = query.entry { try check(entry, query.crate, result) }
    for unit in units {
      for capability in capabilities {
        if let answer = WhyAnswers.answer(query, unit, capability, result) { answers.append(answer) }
      }
    }
  }

  private static func matches(_ name: String, _ unit: Int, _ result: AnalysisResult) -> Bool {
    let displayed = result.graph.units[unit].displayName
    let described = result.units[unit]
    return name == displayed || displayed.hasPrefix(name + "@") || name == described.package || name == described.id
      || name == "\(described.package)@\(described.version)"
  }

  private func check(_ entry: String, _ crate: String, _ result: AnalysisResult) throws {
    let all = result.graph.entryPoints.filter { units.contains(Int($0.unit)) }
      .map { result.graph.names.string(result.graph.nodes[Int($0.node)].name) }
    if all.contains(entry) { return }
    let similar = all.filter { $0.contains(entry) }
    let shown = Set(similar.isEmpty ? all : similar).sorted().prefix(10).joined(separator: ", ")
    throw Failure.usage(
      "\(crate) has no entry point \(entry)", advice: shown.isEmpty ? nil : "it has, among others: \(shown)")
  }

  private static func answer(
    _ query: WhyQuery, _ unit: Int, _ capability: CapabilityID, _ result: AnalysisResult
  ) -> WhyAnswer? {
    let evidence = result.evidence(ofUnit: unit).filter { $0.capability == capability }
    let chosen: Evidence?
    if let entry = query.entry {
      chosen = evidence.first {
        result.graph.names.string(result.graph.nodes[Int(result.graph.entryPoints[Int($0.entry)].node)].name) == entry
      }
    } else {
      chosen = BestEvidence.best(of: evidence, result, unit: unit)
    }
    guard let chosen else { return nil }
    let first = FoundPath(
      edges: Array(result.paths.edges(of: chosen.path)), site: chosen.path.site,
      uncertainSteps: Int(chosen.path.uncertainSteps))
    var paths = [first]
    if query.paths > 1 {
      var enumeration = PathEnumeration(
        result, from: result.graph.entryPoints[Int(chosen.entry)].node, to: capability)
      paths = []
      while paths.count < query.paths, let path = enumeration.next() { paths.append(path) }
    }
    return WhyAnswer(
      unit: unit, capability: capability, entry: Int(chosen.entry), paths: paths, otherEntries: evidence.count - 1)
  }
}
