import Capabilities

/// Functions, what they lead to, and the capabilities of the system's functions at the ends, carried back.
struct CarriedCapabilities {
  /// As they are shown.
  private let names: [String]
  private let successors: [[UInt32]]
  private let own: [CapabilitySet]
  private let isCut: [Bool]
  /// What each function leads to.
  private(set) var reached: [CapabilitySet]

  /// What runs when something goes wrong, or is there for all of the program, is nobody's capability.
  private static let cut = [
    "core::panicking::", "std::panicking::", "std::rt::", "std::alloc::handle_alloc_error", "std::process::abort",
    "std::sys::pal::unix::abort_internal", "std::thread::current", "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error", "core::result::unwrap_failed", "core::option::unwrap_failed",
    "core::option::expect_failed", "core::slice::index::", "core::str::slice_error_fail",
  ]

  /// - Parameters:
  ///   - names: of the functions, by their definition.
  ///   - successors: what each leads to in one step.
  ///   - own: the capabilities of functions of the system.
  init(names: [String], successors: [[UInt32]], own: [CapabilitySet]) {
    self.names = names
    self.successors = successors
    self.own = own
    isCut = names.map { name in CarriedCapabilities.cut.contains { name.hasPrefix($0) } }
    reached = own
    carry()
  }

  private mutating func carry() {
    var callers: [[UInt32]] = Array(repeating: [], count: names.count)
    for node in names.indices where !isCut[node] {
      for target in successors[node] { callers[Int(target)].append(UInt32(node)) }
    }
    var work = names.indices.filter { !own[$0].isEmpty }
    while let node = work.popLast() {
      for caller in callers[node] {
        let before = reached[Int(caller)]
        reached[Int(caller)].formUnion(reached[node])
        if reached[Int(caller)] != before { work.append(Int(caller)) }
      }
    }
  }

  /// The names on the shortest way from a function to one that has a capability of itself.
  func way(from start: Int, to capability: CapabilityID) -> [String] {
    var before: [Int: Int] = [start: -1]
    var work = [start]
    var index = 0
    while index < work.count {
      let node = work[index]
      index += 1
      if own[node].contains(capability) {
        return sequence(first: node) { before[$0] == -1 ? nil : before[$0] }.map { names[$0] }.reversed()
      }
      guard !isCut[node] else { continue }
      for next in successors[node] where reached[Int(next)].contains(capability) && before[Int(next)] == nil {
        before[Int(next)] = node
        work.append(Int(next))
      }
    }
    return []
  }
}
