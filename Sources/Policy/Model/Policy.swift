import Capabilities
import Project

/// What a policy file says: what each crate may do, and what is known to be safe.
public struct Policy: Sendable {
  /// Which code counts.
  public enum Scope: String, Sendable, CaseIterable {
    /// What a crate's entry points reach in its own code.
    case reachable
    /// All of its own code, reached or not.
    case contained
  }

  /// Which uses of `unsafe` are allowed beside the grants.
  public enum UnsafeRule: String, Sendable, CaseIterable {
    case any
    /// Each use needs a label (`[[unsafe-label]]`).
    case labelledOnly = "labelled-only"
  }

  /// One name in an `allow` list.
  public struct Grant: Sendable, Equatable {
    /// As written: a capability, a label, a group or another tool's name.
    public var name: String
    public var capabilities: CapabilitySet
    public var line: Int
  }

  /// One name in a `depends-on` list.
  public struct DependencyGrant: Sendable, Equatable {
    /// As written.
    public var name: String
    public var crate: CrateName
    public var line: Int
  }

  /// A section `[crate.KEY]`, or `[default]`.
  public struct Section: Sendable {
    /// As written: `demo:build-script`; empty for `[default]`.
    public var name: String
    /// `nil` for `[default]`.
    public var key: CrateKey?
    public var line: Int
    /// `nil` if it has no `allow`: the default holds.
    public var allow: [Grant]?
    /// `nil` if it has no `depends-on`: what it depends on is free.
    public var dependsOn: [DependencyGrant]?
    /// `nil`: as for all.
    public var unsafeRule: UnsafeRule?
    public var reason = ""

    public var allowed: CapabilitySet {
      (allow ?? []).reduce(into: CapabilitySet()) { $0.formUnion($1.capabilities) }
    }
  }

  /// A claim `[[require]]`: what a function does not do.
  public struct Requirement: Sendable {
    /// A pattern for its name.
    public var function: PathPattern
    /// Names as written.
    public var names: [String]
    public var without: CapabilitySet
    public var reason: String
    public var line: Int
  }

  /// The file's name, for messages.
  public var file: String
  public var scope = Scope.reachable
  public var unsafeRule = UnsafeRule.any
  /// Where it is written; 0 if nowhere.
  public var unsafeRuleLine = 0
  /// Whether the entries that mircap brings along count.
  public var usesShippedAllowlist = true
  /// `[default]`, then `[default.PHASE]`.
  public var defaults: [Phase?: Section] = [:]
  /// `[crate.KEY]` in the order of the file.
  public var sections: [Section] = []
  public var requirements: [Requirement] = []
  /// The user's own entries.
  public var allowlist: [AllowlistEntry] = []
  /// Tags, safe functions, added sinks, labels for uses of `unsafe`. Absolutions follow from the allowlists and the units.
  public var rules = AnalysisRules()
  /// The taxonomy with the labels of the rules.
  public var taxonomy: Taxonomy

  /// A policy that allows nothing.
  public init(file: String, taxonomy: Taxonomy) {
    self.file = file
    self.taxonomy = taxonomy
  }

  /// What holds for a crate in a phase without an `allow` of its own.
  public func defaultSection(_ phase: Phase) -> Section? { defaults[phase] ?? defaults[nil] }
}
