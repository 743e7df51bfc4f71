import RustDump

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
