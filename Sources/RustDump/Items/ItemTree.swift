/// What kind of item an `Item` is.
public enum ItemKind: UInt32, Sendable {
  /// The crate root is item 0, a module without a name.
  case module = 0
  /// `fn`, also of traits and impls.
  case function
  case constant
  case staticItem
  case structure
  case enumeration
  case union
  /// Parent: an enumeration. Its fields are items whose parent is the variant.
  case variant
  /// Parent: a structure, union or variant. Tuple fields are named `0`, `1`, ...
  case field
  case trait
  case traitAlias
  /// `type A = B`, also the associated types of traits (bounds in `bounds`) and impls.
  case typeAlias
  /// `impl T`, `impl Tr for T`.
  case implementation
  /// `extern "C" { .. }`; its functions, statics and types have it as parent.
  case foreignBlock
  case foreignFunction
  case foreignStatic
  case foreignType
  /// `macro_rules!` or `macro`, whose tokens are skipped.
  case macroDefinition
  /// A block `{ .. }` within a body that declares items or imports. Blocks are scopes; they add no path segment.
  case block
  /// `global_asm!`.
  case globalAssembly
}

/// How far an item can be seen.
public enum ItemVisibility: UInt32, Sendable {
  /// No word: private for most, as the parent for trait members, enum variants and trait impl members.
  case inherited = 0
  case publicAll
  /// `pub(crate)`
  case publicCrate
  /// `pub(super)`, `pub(in path)`, `pub(self)`.
  case publicRestricted
}

/// Properties of an item.
public struct ItemFlags: OptionSet, Sendable, BitwiseCopyable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static let unsafeItem = ItemFlags(rawValue: 1 << 0)
  public static let constItem = ItemFlags(rawValue: 1 << 1)
  public static let asyncItem = ItemFlags(rawValue: 1 << 2)
  public static let externItem = ItemFlags(rawValue: 1 << 3)
  /// Functions and constants with a body or value; associated types with one.
  public static let hasBody = ItemFlags(rawValue: 1 << 4)
  public static let negativeImpl = ItemFlags(rawValue: 1 << 5)
  public static let autoTrait = ItemFlags(rawValue: 1 << 6)
  public static let mutableStatic = ItemFlags(rawValue: 1 << 7)
  public static let automaticallyDerived = ItemFlags(rawValue: 1 << 8)
  public static let docHidden = ItemFlags(rawValue: 1 << 9)
  public static let defaultItem = ItemFlags(rawValue: 1 << 10)
  public static let variadic = ItemFlags(rawValue: 1 << 11)
  /// A method: the first parameter is `self`.
  public static let hasSelf = ItemFlags(rawValue: 1 << 12)
  /// `safe fn` in an `unsafe extern` block.
  public static let safeForeign = ItemFlags(rawValue: 1 << 13)
  /// A tuple structure or variant: its name is a constructor function.
  public static let tupleLike = ItemFlags(rawValue: 1 << 14)
  /// A unit structure or variant.
  public static let unitLike = ItemFlags(rawValue: 1 << 15)
  public static let macroExported = ItemFlags(rawValue: 1 << 16)
}

/// One item of a crate, in the order of the text. A parent always has a smaller index than its children.
public struct Item: Sendable, BitwiseCopyable {
  public var kind: UInt32
  public var name: UInt32
  /// The index of the enclosing item; the root is its own parent.
  public var parent: UInt32
  public var visibility: UInt32
  public var flags: UInt32
  /// Implementation: the self type. Field, constant, static: the type. Function: the result, or no term for `()`.
  /// Type alias: what it stands for. Foreign block: no term.
  public var type: UInt32
  /// Implementation: the trait, or no term.
  public var trait: UInt32
  /// Functions with an ABI and foreign blocks: its name (`C` where none is written).
  public var abi: UInt32
  /// Generic parameters: a range of `ItemTree.generics`.
  public var genericsStart: UInt32
  public var genericsCount: UInt32
  /// Where predicates: a range of `ItemTree.predicates`.
  public var predicatesStart: UInt32
  public var predicatesCount: UInt32
  /// A range of `ItemTree.termLists`. Function: the types of the parameters (`Self`-shaped for `self`). Trait:
  /// supertraits. Associated type: its bounds.
  public var listStart: UInt32
  public var listCount: UInt32
  /// `unsafe { }` blocks that the user wrote in the body itself (nested closures included, nested items not).
  public var unsafeBlocks: UInt32
  /// The line in the dump's text.
  public var line: UInt32

