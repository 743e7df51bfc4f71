import RustDump

/// A longest common subsequence of two lists of names.
///
/// Equal beginnings and ends are taken off first; what is left is aligned by the dynamic programme of Wagner and
/// Fischer, or, when it is too large for that, greedily with a bounded look-ahead.
enum CommonSubsequence {
  private static let cellLimit = 4_000_000

  /// Pairs of indices, ascending in both.
  static func pairs(_ left: [NameID], _ right: [NameID]) -> [(Int, Int)] {
    var start = 0
    while start < left.count, start < right.count, left[start] == right[start] { start += 1 }
    var leftEnd = left.count
    var rightEnd = right.count
    while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
      leftEnd -= 1
      rightEnd -= 1
    }
    var result = (0..<start).map { ($0, $0) }
    let middleLeft = Array(left[start..<leftEnd])
    let middleRight = Array(right[start..<rightEnd])
    let middle =
      middleLeft.count * middleRight.count <= cellLimit
      ? exact(middleLeft, middleRight) : greedy(middleLeft, middleRight)
    result.append(contentsOf: middle.map { ($0.0 + start, $0.1 + start) })
    for offset in 0..<(left.count - leftEnd) { result.append((leftEnd + offset, rightEnd + offset)) }
    return result
  }

  private static func exact(_ left: [NameID], _ right: [NameID]) -> [(Int, Int)] {
    let width = right.count + 1
    var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
    for i in left.indices.reversed() {
      for j in right.indices.reversed() {
        lengths[i * width + j] =
          left[i] == right[j]
          ? lengths[(i + 1) * width + j + 1] + 1 : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        pairs.append((i, j))
        i += 1
        j += 1
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  private static func greedy(_ left: [NameID], _ right: [NameID]) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var j = 0
    for i in left.indices {
      let window = j..<min(j + 64, right.count)
      guard let found = window.first(where: { right[$0] == left[i] }) else { continue }
      pairs.append((i, found))
      j = found + 1
    }
    return pairs
  }
}
