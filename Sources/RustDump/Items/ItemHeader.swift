/// What stands before an item's keyword.
struct ItemPrefix {
  var visibility = ItemVisibility.inherited
  var flags: ItemFlags = []
  /// The ABI behind `extern`, or no name.
  var abi = NameID.none
  /// The item's first token, its attributes included.
  var start = 0
}

/// Where an item stands.
enum ItemContext {
  case module, body, trait, implementation, foreign
}

/// What an item's header says beyond its name.
struct ItemHeader {
  var flags: ItemFlags = []
  var type = TermID.none
  var trait = TermID.none
  var generics = 0..<0
  var predicates = 0..<0
  var list = 0..<0
}
