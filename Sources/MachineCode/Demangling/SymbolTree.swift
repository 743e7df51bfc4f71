/// The path or type that a v0 symbol spells, as a tree.
///
/// Nodes are numbers; what a symbol repeats by reference is one node with several parents, so a short hostile symbol
/// cannot make a large tree.
public struct SymbolTree: Sendable {
  /// What a node is. Children in the order given.
  public enum Kind: UInt8, Sendable {
    /// A crate: `name`, `number` is its disambiguator.
    case crateRoot
    /// `<Type>`: the path that the impl stands in, the type.
    case inherentImpl
    /// `<Type as Trait>` of an impl: the path that the impl stands in, the type, the trait.
    case traitImpl
    /// `<Type as Trait>` where the trait itself defines what is named: the type, the trait.
    case traitDefinition
    /// `parent::name`: the parent; `tag` is the namespace, `number` the disambiguator.
    case nested
    /// `path<arguments>`: the path, then the arguments. Lifetimes are left out.
    case generic
    /// A primitive type: `name`.
    case primitive
    /// `[T; N]`: type, length.
    case array
    case slice
    case tuple
    case reference
    case mutableReference
    case constPointer
    case mutPointer
    /// `fn(A) -> R`: arguments, then the result; `name` is the ABI, `tag` 1 if unsafe.
    case functionPointer
    /// `dyn A + B`: traits.
    case dynamic
    /// A trait of a `dyn` type with bindings: the path, then bindings.
    case boundTrait
    /// `Name = T` or `Name = VALUE`: `name`, the type or value.
    case binding
    /// A type with a pattern that its values have: the type, the pattern's constants.
    case pattern
    /// A constant: `name` is its text.
    case constant
    /// `*"text"`, `&[1, 2]`, `Type { .. }`: constants with parts. `tag` is the letter of the symbol, small
    /// for values of structures and enumerations.
    case structuredConstant
    /// A constant or type that the symbol leaves open.
    case placeholder
  }

  /// One node.
  public struct Node: Sendable {
    public var kind: Kind
    public var tag: UInt8 = 0
    /// A disambiguator.
    public var number: UInt64 = 0
    public var name = ""
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  public internal(set) var nodes: [Node] = []
  var links: [UInt32] = []
  /// The node of the whole symbol.
  public internal(set) var root = 0

  /// The children of a node.
  public func children(_ node: Int) -> ArraySlice<UInt32> {
    let record = nodes[node]
    return links[Int(record.start)..<Int(record.start + record.count)]
  }

  /// One child.
  public func child(_ node: Int, _ index: Int) -> Int { Int(links[Int(nodes[node].start) + index]) }

  /// Whether a node is an item with a name, and no closure, shim or constructor.
  public func isItem(_ node: Int) -> Bool {
    let record = nodes[node]
    return record.kind == .nested && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(record.tag)
      && !record.name.isEmpty
  }

  /// The node that tells whose code a path is: its crate. Impls belong to the crate that they stand in, default methods
  /// to the trait's crate.
  public func crate(ofPath path: Int) -> Int? {
    var node = path
    // Children come before their parents, so the way down is finite.
    while true {
      switch nodes[node].kind {
      case .crateRoot: return node
      case .inherentImpl, .traitImpl, .nested, .generic: node = child(node, 0)
      case .traitDefinition: node = child(node, 1)
      default: return nil
      }
    }
  }
}
