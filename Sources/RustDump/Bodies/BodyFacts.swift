/// What kind of body a `BodyRecord` is.
public enum BodyKind: UInt32, Sendable {
  /// `fn`: function, method, closure, coroutine or constructor.
  case function = 0
  /// `const`, also associated.
  case constant
  /// `static`, `static mut`.
  case staticItem
  /// `{constant#N}`: array lengths, const blocks, const generic arguments.
  case anonymousConstant
  /// `promoted[N]`: belongs to the body before it that is not promoted.
  case promoted
  /// The memory of a static, as `alloc` blocks show it. Its sites are the functions and vtables in it.
  case staticMemory
}

/// One MIR body. Names are those of the unit's `TermStore`.
public struct BodyRecord: Sendable, BitwiseCopyable {
  /// The definition path as printed.
  public var path: UInt32
  public var kind: UInt32
  /// The result of a function, the type of a constant or static.
  public var type: UInt32
  /// The types of the parameters: a range of `BodyFacts.lists`.
  public var parametersStart: UInt32
  public var parametersCount: UInt32
  /// A range of `BodyFacts.sites`.
  public var sitesStart: UInt32
  public var sitesCount: UInt32
  /// The file of the body's own text (a `NameID`), its first and last line; 0 where the dump has no spans.
  public var file: UInt32
  public var line: UInt32
  public var lastLine: UInt32
  /// The line in the dump.
  public var dumpLine: UInt32

  public var bodyKind: BodyKind { BodyKind(rawValue: kind) ?? .function }
}

/// What happens at a `SiteRecord`. `a`, `b` and `list` mean what is said beside each case.
public enum SiteKind: UInt32, Sendable {
  /// A call by name. `a`: the callee's path.
  case call = 0
  /// A call of an operand. `a`: the type of the operand.
  case callOperand
  /// A call of a constant of function pointer type. `a`: the constant's path.
  case callConstant
  /// `drop(P)`. `a`: the type of the place.
  case drop
  /// A function item becomes a function pointer. `a`: the function's path; `b`: the pointer type.
  case reify
  /// A closure becomes a function pointer. `a`: the closure's type; `b`: the pointer type.
  case closurePointer
  /// A value becomes a trait object. `a`: the type before; `b`: the type after.
  case unsize
  /// A function item is used as a value. `a`: its path.
  case mention
  /// A closure or coroutine is made. `a`: the path of its body; `b`: its type; `list`: the types of the captured values.
  case closure
  /// A named constant or promoted is used. `a`: its path.
  case constantUse
  /// The address of a static is taken. `a`: its path.
  case staticUse
  /// The address of a `#[thread_local]` static is taken. `a`: its path.
  case threadLocalUse
  /// Memory that the body refers to holds a function. `a`: its path.
  case functionInMemory
  /// Memory that the body refers to holds a vtable. `a`: the trait object type (a `dynamic` term); `b`: the type.
  case vtableInMemory
  /// `asm!`.
  case assembly
  /// A symbol operand of `asm!`. `a`: the path of the function or static.
  case assemblySymbol
  /// A transmutation in the user's code. `a`: the type before; `b`: the type after.
  case transmute
  /// A raw pointer is dereferenced in the user's code. `a`: the pointer's type.
  case rawDereference
  /// A mutable or foreign static is used in the user's code. `a`: its path.
  case unsafeStaticUse
  /// The body is a constant of one literal. `a`: the value, a `constant` term.
  case literal
  /// A field of a union of this crate is read or borrowed. `a`: the union.
  case unionField
  /// A function pointer becomes an address without a type. `a`: the pointer's type.
  case forgottenPointer
  /// The number that decides what the call before it does (`syscall`, `ioctl`). `a`: its value, a `constant` term; `b`: the path
  /// of the named constant that it is; neither where it is worked out.
  case numberArgument
}

/// Properties of a site.
public struct SiteFlags: OptionSet, Sendable, BitwiseCopyable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The callee is `unsafe`.
  public static let unsafeCallee = SiteFlags(rawValue: 1 << 0)
  /// The callee's ABI is not Rust's.
  public static let foreignABI = SiteFlags(rawValue: 1 << 1)
  /// The block runs only while unwinding.
  public static let cleanup = SiteFlags(rawValue: 1 << 2)
  /// The block stands behind a branch on a constant that is not taken in this build.
  public static let constantFalse = SiteFlags(rawValue: 1 << 3)
  public static let tailCall = SiteFlags(rawValue: 1 << 4)
  /// The code is what a macro of another crate expanded to: the position is the nearest one in the user's text.
  public static let fromMacro = SiteFlags(rawValue: 1 << 5)
  /// The code is what one of std's macros expanded to: not the user's own.
  public static let fromStandardMacro = SiteFlags(rawValue: 1 << 6)
  /// The compiler comes by only where the type that the body asks `needs_drop` for needs to be dropped.
  public static let whenNeedsDrop = SiteFlags(rawValue: 1 << 7)
  /// The same where it needs not.
  public static let unlessNeedsDrop = SiteFlags(rawValue: 1 << 8)
  /// The place is a field of a coroutine's state: it lives where the coroutine waits.
  public static let heldByCoroutine = SiteFlags(rawValue: 1 << 9)
}

/// One fact of a body: a call, a drop, a cast, a mention.
public struct SiteRecord: Sendable, BitwiseCopyable {
  public var kind: UInt32
  public var flags: UInt32
  /// The basic block.
  public var block: UInt32
  public var a: UInt32
  public var b: UInt32
  public var listStart: UInt32
  public var listCount: UInt32
  /// A `NameID`.
  public var file: UInt32
  public var line: UInt32
  public var column: UInt32

  public var siteKind: SiteKind { SiteKind(rawValue: kind) ?? .mention }
  public var siteFlags: SiteFlags { SiteFlags(rawValue: flags) }
}

/// Counts of one MIR dump, by which readers are checked against an independent count. Copies made for compile-time
/// evaluation (`// MIR FOR CTFE`) are not counted.
public struct BodyStatistics: Sendable, BitwiseCopyable, Equatable {
  /// Items that begin with `fn`.
  public var functions: UInt32 = 0
  /// Bodies of any kind.
  public var bodies: UInt32 = 0
  /// Terminators that call, tail calls included, `asm!` not.
  public var calls: UInt32 = 0
  /// `drop` terminators.
  public var drops: UInt32 = 0
  /// `asm!` terminators.
  public var assemblies: UInt32 = 0
  /// Items and statements that could not be read.
  public var unreadable: UInt32 = 0

  public init() {}
}

/// The facts of one MIR dump.
public struct BodyFacts: Sendable {
  public var bodies: [BodyRecord] = []
  public var sites: [SiteRecord] = []
  public var lists: [UInt32] = []
  public var statistics = BodyStatistics()
  /// The first 16 bits of the crate's StableCrateId, as closures' `def_id` show it; a `NameID`.
  public var crateHash: UInt32 = 0

  public init() {}
}
