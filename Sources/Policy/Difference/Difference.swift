/// What came and what went from one report to another.
public struct Difference: Sendable {
  /// What was compared, as the user named it.
  public var oldName: String
  public var newName: String
  /// Whether code is missing in one of them, so that what it could do is not compared.
  public var oldIsComplete: Bool
  public var newIsComplete: Bool
  /// Crates by their names in paths, sorted; build scripts are told as changes of their packages.
  public var addedCrates: [String] = []
  public var removedCrates: [String] = []
  /// Crates of another version than before, by name.
  public var versions: [VersionChange] = []
  /// Members of the workspace first, then by package, crate, phase, subject.
  public var changes: [Change] = []
  /// Combinations that risk rules point out in one report and not in the other, and what the rules say of the change
  /// itself (these have no entry point).
  public var addedRisks: [ReportRisk] = []
  public var removedRisks: [ReportRisk] = []

  /// Whether there is something that was not there before; another version alone is nothing.
  public var hasAdditions: Bool {
    !addedCrates.isEmpty || !addedRisks.isEmpty || changes.contains { !$0.added.isEmpty }
  }

  /// Whether nothing at all is different, versions apart.
  public var isEmpty: Bool {
    addedCrates.isEmpty && removedCrates.isEmpty && changes.isEmpty && addedRisks.isEmpty && removedRisks.isEmpty
  }

  public init(oldName: String, newName: String, oldIsComplete: Bool = true, newIsComplete: Bool = true) {
    self.oldName = oldName
    self.newName = newName
    self.oldIsComplete = oldIsComplete
    self.newIsComplete = newIsComplete
  }
}

extension Difference {
  /// A crate that has another version than before.
  public struct VersionChange: Sendable, Equatable {
    public var crate: String
    public var old: String
    public var new: String

    public init(crate: String, old: String, new: String) {
      self.crate = crate
      self.old = old
      self.new = new
    }
  }

  /// What came and went of one kind in one crate and phase.
  public struct Change: Sendable {
    /// The crate's name as in paths; the package's for build scripts, which all have one name.
    public var crate: String
    public var package: String
    /// `nil` if there was no such crate.
    public var oldVersion: String?
    /// `nil` if there is no such crate any more.
    public var newVersion: String?
    /// `lib`, `bin`, `build-script` or `proc-macro`.
    public var target: String
    public var isWorkspaceMember: Bool
    public var phase: String
    public var subject: Subject
    /// For capabilities: in which sense; `nil` for other subjects.
    public var scope: Scope?
    /// Names, sorted: capabilities, functions, packages, libraries, symbols, operations.
    public var added: [String]
    public var removed: [String]
    /// For unsafe operations that there are more or fewer of than before: how many.
    public var counts: [Count] = []
    /// Paths in the new report to what was added, the most certain and shortest ones.
    public var evidence: [ChangedEvidence] = []
    /// How many paths there are, those included that `evidence` leaves out.
    public var evidenceCount = 0

    /// Whether a package that is the same as before only reaches more, or less, through others.
    public var isThroughOthersOnly: Bool {
      guard !isWorkspaceMember, oldVersion == newVersion, subject == .capability else { return false }
      return scope != .direct && scope != .contained && evidence.allSatisfy { $0.evidence.lastCrate != crate }
    }
  }

  /// What a change is about.
  public enum Subject: String, Sendable, CaseIterable {
    case capability, entry, dependency
    case buildScript = "build-script"
    case link, symbol
    case unsafeOperation = "unsafe"
  }

  /// In which sense a crate has a capability that it did not have so before.
  public enum Scope: String, Sendable, CaseIterable {
    /// No entry point of the crate reached it before.
    case reachable
    /// The crate reached it through others before, now its own code does it.
    case direct
    /// Other entry points of the crate reached it before.
    case entry
    /// Its code holds it, but no entry point reaches it.
    case contained
  }

  /// How often something occurs.
  public struct Count: Sendable, Equatable {
    public var name: String
    public var old: Int
    public var new: Int
  }

  /// A path of the new report.
  public struct ChangedEvidence: Sendable {
    public var evidence: ReportEvidence
    /// The crate of the entry point.
    public var crate: String
    public var steps: [ReportStep]
  }
}
