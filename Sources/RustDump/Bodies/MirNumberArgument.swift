/// Calls whose number decides what they do: `syscall(NUMBER, ..)`, `ioctl(DESCRIPTOR, REQUEST, ..)`.
extension MirReader {
  /// Bodies whose text is longer are not searched for the values of locals: no such call is worth reading them again.
  private static let searchLimit = 64 << 10

  /// Adds the number of the call at hand, if its callee is such a function: a literal, a named constant, or neither where the
  /// number is worked out.
  ///
  /// - Parameters:
  ///   - callee: the callee's path.
  ///   - end: the end of the statement.
  mutating func readNumberArgument(callee: Range<Int>, _ end: Int) {
    guard text[callee.upperBound - 1] == 0x6C, let index = numberIndex(callee) else { return }
    var start = callee.upperBound + 1
    for _ in 0..<index {
      start = endOfOperand(start, end)
      guard text[start] == Ascii.comma else { return addSite(.numberArgument, a: .none) }
      start += 2
    }
    addNumber(textRange(start, endOfOperand(start, end)), depth: 0)
  }

  /// Which argument of a function is the number that decides, by the function's name.
  private func numberIndex(_ callee: Range<Int>) -> Int? {
    for (name, index) in [("syscall", 0), ("ioctl", 1)] as [(StaticString, Int)] {
      let start = callee.upperBound - name.utf8CodeUnitCount
      guard start >= callee.lowerBound, text.matches(name, at: start) else { continue }
      var before = start
      while before > callee.lowerBound, text[before - 1] == Ascii.underscore { before -= 1 }
      if before == callee.lowerBound || text[before - 1] == Ascii.colon { return index }
    }
    return nil
  }

  private mutating func addNumber(_ operand: Range<Int>, depth: Int) {
    let start = operand.lowerBound
    if text.matches("const ", at: start) {
      let value = textRange(start + 6, operand.upperBound)
      guard isDigit(text[start + 6]) || text[start + 6] == Ascii.minus else {
        return addSite(.numberArgument, a: .none, b: terms.path(value))
      }
      let digits = textRange(
        value.lowerBound, text.find(Ascii.underscore, from: value.lowerBound, to: value.upperBound))
      let name = terms.store.names.intern(text.slice(digits))
      return addSite(.numberArgument, a: terms.store.terms.intern(.constant, b: name.raw))
    }
    guard depth < 8, let local = operandLocal(operand), let value = soleValue(ofLocal: local) else {
      return addSite(.numberArgument, a: .none)
    }
    addNumber(value, depth: depth + 1)
  }

  /// What a local is assigned where its body assigns it once and never lends it out to be changed.
  private func soleValue(ofLocal local: Int) -> Range<Int>? {
    var found: Range<Int>?
    var line = body.blocksStart
    guard line >= 0 else { return nil }
    let limit = line + MirReader.searchLimit
    while line < limit, line < text.count {
      let end = text.find(Ascii.newline, from: line, to: text.count)
      if text[line] == Ascii.closeBrace { return found }
      if isLent(local, textRange(line, end)) { return nil }
      if text.matches("        _", at: line) {
        let (assigned, equals) = number(at: line + 9)
        if assigned == local, text.matches(" = ", at: equals) {
          guard found == nil else { return nil }
          found = operandOfAssignment(equals + 3, end)
          if found == nil { return nil }
        }
      }
      line = end + 1
    }
    return nil
  }

  private func isLent(_ local: Int, _ line: Range<Int>) -> Bool {
    for word in ["&mut _", "&raw mut _"] as [StaticString] {
      var start = line.lowerBound
      while let place = text.find(word, from: start, to: line.upperBound) {
        start = place + word.utf8CodeUnitCount
        if number(at: start).0 == local { return true }
      }
    }
    return false
  }

  /// The operand that `OPERAND;` or `OPERAND as TYPE (IntToInt);` takes; `nil` for every other value.
  private func operandOfAssignment(_ start: Int, _ lineEnd: Int) -> Range<Int>? {
    let isOperand =
      text.matches("const ", at: start) || text.matches("move _", at: start) || text.matches("copy _", at: start)
    let end = text.find(Ascii.semicolon, from: start, to: lineEnd)
    guard isOperand, end < lineEnd else { return nil }
    if text.endsWith(" (IntToInt)", before: end) {
      return text.find(" as ", from: start, to: end).map { textRange(start, $0) }
    }
    return text[end - 1] == Ascii.closeParenthesis || text[end - 1] == Ascii.closeBracket ? nil : textRange(start, end)
  }
}
