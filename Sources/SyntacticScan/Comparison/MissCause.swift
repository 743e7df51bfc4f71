import CallGraph
import Capabilities
import RustDump

/// Why a scanner cannot see what is done at a place.
struct MissCause {
  private let catalogue: SourceCatalogue
  private let shelf: SourceShelf

  private let unsafeSet: CapabilitySet
  private let placeless: CapabilitySet

  init(_ catalogue: SourceCatalogue, _ shelf: SourceShelf, taxonomy: Taxonomy) {
    self.catalogue = catalogue
    self.shelf = shelf
    unsafeSet = taxonomy.members(of: "unsafe") ?? CapabilitySet()
    placeless = taxonomy.members(of: "link") ?? CapabilitySet()
  }

  /// The expression at the place; `nil` if the file is not at hand.
  func chain(of use: SinkUse) -> CallChain? {
    guard let file = catalogue.file(named: use.file), use.position.line > 0, let facts = shelf.facts(of: file) else {
      return nil
    }
    var chain = CallChain(facts.source, line: Int(use.position.line), column: Int(use.position.column))
    // A library has no name in the text.
    if use.kind != .drop, !isPlaceless(use), !chain.names(Self.lastPart(of: use.sink)), !isUnsafeAsWritten(use, facts) {
      chain.findMacro(facts)
    }
    // Of a block whose place is not known exactly the function's is told.
    if unsafeSet.contains(use.capability), !chain.isMacro, let line = facts.unsafeLine(from: Int(use.position.line)) {
      if !facts.hasUnsafe(before: line, from: Int(use.position.line)) { chain.add(line: line) }
    }
    return chain
  }

  private func isPlaceless(_ use: SinkUse) -> Bool { placeless.contains(use.capability) }

  /// Whether something unsafe stands in the text as such.
  private func isUnsafeAsWritten(_ use: SinkUse, _ facts: SourceFacts) -> Bool {
    guard unsafeSet.contains(use.capability) else { return false }
    return use.endLine > 0 || facts.hasUnsafe(around: Int(use.position.line))
  }

  /// The cause, and more on it in words.
  func cause(of use: SinkUse, _ chain: CallChain?) -> (why: ComparisonCause, detail: String) {
    if use.file.contains("/out/"),
      catalogue.file(named: use.file).map({ catalogue.files[$0].path.contains("/out/") }) ?? true
    {
      return (.generated, use.sink)
    }
    if use.kind == .drop { return (.drop, use.sink) }
    if let chain, chain.isMacro { return (.macro, chain.macro.isEmpty ? use.sink : chain.macro + "!") }
    if let macro = macroDefinition(at: use) { return (.macro, macro + "!") }
    switch use.kind {
    case .drop: return (.drop, use.sink)
    case .dyn: return (.dyn, use.sink)
    case .pointer: return (.functionPointer, use.sink)
    case .callback: return (.callback, use.sink)
    case .staticInitialiser: return (use.isForeign ? .ffi : .staticInitialiser, use.sink)
    case .symbol: return (.ffi, use.sink)
    case .dispatch: return (.traitDispatch, use.sink)
    case .call, .cast: break
    }
    if use.isThroughStandard { return (.standard, use.sink) }
    if isPlaceless(use) { return (.ffi, use.sink) }
    // Scanners look for the word and not for what is done.
    if unsafeSet.contains(use.capability) { return (.notListed, use.sink) }
    guard let chain else { return use.isForeign ? (.ffi, use.sink) : (.notListed, use.sink) }
    let name = Self.lastPart(of: use.sink)
    if chain.members.contains(where: { $0.name == name }) {
      return use.sink.contains(" as ") ? (.traitDispatch, use.sink) : (.method, use.sink)
    }
    if let found = causeOfPath(chain, use, name) { return found }
    return use.isForeign ? (.ffi, use.sink) : (.notListed, use.sink)
  }

  /// The macro in whose definition a place stands.
  private func macroDefinition(at use: SinkUse) -> String? {
    catalogue.file(named: use.file).flatMap { shelf.facts(of: $0) }?.macro(at: Int(use.position.line))
  }

  private func causeOfPath(_ chain: CallChain, _ use: SinkUse, _ name: String) -> (ComparisonCause, String)? {
    guard !chain.path.isEmpty, let file = catalogue.file(named: use.file), let facts = shelf.facts(of: file) else {
      return nil
    }
    let written = chain.path.joined(separator: "::")
    if let meaning = facts.imports.namedMeaning(of: chain.path, at: chain.start) {
      guard meaning.first == "std" || use.isForeign else { return (.reExport, written) }
      // The import's own name is not the one that is written.
      if let first = chain.path.first, !meaning.contains(first) { return (.renamedImport, written) }
      return nil
    }
    // A path of the crate's own, or one that only a glob can bring.
    guard facts.imports.mayBeOwn(chain.path, at: chain.start) || chain.path.count > 1 else { return nil }
    if chain.path.last != name, chain.path.count == 1, !chain.isCalled { return nil }
    return (chain.path.last == name ? .reExport : .renamedImport, written)
  }

  /// The name of a function without its path and arguments.
  static func lastPart(of path: String) -> String {
    let text = path.hasSuffix(">") ? Substring(path.prefix { $0 != "<" }) : path[...]
    guard let colon = text.utf8.lastIndex(of: Ascii.colon) else { return String(text) }
    return String(text[text.utf8.index(after: colon)...])
  }
}
