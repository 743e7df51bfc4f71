/// What a report says, as far as two reports are compared: read from `mircap-report/1` or taken from an analysis.
public struct ReportContent: Sendable {
  /// What the report was made of, as the user named it.
  public var name: String
  /// The report's own word for whether no code is missing.
  public var isComplete: Bool
  public var crates: [ReportCrate]
  public var evidence: [ReportEvidence]
  public var risks: [ReportRisk]
  /// The steps of a piece of evidence, by its place in `evidence`. Only those that are shown are asked for: the steps of
  /// all take a large part of a report.
  public var steps: @Sendable (Int) -> [ReportStep]

  public init(
    name: String, isComplete: Bool = true, crates: [ReportCrate] = [], evidence: [ReportEvidence] = [],
    risks: [ReportRisk] = [], steps: @escaping @Sendable (Int) -> [ReportStep] = { _ in [] }
  ) {
    self.name = name
    self.isComplete = isComplete
    self.crates = crates
    self.evidence = evidence
    self.risks = risks
    self.steps = steps
  }
}

/// One unit of a report.
public struct ReportCrate: Sendable {
  /// The crate's name as in paths.
  public var name: String
  public var package: String
  public var version: String
  /// Unique in its report.
  public var id: String
  /// The kind of its own target: `run`, `build-script`, `proc-macro`.
  public var phase: String
  public var runsIn: Set<String>
  public var target: String
  public var targetName: String
  public var isWorkspaceMember: Bool
  /// Ids of units.
  public var dependencies: [String]
  public var direct: Set<String>
  public var transitive: Set<String>
  public var contained: Set<String>
  /// How often its own code does what is unsafe, by operation; blocks and impls under `unsafe.block` and `unsafe.impl`.
  public var operations: [String: Int]
  public var links: Set<String>
  public var definedSymbols: Set<String>
  public var foreignSymbols: Set<String>
  /// What could not be looked at.
  public var gaps: [ReportGap]

  public init(
    name: String, package: String, version: String, id: String, phase: String = "run", runsIn: Set<String> = ["run"],
    target: String = "lib", targetName: String = "", isWorkspaceMember: Bool = true, dependencies: [String] = [],
    direct: Set<String> = [], transitive: Set<String> = [], contained: Set<String> = [],
    operations: [String: Int] = [:], links: Set<String> = [], definedSymbols: Set<String> = [],
    foreignSymbols: Set<String> = [], gaps: [ReportGap] = []
  ) {
    self.name = name
    self.package = package
    self.version = version
    self.id = id
    self.phase = phase
    self.runsIn = runsIn
    self.target = target
    self.targetName = targetName
    self.isWorkspaceMember = isWorkspaceMember
    self.dependencies = dependencies
    self.direct = direct
    self.transitive = transitive
    self.contained = contained
    self.operations = operations
    self.links = links
    self.definedSymbols = definedSymbols
    self.foreignSymbols = foreignSymbols
    self.gaps = gaps
  }
}

/// Something that could not be looked at.
public struct ReportGap: Sendable, Hashable {
  /// `unreadable`, `unlinked`, `unknown-std`, `native-code` or `limit`.
  public var kind: String
  public var what: String
  /// Empty if it stands in no file.
  public var file: String
  public var line: Int
  public var why: String

  public init(kind: String, what: String, file: String, line: Int, why: String) {
    self.kind = kind
    self.what = what
    self.file = file
    self.line = line
    self.why = why
  }
}

/// That an entry point reaches a capability.
public struct ReportEvidence: Sendable {
  /// The id of the entry point's unit.
  public var unit: String
  public var phase: String
  public var entry: String
  public var entryKind: String
  public var capability: String
  public var authority: String
  public var isCertain: Bool
  public var sink: String
  public var stepCount: Int
  /// The crate in whose code the sink is used.
  public var lastCrate: String

  public init(
    unit: String, phase: String, entry: String, entryKind: String, capability: String, authority: String,
    isCertain: Bool, sink: String, stepCount: Int, lastCrate: String
  ) {
    self.unit = unit
    self.phase = phase
    self.entry = entry
    self.entryKind = entryKind
    self.capability = capability
    self.authority = authority
    self.isCertain = isCertain
    self.sink = sink
    self.stepCount = stepCount
    self.lastCrate = lastCrate
  }
}

/// One step of a path.
public struct ReportStep: Sendable, Equatable {
  public var function: String
  public var instance: String
  public var crate: String
  public var file: String
  public var line: Int
  public var column: Int
  /// The word for the kind of edge.
  public var edge: String
  public var candidates: Int
  public var isConstantFalse: Bool

  public init(
    function: String, instance: String, crate: String, file: String, line: Int, column: Int, edge: String,
    candidates: Int, isConstantFalse: Bool = false
  ) {
    self.function = function
    self.instance = instance
    self.crate = crate
    self.file = file
    self.line = line
    self.column = column
    self.edge = edge
    self.candidates = candidates
    self.isConstantFalse = isConstantFalse
  }
}

/// A combination that a risk rule has pointed out.
public struct ReportRisk: Sendable, Equatable {
  public var rule: String
  /// The crate's name as in paths; the package's for build scripts, which all have one name.
  public var crate: String
  public var version: String
  public var phase: String
  public var entry: String
  public var why: String
  /// Of how many paths the most uncertain of its paths is one.
  public var possibilities: Int

  public init(
    rule: String, crate: String, version: String, phase: String, entry: String, why: String, possibilities: Int = 1
  ) {
    self.possibilities = possibilities
    self.rule = rule
    self.crate = crate
    self.version = version
    self.phase = phase
    self.entry = entry
    self.why = why
  }
}
