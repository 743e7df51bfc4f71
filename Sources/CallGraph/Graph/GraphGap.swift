import RustDump

/// A stated gap.
public struct GraphGap: Sendable, Hashable {
  /// The kinds that reports know.
  public enum Kind: String, Sendable {
    case unreadable
    case unlinked
    case unknownStandard = "unknown-std"
    case nativeCode = "native-code"
    case limit
  }
  public var kind: Kind
  /// An index into `CallGraph.units`.
  public var unit: UInt32
  public var what: String
  public var file: String
  public var line: UInt32
  public var why: String
  /// The node in whose code the gap is, if it is in one: code may run through it (`unknown`).
  public var node: UInt32?

  public init(
    kind: Kind, unit: UInt32, what: String, file: String, line: UInt32, why: String, node: UInt32? = nil
  ) {
    self.kind = kind
    self.unit = unit
    self.what = what
    self.file = file
    self.line = line
    self.why = why
    self.node = node
  }
}

/// How the calls of all units were resolved. The five classes after `calls` add up to it.
public struct GraphCoverage: Sendable, Equatable {
  public var functions = 0
  public var instances = 0
  public var calls = 0
  public var single = 0
  public var several = 0
  public var callback = 0
  public var callerSupplied = 0
  public var unresolved = 0
  /// Impl members of MIR for which no impl was found.
  public var membersWithoutImpl = 0
  /// Items of dumps that could not be read.
  public var unreadableItems = 0

  public init() {}
}
