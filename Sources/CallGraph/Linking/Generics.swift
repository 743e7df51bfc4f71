import CrateFacts
import RustDump

/// The generic parameters in scope of an item, in the order of its argument list.
///
/// Order: `Self` of a trait, the parameters of the enclosing impl or trait, the item's own, then one for each `impl Trait`
/// among a function's parameters (known by its source text).
struct GenericScope {
  /// Names; for `impl Trait` parameters the source text behind `impl `.
  var names: [NameID] = []
  /// Whether each is an `impl Trait` parameter.
  var isOpaque: [Bool] = []
  /// How many come from the enclosing impl or trait.
  var parentCount = 0

  /// The position of a named parameter.
  func position(of name: NameID) -> Int? {
    names.indices.last { names[$0] == name && !isOpaque[$0] }
  }

  /// The positions of `impl Trait` parameters with a text: MIR does not tell apart those of `f(a: impl Read, b: impl Read)`.
  func positions(ofOpaque text: NameID) -> [Int] {
    names.indices.filter { names[$0] == text && isOpaque[$0] }
  }
}

/// Generic scopes of all items, made when first asked for.
final class GenericsTable {
  private let program: Program
  private var scopes = WordMap<UInt32, GenericScope>()
  let selfName: NameID

  init(_ program: Program) {
    self.program = program
    selfName = program.names.intern("Self")
  }

  func scope(of item: UInt32) -> GenericScope {
    if let known = scopes[item] { return known }
    let scope = make(item)
    scopes[item] = scope
    return scope
  }

  private func make(_ item: UInt32) -> GenericScope {
    var scope = GenericScope()
    let kind = program.kind(item)
    let parent = program.parent(item)
    if item != parent, isAssociated(kind, program.kind(parent)) {
      scope = self.scope(of: parent)
      scope.parentCount = scope.names.count
    } else if kind == .variant || kind == .field {
      scope = self.scope(of: parent)
      scope.parentCount = scope.names.count
      return scope
    }
    if kind == .trait {
      scope.names.append(selfName)
      scope.isOpaque.append(false)
    }
    let unit = program.unit(ofItem: item)
    let tree = program.units[unit].facts.items
    let record = program.item(item)
    for index in record.genericsStart..<(record.genericsStart + record.genericsCount) {
      scope.names.append(program.globalName(unit, tree.generics[Int(index)].name))
      scope.isOpaque.append(false)
    }
    if kind == .function || kind == .foreignFunction { addOpaqueParameters(record, unit, &scope) }
    return scope
  }

  private func isAssociated(_ kind: ItemKind, _ parent: ItemKind) -> Bool {
    (kind == .function || kind == .constant || kind == .typeAlias) && (parent == .implementation || parent == .trait)
  }

  private func addOpaqueParameters(_ record: Item, _ unit: Int, _ scope: inout GenericScope) {
    let tree = program.units[unit].facts.items
    for index in record.listStart..<(record.listStart + record.listCount) {
      addOpaques(TermID(tree.termLists[Int(index)]), unit, &scope)
    }
  }

  private func addOpaques(_ term: TermID, _ unit: Int, _ scope: inout GenericScope) {
    let terms = program.terms(unit)
    // Of nested ones (`impl Iterator<Item = impl Into<Id>>`) the inner comes first, as the compiler numbers them.
    for child in terms.childList(term) { addOpaques(child, unit, &scope) }
    guard terms.kind(term) == .opaque else { return }
    scope.names.append(program.globalName(unit, terms.name(term).raw))
    scope.isOpaque.append(true)
  }
}
