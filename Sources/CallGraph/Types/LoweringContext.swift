/// Where a type stands, for resolving its names.
struct LoweringContext {
  var unit: Int
  /// The item whose generic parameters are in scope, if any.
  var item: UInt32?
  /// The lexical scope of source text; `nil` for MIR, which prints resolved paths.
  var scope: UInt32?
  /// The body of MIR text.
  var body: UInt32?
  /// Distinguishes contexts in the memo.
  var key: UInt32
}
