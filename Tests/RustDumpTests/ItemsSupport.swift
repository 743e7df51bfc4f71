@testable import RustDump

/// One dump that was read, with its names and terms as text.
struct ReadItems {
  var tree: ItemTree
  var store = TermStore()
  var gaps: [DumpGap] = []

  init(_ text: String, _ dialect: ItemReader.Dialect = .expanded) {
    self.init(bytes: Array(text.utf8), dialect)
  }

  init(bytes: [UInt8], _ dialect: ItemReader.Dialect = .expanded) {
    var store = TermStore()
    var gaps: [DumpGap] = []
    tree = bytes.withUnsafeBytes { ItemReader.read($0, dialect: dialect, store: &store, gaps: &gaps) }
    self.store = store
    self.gaps = gaps
  }

  func name(_ raw: UInt32) -> String { store.names.string(NameID(raw)) }
  func term(_ raw: UInt32) -> String { TermWriter(store: store).text(TermID(raw)) }
  func list(_ start: UInt32, _ count: UInt32) -> [String] {
    tree.termLists[Int(start)..<Int(start + count)].map { term($0) }
  }

  /// The first item with a name.
  func item(_ name: String) -> Item {
    tree.items.first { self.name($0.name) == name } ?? .empty(.module)
  }
  /// All items but the root as `kind name`.
  var outline: [String] { tree.items.dropFirst().map { "\($0.itemKind) \(name($0.name))" } }
  /// The names of the items around an item, from the root on.
  func path(_ name: String) -> [String] {
    var index = tree.items.firstIndex { self.name($0.name) == name } ?? 0
    var path: [String] = []
    while index != 0 {
      let item = tree.items[index]
      path.insert(item.name == 0 ? "\(item.itemKind)" : self.name(item.name), at: 0)
      index = Int(item.parent)
    }
    return path
  }
  func parameters(_ item: Item) -> [String] { list(item.listStart, item.listCount) }
  func generics(_ item: Item) -> [String] {
    tree.generics[Int(item.genericsStart)..<Int(item.genericsStart + item.genericsCount)].map { generic in
      let word = generic.isConstant == 1 ? "const " : ""
      let bounds = list(generic.boundsStart, generic.boundsCount).joined(separator: " + ")
      return "\(word)\(name(generic.name)): \(bounds) | \(term(generic.type)) | \(term(generic.constantDefault))"
    }
  }
  func predicates(_ item: Item) -> [String] {
    tree.predicates[Int(item.predicatesStart)..<Int(item.predicatesStart + item.predicatesCount)].map {
      term($0.subject) + ": " + list($0.boundsStart, $0.boundsCount).joined(separator: " + ")
    }
  }
  var uses: [String] {
    tree.uses.map { use in
      let path = term(use.path) + (use.kind == 1 ? "::*" : " as \(name(use.alias))")
      return (use.kind == 2 ? "crate " : "") + path
    }
  }
  /// `kind=value` of the attributes of an item.
  func attributes(_ index: Int) -> [String] {
    tree.attributes.filter { Int($0.item) == index }.map {
      "\(AttributeKind(rawValue: $0.kind)!)=\(name($0.value))"
    }
  }
  /// The type of `type X = ..;`.
  static func type(_ text: String) -> String {
    let read = ReadItems("type X = \(text);")
    guard read.gaps.isEmpty, read.tree.items.count >= 2 else { return "gap" }
    return read.term(read.tree.items[1].type)
  }
}

/// Writes terms so that each kind can be told.
struct TermWriter {
  let store: TermStore

  func text(_ term: TermID) -> String {
    let record = store.terms.record(term)
    let children = store.terms.childList(term).map { text($0) }
    let name = store.names.string(NameID(record.b))
    switch store.terms.kind(term) {
    case .absent: return "-"
    case .segment:
      let parent = record.a == 0 ? "" : text(TermID(record.a)) + "::"
      return parent + name + (children.isEmpty ? "" : "<" + children.joined(separator: ", ") + ">")
    case .qualified: return "<" + children.joined(separator: " as ") + ">"
    case .reference: return (record.a == 1 ? "&mut " : "&") + children[0]
    case .pointer: return (record.a == 1 ? "*mut " : "*const ") + children[0]
    case .slice: return "[" + children[0] + "]"
    case .array: return "[" + children.joined(separator: "; ") + "]"
    case .tuple: return "(" + children.joined(separator: ", ") + ")"
    case .never: return "!"
    case .inferred: return "_"
    case .functionPointer: return "fn \(record.a) \"\(name)\" (" + children.joined(separator: ", ") + ")"
    case .dynamic: return "dyn(" + children.joined(separator: " + ") + ")"
    case .binding: return name + " = " + children[0]
    case .bound: return name + ": " + children.joined(separator: " + ")
    case .opaque: return "impl '\(name)' (" + children.joined(separator: " + ") + ")"
    case .constant: return "{\(name)}"
    default: return mirText(term, record, name, children)
    }
  }

  /// The kinds that only MIR has.
  private func mirText(_ term: TermID, _ record: TermRecord, _ name: String, _ children: [String]) -> String {
    let parent = record.a == 0 ? "" : text(TermID(record.a)) + "::"
    let flavour = ClosureFlavour(rawValue: record.a).map { "\($0)" } ?? "?"
    switch store.terms.kind(term) {
    case .implAt: return parent + "<impl at " + name + ">"
    case .implBlock: return parent + "<impl " + children[0] + ">"
    case .implOfTrait: return parent + "<impl " + children[0] + " for " + children[1] + ">"
    case .functionItem: return "item " + children[0] + " (" + children[1] + ")"
    case .closureAt: return flavour + "@" + name
    case .closureOf: return flavour + " of " + children[0]
    case .bodyOf: return flavour + " body of " + children[0]
    default: return "?"
    }
  }
}
