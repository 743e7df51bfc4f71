/// Reads the items of a crate from what rustc prints for `-Zunpretty=expanded` and `-Zunpretty=hir`.
///
/// Bodies are not parsed: they are searched for the items and `unsafe` blocks in them.
public struct ItemReader {
  /// Which of the two texts is read.
  public enum Dialect: Sendable { case expanded, hir }

  /// Reads one dump.
  ///
  /// Any bytes are accepted. What cannot be read becomes a gap, and reading goes on behind it.
  ///
  /// - Parameters:
  ///   - text: the dump; at most 4 GB.
  ///   - dialect: which of the two texts it is.
  ///   - store: takes the names and terms of the items.
  ///   - gaps: what could not be read is appended.
  /// - Returns: the items in the order of the text; the crate's root is item 0.
  public static func read(
    _ text: UnsafeRawBufferPointer, dialect: Dialect, store: inout TermStore, gaps: inout [DumpGap]
  ) -> ItemTree {
    let bytes = ByteText(text)
    let tokens = RustLexer.tokens(of: bytes, isHir: dialect == .hir)
    var parser = ItemParser(text: bytes, tokens: tokens, dialect: dialect, store: store)
    store = TermStore()
    parser.readCrate()
    store = parser.store
    gaps.append(contentsOf: parser.gaps)
    return parser.tree
  }
}
