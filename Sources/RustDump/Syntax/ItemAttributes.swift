/// Attributes in both forms: `#[no_mangle]` as in source, `#[attr = NoMangle]` as HIR prints them.
extension ItemParser {
  /// What the attributes before an item say.
  struct Attributes {
    var found: [(kind: AttributeKind, value: NameID)] = []
    var flags: ItemFlags = []
  }

  /// Reads the attributes at the cursor. `#![..]` are taken too.
  mutating func readAttributes() -> Attributes {
    var attributes = Attributes()
    while isByte(Ascii.hash), isByte(Ascii.openBracket, at: position + 1)
      || isByte(Ascii.bang, at: position + 1) && isByte(Ascii.openBracket, at: position + 2)
    {
      position += isByte(Ascii.bang, at: position + 1) ? 2 : 1
      inGroup { parser in parser.readAttribute(&attributes) }
    }
    return attributes
  }

  mutating func skipAttributes() { _ = readAttributes() }

  private mutating func readAttribute(_ attributes: inout Attributes) {
    if isWord("unsafe"), isByte(Ascii.openParenthesis, at: position + 1) {
      position += 1
      inGroup { parser in parser.readAttribute(&attributes) }
      return
    }
    if isWord("attr"), isByte(Ascii.equals, at: position + 1) { position += 2 }
    guard kind(position) == .identifier else { return }
    for (word, kind) in ItemParser.plainAttributes where isWord(word) {
      attributes.found.append((kind, .none))
      return
    }
    for (word, kind) in ItemParser.valuedAttributes where isWord(word) {
      attributes.found.append((kind, firstString()))
      return
    }
    readSpecialAttribute(&attributes)
  }

  private static let plainAttributes: [(StaticString, AttributeKind)] = [
    ("no_mangle", .noMangle), ("NoMangle", .noMangle), ("global_allocator", .globalAllocator),
    ("panic_handler", .panicHandler), ("proc_macro", .procMacro), ("ProcMacro", .procMacro),
    ("proc_macro_attribute", .procMacroAttribute), ("ProcMacroAttribute", .procMacroAttribute), ("used", .used),
    ("Used", .used), ("track_caller", .trackCaller), ("TrackCaller", .trackCaller), ("no_std", .noStd),
    ("rustc_std_internal_symbol", .standardInternalSymbol),
  ]

  private static let valuedAttributes: [(StaticString, AttributeKind)] = [
    ("export_name", .exportName), ("ExportName", .exportName), ("link_name", .linkName), ("LinkName", .linkName),
    ("link_section", .linkSection), ("LinkSection", .linkSection), ("lang", .lang), ("Lang", .lang),
  ]

  private mutating func readSpecialAttribute(_ attributes: inout Attributes) {
    if isWord("link") || isWord("Link") {
      attributes.found.append((.link, namedString()))
    } else if isWord("automatically_derived") || isWord("AutomaticallyDerived") {
      attributes.flags.insert(.automaticallyDerived)
    } else if isWord("macro_export") || isWord("MacroExport") {
      attributes.flags.insert(.macroExported)
    } else if isWord("doc"), containsWord("hidden") {
      attributes.flags.insert(.docHidden)
    } else if isWord("inline") || isWord("Inline"), containsWord("always") || containsWord("Always") {
      attributes.found.append((.inlineAlways, .none))
    } else if isWord("proc_macro_derive") || isWord("ProcMacroDerive") {
      attributes.found.append((.procMacroDerive, firstArgument()))
    } else if isWord("feature"), kind(position + 1) == .open {
      readFeatures(&attributes)
    }
  }

  private mutating func readFeatures(_ attributes: inout Attributes) {
    for index in (position + 2)..<max(position + 2, end) where kind(index) == .identifier {
      attributes.found.append((.feature, name(of: index)))
    }
  }

  private func containsWord(_ word: StaticString) -> Bool {
    (position..<end).contains { isWord(word, at: $0) }
  }

  /// The first string literal of the attribute.
  private mutating func firstString() -> NameID {
    for index in position..<end where kind(index) == .string { return stringValue(index) }
    return .none
  }

  /// The string behind `name =` or `name:`.
  private mutating func namedString() -> NameID {
    for index in position..<end where isWord("name", at: index) && kind(index + 2) == .string {
      return stringValue(index + 2)
    }
    return .none
  }

  /// The first name in parentheses.
  private mutating func firstArgument() -> NameID {
    for index in (position + 1)..<max(position + 1, end) where kind(index) == .identifier { return name(of: index) }
    return .none
  }

  /// The value of a string literal; escapes other than of quotes and backslashes do not occur in names of symbols.
  mutating func stringValue(_ index: Int) -> NameID {
    let token = tokens[index]
    var bytes: [UInt8] = []
    var offset = Int(token.offset)
    let last = Int(token.offset) + Int(token.length)
    while offset < last, text[offset] != Ascii.quote { offset += 1 }
    offset += 1
    while offset < last, text[offset] != Ascii.quote {
      if text[offset] == Ascii.backslash { offset += 1 }
      if offset < last { bytes.append(text[offset]) }
      offset += 1
    }
    return bytes.withUnsafeBytes { store.names.intern($0) }
  }
}
