/// What a table says of a function of std.
public enum StandardClass: Sendable {
  /// It has a capability of itself.
  case sink
  /// It has none.
  case harmless
  /// No table names it.
  case unclassified
}

/// On whose account code runs, where calls are followed through std's bodies.
///
/// The tables say what std's functions do to the outside world; their bodies say what runs on the way: closures, methods
/// of the types that were handed over, drops. So what std's code does itself counts only where no table has answered
/// for it: below a function that a table names, system calls are that function's own business. What std does with a
/// type that its caller chose (`BufReader<File>` reads from the `File`) is the caller's again.
enum StandardAccount: UInt8 {
  /// The crates' own code.
  case caller = 0
  /// Code of std that no table answers for: all that it does counts.
  case told
  /// Below a function that a table names, with types that the caller of std chose: what these are asked for counts.
  case given
  /// Below a function that a table names, with types that std chose itself: nothing counts.
  case own
}
