import CallGraph

/// Prints trees of symbols as function names: `krate::f<u8>`, `<krate::Type as other::Trait>::method`,
/// `krate::f::{closure#0}`. Without lifetimes and types of constants.
public struct SymbolPrinter {
  /// How a crate of a name and disambiguator is called.
  private let crateName: (String, UInt64) -> String
  private let tree: SymbolTree
  private var output = ""
  /// Paths that stand for a type of another name: an alias in one version of std that is a type in another. `$0` in that
  /// name is the first argument.
  public var aliases: [String: String] = [:]

  /// What is longer ends in `..`.
  private static let longest = 1 << 16

  /// Whether to print as `LinkerName` does: function pointers without `unsafe`, the traits and bindings of `dyn` types in
  /// an order of their own.
  public var isNormalised = false

  public init(_ tree: SymbolTree, crateName: @escaping (String, UInt64) -> String = { name, _ in name }) {
    self.tree = tree
    self.crateName = crateName
  }

  /// The whole symbol.
  public mutating func text() -> String {
    output = ""
    write(tree.root, 0)
    return output
  }

  private mutating func write(_ node: Int, _ depth: Int) {
    // The tree may share what it repeats; written out it may be much larger.
    guard output.utf8.count < Self.longest, depth < 256 else {
      if !output.hasSuffix("..") { output += ".." }
      return
    }
    let record = tree.nodes[node]
    let children = tree.children(node)
    func child(_ index: Int) -> Int { Int(children[children.startIndex + index]) }
    switch record.kind {
    case .crateRoot: output += crateName(record.name, record.number)
    case .inherentImpl:
      output += "<"
      write(child(1), depth + 1)
      output += ">"
    case .traitImpl: writeQualified(child(1), child(2), depth)
    case .traitDefinition: writeQualified(child(0), child(1), depth)
    case .nested:
      let start = output.utf8.count
      write(tree.isItem(node) ? outsideOfClosures(child(0)) : child(0), depth + 1)
      // A constructor has a place of its own below its type, without a name.
      if let segment = segment(record) { output += "::" + segment }
      if let alias = alias(from: start, record), !alias.contains("$") { replace(from: start, by: alias) }
    case .generic: writeGeneric(children, depth)
    case .primitive, .constant, .placeholder: output += record.name
    case .array:
      output += "["
      list(children, "; ", depth)
      output += "]"
    case .slice: wrap("[", children, "]", depth)
    case .tuple: wrap("(", children, children.count == 1 ? ",)" : ")", depth)
    case .reference: wrap("&", children, "", depth)
    case .mutableReference: wrap("&mut ", children, "", depth)
    case .constPointer: wrap("*const ", children, "", depth)
    case .mutPointer: wrap("*mut ", children, "", depth)
    case .functionPointer: writeFunctionPointer(record, children, depth)
    case .dynamic:
      output += "dyn "
      output +=
        isNormalised
        ? LinkerName.ordered(texts(children, depth)).joined(separator: " + ")
        : texts(children, depth).joined(separator: " + ")
    case .boundTrait: writeBoundTrait(children, depth)
    case .binding: wrap(record.name + " = ", children, "", depth)
    case .pattern: wrap("", children.prefix(1), "", depth)
    case .structuredConstant: writeConstant(record, children, depth)
    }
  }

  /// What stands there from a place on, if it is the path of a type that has another name.
  private func alias(from start: Int, _ record: SymbolTree.Node) -> String? {
    guard record.tag == UInt8(ascii: "t"), !aliases.isEmpty else { return nil }
    return aliases[String(output[output.utf8.index(output.utf8.startIndex, offsetBy: start)...])]
  }

  private mutating func replace(from start: Int, by text: String) {
    output.replaceSubrange(output.utf8.index(output.utf8.startIndex, offsetBy: start)..., with: text)
  }

  private mutating func writeGeneric(_ children: ArraySlice<UInt32>, _ depth: Int) {
    guard let path = children.first.map({ Int($0) }) else { return }
    let start = output.utf8.count
    write(path, depth + 1)
    guard children.count > 1 else { return }
    if let alias = alias(from: start, tree.nodes[path]) {
      var text = alias
      for (index, argument) in texts(children.dropFirst(), depth).enumerated() {
        text = text.replacing("$\(index)", with: argument)
      }
      replace(from: start, by: text)
      return
    }
    output += "<"
    list(children.dropFirst(), ", ", depth)
    output += ">"
  }

