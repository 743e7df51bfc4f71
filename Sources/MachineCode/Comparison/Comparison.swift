/// A graph and a linked program, compared. docs/verify.md says what counts.
public struct Comparison: Sendable {
  /// How many of how many.
  public struct Ratio: Sendable, Equatable {
    public var part = 0
    public var whole = 0
    /// 1 if there is nothing to count.
    public var value: Double { whole == 0 ? 1 : Double(part) / Double(whole) }

    public init(part: Int = 0, whole: Int = 0) {
      self.part = part
      self.whole = whole
    }

    mutating func count(_ holds: Bool) {
      whole += 1
      if holds { part += 1 }
    }
  }

  /// A function that one side has and the other has not.
  public struct Finding: Sendable, Equatable {
    /// The definition, `?` for its parameters; a name of the program that fits none stands as it is.
    public var function: String
    /// An index into `CallGraph.units`; `nil` if the definition is not known.
    public var unit: Int?
    /// The names with concrete arguments that are meant.
    public var instances: [String]
    public var reason: Reason
    /// Functions that lead to it on the side that has it, with the way, at most five.
    public var from: [Origin]

    public init(function: String, unit: Int?, instances: [String], reason: Reason, from: [Origin]) {
      self.function = function
      self.unit = unit
      self.instances = instances
      self.reason = reason
      self.from = from
    }
  }

  /// A function that leads to a finding, and how.
  public struct Origin: Sendable, Hashable {
    public var function: String
    /// An edge kind of the graph, or `call`, `data`, `std`, `drop` in machine code.
    public var kind: String

    public init(function: String, kind: String) {
      self.function = function
      self.kind = kind
    }
  }

  /// A pair of functions that one side joins and the other does not.
  public struct EdgeFinding: Sendable, Equatable {
    public var from: String
    public var to: String
    /// An edge kind of the graph, or `call` or `address` in machine code.
    public var kind: String
    /// Whether the other side joins other instances of the two.
    public var isJoinedAsDefinitions: Bool

    public init(from: String, to: String, kind: String, isJoinedAsDefinitions: Bool) {
      self.from = from
      self.to = to
      self.kind = kind
      self.isJoinedAsDefinitions = isJoinedAsDefinitions
    }
  }

  /// A call whose target is not known, and where it stands.
  public struct UnresolvedCall: Sendable, Equatable {
    public var callee: String
    public var file: String
    public var line: Int
    public var why: String

    public init(callee: String, file: String, line: Int, why: String) {
      self.callee = callee
      self.file = file
      self.line = line
      self.why = why
    }
  }

  /// Kept definitions that are reached, of all kept.
  public var definitionRecall = Ratio()
  /// Kept instances that are reached, of all kept.
  public var instanceRecall = Ratio()
  /// Reached definitions that are kept, of all reached that leave code.
  public var definitionPrecision = Ratio()
  public var instancePrecision = Ratio()
  /// References of machine code between functions of crates that the graph has too: by definition and by instance.
  public var machineEdges = Ratio()
  public var machineInstanceEdges = Ratio()
  /// Edges of the graph that machine code has too.
  public var graphEdges = Ratio()
  /// References of machine code to foreign functions and statics that the graph has too, by function and symbol.
  public var machineForeign = Ratio()
  /// Edges of the graph to foreign functions and statics that machine code has too.
  public var graphForeign = Ratio()
  /// Steps of the program's evidence that machine code has too.
  public var evidenceSteps = Ratio()
  /// Calls without a known target, of all calls.
  public var unresolvedCalls = Ratio()

  public var missed: [Finding] = []
  public var extra: [Finding] = []
  /// Kept instances whose definition is reached, but not they.
  public var missedInstances: [Finding] = []
  public var extraInstances: [Finding] = []
  public var missedEdges: [EdgeFinding] = []
  public var extraEdges: [EdgeFinding] = []
  public var falseSteps: [EdgeFinding] = []

  /// Calls whose target is not known.
  public var unresolved: [UnresolvedCall] = []

  /// Crates that were linked and have no dump: their functions are not compared.
  public var missingCrates: [String] = []
  /// Whether crates were told by their hash, not by name.
  public var isExact = true

  public init() {}
}
