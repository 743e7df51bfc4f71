import Project

/// What a user says of functions and crates beside the tables: labels, functions that are safe, crates that are absolved,
/// sinks of their own, labels for uses of `unsafe`.
///
/// Paths are patterns (`PathPattern`); capabilities are names that the taxonomy knows, or labels of these rules. Nothing is
/// dropped silently: `AnalysisResult.silenced` tells what each rule has silenced.
public struct AnalysisRules: Sendable {
  /// Where a rule is written, for messages and for `policy explain`.
  public struct Origin: Sendable, Hashable {
    public var file: String
    /// From 1; 0 if there is no line.
    public var line: Int

    public init(file: String = "", line: Int = 0) {
      self.file = file
      self.line = line
    }
  }

  /// A label for functions: a capability of the user's own, which travels like any other.
  public struct Tag: Sendable {
    public var path: String
    public var label: String
    public var origin: Origin

    public init(path: String, label: String, origin: Origin = Origin()) {
      self.path = path
      self.label = label
      self.origin = origin
    }
  }

  /// Functions out of which capabilities do not travel: they are as if they had none for who calls them, and as entry
  /// points. What stands in their own code is still contained in their crate.
  public struct Safe: Sendable {
    public var path: String
    /// Only for calls by functions of this pattern, if one is given: an edge is safe, not the function.
    public var caller: String?
    /// Which capabilities and groups; empty for all.
    public var capabilities: [String]
    public var reason: String
    public var origin: Origin

    public init(
      path: String, caller: String? = nil, capabilities: [String] = [], reason: String, origin: Origin = Origin()
    ) {
      self.path = path
      self.caller = caller
      self.capabilities = capabilities
      self.reason = reason
      self.origin = origin
    }
  }

  /// A crate that is absolved from containing capabilities: sinks that its own code uses do not give them to functions of
  /// other crates. The crate's own results still say them; what it reaches in other crates travels on.
  public struct Absolution: Sendable {
    /// The units of the crate at the versions that are meant: indices into `CallGraph.units`.
    public var units: [Int]
    /// Which capabilities and groups; empty for all.
    public var capabilities: [String]
    /// The crate as the rule names it, for messages.
    public var crate: String
    public var reason: String
    public var origin: Origin

    public init(
      units: [Int], capabilities: [String] = [], crate: String, reason: String, origin: Origin = Origin()
    ) {
      self.units = units
      self.capabilities = capabilities
      self.crate = crate
      self.reason = reason
      self.origin = origin
    }
  }

  /// A function that has capabilities of itself. For a function of std or a foreign function this stands in place of what
  /// the tables say; for one with a body it is added to what its code does.
  public struct AddedSink: Sendable {
    public var path: String
    /// Which capabilities and groups; empty: the function has none, whatever the tables say.
    public var capabilities: [String]
    public var authority: Authority
    public var reason: String
    public var origin: Origin

    public init(
      path: String, capabilities: [String], authority: Authority = .ambient, reason: String = "",
      origin: Origin = Origin()
    ) {
      self.path = path
      self.capabilities = capabilities
      self.authority = authority
      self.reason = reason
      self.origin = origin
    }
  }

  /// A label for uses of `unsafe`: the label is then a capability of those places, which travels like any other.
  public struct UnsafeLabel: Sendable {
    /// The functions in which the uses stand, the closures in them included; for an unsafe impl `<TYPE as TRAIT>`.
    public var path: String
    /// Which uses: a capability such as `unsafe.raw-deref`, `unsafe.block`, `unsafe.impl`, `ffi`, `asm`, or the group `unsafe`.
    public var operation: String
    public var label: String
    public var origin: Origin

    public init(path: String, operation: String, label: String, origin: Origin = Origin()) {
      self.path = path
      self.operation = operation
      self.label = label
      self.origin = origin
    }
  }

  public var tags: [Tag] = []
  public var safe: [Safe] = []
  public var absolutions: [Absolution] = []
  public var sinks: [AddedSink] = []
  public var unsafeLabels: [UnsafeLabel] = []

  public init() {}

  /// Whether they change nothing.
  public var isEmpty: Bool {
    tags.isEmpty && safe.isEmpty && absolutions.isEmpty && sinks.isEmpty && unsafeLabels.isEmpty
  }

  /// The taxonomy with the labels of these rules, which stand behind mircap's own capabilities, sorted by name.
  ///
  /// - Throws: a `Failure` that names the rule, for a label that is no name, that is the name of something else, or that
  ///   finds no room.
  public func taxonomy(extending taxonomy: Taxonomy) throws -> Taxonomy {
    var origins: [String: Origin] = [:]
    for (label, origin) in tags.map({ ($0.label, $0.origin) }) + unsafeLabels.map({ ($0.label, $0.origin) })
    where origins[label] == nil { origins[label] = origin }
    var extended = taxonomy
    for (label, origin) in origins.sorted(by: { $0.key < $1.key }) { try extended.addLabel(label, origin) }
    return extended
  }

  /// Looks for mistakes in the rules without a graph: labels, names of capabilities, patterns.
  ///
  /// - Throws: a `Failure` that names the rule.
  public func check(_ taxonomy: Taxonomy) throws { _ = try ResolvedRules(self, taxonomy: taxonomy) }
}

extension AnalysisRules.Origin: CustomStringConvertible {
  /// `file:line`, or what is known of it.
  public var description: String {
    if file.isEmpty { return "a rule" }
    return line > 0 ? "\(file):\(line)" : file
  }

  func failure(_ message: String, advice: String? = nil) -> Failure {
    Failure(message, file: file.isEmpty ? nil : file, line: line > 0 ? line : nil, advice: advice)
  }
}
