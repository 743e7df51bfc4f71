/// Which functions of crates machine code comes to from one of them, passing only through std's functions, glue, adaptors
/// and, where asked for, constant data.
struct MachinePaths {
  private let index: MachineIndex
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0
  private var work: [UInt32] = []
  /// Functions whose address is held somewhere: in data, or by an instruction that takes it; and what such functions of
  /// std, glue and adaptors come to.
  private(set) var held: [Bool] = []

  init(_ index: MachineIndex) {
    self.index = index
    stamps = Array(repeating: 0, count: index.binary.graph.nodeCount)
    findHeld()
  }

  private var functionCount: Int { index.functions.count }

  private mutating func findHeld() {
    held = Array(repeating: false, count: functionCount)
    for node in 0..<index.binary.graph.nodeCount {
      for edge in index.binary.graph.edges(of: node) where Int(edge.target) < functionCount && edge.kind != .call {
        held[Int(edge.target)] = true
      }
    }
    var work = held.indices.filter { held[$0] && index.isPassedThrough($0) }
    while let function = work.popLast() {
      for edge in index.binary.graph.edges(of: function) where Int(edge.target) < functionCount {
        let target = Int(edge.target)
        guard !held[target] else { continue }
        held[target] = true
        if index.isPassedThrough(target) { work.append(target) }
      }
    }
  }

  /// Calls `body` for each function of a crate that the code of `start` comes to.
  mutating func forEachTarget(of start: Int, throughData: Bool, _ body: (Int) -> Void) {
    stamp += 1
    stamps[start] = stamp
    work = [UInt32(start)]
    while let node = work.popLast() {
      for edge in index.binary.graph.edges(of: Int(node)) {
        let target = Int(edge.target)
        guard throughData || target < functionCount, stamps[target] != stamp else { continue }
        stamps[target] = stamp
        if target < functionCount, !index.isPassedThrough(target) {
          body(target)
        } else {
          work.append(edge.target)
        }
      }
    }
  }

  /// The functions of crates that the code of `start` comes to.
  mutating func targets(of start: Int, throughData: Bool) -> Set<Int> {
    var found: Set<Int> = []
    forEachTarget(of: start, throughData: throughData) { found.insert($0) }
    return found
  }
}
