import RustDump

/// The way in which one function can come to run another.
public enum EdgeKind: UInt8, Sendable, CaseIterable {
  case call = 0
  case dispatch
  case dyn
  case pointer
  case callback
  case drop
  case staticInitialiser
  case symbol
  /// A vtable is made or an address is taken: leads to *reached* only, control does not pass.
  case cast

  /// The word used in reports.
  public var word: String {
    switch self {
    case .call: "call"
    case .dispatch: "dispatch"
    case .dyn: "dyn"
    case .pointer: "pointer"
    case .callback: "callback"
    case .drop: "drop"
    case .staticInitialiser: "static"
    case .symbol: "symbol"
    case .cast: "cast"
    }
  }

  /// Whether control can pass along the edge.
  public var mayRun: Bool { self != .cast }
}

/// A directed edge; its source is known from the place in `CallGraph.edges`.
public struct GraphEdge: Sendable {
  public var target: UInt32
  public var kind: EdgeKind
  /// How many targets the site has that made this edge: 1 is certain, more is `may`.
  public var candidates: UInt32
  /// Where the source makes the step.
  public var position: SourcePosition
  /// The step stands behind a branch on a constant that is not taken in this build (`if cfg!(windows) { .. }`): a linker
  /// does not keep what only such steps lead to, another target or feature may.
  public var isConstantFalse: Bool

  /// Whether control may as well go elsewhere.
  public var isUncertain: Bool { candidates > 1 || isConstantFalse }

  public init(
    target: UInt32, kind: EdgeKind, candidates: UInt32, position: SourcePosition, isConstantFalse: Bool = false
  ) {
    self.target = target
    self.kind = kind
    self.candidates = candidates
    self.position = position
    self.isConstantFalse = isConstantFalse
  }
}
