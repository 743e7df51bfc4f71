/// Types and paths as written in source.
extension ItemParser {
  /// Reads a type. What cannot be read gives no term and a gap; the cursor then stands where reading stopped.
  mutating func readType(allowBounds: Bool = true) -> TermID {
    depth += 1
    defer { depth -= 1 }
    guard depth < ItemParser.depthLimit else { return giveUp("a type nests too deeply") }
    if eat("for"), isByte(Ascii.less) { skipAngles() }
    guard let token = position < end ? tokens[position] : nil else { return giveUp("a type is missing") }
    switch token.kind {
    case .open where token.byte == Ascii.openParenthesis: return readTuple()
    case .open where token.byte == Ascii.openBracket: return readArray()
    case .open where token.byte == Ascii.openBrace: return readConstantBlock()
    case .number, .string, .character: return readLiteral()
    case .punctuation where !isElided(token.byte): return readPunctuatedType(token.byte)
    case .pathSeparator: return readPathType(allowBounds)
    case .identifier: return readWordType(allowBounds)
    case .punctuation where isElided(token.byte): return store.terms.intern(.inferred)
    default: return giveUp("no type begins like this")
    }
  }

  mutating func giveUp(_ why: String) -> TermID {
    addGap(position, why)
    return .none
  }

  /// HIR prints `impl Trait` results as a comment, so that nothing is left of them.
  private func isElided(_ byte: UInt8) -> Bool {
    dialect == .hir && (byte == Ascii.comma || byte == Ascii.greater || byte == Ascii.semicolon || byte == Ascii.equals)
  }

  private mutating func readPunctuatedType(_ byte: UInt8) -> TermID {
    switch byte {
    case Ascii.ampersand:
      position += 1
      _ = eat(.lifetime)
      let mutable: UInt32 = eat("mut") ? 1 : 0
      // `&raw`-style and pinned references print like others.
      let inner = readType(allowBounds: false)
      return store.terms.intern(.reference, a: mutable, children: [inner])
    case Ascii.star:
      position += 1
      let mutable: UInt32 = eat("mut") ? 1 : 0
      if mutable == 0 { _ = eat("const") }
      let inner = readType(allowBounds: false)
      return store.terms.intern(.pointer, a: mutable, children: [inner])
    case Ascii.bang:
      position += 1
      return store.terms.intern(.never)
    case Ascii.minus: return readLiteral()
    case Ascii.less: return readPathType(true)
    default: return giveUp("no type begins like this")
    }
  }

