import CallGraph
import Capabilities

/// What several sets of features of one project bring: made from an analysis of each set.
public struct FeatureMatrix: Sendable {
  /// One set of features.
  public struct Row: Sendable {
    /// As the user wrote it.
    public var name: String
    /// What kept it from being analysed; empty if it was.
    public var failure: String
    /// What members of the workspace reach, with the best evidence.
    public var reached: [Reached]
    /// Packages with versions, sorted.
    public var packages: [String]
    /// What it has beyond the set that all are compared with.
    public var broughtPackages: [String] = []

    /// A set that could not be analysed.
    public init(name: String, failure: String) {
      self.name = name
      self.failure = failure
      reached = []
      packages = []
    }

    /// A set that was analysed.
    public init(name: String, result: AnalysisResult) {
      self.name = name
      failure = ""
      reached = FeatureMatrix.reached(result)
      packages = Set(result.units.map { "\($0.package) \($0.version)" }).sorted()
    }
  }

  /// A capability that a member of the workspace reaches in one set.
  public struct Reached: Sendable {
    public var package: String
    public var target: String
    public var targetName: String
    public var phase: String
    public var capability: String
    public var entry: String
    public var sink: String
    public var file: String
    public var line: UInt32
    /// Whether the set that all are compared with lacks it.
    public var isBrought = false

    /// What tells it apart from the others of its set.
    var key: [String] { [package, phase, target, targetName, capability] }
  }

  public private(set) var rows: [Row]
  /// The name of the set that the others are compared with: `none` if it is one of them, else the first that could be
  /// analysed; empty if none could.
  public let baseline: String

  public init(_ rows: [Row]) {
    self.rows = rows
    let analysed = rows.filter(\.failure.isEmpty)
    let base = analysed.first { $0.name == "none" } ?? analysed.first
    baseline = base?.name ?? ""
    let known = Set(base?.reached.map(\.key) ?? [])
    let packages = Set(base?.packages ?? [])
    for row in self.rows.indices {
      for index in self.rows[row].reached.indices {
        self.rows[row].reached[index].isBrought = !known.contains(self.rows[row].reached[index].key)
      }
      self.rows[row].broughtPackages = self.rows[row].packages.filter { !packages.contains($0) }
    }
  }

  private static func reached(_ result: AnalysisResult) -> [Reached] {
    result.unitOrder.filter { result.units[$0].isWorkspaceMember }.flatMap { unit -> [Reached] in
      let described = result.units[unit]
      return BestEvidence.perCapability(result, unit: unit, ambientOnly: false).map { group in
        let steps = result.steps(of: group.best)
        let position = steps.last?.position ?? .init()
        return Reached(
          package: described.package, target: described.target, targetName: described.targetName,
          phase: described.phase, capability: result.taxonomy.name(group.best.capability),
          entry: steps.first.map { result.graph.names.string(result.graph.nodes[Int($0.node)].name) } ?? "",
          sink: result.sink(of: group.best.path).label, file: result.files[Int(position.file)], line: position.line)
      }
    }
  }
}
