/// Which drops of a coroutine's state can come after it has waited.
///
/// The state also keeps what a coroutine has given away before it waits for the first time, and the cleanup code that drops
/// it is shared by all panics. Which of them drop it the flags tell that the compiler keeps beside (`(((*_30) as
/// variant#3).2: bool)`, set to constants only): they are followed through the blocks, from the start to each waiting and on
/// from there.
extension MirReader {
  /// Takes the mark from drops to which no waiting leads.
  mutating func confineHeldDrops() {
    let flow = readStateFlow()
    guard !flow.resumes.isEmpty else { return }
    let reached = flow.reachedAfterWaiting()
    for index in body.sites.indices where !reached.contains(Int(body.sites[index].record.block)) {
      body.sites[index].record.flags &= ~SiteFlags.heldByCoroutine.rawValue
    }
  }

  private func readStateFlow() -> StateFlow {
    var flow = StateFlow()
    var flags = StateFlags()
    var current = -1
    var position = max(0, body.blocksStart)
    while position < lineStart {
      let end = text.find(Ascii.newline, from: position, to: text.count)
      if text.matches("    bb", at: position), isDigit(text[position + 6]) {
        current = number(at: position + 6).0
        flow.blocks[current] = StateFlow.Block()
      } else if current >= 0, text[position + 7] == Ascii.space, text[position + 8] != Ascii.space {
        read(position + 8, end, current, &flags, &flow)
      }
      position = end + 1
    }
    // A flag that is used in any other way is none.
    let occurrences = occurrences()
    flow.constantFlags = Set(flags.numbers.filter { occurrences[$0.key] == flags.uses[$0.value] }.map(\.value))
    flow.flagCount = flags.uses.count
    return flow
  }

  /// Reads one statement or terminator. The terminator's targets are the block's.
  private func read(
    _ start: Int, _ end: Int, _ current: Int, _ flags: inout StateFlags, _ flow: inout StateFlow
  ) {
    var block = flow.blocks[current] ?? StateFlow.Block()
    defer { flow.blocks[current] = block }
    if let (flag, flagEnd) = stateFlag(start) {
      let isTrue = text.matches(" = const true;", at: flagEnd)
      guard isTrue || text.matches(" = const false;", at: flagEnd) else { return }
      block.assignments.append((flags.use(flag), isTrue))
      return
    }
    if text.matches("discriminant(", at: start), let equals = text.find(") = ", from: start, to: end) {
      block.state = number(at: equals + 4).0
      return
    }
    addTargets(start, end) { block.targets.append($0) }
    guard text.matches("switchInt(", at: start), let cases = switchCases(start, end) else { return }
    if flow.resumes.isEmpty, block.assignments.isEmpty, text.matches("switchInt(move _", at: start) {
      flow.take(cases.blocks)
    }
    guard let (flag, _) = stateFlag(start + 15), let whenFalse = cases.blocks.first, whenFalse.value == 0 else {
      return
    }
    block.branch = (flags.use(flag), whenFalse.block, cases.otherwise)
  }

  /// A place `(((*_30) as variant#3).2: bool)`, and where it ends.
  private func stateFlag(_ start: Int) -> (flag: StateFlags.Place, end: Int)? {
    guard text.matches("(((*_", at: start) else { return nil }
    let (local, localEnd) = number(at: start + 5)
    guard text.matches(") as variant#", at: localEnd) else { return nil }
    let (variant, variantEnd) = number(at: localEnd + 13)
    guard text.matches(").", at: variantEnd) else { return nil }
    let (field, fieldEnd) = number(at: variantEnd + 2)
    guard text.matches(": bool)", at: fieldEnd) else { return nil }
    return (StateFlags.Place(local: local, variant: variant, field: field), fieldEnd + 7)
  }

  /// How often the body's blocks name each place that could be a flag.
  private func occurrences() -> [StateFlags.Place: Int] {
    var counts: [StateFlags.Place: Int] = [:]
    var position = max(0, body.blocksStart)
    while let found = text.find("(((*_", from: position, to: lineStart) {
      if let (flag, _) = stateFlag(found) { counts[flag, default: 0] += 1 }
      position = found + 1
    }
    return counts
  }
}

/// The drop flags of a coroutine's state.
private struct StateFlags {
  struct Place: Hashable {
    var local: Int
    var variant: Int
    var field: Int
  }

  var numbers: [Place: Int] = [:]
  /// How often each is assigned a constant or branched on.
  var uses: [Int] = []

  mutating func use(_ place: Place) -> Int {
    let number = numbers[place] ?? uses.count
    if number == uses.count {
      numbers[place] = number
      uses.append(0)
    }
    uses[number] += 1
    return number
  }
}

/// The blocks of a coroutine as far as drop flags steer through them.
private struct StateFlow {
  struct Block {
    var assignments: [(flag: Int, value: Bool)] = []
    var targets: [Int] = []
    var branch: (flag: Int, whenFalse: Int, whenTrue: Int)?
    /// The state that the block leaves the coroutine in.
    var state: Int?
  }

  /// What a flag may be, by flag: bit 0 for false, bit 1 for true.
  private typealias Values = [UInt8]

  var blocks: [Int: Block] = [:]
  /// The block in which the coroutine starts, and by state those in which it goes on after it has waited.
  var start = 0
  var resumes: [Int: Int] = [:]
  var constantFlags: Set<Int> = []
  var flagCount = 0

  /// States before this one are the start, the end and that after a panic.
  private static let firstWaitingState = 3

  /// Takes the branch on the state, with which the body begins.
  mutating func take(_ cases: [(value: Int, block: Int)]) {
    for (state, block) in cases {
      if state == 0 { start = block }
      if state >= StateFlow.firstWaitingState { resumes[state] = block }
    }
  }

  /// The blocks that control can come to once the coroutine has waited.
  func reachedAfterWaiting() -> Set<Int> {
    let unset = Values(repeating: 0, count: flagCount)
    let fromStart = follow([(start, unset)])
    let waiting = Set(resumes.values).compactMap { block in fromStart[block].map { (block, $0) } }
    return Set(follow(waiting).keys)
  }

  /// What flags may be at the beginning of each block that control can come to: conditional constant propagation
  /// (Wegman and Zadeck 1991), for flags alone.
  private func follow(_ starts: [(block: Int, values: Values)]) -> [Int: Values] {
    var known: [Int: Values] = [:]
    var work: [Int] = []
    func enter(_ block: Int, _ values: Values) {
      let before = known[block]
      let joined = before.map { zip($0, values).map { $0 | $1 } } ?? values
      guard joined != before else { return }
      known[block] = joined
      work.append(block)
    }
    for (block, values) in starts { enter(block, values) }
    while let number = work.popLast() {
      guard let block = blocks[number], var values = known[number] else { continue }
      for (flag, value) in block.assignments { values[flag] = value ? 2 : 1 }
      for target in targets(of: block, values) { enter(target, values) }
    }
    return known
  }

  private func targets(of block: Block, _ values: Values) -> [Int] {
    if let state = block.state, let resume = resumes[state] { return block.targets + [resume] }
    guard let branch = block.branch, constantFlags.contains(branch.flag) else { return block.targets }
    switch values[branch.flag] {
    case 1: return [branch.whenFalse]
    case 2: return [branch.whenTrue]
    default: return block.targets
    }
  }
}
