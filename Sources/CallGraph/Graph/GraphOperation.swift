import RustDump

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
