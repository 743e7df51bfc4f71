/// How calls in std's own bodies were resolved; they do not count among those of the crates.
public struct StandardCoverage: Sendable, Equatable {
  /// Instances of std's functions and closures.
  public var instances = 0
  public var calls = 0
  public var unresolved = 0
  /// What could not be resolved, with how often.
  public var unresolvedNames: [String: Int] = [:]

  public init() {}
}
