/// What a symbol names, in the words of the graph.
struct MachineName {
  /// As `LinkerName.instance`.
  var instance: String
  var owner: CrateMap.Owner
  /// The crate, if the graph should have it and does not.
  var missingCrate: String?
  /// A default method of a trait, or a closure in one.
  var isDefaultMethod = false
  /// Made by the compiler: a vtable's adaptor and the like.
  var isShim = false

  /// `nil` for symbols that are not of the v0 mangling.
  init?(symbol: String, crates: CrateMap) {
    guard let tree = SymbolParser.parse(symbol) else { return nil }
    var printer = SymbolPrinter(tree) { crates.text($0, $1) }
    printer.aliases = crates.aliases
    printer.isNormalised = true
    instance = printer.text()
    owner = .other
    if let node = tree.crate(ofPath: tree.root) {
      let crate = tree.nodes[node]
      owner = crates.owner(crate.name, crate.number)
      if crates.isWithoutUnit(crate.name, crate.number) { missingCrate = crate.name }
    }
    // The way from the whole name to what stands around it.
    var node = tree.root
    while true {
      switch tree.nodes[node].kind {
      case .nested:
        isShim = isShim || tree.nodes[node].tag == UInt8(ascii: "S")
        node = tree.child(node, 0)
        continue
      case .generic:
        node = tree.child(node, 0)
        continue
      case .traitDefinition: isDefaultMethod = true
      default: break
      }
      break
    }
  }
}
