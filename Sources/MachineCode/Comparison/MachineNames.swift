import CallGraph
import Project

/// What a symbol names, in the words of the graph.
struct MachineName {
  /// As `LinkerName.instance`.
  var instance: String
  var owner: CrateMap.Owner
  /// A default method of a trait.
  var isDefaultMethod: Bool
  /// Made by the compiler: a vtable's adaptor and the like.
  var isShim: Bool

  /// `nil` for symbols that are not of the v0 mangling.
  init?(symbol: String, crates: CrateMap) {
    guard let tree = SymbolParser.parse(symbol) else { return nil }
    var printer = SymbolPrinter(tree) { crates.text($0, $1) }
    instance = printer.text()
    owner = .other
    if let crate = tree.crate(ofPath: tree.root) {
      owner = crates.owner(tree.nodes[crate].name, tree.nodes[crate].number)
    }
    isDefaultMethod = false
    isShim = false
    var node = tree.root
    while true {
      let record = tree.nodes[node]
      switch record.kind {
      case .nested:
        isShim = isShim || record.tag == UInt8(ascii: "S")
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
