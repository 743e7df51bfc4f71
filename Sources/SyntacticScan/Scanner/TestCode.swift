import RustDump

/// The code of a file that is compiled with the tests only: `#[test]`, `#[bench]`, `#[cfg(test)]`.
struct TestCode {
  /// Its tokens, in order, without overlap.
  private(set) var ranges: [Range<Int>] = []
  /// Modules with files of their own that are tests.
  private(set) var modules: [FileModuleDeclaration] = []

  init(_ source: SourceTokens) {
    let cfgs = CfgSet(cfgs: [], features: [])
    var inline: [(name: String, end: Int)] = []
    var index = 0
    while index < source.count {
      while let last = inline.last, index >= last.end { inline.removeLast() }
      if source.isWord(index, "mod"), source[index + 1].kind == .word, source.isMark(index + 2, Ascii.openBrace) {
        inline.append((source.text(index + 1), source.afterGroup(index + 2)))
      }
      guard source.isMark(index, Ascii.hash) else {
        index += 1
        continue
      }
      if source.isMark(index + 1, Ascii.bang), source.isMark(index + 2, Ascii.openBracket) {
        let condition = Attributes.inner(source, at: index, cfgs)
        let end = source.afterGroup(index + 2)
        if condition?.needsTest == true {
          let close = inline.last?.end ?? source.count
          ranges.append(end..<max(end, close))
          index = max(end, close)
        } else {
          index = end
        }
        continue
      }
      guard source.isMark(index + 1, Ascii.openBracket) else {
        index += 1
        continue
      }
      let attributes = Attributes(source, at: index, cfgs)
      guard attributes.isTest || attributes.condition?.needsTest == true else {
        index = attributes.end
        continue
      }
      let item = SyntacticItem(source, at: attributes.end)
      if let name = item.fileModule {
        modules.append(FileModuleDeclaration(name: name, path: attributes.path, modules: inline.map(\.name)))
      }
      let end = max(attributes.end, min(item.range.upperBound, source.count))
      ranges.append(index..<end)
      index = end
    }
  }

  /// The other tokens of a file of so many.
  func rest(of count: Int) -> [Range<Int>] {
    var rest: [Range<Int>] = []
    var start = 0
    for range in ranges {
      if range.lowerBound > start { rest.append(start..<range.lowerBound) }
      start = max(start, range.upperBound)
    }
    if start < count { rest.append(start..<count) }
    return rest
  }
}

extension CfgPredicate {
  /// Whether it never holds without `test`, whatever else holds.
  var needsTest: Bool {
    switch self {
    case .name(let name): name == "test"
    case .all(let parts): parts.contains(where: \.needsTest)
    case .any(let parts): !parts.isEmpty && parts.allSatisfy(\.needsTest)
    case .not, .value, .constant, .unknown: false
    }
  }
}
