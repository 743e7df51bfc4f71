/// What a token is. A punctuation mark or delimiter is its own ASCII byte; everything else has a number from 0x80.
enum TokenKind {
  /// An identifier, keyword or `_`; `r#` is part of a raw one.
  static let identifier: UInt8 = 0x80
  static let lifetime: UInt8 = 0x81
  static let integer: UInt8 = 0x82
  static let float: UInt8 = 0x83
  /// `".."` and `r#".."#`.
  static let string: UInt8 = 0x84
  /// `b".."`, `br".."`, `c".."`, `cr".."`.
  static let otherString: UInt8 = 0x85
  /// `'a'`, `b'a'`.
  static let character: UInt8 = 0x86
  /// `::`
  static let pathSeparator: UInt8 = 0x87
  /// `->`
  static let arrow: UInt8 = 0x88
  /// `=>`
  static let fatArrow: UInt8 = 0x89
  /// `...`
  static let ellipsis: UInt8 = 0x8A
  /// The comment `/*impl Trait*/`, by which HIR stands for an opaque type.
  static let opaquePlaceholder: UInt8 = 0x8B
  /// What stands behind the last token.
  static let end: UInt8 = 0xFF
}

/// One token of a Rust text.
struct RustToken {
  /// Where it begins in the text.
  var offset: UInt32
  var length: UInt32
  /// Of an opening delimiter: the index of the token that closes it, or the number of tokens if none does.
  /// Of everything else: its own index.
  var link: UInt32
  /// See `TokenKind`.
  var kind: UInt8
  /// Of an identifier: which keyword it is.
  var keyword: RustKeyword
}
