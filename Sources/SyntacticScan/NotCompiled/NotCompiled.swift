import Capabilities

/// Code of a package that a unit's compilation left out.
public struct NotCompiled: Sendable, Equatable {
  /// What it is: `mod windows`, `fn spawn`, `file src/old.rs`.
  public var what: String
  /// Where it is left out, as reports print paths.
  public var file: String
  public var line: Int
  /// The condition that does not hold, as it would be written in `cfg(..)`; empty if no condition is known to name it.
  public var cfg: String
  /// What a look at its text says that it may do.
  public var mayContain: CapabilitySet
  /// For each capability the first place that shows it.
  public var findings: [Finding]

  /// A place in code that was not compiled.
  public struct Finding: Sendable, Equatable {
    public var capability: CapabilityID
    public var what: String
    public var file: String
    public var line: Int

    public init(capability: CapabilityID, what: String, file: String, line: Int) {
      self.capability = capability
      self.what = what
      self.file = file
      self.line = line
    }
  }

  public init(
    what: String, file: String, line: Int, cfg: String, mayContain: CapabilitySet, findings: [Finding] = []
  ) {
    self.what = what
    self.file = file
    self.line = line
    self.cfg = cfg
    self.mayContain = mayContain
    self.findings = findings
  }
}

/// What was not compiled of one unit.
public struct NotCompiledCode: Sendable, Equatable {
  /// Sorted by file and line.
  public var entries: [NotCompiled] = []
  /// How many things are tests, which are not listed.
  public var tests = 0
  /// Why nothing can be said; empty if the sources were looked through.
  public var unknown = ""
  /// Source files that are not at hand or too large.
  public var unread: [String] = []

  public init() {}
}
