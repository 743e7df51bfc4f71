import RustDump

/// What a graph node stands for.
public enum NodeKind: UInt8, Sendable {
  case function = 0
  case closure
  case constructor
  case staticItem
  case constant
  case shim

  /// The word used in reports.
  public var word: String {
    switch self {
    case .function: "fn"
    case .closure: "closure"
    case .constructor: "constructor"
    case .staticItem: "static"
    case .constant: "const"
    case .shim: "shim"
    }
  }
}

/// Properties of a node.
public struct NodeFlags: OptionSet, Sendable {
  public let rawValue: UInt16
  public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// A linker may keep it.
  public static let reached = NodeFlags(rawValue: 1 << 0)
  /// Control can come to it.
  public static let mayRun = NodeFlags(rawValue: 1 << 1)
  /// No body here: std's or foreign.
  public static let external = NodeFlags(rawValue: 1 << 2)
  public static let inlineAlways = NodeFlags(rawValue: 1 << 3)
  /// Only evaluated by the compiler: leaves no code.
  public static let compileTimeOnly = NodeFlags(rawValue: 1 << 4)
  /// A foreign function or static (`symbol` is its linked name).
  public static let foreign = NodeFlags(rawValue: 1 << 5)
  /// Code of std, which belongs to no unit; or a foreign function that std declares.
  public static let standard = NodeFlags(rawValue: 1 << 7)
  /// Code of std of which no table says what it does: what it does itself counts.
  public static let told = NodeFlags(rawValue: 1 << 8)
  /// A path of std that the item facts do not know.
  public static let unknownStandardPath = NodeFlags(rawValue: 1 << 6)
}

/// A source position. File 0 is no file.
public struct SourcePosition: Sendable, Hashable {
  /// An index into `CallGraph.files`.
  public var file: UInt32
  public var line: UInt32
  public var column: UInt32

  public init(file: UInt32 = 0, line: UInt32 = 0, column: UInt32 = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One instance of a definition, or a function without a body here.
public struct GraphNode: Sendable {
  /// The definition's name, as reports print it.
  public var name: NameID
  /// The same with concrete type arguments.
  public var instance: NameID
  /// The linked symbol of a foreign or exported function, or no name.
  public var symbol: NameID
  public var kind: NodeKind
  public var flags: NodeFlags
  /// An index into `CallGraph.units`; `GraphNode.noUnit` for external nodes.
  public var unit: UInt32
  public var position: SourcePosition

  public static let noUnit = UInt32.max

  public init(
    name: NameID, instance: NameID, symbol: NameID = .none, kind: NodeKind, flags: NodeFlags, unit: UInt32,
    position: SourcePosition
  ) {
    self.name = name
    self.instance = instance
    self.symbol = symbol
    self.kind = kind
    self.flags = flags
    self.unit = unit
    self.position = position
  }
}

/// A node's name as the v0 mangling of symbols spells it: all items under their definition path, `?` for what is not known
/// (`?=` for an argument that symbols leave out where it is the default), crates that are not std's as `name~UNIT` with an index into `CallGraph.units`.
public struct LinkerName: Sendable, Hashable {
  /// With `?` for all generic parameters; no name for nodes without a body here and for std's code.
  public var definition: NameID
  /// With concrete arguments.
  public var instance: NameID
  /// Whether it stands in a default method of a trait.
  public var isDefaultMethod: Bool

  public init(definition: NameID, instance: NameID, isDefaultMethod: Bool) {
    self.definition = definition
    self.instance = instance
    self.isDefaultMethod = isDefaultMethod
  }

  /// The traits of a `dyn` type in an order that does not depend on the compiler: what marks types comes last.
  public static func ordered(_ traits: [String]) -> [String] {
    func isMarker(_ trait: String) -> Bool { trait.hasPrefix("core::marker::") || trait.hasPrefix("core::panic::") }
    return traits.sorted { (isMarker($0) ? 1 : 0, $0) < (isMarker($1) ? 1 : 0, $1) }
  }
}
