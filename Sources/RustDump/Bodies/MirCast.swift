/// Casts that make function pointers and trait objects, and transmutations.
extension MirReader {
  /// Whether the text that ends at `end` is a pointer coercion.
  func isCoercion(_ end: Int) -> Bool {
    text.endsWith(", Implicit))", before: end) || text.endsWith(", AsCast))", before: end)
  }

  /// The ` as ` of a cast, outside brackets.
  func scanAs(_ start: Int, _ end: Int) -> Int? {
    var position = start
    while position < end, let space = scanDepthZero(Ascii.space, from: position, to: end) {
      if text.matches(" as ", at: space) { return space }
      position = space + 1
    }
    return nil
  }

  /// Reads `OPERAND as TYPE (KIND)`.
  mutating func readCast(_ start: Int, operand: Range<Int>, end: Int) {
    let typeStart = operand.upperBound + 4
    guard let kindStart = lastParenthesis(end, typeStart) else { return }
    let target = textRange(typeStart, max(typeStart, kindStart - 1))
    if text.matches("(PointerCoercion(Unsize", at: kindStart) {
      readUnsizing(operand, target)
    } else if text.matches("(PointerCoercion(ReifyFnPointer", at: kindStart) {
      body.reifies = true
      addSite(.reify, a: functionOperand(operand), b: terms.type(target))
    } else if text.matches("(PointerCoercion(ClosureFnPointer", at: kindStart) {
      addSite(.closurePointer, a: operandType(operand), b: terms.type(target))
    } else if text.matches("(Transmute)", at: kindStart) {
      readTransmute(start, operand, target)
    } else if text.matches("(FnPtrToPtr)", at: kindStart) || text.matches("(PointerExposeProvenance)", at: kindStart) {
      let type = operandType(operand)
      if terms.store.terms.kind(type) == .functionPointer { addSite(.forgottenPointer, a: type) }
    } else if text.matches("(PtrToPtr)", at: kindStart), let source = operandLocal(operand),
      body.boxAddresses.contains(source), let destination = localNumber(start)
    {
      body.boxAddresses.insert(destination)
    }
  }

  /// The ` (` before the kind of a cast, which holds no blank but after commas.
  private func lastParenthesis(_ end: Int, _ start: Int) -> Int? {
    var offset = end - 1
    var nesting = 0
    while offset > start {
      if text[offset] == Ascii.closeParenthesis { nesting += 1 }
      if text[offset] == Ascii.openParenthesis {
        nesting -= 1
        if nesting == 0 { return offset }
      }
      offset -= 1
    }
    return nil
  }

  private mutating func readUnsizing(_ operand: Range<Int>, _ target: Range<Int>) {
    // Arrays becoming slices are of no interest.
    guard text.find("dyn ", from: target.lowerBound, to: target.upperBound) != nil else { return }
    let source = operandType(operand)
    let type = terms.type(target)
    if source.isNone || type.isNone {
      addGap(textRange(operand.lowerBound, target.upperBound), why: "an unsizing cast")
    }
    addSite(.unsize, a: source, b: type)
  }

  /// Reading through a box is printed as a transmutation of its pointer, and checks for null and alignment as one of a
  /// pointer to an address: neither is the user's.
  private mutating func readTransmute(_ start: Int, _ operand: Range<Int>, _ target: Range<Int>) {
    if text.find(": std::ptr::NonNull<", from: operand.lowerBound, to: operand.upperBound) != nil
      || text.find(": core::ptr::NonNull<", from: operand.lowerBound, to: operand.upperBound) != nil
    {
      if let local = localNumber(start) { body.boxAddresses.insert(local) }
      return
    }
    let source = operandType(operand)
    let type = terms.type(target)
    if isAddressCheck(source, type) { return }
    addSite(.transmute, a: source, b: type)
  }

  private func isAddressCheck(_ source: TermID, _ target: TermID) -> Bool {
    let table = terms.store.terms
    guard table.kind(source) == .pointer, table.kind(table.child(source, 0)) == .tuple,
      table.kind(target) == .segment
    else { return false }
    return terms.store.names.withBytes(of: table.name(target)) { $0.elementsEqual("usize".utf8) }
  }

  /// The path of a function item in operand position.
  private mutating func functionOperand(_ operand: Range<Int>) -> TermID {
    if text.matches("move ", at: operand.lowerBound) || text.matches("copy ", at: operand.lowerBound)
      || text.matches("const ", at: operand.lowerBound)
    {
      let type = operandType(operand)
      guard terms.store.terms.kind(type) == .functionItem else { return .none }
      return terms.store.terms.child(type, 0)
    }
    return terms.path(operand)
  }
}
