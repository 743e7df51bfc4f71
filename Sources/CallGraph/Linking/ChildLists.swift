/// The children of each item, in the order in which they were added. Items are numbered one after the other, so that arrays do.
struct ChildLists {
  /// By item, from 1; 0 is none.
  private var first: [UInt32] = []
  private var last: [UInt32] = []
  /// The next child of the same parent, by child.
  private var next: [UInt32] = []

  mutating func reserve(_ items: Int) {
    first = Array(repeating: 0, count: items)
    last = first
    next = first
  }

  /// Adds a child; both are among the items that there is room for.
  mutating func add(_ parent: UInt32, _ child: UInt32) {
    if first[Int(parent)] == 0 {
      first[Int(parent)] = child + 1
    } else {
      next[Int(last[Int(parent)]) - 1] = child + 1
    }
    last[Int(parent)] = child + 1
  }

  /// Calls `body` with each child until it returns `false`.
  func forEach(_ parent: UInt32, _ body: (UInt32) -> Bool) {
    var child = first[Int(parent)]
    while child != 0 {
      if !body(child - 1) { return }
      child = next[Int(child) - 1]
    }
  }

  func all(_ parent: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    forEach(parent) {
      result.append($0)
      return true
    }
    return result
  }

  func first(_ parent: UInt32) -> UInt32? { first[Int(parent)] == 0 ? nil : first[Int(parent)] - 1 }
}
