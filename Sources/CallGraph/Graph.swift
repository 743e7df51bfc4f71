import RustDump

/// The way in which one function can come to run another.
public enum EdgeKind: UInt8, Sendable, CaseIterable {
  case call = 0
  case dispatch
  case dyn
  case pointer
  case callback
  case drop
  case staticInitialiser
  case symbol
  /// A vtable is made or an address is taken: leads to *reached* only, control does not pass.
  case cast

  /// The word used in reports.
  public var word: String {
    switch self {
    case .call: "call"
    case .dispatch: "dispatch"
    case .dyn: "dyn"
    case .pointer: "pointer"
    case .callback: "callback"
    case .drop: "drop"
    case .staticInitialiser: "static"
    case .symbol: "symbol"
    case .cast: "cast"
    }
  }

  /// Whether control can pass along the edge.
  public var mayRun: Bool { self != .cast }
}

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

/// A directed edge; its source is known from the place in `CallGraph.edges`.
public struct GraphEdge: Sendable {
  public var target: UInt32
  public var kind: EdgeKind
  /// How many targets the site has that made this edge: 1 is certain, more is `may`.
  public var candidates: UInt32
  /// Where the source makes the step.
  public var position: SourcePosition
  /// The step stands behind a branch on a constant that is not taken in this build (`if cfg!(windows) { .. }`): a linker
  /// does not keep what only such steps lead to, another target or feature may.
  public var isConstantFalse: Bool

  /// Whether control may as well go elsewhere.
  public var isUncertain: Bool { candidates > 1 || isConstantFalse }

  public init(
    target: UInt32, kind: EdgeKind, candidates: UInt32, position: SourcePosition, isConstantFalse: Bool = false
  ) {
    self.target = target
    self.kind = kind
    self.candidates = candidates
    self.position = position
    self.isConstantFalse = isConstantFalse
  }
}

/// How code from outside a unit can start a function.
public enum EntryKind: String, Sendable, CaseIterable {
  case main
  case publicItem = "public"
  case traitImplementation = "trait-impl"
  case exportedSymbol = "exported-symbol"
  case beforeMain = "before-main"
  case buildScript = "build-script"
  case procMacro = "proc-macro"
}

/// A place where code from outside a unit can start.
public struct EntryPoint: Sendable {
  public var node: UInt32
  public var kind: EntryKind
  /// The unit it belongs to: an index into `CallGraph.units`.
  public var unit: UInt32

  public init(node: UInt32, kind: EntryKind, unit: UInt32) {
    self.node = node
    self.kind = kind
    self.unit = unit
  }
}

/// Something a function does itself that has a capability although it calls nothing: an unsafe operation, inline
/// assembly, the definition of a symbol.
public struct GraphOperation: Sendable {
  public var node: UInt32
  /// The capability, such as `unsafe.raw-deref`.
  public var capability: String
  /// What is done, as evidence names it: `raw-deref`, the callee of an unsafe call, `asm!`, the exported name.
  public var sink: NameID
  public var position: SourcePosition

  public init(node: UInt32, capability: String, sink: NameID, position: SourcePosition) {
    self.node = node
    self.capability = capability
    self.sink = sink
    self.position = position
  }
}

/// The number that decides what a call does: of `syscall`, of `ioctl`.
public struct NumberArgument: Sendable {
  /// The function that makes the call, and where.
  public var node: UInt32
  public var position: SourcePosition
  /// `nil` where the number is worked out at run time.
  public var value: Int64?

  public init(node: UInt32, position: SourcePosition, value: Int64?) {
    self.node = node
    self.position = position
    self.value = value
  }
}

/// Where a foreign function or static is declared.
public struct ForeignOrigin: Sendable {
  /// An index into `CallGraph.units`.
  public var unit: UInt32
  /// The native library that its `extern` block names in `#[link]`, or no name.
  public var library: NameID

  public init(unit: UInt32, library: NameID) {
    self.unit = unit
    self.library = library
  }
}

