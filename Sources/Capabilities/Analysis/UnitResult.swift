import CallGraph

/// What the analysis says of one unit.
public struct UnitResult: Sendable {
  /// Reached from its entry points, and the use of the sink stands in its own code.
  public var direct = CapabilitySet()
  /// Reached from its entry points, and the use of the sink stands in other code.
  public var transitive = CapabilitySet()
  /// Anywhere in its own code, reached or not.
  public var contained = CapabilitySet()
  /// Which of those of its own code rules absolve it from, so that they do not travel to other crates.
  public var absolved = CapabilitySet()
  /// How often its own code does what is unsafe, by capability; each place counts once, whatever its instances.
  public var operations: [(capability: CapabilityID, count: Int)] = []
  /// Symbols that it defines by choice, and whose place they take.
  public var definedSymbols: [DefinedSymbol] = []
  /// The uses of `unsafe` one by one, sorted by place.
  public var unsafeUses: [UnsafeUse] = []
  /// Those to which no rule gives a label.
  public var unlabelledUnsafeUses: [UnsafeUse] { unsafeUses.filter { !$0.isLabelled } }
  /// Stated gaps, sorted.
  public var gaps: [GraphGap] = []

  public init() {}

  /// Whether a gap makes the report incomplete.
  public var isComplete: Bool { !gaps.contains { $0.kind.makesIncomplete } }
}

extension GraphGap.Kind {
  /// Whether code is missing from the analysis that could have been in it.
  public var makesIncomplete: Bool {
    switch self {
    case .unreadable, .unlinked, .unknownStandard: true
    case .nativeCode, .limit: false
    }
  }
}
