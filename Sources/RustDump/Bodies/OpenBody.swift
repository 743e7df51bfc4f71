/// What the MIR reader knows of the body that it is in.
struct OpenBody {
  /// A site whose position is still a place in the dump.
  struct Site {
    var record: SiteRecord
    /// Offsets of the line of the statement and of its end.
    var line: Int
    var lineEnd: Int
  }

  var record = BodyRecord(
    path: 0, kind: 0, type: 0, parametersStart: 0, parametersCount: 0, sitesStart: 0, sitesCount: 0, file: 0, line: 0,
    lastLine: 0, dumpLine: 0)
  /// A copy for compile-time evaluation: read, but left out of the facts.
  var isCopy = false
  var hasBraces = true
  var inBlock = false
  var block: UInt32 = 0
  var isCleanup = false
  var sites: [Site] = []
  /// Where the type of each local begins in the text; -1 for locals that were not declared.
  var localTypes: [Int] = []
  /// The types of parameters end where the header says so; other types end before their comment.
  var parameterEnds: [Int] = []
  /// Whether some local is a raw pointer, so that dereferences must be looked for.
  var hasRawPointers = false
  /// Locals that hold the address inside a box: dereferencing them is the compiler's way of reading a box.
  var boxAddresses: Set<Int> = []
  /// The line of the statement at hand.
  var statementLine = 0
  var statementLineEnd = 0
  /// Set when the next constant comment is that of the callee.
  var calleeSite = -1
  /// Set once the operands of the statement at hand were looked through for named constants.
  var constantsScanned = false
  /// The statement at hand is a cast of a function item, which its constant comment would only mention again.
  var reifies = false
  /// The offset of the line that declares the return place.
  var returnPlaceLine = -1
  /// The offset of the last line of a `return` terminator.
  var returnLine = -1
  var hasSpans = false
  /// The local that was last assigned a constant in this block, or -1.
  var constantLocal = -1
  /// Some block ends in a branch on a constant.
  var hasConstantBranch = false
  /// Some drop is of what a coroutine holds.
  var hasHeldDrops = false
  /// Where the body's blocks begin.
  var blocksStart = 0

  mutating func reset() {
    record = BodyRecord(
      path: 0, kind: 0, type: 0, parametersStart: 0, parametersCount: 0, sitesStart: 0, sitesCount: 0, file: 0,
      line: 0, lastLine: 0, dumpLine: 0)
    isCopy = false
    hasBraces = true
    inBlock = false
    sites.removeAll(keepingCapacity: true)
    localTypes.removeAll(keepingCapacity: true)
    parameterEnds.removeAll(keepingCapacity: true)
    hasRawPointers = false
    if !boxAddresses.isEmpty { boxAddresses.removeAll(keepingCapacity: true) }
    calleeSite = -1
    returnPlaceLine = -1
    returnLine = -1
    hasSpans = false
    hasConstantBranch = false
    hasHeldDrops = false
    constantLocal = -1
    blocksStart = -1
  }
}
