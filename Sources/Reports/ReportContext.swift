import CallGraph
import Capabilities
import SyntacticScan

/// What a report says of the run that made it, beside the result.
public struct ReportContext: Sendable {
  /// How long each part took, in seconds.
  public struct Timing: Sendable {
    public var dump = 0.0
    public var parse = 0.0
    public var graph = 0.0
    public var propagate = 0.0
    public init() {}
  }

  /// The version of this program.
  public var toolVersion: String
  /// Printed only when given, so that reports stay reproducible.
  public var timing: Timing?
  /// Only evidence of sinks that acquire by themselves; the analysis should have been told the same, so that each path
  /// leads to one.
  public var ambientOnly: Bool
  /// What was analysed, as the user gave it, for the commands that a report advises.
  public var input: String
  /// What was not compiled of each unit, in the order of the graph's; empty if it was not looked for.
  public var notCompiled: [NotCompiledCode]
  /// What several sets of features bring, if that was asked for.
  public var featureMatrix: FeatureMatrix?

  public init(
    toolVersion: String, timing: Timing? = nil, ambientOnly: Bool = false, input: String = ".",
    notCompiled: [NotCompiledCode] = []
  ) {
    self.notCompiled = notCompiled
    self.toolVersion = toolVersion
    self.timing = timing
    self.ambientOnly = ambientOnly
    self.input = input
  }
}

extension AnalysisResult {
  /// The unit whose compiler a report names: the first member of the workspace, else the first unit.
  package var leadingUnit: AnalysedUnit? {
    let ordered = unitOrder.map { units[$0] }
    return ordered.first { $0.isWorkspaceMember } ?? ordered.first
  }

  /// A unit's crate for readers: all build scripts have one crate name, so that these go by their packages.
  func crateLabel(_ unit: Int) -> String {
    let isBuildScript = units[unit].target == "build-script"
    let name = isBuildScript ? units[unit].package + " (build script)" : graph.units[unit].displayName
    return TextStyle.harmless(name)
  }

  /// The name of a node's crate as in paths; for functions without a body here the root of their path.
  func crateName(ofNode node: UInt32) -> String {
    let unit = graph.nodes[Int(node)].unit
    if unit != GraphNode.noUnit { return graph.units[Int(unit)].displayName }
    let name = graph.names.string(graph.nodes[Int(node)].name)
    let item = name.components(after: " as ") ?? name
    let root = item.drop { "<&(*".contains($0) }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return item.contains("::") ? String(root) : ""
  }
}

extension String {
  /// What follows the last occurrence of a separator.
  func components(after separator: String) -> String? {
    guard let found = range(ofLast: separator) else { return nil }
    return String(self[found...])
  }

  private func range(ofLast separator: String) -> Index? {
    var best: Index?
    var from = startIndex
    guard let first = separator.utf8.first else { return nil }
    while let found = self[from...].utf8.firstIndex(of: first) {
      if self[found...].utf8.starts(with: separator.utf8) {
        best = utf8.index(found, offsetBy: separator.utf8.count)
      }
      from = utf8.index(after: found)
    }
    return best
  }
}
