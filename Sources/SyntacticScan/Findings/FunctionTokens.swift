import RustDump

/// The innermost function that each token of a file stands in, its signature included.
struct FunctionTokens {
  /// What stands outside of functions.
  static let none: Int32 = -1
  /// For each token the index of the word `fn` of its function.
  private var functions: [Int32]

  init(_ source: SourceTokens) {
    functions = Array(repeating: FunctionTokens.none, count: source.count)
    var open: [(start: Int32, end: Int)] = []
    for index in 0..<source.count {
      while let last = open.last, index >= last.end { open.removeLast() }
      if source.isWord(index, "fn"), source[index + 1].kind == .word {
        open.append((Int32(clamping: index), FunctionTokens.end(source, index)))
      }
      functions[index] = open.last?.start ?? FunctionTokens.none
    }
  }

  func function(at index: Int) -> Int32 { functions.indices.contains(index) ? functions[index] : FunctionTokens.none }

  /// The index behind a function's body, or behind the semicolon of one that has none.
  private static func end(_ source: SourceTokens, _ start: Int) -> Int {
    var index = start + 1
    // No signature is as long as hostile text is.
    while index < min(source.count, start + 4000) {
      if source.isMark(index, Ascii.openBrace) { return source.afterGroup(index) }
      if source.isMark(index, Ascii.semicolon) || source.isMark(index, Ascii.closeBrace) { return index + 1 }
      index = source.afterGroup(index)
    }
    return index
  }
}
