import CallGraph

/// One of the rules of an `AnalysisRules`, by its place.
public struct RuleReference: Sendable, Hashable, Comparable {
  /// The lists of `AnalysisRules` whose rules can silence something.
  public enum Kind: String, Sendable {
    case safe
    case absolution
    case sink
  }

  public var kind: Kind
  /// An index into the list of that kind.
  public var index: Int

  public init(_ kind: Kind, _ index: Int) {
    self.kind = kind
    self.index = index
  }

  public static func < (left: RuleReference, right: RuleReference) -> Bool {
    (left.kind.rawValue, left.index) < (right.kind.rawValue, right.index)
  }
}

/// What one rule has silenced: of one capability, in the code of one crate.
public struct Silencing: Sendable {
  public var rule: RuleReference
  public var capability: CapabilityID
  /// In whose code it was silenced, an index into `CallGraph.units`: for an absolution the absolved crate, else the crate whose
  /// code makes the calls, or whose entry point it is.
  public var unit: UInt32
  /// How many places: for an absolution uses of sinks, else calls and entry points.
  public var places: Int
  /// The first of these places: the function (an index into `CallGraph.nodes`) and where in it.
  public var node: UInt32
  public var position: SourcePosition
}

extension AnalysisRules {
  /// What a message says of a rule: the functions or the crate that it names, why it is there, where it is written.
  public struct Description: Sendable, Equatable {
    public var names: String
    public var reason: String
    public var origin: Origin
  }

  /// What to say of one of these rules.
  public func description(of rule: RuleReference) -> Description {
    switch rule.kind {
    case .safe:
      let found = safe[rule.index]
      let names = found.caller.map { "\($0) -> \(found.path)" } ?? found.path
      return Description(names: names, reason: found.reason, origin: found.origin)
    case .absolution:
      let found = absolutions[rule.index]
      return Description(names: found.crate, reason: found.reason, origin: found.origin)
    case .sink:
      let found = sinks[rule.index]
      return Description(names: found.path, reason: found.reason, origin: found.origin)
    }
  }
}