  public var itemKind: ItemKind { ItemKind(rawValue: kind) ?? .module }
  public var itemFlags: ItemFlags { ItemFlags(rawValue: flags) }
  public var itemVisibility: ItemVisibility { ItemVisibility(rawValue: visibility) ?? .inherited }
  public var nameID: NameID { NameID(name) }
}

/// A generic parameter of an item. Lifetimes are left out.
public struct GenericParameter: Sendable, BitwiseCopyable {
  public var name: UInt32
  /// 0 a type, 1 a constant.
  public var isConstant: UInt32
  /// Constant: its type; type: the default, or no term.
  public var type: UInt32
  /// Constant: the default, or no term.
  public var constantDefault: UInt32
  /// Bounds: a range of `ItemTree.termLists`.
  public var boundsStart: UInt32
  public var boundsCount: UInt32
}

/// `where SUBJECT: BOUNDS`. Lifetime predicates are left out; `?Sized` is left out of bounds.
public struct WherePredicate: Sendable, BitwiseCopyable {
  public var subject: UInt32
  public var boundsStart: UInt32
  public var boundsCount: UInt32
}

/// What a `use` or `extern crate` brings into a scope. Trees are flattened: one declaration a name or glob.
public struct UseDeclaration: Sendable, BitwiseCopyable {
  /// The module, block or function in whose scope it stands.
  public var parent: UInt32
  public var visibility: UInt32
  /// 0 one name, 1 a glob, 2 `extern crate`.
  public var kind: UInt32
  /// The path as written; of a glob the path before `*`; of `extern crate X` the segment `X`.
  public var path: UInt32
  /// The name under which it is known here (`_` for `as _`); 0 for globs.
  public var alias: UInt32
  public var line: UInt32
}

/// Attributes that matter.
public enum AttributeKind: UInt32, Sendable {
  case noMangle = 1
  /// Value: the symbol.
  case exportName
  case linkName
  /// Value: the library's name.
  case link
  case linkSection
  case globalAllocator
  case panicHandler
  case procMacro
  /// Value: the derive's name.
  case procMacroDerive
  case procMacroAttribute
  case inlineAlways
  case used
  case trackCaller
  /// On the crate: value: the feature's name.
  case feature
  case noStd
  /// `#[lang = ".."]`
  case lang
  /// `#[path]`-independent: `#[rustc_std_internal_symbol]`
  case standardInternalSymbol
}

/// An attribute of an item (or of the crate: item 0).
public struct ItemAttribute: Sendable, BitwiseCopyable {
  public var item: UInt32
  public var kind: UInt32
  public var value: UInt32
}

/// The items of one crate, as `expanded` or `hir` gives them. All texts are names and terms of the unit's `TermStore`.
public struct ItemTree: Sendable {
  public var items: [Item] = []
  public var generics: [GenericParameter] = []
  public var predicates: [WherePredicate] = []
  public var termLists: [UInt32] = []
  public var uses: [UseDeclaration] = []
  /// Sorted by item.
  public var attributes: [ItemAttribute] = []

  public init() {}
}

/// Something in a dump that could not be understood.
public struct DumpGap: Sendable, BitwiseCopyable {
  /// A `NameID` of the unit's store: what was met.
  public var what: UInt32
  /// A `NameID`: why it could not be read.
  public var why: UInt32
  /// 0 mir, 1 hir, 2 expanded, 3 unit.json.
  public var dump: UInt32
  /// The line in the dump's text, from 1.
  public var line: UInt32

  public init(what: NameID, why: NameID, dump: UInt32, line: UInt32) {
    self.what = what.raw
    self.why = why.raw
    self.dump = dump
    self.line = line
  }
}