/// What a crate hooks into the start of programs and into Rust's runtime.
public struct RuntimeHook: Sendable, Hashable {
  public enum Kind: String, Sendable {
    /// A static or function in a section whose contents run before `main`.
    case beforeMain = "before-main"
    /// The same at the end of the program.
    case afterMain = "after-main"
    /// A static or function in another section of its choice.
    case section = "link-section"
    case globalAllocator = "global-allocator"
    case panicHandler = "panic-handler"
    case globalAssembly = "global-asm"
  }
  public var kind: Kind
  /// The item; of `global_asm!` the module that holds it.
  public var name: String
  /// The section's name; empty for the others.
  public var detail: String
  public var file: String
  /// 0 where the position is not known.
  public var line: UInt32

  public init(kind: Kind, name: String, detail: String, file: String, line: UInt32) {
    self.kind = kind
    self.name = name
    self.detail = detail
    self.file = file
    self.line = line
  }
}

/// Something that a unit's own code declares `unsafe`.
public struct UnsafeDeclaration: Sendable {
  /// What is unsafe.
  public enum Kind: String, Sendable {
    case block
    case function = "fn"
    case implementation = "impl"
  }

  public var kind: Kind
  /// The function, or the function in which the block stands; an impl as `<TYPE as TRAIT>`.
  public var name: NameID
  /// Where the word `unsafe` stands; the nearest place that is known where the sources are not at hand.
  public var position: SourcePosition
  /// The last line; 0 if it is not known.
  public var endLine: UInt32

  public init(kind: Kind, name: NameID, position: SourcePosition, endLine: UInt32) {
    self.kind = kind
    self.name = name
    self.position = position
    self.endLine = endLine
  }
}

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

/// What the graph tells of one unit beside its nodes.
public struct GraphUnit: Sendable {
  /// The name by which its items are printed: the crate name, with `@version` where that would be ambiguous.
  public var displayName: String
  /// Calls on open type parameters that the caller chooses: `<T as demo::Store>::put`.
  public var callerSupplied: [String] = []
  /// Unsafe blocks and impls that the user wrote.
  public var unsafeBlocks = 0
  public var unsafeImplementations = 0
  /// The same one by one, and unsafe functions with a body.
  public var unsafeDeclarations: [UnsafeDeclaration] = []
  public var unstableFeatures: [String] = []
  /// Symbols it exports.
  public var definedSymbols: [String] = []
  /// Foreign symbols its own code calls.
  public var foreignSymbols: [String] = []
  /// Native libraries of `#[link]`.
  public var linkedLibraries: [String] = []
  /// What it hooks into the start of programs and into Rust's runtime.
  public var hooks: [RuntimeHook] = []

  public init(displayName: String) { self.displayName = displayName }
}

/// The call graph of all units: nodes, edges sorted by source (compressed sparse rows), entry points, operations, gaps.
public struct CallGraph: Sendable {
  public var names = NameTable()
  /// Paths as reports print them; file 0 is empty.
  public var files: [String] = [""]
  public var units: [GraphUnit] = []
  public var nodes: [GraphNode] = []
  /// What symbols of a linked program are compared with, one for each node; empty unless `GraphInput.linkerNames` asks
  /// for it.
  public var linkerNames: [LinkerName] = []
  /// Aliases of types in std by their path, as `linkerNames` spell what they stand for; `$0` is the first argument. What is
  /// an alias in the version of std that the graph knows may be a type of its own in the program's.
  public var linkerAliases: [String: String] = [:]
  /// `edges[edgeStarts[n]..<edgeStarts[n + 1]]` are the edges of node `n`.
  public var edgeStarts: [UInt32] = [0]
  public var edges: [GraphEdge] = []
  public var entryPoints: [EntryPoint] = []
  public var operations: [GraphOperation] = []
  public var gaps: [GraphGap] = []
  /// The numbers of calls that a number decides.
  public var numberArguments: [NumberArgument] = []
  /// Where foreign functions and statics are declared, by node.
  public var foreignOrigins: [UInt32: ForeignOrigin] = [:]
  public var coverage = GraphCoverage()
  /// How calls in std's own bodies were resolved, where those are followed.
  public var standardCoverage = StandardCoverage()

  public init() {}

  /// The edges that leave a node.
  public func edges(of node: Int) -> ArraySlice<GraphEdge> {
    edges[Int(edgeStarts[node])..<Int(edgeStarts[node + 1])]
  }
}
