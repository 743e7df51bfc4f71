/// `asm!` terminators.
extension MirReader {
  /// Reads an `asm!` that begins on the line at hand. Its template is printed raw, newlines and quotes included, so the
  /// terminator ends where a line ends with the targets and a span and the block ends behind it.
  mutating func readAssembly(_ start: Int) {
    facts.statistics.assemblies += body.isCopy ? 0 : 1
    let firstLine = lineStart
    while !endsAssembly() {
      guard advanceLine() else {
        addGap(start..<min(start + 120, text.count), why: "the dump ends within asm!")
        return
      }
    }
    body.statementLine = lineStart
    body.statementLineEnd = lineEnd
    addSite(.assembly, a: .none)
    readAssemblySymbols(firstLine..<lineEnd)
  }

  private func endsAssembly() -> Bool {
    if body.hasSpans, commentStart(lineStart) == nil { return false }
    let end = statementEnd(lineStart)
    guard text[end] == Ascii.semicolon, endsWithTargets(end) else { return false }
    return text.matches("    }\n", at: nextLine)
      || text.matches("                                         // ", at: nextLine)
  }

  private func endsWithTargets(_ end: Int) -> Bool {
    text.endsWith("]", before: end) && text.find("-> [return: bb", from: lineStart, to: end) != nil
      || text.endsWith(" -> unwind continue", before: end) || text.endsWith(" -> unwind unreachable", before: end)
      || text.endsWith(" unwind unreachable]", before: end)
  }

  /// So many symbols of one `asm!` may be unreadable before the rest is given up: each is looked for up to the end.
  private static let unreadableSymbolLimit = 16

  private mutating func readAssemblySymbols(_ range: Range<Int>) {
    var unreadable = 0
    for word in [", sym_fn ", ", sym_static "] as [StaticString] {
      var position = range.lowerBound
      while let found = text.find(word, from: position, to: range.upperBound) {
        position = found + word.utf8CodeUnitCount
        let symbol = position..<endOfOperand(position, range.upperBound)
        let path = text.matches("DefId(", at: position) ? definitionPath(symbol) : terms.path(symbol)
        if path.isNone {
          addGap(symbol, why: "the symbol of asm! cannot be read")
          unreadable += 1
          if unreadable > MirReader.unreadableSymbolLimit { return }
        }
        if MirReader.isConstant(path, terms.store) { hasConstantSymbols = true }
        addSite(.assemblySymbol, a: path)
      }
    }
  }

  /// Until 1.85 the operand is a constant behind the body, whose type names the function: the symbol is that function.
  mutating func resolveConstantSymbols() {
    guard hasConstantSymbols else { return }
    var functions: [UInt32: UInt32] = [:]
    for body in facts.bodies where body.bodyKind == .anonymousConstant {
      let type = TermID(body.type)
      guard terms.store.terms.kind(type) == .functionItem else { continue }
      functions[body.path] = terms.store.terms.child(type, 0).raw
    }
    for index in facts.sites.indices where facts.sites[index].siteKind == .assemblySymbol {
      facts.sites[index].a = functions[facts.sites[index].a] ?? facts.sites[index].a
    }
  }

  private static func isConstant(_ path: TermID, _ store: TermStore) -> Bool {
    store.names.withBytes(of: store.terms.name(path)) { $0.starts(with: "{constant".utf8) }
  }

  /// The path in `DefId(0:12 ~ literals[0c02]::inner::COUNTER)`. Crate number 0 is the crate itself, which paths leave
  /// out; others begin the path with their name.
  private mutating func definitionPath(_ range: Range<Int>) -> TermID {
    guard text.endsWith(")", before: range.upperBound),
      let name = text.find(" ~ ", from: range.lowerBound, to: range.upperBound).map({ $0 + 3 }),
      let hashEnd = text.find("]::", from: name, to: range.upperBound)
    else { return .none }
    let path = terms.path((hashEnd + 3)..<(range.upperBound - 1))
    if text.matches("DefId(0:", at: range.lowerBound) || path.isNone { return path }
    let bracket = text.find(Ascii.openBracket, from: name, to: range.upperBound)
    return prefixed(path, terms.path(name..<bracket))
  }

  /// A path of plain segments behind another path.
  private mutating func prefixed(_ path: TermID, _ root: TermID) -> TermID {
    var segments: [TermID] = []
    var segment = path
    while terms.store.terms.kind(segment) == .segment {
      segments.append(segment)
      segment = terms.store.terms.parent(segment)
    }
    guard segment.isNone, !root.isNone else { return .none }
    return segments.reversed().reduce(root) { terms.store.segment($0, terms.store.terms.name($1)) }
  }
}
