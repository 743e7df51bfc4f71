import CallGraph

/// For one capability, how far each function is from the nearest use of a sink.
///
/// A search backward from all uses at once. Each step costs (0 or 1 uncertain, 1 step), so that a queue for each number
/// of uncertain steps replaces a heap: within one number, lengths come out in order.
struct DistanceSearch {
  private let reverse: ReverseEdges
  /// Along which edges it goes; all if it is open or there is none.
  private var passage: Passage?
  private(set) var costs: [StepCost]
  private var touched: [UInt32] = []
  private var queue: [UInt32] = []
  /// Functions that are reached with one more uncertain step, in order of length.
  private var seeds: [(node: UInt32, length: UInt32)] = []
  private var nextSeeds: [(node: UInt32, length: UInt32)] = []

  init(reverse: ReverseEdges, nodeCount: Int) {
    self.reverse = reverse
    costs = Array(repeating: .unreachable, count: nodeCount)
  }

  /// Computes `costs` anew.
  ///
  /// - Parameters:
  ///   - sites: functions that use a sink, and whether that use is uncertain.
  ///   - passage: along which edges the capability travels; if not along all, `reverse` must know its edges.
  mutating func run(sites: [(node: UInt32, isUncertain: Bool)], passage: Passage) {
    self.passage = passage.isOpen ? nil : passage
    for node in touched { costs[Int(node)] = .unreachable }
    touched.removeAll(keepingCapacity: true)
    seeds = sites.filter { !$0.isUncertain }.map { ($0.node, 1) }
    nextSeeds = sites.filter { $0.isUncertain }.map { ($0.node, 1) }
    var uncertain: UInt64 = 0
    while !seeds.isEmpty || !nextSeeds.isEmpty {
      runLevel(uncertain)
      swap(&seeds, &nextSeeds)
      nextSeeds.removeAll(keepingCapacity: true)
      uncertain += 1
    }
  }

  /// Settles all functions that need exactly this number of uncertain steps.
  private mutating func runLevel(_ uncertain: UInt64) {
    queue.removeAll(keepingCapacity: true)
    var head = 0
    var nextSeed = 0
    while true {
      if head < queue.count, nextSeed == seeds.count || costs[Int(queue[head])].length < seeds[nextSeed].length {
        expand(queue[head], uncertain)
        head += 1
      } else if nextSeed < seeds.count {
        let seed = seeds[nextSeed]
        nextSeed += 1
        settle(seed.node, StepCost(raw: uncertain << 32 | UInt64(seed.length)))
      } else {
        return
      }
    }
  }

  private mutating func settle(_ node: UInt32, _ cost: StepCost) {
    guard costs[Int(node)] == .unreachable else { return }
    costs[Int(node)] = cost
    touched.append(node)
    queue.append(node)
  }

  private mutating func expand(_ node: UInt32, _ uncertain: UInt64) {
    let length = costs[Int(node)].length + 1
    for index in Int(reverse.starts[Int(node)])..<Int(reverse.starts[Int(node) + 1]) {
      let source = reverse.sources[index]
      guard costs[Int(source)] == .unreachable else { continue }
      if let passage, !passage.carries(edge: Int(reverse.edges[index]), source: source, target: node) { continue }
      if reverse.uncertain[index] {
        nextSeeds.append((source, length))
      } else {
        settle(source, StepCost(raw: uncertain << 32 | UInt64(length)))
      }
    }
  }
}
