/// What stands in braces: closures, coroutines, function items, with the scanning that finds their ends.
extension MirTermParser {
  mutating func parseBraces() -> TermID {
    let close = matchingBrace(position)
    guard close < end else { return fail() }
    defer { position = failed ? end : close + 1 }
    position += 1
    for (word, flavour) in MirTermParser.flavours where eat(word) {
      if text.endsWith(" of ", before: position) { return parseBodyOf(flavour, close) }
      return parseClosure(flavour, close)
    }
    let name = store.names.intern(text.slice(textRange(position, close)))
    return store.terms.intern(.constant, b: name.raw)
  }

  static let flavours: [(StaticString, ClosureFlavour)] = [
    ("closure@", .closure), ("async fn body of ", .asyncFunction), ("async block@", .asyncBlock),
    ("async closure body@", .asyncClosureBody), ("async closure@", .asyncClosure),
    ("gen fn body of ", .generatorFunction), ("gen block@", .generatorBlock),
    ("async gen fn body of ", .asyncGeneratorFunction), ("async gen block@", .asyncGeneratorBlock),
    ("coroutine@", .coroutine), ("coroutine-closure@", .coroutineClosure),
  ]

  private mutating func parseBodyOf(_ flavour: ClosureFlavour, _ close: Int) -> TermID {
    let outerEnd = end
    end = text.endsWith("()", before: close) ? close - 2 : close
    let path = parsePath()
    if position != end { failed = true }
    end = outerEnd
    return store.terms.intern(.bodyOf, a: flavour.rawValue, children: [path])
  }

  private mutating func parseClosure(_ flavour: ClosureFlavour, _ close: Int) -> TermID {
    if text[close - 1] == Ascii.closeBrace {
      let outerEnd = end
      end = close
      let path = parsePath()
      if position != end { failed = true }
      end = outerEnd
      return store.terms.intern(.closureOf, a: flavour.rawValue, children: [path])
    }
    var stop = close
    if text.endsWith("(#0)", before: stop) { stop -= 5 }
    let name = store.names.intern(text.slice(textRange(position, max(stop, position))))
    return store.terms.intern(.closureAt, a: flavour.rawValue, b: name.raw)
  }

  func matchingBrace(_ start: Int) -> Int {
    var nesting = 0
    var offset = start
    while offset < end {
      let byte = text[offset]
      if byte == Ascii.openBrace { nesting += 1 }
      if byte == Ascii.closeBrace {
        nesting -= 1
        if nesting == 0 { return offset }
      }
      if byte == Ascii.apostrophe, text[offset + 2] == Ascii.apostrophe { offset += 2 }
      offset += 1
    }
    return end
  }
}
