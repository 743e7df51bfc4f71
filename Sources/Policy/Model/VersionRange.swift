/// A version as cargo has them: `1.2.3`, `1.2.3-beta.1`, `1.2.3+build`.
public struct SemanticVersion: Sendable, Equatable, Comparable {
  public var numbers: [UInt64]
  /// The parts behind `-`; empty for a release.
  public var prerelease: [Substring]

  /// - Returns: `nil` for a text that is no version.
  public init?(_ text: String) {
    let bare = text.prefix { $0 != "+" }
    let parts = bare.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    numbers = words.compactMap { SemanticVersion.number($0) }
    guard words.count == 3, numbers.count == 3 else { return nil }
    prerelease = parts.count > 1 ? parts[1].split(separator: ".", omittingEmptySubsequences: false) : []
    guard prerelease.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  init(numbers: [UInt64], prerelease: [Substring] = []) {
    self.numbers = numbers
    self.prerelease = prerelease
  }

  static func number(_ text: Substring) -> UInt64? {
    guard !text.isEmpty, text.utf8.count <= 18, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt64(text)
  }

  /// The order of semver.org, 2.0.0, point 11.
  public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
    if left.prerelease.isEmpty || right.prerelease.isEmpty {
      return !left.prerelease.isEmpty && right.prerelease.isEmpty
    }
    for (one, other) in zip(left.prerelease, right.prerelease) where one != other {
      switch (number(one), number(other)) {
      case (let one?, let other?): return one < other
      case (.some, nil): return true
      case (nil, .some): return false
      case (nil, nil): return one.utf8.lexicographicallyPrecedes(other.utf8)
      }
    }
    return left.prerelease.count < right.prerelease.count
  }
}

/// A version requirement as in Cargo.toml: `1.2`, `^0.2`, `~1.4`, `=1.0.5`, `>=1.2, <1.5`, `1.*`, `*`.
///
/// Written after the chapter "Specifying Dependencies" of cargo's book. A prerelease is in a range only if a comparator
/// names a prerelease of the same three numbers.
public struct VersionRange: Sendable, Equatable {
  /// As written.
  public let text: String
  private var comparators: [Comparator] = []

  private enum Operator { case exact, greater, greaterOrEqual, less, lessOrEqual, tilde, caret, wildcard }

  private struct Comparator: Equatable, Sendable {
    var kind: Operator
    /// One to three numbers; none for `*`.
    var numbers: [UInt64]
    var prerelease: [Substring] = []
  }

  /// - Returns: `nil` for a text that is no requirement.
  public init?(_ text: String) {
    self.text = text
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let comparator = VersionRange.comparator(part) else { return nil }
      comparators.append(comparator)
    }
  }

  private static func comparator(_ text: Substring) -> Comparator? {
    var rest = text.drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    let operators: [(String, Operator)] = [
      (">=", .greaterOrEqual), ("<=", .lessOrEqual), (">", .greater), ("<", .less), ("=", .exact), ("~", .tilde),
      ("^", .caret),
    ]
    let found = operators.first { rest.hasPrefix($0.0) }
    if let found { rest = rest.dropFirst(found.0.count).drop { $0 == " " } }
    let bare = rest.prefix { $0 != "+" }
    let parts = bare.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    var words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var kind = found?.1 ?? .caret
    if let last = words.last, ["*", "x", "X"].contains(last) {
      guard found == nil, parts.count == 1 else { return nil }
      while let last = words.last, ["*", "x", "X"].contains(last) { words.removeLast() }
      kind = .wildcard
    } else if words.isEmpty {
      return nil
    }
    let numbers = words.compactMap { SemanticVersion.number($0) }
    guard numbers.count == words.count, numbers.count <= 3 else { return nil }
    var comparator = Comparator(kind: kind, numbers: numbers)
    if parts.count > 1 {
      guard numbers.count == 3, !parts[1].isEmpty else { return nil }
      comparator.prerelease = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    }
    return comparator
  }

  /// Whether a version is in the range.
  public func contains(_ version: SemanticVersion) -> Bool {
    guard comparators.allSatisfy({ VersionRange.holds($0, version) }) else { return false }
    return version.prerelease.isEmpty
      || comparators.contains { !$0.prerelease.isEmpty && $0.numbers == version.numbers }
  }

  /// Whether a version as text is in the range; a text that is no version is in none.
  public func contains(_ version: String) -> Bool { SemanticVersion(version).map(contains) ?? false }

  private static func holds(_ comparator: Comparator, _ version: SemanticVersion) -> Bool {
    let given = comparator.numbers
    let lowest = SemanticVersion(
      numbers: given + Array(repeating: 0, count: 3 - given.count), prerelease: comparator.prerelease)
    /// The first version above all that share the first `count` numbers.
    func isBelow(countOfShared count: Int) -> Bool {
      Array(version.numbers.prefix(count)) == Array(given.prefix(count))
    }
    switch comparator.kind {
    case .wildcard: return isBelow(countOfShared: given.count)
    case .exact: return given.count == 3 ? version == lowest : isBelow(countOfShared: given.count)
    case .greaterOrEqual: return version >= lowest
    case .less: return version < lowest
    case .greater:
      return given.count == 3 ? version > lowest : version >= lowest && !isBelow(countOfShared: given.count)
    case .lessOrEqual: return version <= lowest || given.count < 3 && isBelow(countOfShared: given.count)
    case .tilde: return version >= lowest && isBelow(countOfShared: max(1, min(2, given.count)))
    case .caret:
      // What may change is what stands right of the first number that is not zero.
      let fixed = given.firstIndex { $0 != 0 }.map { $0 + 1 } ?? given.count
      return version >= lowest && isBelow(countOfShared: fixed)
    }
  }
}
