/// What a SARIF file holds: the rules that results name, and the results. `SarifWriter` writes it.
///
/// The words are those of the specification (OASIS SARIF 2.1.0); only what mircap needs of it is here.
public struct SarifLog: Sendable {
  /// The version of this program.
  public var toolVersion: String
  /// Each rule that a result names, once.
  public var rules: [SarifRule]
  public var results: [SarifResult]
  /// What the reader must know of the run itself: that code could not be read, for instance.
  public var notifications: [String]

  public init(
    toolVersion: String, rules: [SarifRule] = [], results: [SarifResult] = [], notifications: [String] = []
  ) {
    self.toolVersion = toolVersion
    self.rules = rules
    self.results = results
    self.notifications = notifications
  }
}

/// How much a result asks for attention.
public enum SarifLevel: String, Sendable {
  case note, warning, error
}

/// A kind of result, with a text that helps to understand it.
public struct SarifRule: Sendable {
  /// Stable: results of earlier runs are known by it.
  public var id: String
  /// One sentence.
  public var summary: String
  /// What it means, why it matters and what to do about it; plain text.
  public var help: String
  public var level: SarifLevel

  public init(id: String, summary: String, help: String, level: SarifLevel) {
    self.id = id
    self.summary = summary
    self.help = help
    self.level = level
  }
}

/// One finding.
public struct SarifResult: Sendable {
  /// The id of a rule of the log.
  public var ruleID: String
  public var level: SarifLevel
  public var message: String
  /// Where it is shown; `nil` if it has no place in the sources.
  public var location: SarifLocation?
  /// Paths, each with one location a step.
  public var flows: [SarifFlow]
  /// What makes it the same finding in the next run: no lines, no versions. Must differ from those of all other
  /// results of the rule.
  public var identity: [String]
  /// More for programs: names and texts, in this order.
  public var properties: [(name: String, value: String)]

  public init(
    ruleID: String, level: SarifLevel, message: String, location: SarifLocation? = nil, flows: [SarifFlow] = [],
    identity: [String], properties: [(name: String, value: String)] = []
  ) {
    self.ruleID = ruleID
    self.level = level
    self.message = message
    self.location = location
    self.flows = flows
    self.identity = identity
    self.properties = properties
  }
}

/// A path of calls.
public struct SarifFlow: Sendable {
  public var message: String
  public var locations: [SarifLocation]

  public init(message: String, locations: [SarifLocation]) {
    self.message = message
    self.locations = locations
  }
}

/// A place in a source file, in a function.
public struct SarifLocation: Sendable {
  /// As reports print it: relative to the workspace, else it begins with `<package>-<version>/`. Empty if not known.
  public var file: String
  /// Whether the file belongs to the workspace.
  public var isInWorkspace: Bool
  /// Counted from 1; 0 if not known.
  public var line: Int
  public var column: Int
  /// The function's name; empty if there is none.
  public var function: String
  /// What happens there.
  public var message: String

  public init(file: String, isInWorkspace: Bool, line: Int, column: Int, function: String, message: String = "") {
    self.file = file
    self.isInWorkspace = isInWorkspace
    self.line = line
    self.column = column
    self.function = function
    self.message = message
  }
}
