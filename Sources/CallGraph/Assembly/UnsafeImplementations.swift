import CrateFacts
import RustDump

/// Finds for each unsafe impl of a unit the place in the sources that declares it.
///
/// Impls have no positions in the dumps. Those in the sources are compared by the names of trait and type; where several
/// have the same, by the module whose file it is, then in their order.
struct UnsafeImplementations {
  /// By item.
  private(set) var marks: [UInt32: SourceMark] = [:]
  private let facts: UnitFacts

  private struct Key: Hashable {
    var trait: String
    var type: String
  }

  init(_ facts: UnitFacts, rootFile: String) {
    self.facts = facts
    let items = facts.items.items.indices.filter {
      let item = facts.items.items[$0]
      return item.itemKind == .implementation && item.itemFlags.contains(.unsafeItem)
    }
    guard !items.isEmpty, !facts.sourceMarks.isEmpty else { return }
    let written = facts.sourceMarks.filter { $0.markKind == .implementation }
    var places: [Key: [SourceMark]] = [:]
    for mark in written where mark.insideMacroDefinition == 0 { places[key(mark), default: []].append(mark) }
    var itemsOfKey: [Key: [Int]] = [:]
    for item in items { itemsOfKey[key(item), default: []].append(item) }
    let folder = UnsafeImplementations.folder(of: rootFile)
    for (key, items) in itemsOfKey { join(items, places[key] ?? [], folder) }
    joinMacros(items, written.filter { $0.insideMacroDefinition != 0 })
  }

  private mutating func join(_ items: [Int], _ places: [SourceMark], _ folder: String) {
    var left = places
    var open: [Int] = []
    for item in items {
      let module = modulePath(item)
      if let exact = left.firstIndex(where: { module == self.module(ofFile: $0.file, folder) }) {
        marks[UInt32(item)] = left.remove(at: exact)
      } else {
        open.append(item)
      }
    }
    for (item, mark) in zip(open, left) { marks[UInt32(item)] = mark }
  }

  /// What a macro of the crate makes stands in the macro: one that names the trait, or one that is given it.
  private mutating func joinMacros(_ items: [Int], _ places: [SourceMark]) {
    for item in items where marks[UInt32(item)] == nil {
      let trait = key(item).trait
      marks[UInt32(item)] =
        places.first { facts.store.names.string(NameID($0.name)) == trait }
        ?? places.first { NameID($0.name) == .none }
    }
  }

  private func key(_ mark: SourceMark) -> Key {
    Key(trait: facts.store.names.string(NameID(mark.name)), type: facts.store.names.string(NameID(mark.type)))
  }

  private func key(_ item: Int) -> Key {
    let record = facts.items.items[item]
    return Key(trait: lastName(TermID(record.trait)), type: lastName(TermID(record.type)))
  }

  /// The last name of a path, behind references and before generic arguments; empty for other types.
  private func lastName(_ term: TermID) -> String {
    var text = Substring(PathPrinter.text(of: term, facts.store))
    for prefix in ["&", "*const ", "*mut ", "mut ", "dyn "] where text.hasPrefix(prefix) {
      text = text.dropFirst(prefix.utf8.count)
    }
    let path = text.prefix { $0 == "_" || $0 == ":" || $0 == "#" || $0.isLetter || $0.isNumber }
    return path.split(separator: ":").last.map(String.init) ?? ""
  }

  /// The modules around an item, `a/b`.
  private func modulePath(_ item: Int) -> String {
    var names: [String] = []
    var current = Int(facts.items.items[item].parent)
    while current != 0 {
      let record = facts.items.items[current]
      if record.itemKind == .module { names.append(facts.store.names.string(record.nameID)) }
      current = Int(record.parent)
    }
    return names.reversed().joined(separator: "/")
  }

  /// The modules whose file it is by its name: `a/b` for `src/a/b.rs` and `src/a/b/mod.rs`, nothing for the root.
  private func module(ofFile file: UInt32, _ folder: String) -> String {
    var path = facts.store.names.string(NameID(file))
    if path.hasPrefix(folder) { path = String(path.dropFirst(folder.utf8.count)) }
    for ending in ["/mod.rs", ".rs"] where path.hasSuffix(ending) {
      path = String(path.dropLast(ending.utf8.count))
    }
    return ["lib", "main", "mod", "build"].contains(path) ? "" : path
  }

  private static func folder(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
  }
}
