/// Functions, constants, statics and type aliases.
extension ItemParser {
  mutating func function(_ prefix: ItemPrefix, parent: Int, _ context: ItemContext) {
    index += 1
    var prefix = prefix
    let start = index
    let name = name()
    var header = ItemHeader()
    header.generics = generics()
    header.list = parameters(&header.flags)
    header.type = result()
    header.predicates = whereClause()
    if context == .foreign { markForeign(&prefix, parent: parent) }
    let body = functionBody(&header.flags)
    let number = add(
      context == .foreign ? .foreignFunction : .function, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    if !body.isEmpty { walkBody(body, owner: number, ownsBlock: true) }
    index = max(index, body.upperBound)
    _ = eat(Ascii.semicolon)
  }

  /// Gives foreign items the ABI of their block. HIR leaves the word `safe` out but writes `unsafe`.
  private mutating func markForeign(_ prefix: inout ItemPrefix, parent: Int) {
    if dialect == .hir, !prefix.flags.contains(.unsafeItem) { prefix.flags.insert(.safeForeign) }
    if prefix.abi == .none { prefix.abi = NameID(tree.items[parent].abi) }
  }

  /// The tokens of the body at the cursor, braces included; empty for a function without one.
  private mutating func functionBody(_ flags: inout ItemFlags) -> Range<Int> {
    if dialect == .hir, !failed, startsBareBody { skipBodyHead() }
    recoverHeader("a function's header was not understood")
    guard current == Ascii.openBrace else { return index..<index }
    flags.insert(.hasBody)
    return index..<afterTree(index)
  }

  /// HIR can leave out the braces around a body: that of an `async fn` is a closure, that of an intrinsic a loop.
  private var startsBareBody: Bool {
    switch current {
    case 0x7C, TokenKind.lifetime: true
    case TokenKind.identifier: isWord(index, "loop") || isWord(index, "match") || isWord(index, "if")
    default: false
    }
  }

  private mutating func skipBodyHead() {
    while current != Ascii.openBrace, current != Ascii.semicolon, current != Ascii.closeBrace, index < tokens.count {
      index = afterTree(index)
    }
  }

  private mutating func result() -> TermID {
    guard !failed, eat(TokenKind.arrow) else { return .none }
    let result = type()
    let isUnit = store.terms.kind(result) == .tuple && store.terms.childCount(result) == 0
    return isUnit ? .none : result
  }

  // MARK: Parameters

  private mutating func parameters(_ flags: inout ItemFlags) -> Range<Int> {
    guard !failed, current == Ascii.openParenthesis else {
      fail()
      return 0..<0
    }
    let close = partner(index)
    index += 1
    var types: [TermID] = []
    if let receiver = selfParameter(close) {
      flags.insert(.hasSelf)
      types.append(receiver)
      _ = eat(Ascii.comma)
    }
    while index < close, !failed {
      skipAttributes()
      if index == close { break }
      skipPattern(until: close)
      if eat(TokenKind.ellipsis) { flags.insert(.variadic) } else { types.append(type()) }
      if !eat(Ascii.comma) { break }
    }
    if index != close { fail() }
    if !failed { index = afterTree(close) }
    return storeList(types)
  }

  /// `self`, `&self`, `&'a mut self`, `mut self`, `self: T`.
  private mutating func selfParameter(_ close: Int) -> TermID? {
    skipAttributes()
    var next = index
    let isReference = kind(next) == Ascii.ampersand
    if isReference { next += 1 }
    if isReference, kind(next) == TokenKind.lifetime { next += 1 }
    let isMutable = keyword(next) == .mutWord
    if isMutable { next += 1 }
    guard keyword(next) == .selfValue, kind(next + 1) != TokenKind.pathSeparator, next < close else { return nil }
    index = next + 1
    if eat(Ascii.colon) { return type() }
    let selfType = store.segment(.none, known.selfType)
    return isReference ? store.terms.intern(.reference, a: isMutable ? 1 : 0, children: [selfType]) : selfType
  }

  /// Skips `pattern:`. A parameter without a name (2015) has none.
  private mutating func skipPattern(until close: Int) {
    var next = index
    while next < close {
      switch kind(next) {
      case Ascii.colon:
        index = next + 1
        return
      case Ascii.comma: return
      default: next = afterTree(next)
      }
    }
  }

  // MARK: Constants and aliases

  mutating func constantItem(_ prefix: ItemPrefix, parent: Int, isStatic: Bool, _ context: ItemContext) {
    index += 1
    var prefix = prefix
    var header = ItemHeader()
    if isStatic, eat(.mutWord) { header.flags.insert(.mutableStatic) }
    let start = index
    let name = name()
    header.generics = generics()
    if eat(Ascii.colon) { header.type = type() }
    header.predicates = whereClause()
    if context == .foreign { markForeign(&prefix, parent: parent) }
    noteFailure("the type of a constant was not understood")
    while current != Ascii.equals, current != Ascii.semicolon, current != Ascii.closeBrace, index < tokens.count {
      index = afterTree(index)
    }
    let hasValue = eat(Ascii.equals)
    if hasValue { header.flags.insert(.hasBody) }
    let kind: ItemKind = !isStatic ? .constant : context == .foreign ? .foreignStatic : .staticItem
    let number = add(kind, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
    let value = index..<endOfValue()
    if hasValue { walkBody(value, owner: number, ownsBlock: false) }
    index = value.upperBound
    _ = eat(Ascii.semicolon)
  }

  /// The index of the semicolon that ends the expression at the cursor.
  private func endOfValue() -> Int {
    var next = index
    while next < tokens.count, kind(next) != Ascii.semicolon, kind(next) != Ascii.closeBrace { next = afterTree(next) }
    return next
  }

  mutating func typeAlias(_ prefix: ItemPrefix, parent: Int, _ context: ItemContext) {
    index += 1
    let start = index
    let name = name()
    var header = ItemHeader()
    header.generics = generics()
    if eat(Ascii.colon) { header.list = storeList(boundList(true)) }
    let before = whereClause()
    if !failed, eat(Ascii.equals) {
      header.flags.insert(.hasBody)
      header.type = type()
    }
    let behind = whereClause()
    header.predicates = before.isEmpty ? behind : before.lowerBound..<max(before.upperBound, behind.upperBound)
    expectSemicolon("a type alias was not understood")
    let number = add(
      context == .foreign ? .foreignType : .typeAlias, name, prefix, parent: parent, at: start, header: header)
    walkPendingBlocks(owner: number)
  }
}
