/// What a token of Rust source is.
public enum RustTokenKind: UInt8, Sendable {
  /// The end of the text.
  case end
  /// A name or keyword. Raw names keep their `r#`, so that they never look like keywords.
  case identifier
  case lifetime
  case number
  /// A string of any kind: plain, raw, byte, C.
  case string
  /// A character or byte.
  case character
  /// One byte of punctuation. `>>` and the like are single bytes; only the three below are joined.
  case punctuation
  /// `::`
  case pathSeparator
  /// `->`
  case arrow
  /// `=>`
  case fatArrow
  /// The comment `/*impl Trait*/`, which HIR text has in place of a type.
  case hiddenType
}

/// One token: its kind and where it stands in the text.
public struct RustToken: Sendable, BitwiseCopyable {
  public var kind: RustTokenKind
  /// The first byte.
  public var byte: UInt8
  public var start: Int
  public var end: Int

  @inlinable
  init(_ kind: RustTokenKind, _ byte: UInt8, _ start: Int, _ end: Int) {
    self.kind = kind
    self.byte = byte
    self.start = start
    self.end = end
  }

  /// Whether the token is this byte of punctuation.
  @inlinable @inline(__always)
  public func isPunctuation(_ expected: UInt8) -> Bool { kind == .punctuation && byte == expected }
}
