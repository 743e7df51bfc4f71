import RustDump

/// Where a source file of a unit declares something `unsafe`: an `UnsafeMark` with its file.
public struct SourceMark: Sendable, Equatable, BitwiseCopyable {
  /// An `UnsafeMark.Kind`.
  public var kind: UInt32
  /// The file as the compiler names it; a `NameID`.
  public var file: UInt32
  public var line: UInt32
  public var column: UInt32
  public var endLine: UInt32
  /// 1 if it stands in the definition of a macro.
  public var insideMacroDefinition: UInt32
  /// Function: its name; impl: the last name of the trait. A `NameID`.
  public var name: UInt32
  /// Impl: the last name of the type. A `NameID`.
  public var type: UInt32

  public var markKind: UnsafeMark.Kind { UnsafeMark.Kind(rawValue: kind) ?? .block }
}
