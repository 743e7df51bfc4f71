/// Blocks behind a branch on a constant that is not taken: `if cfg!(windows) { .. }`.
///
/// The compiler's own collector leaves them out; other targets and features may take them. The sites stay and are
/// marked. Only bodies in which some `switchInt` looks at a constant are examined.
///
/// Bodies that the compiler evaluates may also ask whether a type needs to be dropped, as `thread_local!` does to choose
/// between two accessors. The answer depends on the instance: the sites of both sides are marked with their side.
extension MirReader {
  /// Where each block of a body goes on to.
  private struct Branches {
    var targets: [Int: [Int]] = [:]
    /// The local that holds `needs_drop::<T>()`, and for each block that branches on it the block for `false`.
    var needsDropLocal = -1
    var unlessNeedsDrop: [Int: Int] = [:]
  }

  /// Whether the body's branches decide at compile time which of its sites are used.
  var hasConstantBranches: Bool { body.hasConstantBranch || asksForDrop }

  private var asksForDrop: Bool {
    switch body.record.bodyKind {
    case .anonymousConstant, .constant, .staticItem:
      body.blocksStart >= 0 && text.find(" = std::mem::needs_drop::<", from: body.blocksStart, to: lineStart) != nil
    default: false
    }
  }

  /// Marks the sites of blocks that no path from the first block reaches when constant branches go their one way.
  mutating func markConstantBranches() {
    let branches = readBranches()
    mark(.constantFalse, except: reachable(branches.targets))
    guard !branches.unlessNeedsDrop.isEmpty else { return }
    var whenTrue = branches.targets
    var whenFalse = branches.targets
    for (block, target) in branches.unlessNeedsDrop {
      whenTrue[block] = branches.targets[block]?.filter { $0 != target }
      whenFalse[block] = [target]
    }
    mark(.unlessNeedsDrop, except: reachable(whenTrue))
    mark(.whenNeedsDrop, except: reachable(whenFalse))
  }

  private mutating func mark(_ flag: SiteFlags, except reached: Set<Int>) {
    for index in body.sites.indices where !reached.contains(Int(body.sites[index].record.block)) {
      body.sites[index].record.flags |= flag.rawValue
    }
  }

  private func readBranches() -> Branches {
    var branches = Branches()
    var current = -1
    var constants: [Int: Int] = [:]
    var position = max(0, body.blocksStart)
    while position < lineStart {
      let end = text.find(Ascii.newline, from: position, to: text.count)
      if text.matches("    bb", at: position), isDigit(text[position + 6]) {
        current = number(at: position + 6).0
        constants.removeAll(keepingCapacity: true)
        branches.targets[current] = []
      } else if current >= 0, text[position + 7] == Ascii.space, text[position + 8] != Ascii.space {
        readDropQuestion(position + 8, end, current, &branches)
        readBranch(position + 8, end, &constants) { branches.targets[current, default: []].append($0) }
      }
      position = end + 1
    }
    return branches
  }

  /// `_1 = std::mem::needs_drop::<T>() -> ..`, and `switchInt(move _1) -> [0: bb3, otherwise: bb2]` later on. Two such
  /// questions in one body are not told apart: then the sites stay unmarked.
  private func readDropQuestion(_ start: Int, _ end: Int, _ block: Int, _ branches: inout Branches) {
    if text[start] == Ascii.underscore {
      let (local, digitsEnd) = number(at: start + 1)
      guard text.matches(" = std::mem::needs_drop::<", at: digitsEnd) else { return }
      branches.needsDropLocal = branches.needsDropLocal == -1 ? local : -2
      if branches.needsDropLocal == -2 { branches.unlessNeedsDrop = [:] }
    } else if text.matches("switchInt(", at: start), branches.needsDropLocal >= 0,
      isOperand(start + 10, local: branches.needsDropLocal), let target = target(of: 0, start, end)
    {
      branches.unlessNeedsDrop[block] = target
    }
  }

  private func reachable(_ blocks: [Int: [Int]]) -> Set<Int> {
    var seen: Set<Int> = [0]
    var work = [0]
    while let block = work.popLast() {
      for target in blocks[block] ?? [] where seen.insert(target).inserted { work.append(target) }
    }
    return seen
  }

  private func readBranch(_ start: Int, _ end: Int, _ constants: inout [Int: Int], _ add: (Int) -> Void) {
    if text[start] == Ascii.underscore {
      let (local, digitsEnd) = number(at: start + 1)
      constants[local] = nil
      if text.matches(" = const ", at: digitsEnd), let value = constantValue(digitsEnd + 9) { constants[local] = value }
    }
    if text.matches("switchInt(", at: start), let value = switchValue(start + 10, constants) {
      if let target = target(of: value, start, end) {
        add(target)
        return
      }
    }
    addTargets(start, end, add)
  }

  /// Every `bbN` behind the last arrow of a terminator is a target.
  func addTargets(_ start: Int, _ end: Int, _ add: (Int) -> Void) {
    var position = start
    var arrow: Int?
    while let found = text.find(" -> ", from: position, to: end) {
      arrow = found
      position = found + 4
    }
    guard var offset = arrow else { return }
    while let found = text.find("bb", from: offset, to: end) {
      offset = found + 2
      if isDigit(text[offset]), !isIdentifierByte(text[found - 1]) { add(number(at: offset).0) }
    }
  }

  private func constantValue(_ start: Int) -> Int? {
    if text.matches("true", at: start) { return 1 }
    if text.matches("false", at: start) { return 0 }
    guard isDigit(text[start]) else { return nil }
    let (value, end) = number(at: start)
    return text[end] == Ascii.underscore || text[end] == Ascii.closeParenthesis ? value : nil
  }

  private func switchValue(_ start: Int, _ constants: [Int: Int]) -> Int? {
    if text.matches("const ", at: start) { return constantValue(start + 6) }
    guard text.matches("move _", at: start) || text.matches("copy _", at: start) else { return nil }
    let (local, end) = number(at: start + 6)
    return text[end] == Ascii.closeParenthesis ? constants[local] : nil
  }

  /// The block that `switchInt(..) -> [0: bb2, otherwise: bb1]` goes to for a value.
  private func target(of value: Int, _ start: Int, _ end: Int) -> Int? {
    guard let cases = switchCases(start, end) else { return nil }
    return cases.blocks.first { $0.value == value }?.block ?? cases.otherwise
  }

  /// All that a `switchInt` lists; `nil` if it cannot be read.
  func switchCases(_ start: Int, _ end: Int) -> (blocks: [(value: Int, block: Int)], otherwise: Int)? {
    guard var position = text.find(" -> [", from: start, to: end).map({ $0 + 5 }) else { return nil }
    var blocks: [(value: Int, block: Int)] = []
    while isDigit(text[position]) {
      let (candidate, digitsEnd) = number(at: position)
      guard text.matches(": bb", at: digitsEnd), digitsEnd - position < 18 else { return nil }
      let (block, blockEnd) = number(at: digitsEnd + 4)
      blocks.append((candidate, block))
      guard text.matches(", ", at: blockEnd) else { return nil }
      position = blockEnd + 2
    }
    guard text.matches("otherwise: bb", at: position) else { return nil }
    return (blocks, number(at: position + 13).0)
  }
}
