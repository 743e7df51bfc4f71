/// Which item follows, and the small ones.
extension ItemParser {
  /// Takes the words before an item's keyword (`unsafe`, `const`, `async`, `extern "C"`, ..). Gives `false` at the end.
  mutating func modifiers(_ prefix: inout ItemPrefix) -> Bool {
    while index < tokens.count {
      // HIR writes `const #[target_feature] fn`.
      skipAttributes()
      switch currentKeyword {
      case .unsafeWord: prefix.flags.insert(.unsafeItem)
      case .asyncWord: prefix.flags.insert(.asyncItem)
      case .safeWord: prefix.flags.insert(.safeForeign)
      case .autoWord: prefix.flags.insert(.autoTrait)
      case .defaultWord: prefix.flags.insert(.defaultItem)
      case .genWord: break
      case .constWord where isModifierConst(index + 1): prefix.flags.insert(.constItem)
      case .externWord where keyword(index + 1) != .crateWord:
        index += 1
        prefix.flags.insert(.externItem)
        prefix.abi = abiName()
        continue
      default: return true
      }
      index += 1
    }
    return false
  }

  /// Whether `const` before a token belongs to a function, trait or implementation.
  private func isModifierConst(_ index: Int) -> Bool {
    if kind(index) == Ascii.hash { return true }
    return switch keyword(index) {
    case .fnWord, .unsafeWord, .externWord, .asyncWord, .traitWord, .implWord, .genWord: true
    case .autoWord, .safeWord: kind(index + 1) == TokenKind.identifier
    default: false
    }
  }

  /// Reads the item whose keyword is at the cursor. Gives `false` if no item begins here.
  mutating func definition(_ prefix: ItemPrefix, parent: Int, _ context: ItemContext) -> Bool {
    switch currentKeyword {
    case .fnWord: function(prefix, parent: parent, context)
    case .implWord: implementation(prefix, parent: parent)
    case .useWord: useItem(prefix, parent: parent)
    case .structWord, .unionWord: structure(prefix, parent: parent)
    case .enumWord: enumeration(prefix, parent: parent)
    case .constWord: constantItem(prefix, parent: parent, isStatic: false, context)
    case .staticWord: constantItem(prefix, parent: parent, isStatic: true, context)
    case .typeWord where keyword(index + 1) == .constWord:
      index += 1
      constantItem(prefix, parent: parent, isStatic: false, context)
    case .typeWord: typeAlias(prefix, parent: parent, context)
    case .modWord: module(prefix, parent: parent)
    case .traitWord: traitItem(prefix, parent: parent)
    case .externWord: externCrate(prefix, parent: parent)
    case .macroRules, .macroWord: macroDefinition(prefix, parent: parent)
    case .globalAssembly where kind(index + 1) == Ascii.bang: globalAssembly(prefix, parent: parent)
    default:
      guard current == Ascii.openBrace, prefix.flags.contains(.externItem) else { return false }
      foreignBlock(prefix, parent: parent)
    }
    return true
  }

  private mutating func module(_ prefix: ItemPrefix, parent: Int) {
    index += 1
    let name = name()
    let number = add(.module, name, prefix, parent: parent, at: index - 1)
    members(of: number, .module)
  }

  private mutating func foreignBlock(_ prefix: ItemPrefix, parent: Int) {
    let number = add(.foreignBlock, .none, prefix, parent: parent, at: index)
    members(of: number, .foreign)
  }

  /// Reads the members in the braces at the cursor, or a semicolon instead.
  mutating func members(of number: Int, _ context: ItemContext) {
    recoverHeader("a header was not understood")
    guard current == Ascii.openBrace else {
      _ = eat(Ascii.semicolon)
      return
    }
    let close = partner(index)
    index += 1
    items(until: close, parent: number, context)
    index = max(index, min(close + 1, tokens.count))
  }

  /// Moves to the `{` or `;` that ends a header. Tokens that were not understood before it become a gap.
  mutating func recoverHeader(_ why: String) {
    let ended = current == Ascii.openBrace || current == Ascii.semicolon
    if ended, !failed { return }
    fail()
    noteFailure(why)
    while current != Ascii.openBrace, current != Ascii.semicolon, current != Ascii.closeBrace, index < tokens.count {
      index = afterTree(index)
    }
  }

  /// Moves behind the next semicolon. Tokens before it that were not understood become a gap.
  mutating func expectSemicolon(_ why: String) {
    if !failed, eat(Ascii.semicolon) { return }
    fail()
    noteFailure(why)
    while current != Ascii.semicolon, current != Ascii.closeBrace, index < tokens.count { index = afterTree(index) }
    _ = eat(Ascii.semicolon)
  }

  private mutating func macroDefinition(_ prefix: ItemPrefix, parent: Int) {
    index += 1
    _ = eat(Ascii.bang)
    let name = name()
    _ = add(.macroDefinition, name, prefix, parent: parent, at: index - 1)
    if current == Ascii.openParenthesis || current == Ascii.openBracket { index = afterTree(index) }
    if current == Ascii.openBrace { index = afterTree(index) }
    _ = eat(Ascii.semicolon)
  }

  private mutating func globalAssembly(_ prefix: ItemPrefix, parent: Int) {
    index += 2
    let number = add(.globalAssembly, .none, prefix, parent: parent, at: index - 2)
    let arguments = (index + 1)..<max(index + 1, partner(index))
    if current == Ascii.openParenthesis || current == Ascii.openBrace || current == Ascii.openBracket {
      walkBody(arguments, owner: number, ownsBlock: false)
      index = arguments.upperBound + 1
    }
    _ = eat(Ascii.semicolon)
  }
}
