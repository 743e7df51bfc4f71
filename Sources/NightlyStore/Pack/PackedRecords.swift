/// One piece of evidence in a pack. All but `isCertain`, `stepCount` and `path` are places in the pack's texts.
struct PackedEvidence: BitwiseCopyable, Sendable {
  var unit: UInt32
  var phase: UInt32
  var entry: UInt32
  var entryKind: UInt32
  var capability: UInt32
  var authority: UInt32
  var isCertain: UInt32
  var sink: UInt32
  var lastCrate: UInt32
  var stepCount: UInt32
  /// The first step: its place in the pack's steps, counted from 1; 0 for none.
  var path: UInt32

  var texts: [UInt32] { [unit, phase, entry, entryKind, capability, authority, sink, lastCrate] }
}

/// One step of a path with the rest of the path. Paths that end alike share their ends, which makes a pack, and the store,
/// several times smaller than the paths one by one.
struct PackedStep: BitwiseCopyable, Sendable, Hashable {
  var function: UInt32
  var instance: UInt32
  var crate: UInt32
  var file: UInt32
  var line: UInt32
  var column: UInt32
  var edge: UInt32
  var candidates: UInt32
  var isConstantFalse: UInt32
  /// The next step, counted from 1, always an earlier one of the pack; 0 for none.
  var next: UInt32

  var texts: [UInt32] { [function, instance, crate, file, edge] }
}
