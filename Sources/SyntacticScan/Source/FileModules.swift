import RustDump

/// A module with a file of its own.
struct FileModuleDeclaration {
  var name: String
  var path: String?
  /// The inline modules around it.
  var modules: [String]
}

/// Finds the modules in some tokens of a file that have files of their own, whatever their conditions.
enum FileModules {
  /// - Parameter modules: the inline modules around the tokens.
  static func find(
    _ source: SourceTokens, _ range: Range<Int>? = nil, modules: [String] = []
  ) -> [FileModuleDeclaration] {
    var found: [FileModuleDeclaration] = []
    var inline: [(name: String, end: Int)] = []
    var path: String?
    for index in range ?? 0..<source.count {
      while let last = inline.last, index >= last.end { inline.removeLast() }
      if source.isMark(index, Ascii.semicolon) || source.isMark(index, Ascii.closeBrace) { path = nil }
      if source.isWord(index, "path"), source.isMark(index + 1, Ascii.equals), source[index + 2].kind == .string {
        path = source.string(index + 2)
      }
      guard source.isWord(index, "mod"), source[index + 1].kind == .word else { continue }
      if source.isMark(index + 2, Ascii.semicolon) {
        found.append(
          FileModuleDeclaration(name: source.text(index + 1), path: path, modules: modules + inline.map(\.name)))
      } else if source.isMark(index + 2, Ascii.openBrace) {
        inline.append((source.text(index + 1), source.afterGroup(index + 2)))
      }
    }
    return found
  }
}
