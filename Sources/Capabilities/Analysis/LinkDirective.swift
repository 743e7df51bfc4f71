/// Something that a build script, a build configuration or an attribute told the linker, beyond Rust's own crates.
public struct LinkDirective: Sendable, Hashable, Comparable {
  /// What it is about.
  public enum Kind: String, Sendable, Comparable {
    /// A native library.
    case library
    /// A folder in which libraries are looked for first.
    case folder
    /// An argument of the linker.
    case argument
    /// The linker itself.
    case linker

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// Who said so.
  public enum Source: String, Sendable, Comparable {
    /// `#[link]`.
    case attribute
    case buildScript = "build-script"
    /// The compiler's arguments, where no build script is known to have asked for it.
    case compiler

    public static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
  }

  public var kind: Kind
  public var value: String
  public var source: Source

  public init(kind: Kind, value: String, source: Source) {
    self.kind = kind
    self.value = value
    self.source = source
  }

  public static func < (left: LinkDirective, right: LinkDirective) -> Bool {
    (left.kind, left.value, left.source) < (right.kind, right.value, right.source)
  }
}
