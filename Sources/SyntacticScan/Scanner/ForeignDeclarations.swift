import RustDump

/// The foreign functions that `extern` blocks declare.
enum ForeignDeclarations {
  /// More names are not remembered; hostile text has more.
  private static let limit = 100_000

  /// Adds those of a file: the linked name, by the name in Rust.
  static func add(_ source: SourceTokens, to declared: inout [String: String]) {
    var index = 0
    while index < source.count {
      guard source.isWord(index, "extern") else {
        index += 1
        continue
      }
      let open = source[index + 1].kind == .string ? index + 2 : index + 1
      guard source.isMark(open, Ascii.openBrace) else {
        index += 1
        continue
      }
      let end = source.afterGroup(open)
      var linkName: String?
      for place in (open + 1)..<max(open + 1, end) {
        if source.isWord(place, "link_name"), source[place + 2].kind == .string { linkName = source.string(place + 2) }
        guard source.isWord(place, "fn"), source[place + 1].kind == .word, declared.count < limit else { continue }
        let name = source.text(place + 1)
        declared[name] = linkName ?? name
        linkName = nil
      }
      index = end
    }
  }
}
