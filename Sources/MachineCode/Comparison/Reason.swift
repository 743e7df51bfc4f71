/// Why one side has a function and the other has not, as far as that can be told.
public enum Reason: String, Sendable, CaseIterable {
  // Kept by the linker, not reached.

  /// The symbol fits no function of the graph.
  case unknownName = "unknown-name"
  /// The graph says that only the compiler runs it.
  case compileTimeOnly = "compile-time-only"
  /// Only functions that are missed themselves lead to it.
  case followsMiss = "follows-miss"
  /// A reached function refers to it in its code.
  case missedCall = "missed-call"
  /// Constant data of a reached function holds its address: a vtable, a table, a stored pointer.
  case missedAddress = "missed-address"
  /// Only std's functions lead to it: a callback.
  case missedCallback = "missed-callback"
  /// Glue that drops values leads to it.
  case missedDrop = "missed-drop"
  /// The graph has the definition with arguments that it does not know.
  case unknownArguments = "unknown-arguments"
  /// The graph has the definition with other arguments.
  case otherArguments = "other-arguments"

  // Reached, not kept.

  /// Only functions that are extra themselves lead to it.
  case followsExtra = "follows-extra"
  /// A kept function calls it in the graph and not in machine code: a branch that the compiler knows not to be taken.
  case constantBranch = "constant-branch"
  /// A bound of std asks for it, and std's code does not use it.
  case unusedCallback = "unused-callback"
  /// The graph drops a value that machine code does not drop.
  case unusedDrop = "unused-drop"
  /// The graph makes a vtable or takes an address that machine code does not.
  case unusedAddress = "unused-address"
  /// The graph's targets of a trait object or pointer.
  case unusedTarget = "unused-target"
  /// A static or constant that machine code does not use.
  case unusedStatic = "unused-static"
  /// Nothing leads to it on the side that has it: an entry point.
  case entryPoint = "entry-point"
}