  private mutating func readTuple() -> TermID {
    var members: [TermID] = []
    var hasComma = false
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        members.append(parser.readType())
        hasComma = parser.eat(Ascii.comma)
        if !hasComma || parser.position == start { break }
      }
      if !parser.isAtEnd { _ = parser.giveUp("a tuple type") }
    }
    if members.count == 1, !hasComma { return members[0] }
    return store.terms.intern(.tuple, children: members)
  }

  private mutating func readArray() -> TermID {
    var element = TermID.none
    var length: TermID?
    inGroup { parser in
      element = parser.readType()
      if parser.eat(Ascii.semicolon) { length = parser.readConstant(until: parser.end) }
    }
    guard let length else { return store.terms.intern(.slice, children: [element]) }
    return store.terms.intern(.array, children: [element, length])
  }

  /// A constant expression: a number as decimal text, a plain path as a path, else its tokens.
  mutating func readConstant(until limit: Int) -> TermID {
    let start = position
    defer { position = max(limit, start) }
    if limit - start == 1, tokens[start].kind == .number { return readLiteral() }
    if start < limit, tokens[start].kind == .identifier || tokens[start].kind == .pathSeparator, isPath(start, limit) {
      return readPath()
    }
    scanNested(start..<limit)
    let name = joinedText(start..<limit)
    return store.terms.intern(.constant, b: name.raw)
  }

  private func isPath(_ start: Int, _ limit: Int) -> Bool {
    var expectsName = tokens[start].kind == .identifier
    for index in start..<limit {
      if expectsName ? tokens[index].kind != .identifier : tokens[index].kind != .pathSeparator { return false }
      expectsName.toggle()
    }
    return !expectsName
  }

  private mutating func readConstantBlock() -> TermID {
    let close = after(position)
    scanNested(position..<min(close, end))
    let name = joinedText(position..<min(close, end))
    position = min(close, end)
    return store.terms.intern(.constant, b: name.raw)
  }

  private mutating func readLiteral() -> TermID {
    let start = position
    if isByte(Ascii.minus) { position += 1 }
    guard !isAtEnd else { return giveUp("a literal is missing") }
    let token = tokens[position]
    position += 1
    if token.kind == .number, position - start == 1, let value = integer(token) {
      return store.terms.intern(.constant, b: store.names.intern(String(value)).raw)
    }
    return store.terms.intern(.constant, b: joinedText(start..<position).raw)
  }

  /// The value of an integer literal: `0x10_0000`, `8usize`.
  private func integer(_ token: RustToken) -> UInt64? {
    var digits: [UInt8] = []
    for offset in Int(token.offset)..<(Int(token.offset) + Int(token.length)) where text[offset] != Ascii.underscore {
      digits.append(text[offset])
    }
    var word = String(decoding: digits, as: UTF8.self)
    let radix = word.hasPrefix("0x") ? 16 : word.hasPrefix("0o") ? 8 : word.hasPrefix("0b") ? 2 : 10
    if radix != 10 { word.removeFirst(2) }
    for suffix in ["usize", "isize", "u128", "i128", "u64", "i64", "u32", "i32", "u16", "i16", "u8", "i8"]
    where word.hasSuffix(suffix) {
      word.removeLast(suffix.count)
      break
    }
    return UInt64(word, radix: radix)
  }

  /// The tokens of a range with one blank between those that were apart in the text.
  mutating func joinedText(_ range: Range<Int>) -> NameID {
    var bytes: [UInt8] = []
    var previousEnd: UInt32?
    for index in range where index < tokens.count {
      let token = tokens[index]
      if let previousEnd, token.offset > previousEnd { bytes.append(Ascii.space) }
      bytes.append(contentsOf: text.slice(Int(token.offset)..<(Int(token.offset) + Int(token.length))))
      previousEnd = token.offset + token.length
    }
    return bytes.withUnsafeBytes { store.names.intern($0) }
  }

  // MARK: Words

  private mutating func readWordType(_ allowBounds: Bool) -> TermID {
    if isWord("_") {
      position += 1
      return store.terms.intern(.inferred)
    }
    if isWord("impl") { return readOpaque() }
    if isWord("dyn"), kind(position + 1) != .pathSeparator, !isByte(Ascii.comma, at: position + 1) {
      position += 1
      _ = eat(Ascii.star)
      return store.terms.intern(.dynamic, children: readBounds())
    }
    if isWord("fn") || isFunctionPointerPrefix() { return readFunctionPointer() }
    if isWord("typeof") || isWord("builtin") || isMacroType() { return skipSpecialType() }
    return readPathType(allowBounds)
  }

  private func isMacroType() -> Bool { isByte(Ascii.bang, at: position + 1) && kind(position + 2) == .open }

  /// `pattern_type!(..)`, `typeof(..)`: not understood, but passed over.
  private mutating func skipSpecialType() -> TermID {
    let name = joinedText(position..<min(position + 1, end))
    while !isAtEnd, kind(position) != .open { position += 1 }
    position = after(position)
    return store.terms.intern(.constant, b: name.raw)
  }

  private func isFunctionPointerPrefix() -> Bool {
    (isWord("unsafe") && (isWord("fn", at: position + 1) || isWord("extern", at: position + 1)))
      || (isWord("extern") && (isWord("fn", at: position + 1) || kind(position + 1) == .string))
      || (isWord("safe") && isWord("fn", at: position + 1))
  }

  private mutating func readFunctionPointer() -> TermID {
    var flags: UInt32 = eat("unsafe") ? 1 : 0
    _ = eat("safe")
    var abi = NameID.none
    if eat("extern") { abi = readABI() }
    guard eat("fn"), isByte(Ascii.openParenthesis) else { return giveUp("a function pointer type") }
    var parts: [TermID] = []
    inGroup { parser in
      while !parser.isAtEnd {
        let start = parser.position
        parser.skipAttributes()
        if parser.isByte(Ascii.dot) {
          flags |= 2
          parser.position = parser.end
          break
        }
        if parser.isIdentifier(at: parser.position), parser.isByte(Ascii.colon, at: parser.position + 1) {
          parser.position += 2
          if parser.isByte(Ascii.dot) {
            flags |= 2
            parser.position = parser.end
            break
          }
        }
        parts.append(parser.readType())
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
    }
    parts.append(eat(.arrow) ? readType(allowBounds: false) : store.terms.intern(.tuple))
    return store.terms.intern(.functionPointer, a: flags, b: abi.raw, children: parts)
  }

  /// The name behind `extern`: `C` where none is written.
  mutating func readABI() -> NameID {
    guard kind(position) == .string else { return store.names.intern("C") }
    defer { position += 1 }
    return stringValue(position)
  }

  private mutating func readOpaque() -> TermID {
    position += 1
    let start = position
    let bounds = readBounds()
    let name = joinedText(start..<position)
    return store.terms.intern(.opaque, b: name.raw, children: bounds)
  }

  // MARK: Bounds

  /// `A + ?Sized + 'a + for<'b> Fn(&'b u8)`: the traits as paths.
  mutating func readBounds() -> [TermID] {
    var bounds: [TermID] = []
    while !isAtEnd {
      let start = position
      if eat(.lifetime) {
      } else if isWord("use"), isByte(Ascii.less, at: position + 1) {
        position += 1
        skipAngles()
      } else if isByte(Ascii.openParenthesis) {
        inGroup { parser in bounds += parser.readBounds() }
      } else if let bound = readBound() {
        bounds.append(bound)
      }
      guard position > start, eat(Ascii.plus) else { break }
    }
    return bounds
  }

  private mutating func readBound() -> TermID? {
    var isRelaxed = false
    while true {
      if eat(0x3F) {
        isRelaxed = true
      } else if isByte(0x7E) {
        position += 2
      } else if isByte(Ascii.openBracket), isWord("const", at: position + 1) {
        position = after(position)
      } else if isWord("const") || isWord("async"), kind(position + 1) != .pathSeparator {
        position += 1
      } else if isWord("for") {
        // HIR leaves the lifetimes out: `for FnMut(&'_ T)`.
        position += 1
        if isByte(Ascii.less) { skipAngles() }
      } else {
        break
      }
    }
    guard kind(position) == .identifier || kind(position) == .pathSeparator || isByte(Ascii.less) else { return nil }
    if isWord("where") { return nil }
    let path = readPath()
    return isRelaxed ? nil : path
  }

  /// Moves behind `<..>`.
  mutating func skipAngles() {
    var nesting = 0
    while !isAtEnd {
      if isByte(Ascii.less) { nesting += 1 }
      if isByte(Ascii.greater) {
        nesting -= 1
        if nesting == 0 {
          position += 1
          return
        }
      }
      position = after(position)
    }
  }

  // MARK: Paths

  /// A path as a type: `A + B` without `dyn` is a trait object of edition 2015.
  private mutating func readPathType(_ allowBounds: Bool) -> TermID {
    let path = readPath()
    guard allowBounds, isByte(Ascii.plus) else { return path }
    position += 1
    return store.terms.intern(.dynamic, children: [path] + readBounds())
  }

  /// A path with its generic arguments.
  mutating func readPath() -> TermID {
    depth += 1
    defer { depth -= 1 }
    guard depth < ItemParser.depthLimit else { return giveUp("a path nests too deeply") }
    var path = TermID.none
    if isByte(Ascii.less) {
      path = readQualified()
      guard kind(position) == .pathSeparator else { return path }
      position += 1
    } else if eat(.pathSeparator) {
      path = store.segment(.none, "{{root}}")
    }
    while true {
      if isByte(0x24), isWord("crate", at: position + 1) {
        position += 2
        path = store.segment(path, "$crate")
      } else if let name = takeName() {
        path = readSegment(path, name)
      } else {
        return path.isNone ? giveUp("a path is missing") : path
      }
      guard kind(position) == .pathSeparator else { return path }
      position += 1
      if isByte(Ascii.less) {
        path = withArguments(path)
        guard eat(.pathSeparator) else { return path }
      }
    }
  }

  private mutating func readSegment(_ parent: TermID, _ name: NameID) -> TermID {
    let segment = store.segment(parent, name)
    if isByte(Ascii.less) { return withArguments(segment) }
    if isByte(Ascii.openParenthesis), kind(position) == .open { return withCallSugar(segment) }
    return segment
  }

  private mutating func readQualified() -> TermID {
    position += 1
    let type = readType()
    var parts = [type]
    if eat("as") { parts.append(readPath()) }
    if !eat(Ascii.greater) { return giveUp("a qualified path is not closed") }
    return store.terms.intern(.qualified, children: parts)
  }

  private mutating func withArguments(_ segment: TermID) -> TermID {
    position += 1
    var arguments: [TermID] = []
    while !isAtEnd, !isByte(Ascii.greater) {
      let start = position
      if !eat(.lifetime), let argument = readArgument() { arguments.append(argument) }
      if !eat(Ascii.comma) || position == start { break }
    }
    if !eat(Ascii.greater) { return giveUp("generic arguments are not closed") }
    return replacing(segment, arguments)
  }

  private mutating func readArgument() -> TermID? {
    let type = readType()
    guard !type.isNone else { return nil }
    if isByte(Ascii.equals) {
      position += 1
      let value = readType()
      return store.terms.intern(.binding, b: store.terms.name(type).raw, children: [value])
    }
    if isByte(Ascii.colon) {
      position += 1
      let bounds = readBounds()
      return store.terms.intern(.bound, b: store.terms.name(type).raw, children: bounds)
    }
    return type
  }

  /// `Fn(A) -> B` means `Fn<(A,), Output = B>`; `f(..)` is return type notation.
  private mutating func withCallSugar(_ segment: TermID) -> TermID {
    var members: [TermID] = []
    inGroup { parser in
      while !parser.isAtEnd, !parser.isByte(Ascii.dot) {
        let start = parser.position
        members.append(parser.readType())
        if !parser.eat(Ascii.comma) || parser.position == start { break }
      }
    }
    let result = eat(.arrow) ? readType(allowBounds: false) : store.terms.intern(.tuple)
    let output = store.names.intern("Output")
    let binding = store.terms.intern(.binding, b: output.raw, children: [result])
    return replacing(segment, [store.terms.intern(.tuple, children: members), binding])
  }

  private mutating func replacing(_ segment: TermID, _ arguments: [TermID]) -> TermID {
    guard store.terms.kind(segment) == .segment else { return segment }
    let record = store.terms.record(segment)
    return store.terms.intern(.segment, a: record.a, b: record.b, children: arguments)
  }
}