  /// An item in a closure is named as if it stood in the function around the closure, as the graph names it.
  private func outsideOfClosures(_ path: Int) -> Int {
    var node = path
    while tree.nodes[node].kind == .nested, !tree.isItem(node) { node = tree.child(node, 0) }
    return node
  }

  private mutating func writeQualified(_ selfType: Int, _ trait: Int, _ depth: Int) {
    output += "<"
    write(selfType, depth + 1)
    output += " as "
    write(trait, depth + 1)
    output += ">"
  }

  private mutating func wrap(_ before: String, _ children: ArraySlice<UInt32>, _ after: String, _ depth: Int) {
    output += before
    list(children, ", ", depth)
    output += after
  }

  private mutating func list(_ nodes: ArraySlice<UInt32>, _ separator: String, _ depth: Int) {
    for (index, node) in nodes.enumerated() {
      if index > 0 { output += separator }
      write(Int(node), depth + 1)
    }
  }

  private func segment(_ record: SymbolTree.Node) -> String? {
    let word: String
    switch record.tag {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return record.name.isEmpty ? nil : record.name
    case UInt8(ascii: "C"): word = "closure"
    case UInt8(ascii: "S"): word = "shim"
    case UInt8(ascii: "K"): word = "constant"
    default: word = String(Character(Unicode.Scalar(record.tag)))
    }
    return "{\(word)\(record.name.isEmpty ? "" : ":" + record.name)#\(record.number)}"
  }

  private mutating func writeFunctionPointer(
    _ record: SymbolTree.Node, _ children: ArraySlice<UInt32>, _ depth: Int
  ) {
    if record.tag == 1, !isNormalised { output += "unsafe " }
    if !record.name.isEmpty { output += "extern \"\(record.name)\" " }
    wrap("fn(", children.dropLast(), ")", depth)
    guard let result = children.last.map({ Int($0) }) else { return }
    if tree.nodes[result].kind == .primitive, tree.nodes[result].name == "()" { return }
    output += " -> "
    write(result, depth + 1)
  }

  /// `Iterator<Item = u8>`: bindings stand behind the trait's arguments.
  private mutating func writeBoundTrait(_ children: ArraySlice<UInt32>, _ depth: Int) {
    guard let path = children.first.map({ Int($0) }) else { return }
    if tree.nodes[path].kind == .generic {
      write(tree.child(path, 0), depth + 1)
      output += "<"
      list(tree.children(path).dropFirst(), ", ", depth)
      output += ", "
    } else {
      write(path, depth + 1)
      output += "<"
    }
    let bindings = texts(children.dropFirst(), depth)
    output += (isNormalised ? bindings.sorted() : bindings).joined(separator: ", ")
    output += ">"
  }

  /// Each node's text.
  private mutating func texts(_ nodes: ArraySlice<UInt32>, _ depth: Int) -> [String] {
    let start = output.utf8.count
    return nodes.map { node in
      write(Int(node), depth + 1)
      let place = output.utf8.index(output.utf8.startIndex, offsetBy: start)
      let text = String(output[place...])
      output.removeSubrange(place...)
      return text
    }
  }

  private mutating func writeConstant(_ record: SymbolTree.Node, _ children: ArraySlice<UInt32>, _ depth: Int) {
    switch Character(Unicode.Scalar(record.tag)) {
    case "e": output += "*" + Self.quoted(record.name)
    case "R":
      // A reference to a text is written as the text.
      if let target = children.first.map({ tree.nodes[Int($0)] }), target.tag == UInt8(ascii: "e") {
        output += Self.quoted(target.name)
      } else {
        wrap("&", children, "", depth)
      }
    case "Q": wrap("&mut ", children, "", depth)
    case "A": wrap("[", children, "]", depth)
    case "T": wrap("(", children, children.count == 1 ? ",)" : ")", depth)
    default:
      list(children.prefix(1), "", depth)
      if record.tag == UInt8(ascii: "s") {
        writeFields(children.dropFirst(), depth)
      } else if children.count > 1 {
        wrap("(", children.dropFirst(), ")", depth)
      }
    }
  }

  private mutating func writeFields(_ fields: ArraySlice<UInt32>, _ depth: Int) {
    output += " { "
    for (index, field) in fields.enumerated() {
      if index > 0 { output += ", " }
      output += tree.nodes[Int(field)].name + ": "
      list(tree.children(Int(field)), ", ", depth)
    }
    output += " }"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
