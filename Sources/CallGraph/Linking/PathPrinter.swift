import RustDump

/// Prints terms of a unit as text, for names that are not resolved and for sinks.
enum PathPrinter {
  /// A path or type without generic arguments behind identifiers: `std::fs::read`, `<std::fs::File as std::io::Read>::read`.
  static func text(of term: TermID, _ store: TermStore) -> String {
    var output = ""
    write(term, store, &output, depth: 0)
    return output
  }

  private static func write(_ term: TermID, _ store: TermStore, _ output: inout String, depth: Int) {
    guard depth < 48 else {
      output += ".."
      return
    }
    let terms = store.terms
    func child(_ index: Int) { write(terms.child(term, index), store, &output, depth: depth + 1) }
    switch terms.kind(term) {
    case .segment:
      let parent = terms.parent(term)
      if !parent.isNone {
        write(parent, store, &output, depth: depth + 1)
        output += "::"
      }
      output += store.names.string(terms.name(term))
    case .qualified:
      output += "<"
      child(0)
      if terms.childCount(term) > 1 {
        output += " as "
        child(1)
      }
      output += ">"
    case .implBlock, .implOfTrait:
      if !terms.parent(term).isNone {
        write(terms.parent(term), store, &output, depth: depth + 1)
        output += "::"
      }
      output += "<impl "
      child(0)
      if terms.childCount(term) > 1 {
        output += " for "
        child(1)
      }
      output += ">"
    default: writeType(term, store, &output, depth: depth)
    }
  }

  private static func writeType(_ term: TermID, _ store: TermStore, _ output: inout String, depth: Int) {
    let terms = store.terms
    let record = terms.record(term)
    func child(_ index: Int) { write(terms.child(term, index), store, &output, depth: depth + 1) }
    func list(_ range: Range<Int>, _ separator: String) {
      for index in range {
        if index > range.lowerBound { output += separator }
        child(index)
      }
    }
    switch terms.kind(term) {
    case .reference:
      output += record.a == 1 ? "&mut " : "&"
      child(0)
    case .pointer:
      output += record.a == 1 ? "*mut " : "*const "
      child(0)
    case .slice, .array:
      output += "["
      list(0..<terms.childCount(term), "; ")
      output += "]"
    case .tuple:
      output += "("
      list(0..<terms.childCount(term), ", ")
      output += terms.childCount(term) == 1 ? ",)" : ")"
    case .never: output += "!"
    case .functionPointer:
      output += "fn("
      list(0..<max(0, terms.childCount(term) - 1), ", ")
      output += ")"
    case .functionItem: child(0)
    case .dynamic:
      output += "dyn "
      list(0..<terms.childCount(term), " + ")
    case .closureAt: output += "{closure@\(store.names.string(NameID(record.b)))}"
    case .closureOf, .bodyOf:
      output += "{closure@"
      child(0)
      output += "}"
    case .opaque: output += "impl \(store.names.string(NameID(record.b)))"
    case .constant: output += store.names.string(NameID(record.b))
    default: output += "_"
    }
  }
}
