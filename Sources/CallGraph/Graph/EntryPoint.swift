import RustDump

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
