/// A pattern for functions by their names in reports: `app::ocap_main`, `app::net::*`, `<app::Disk as app::Store>::put`.
///
/// `*` stands for any text, also over several segments. A pattern without generic arguments also means names that have
/// some, `app::Disk::put` also the method `<app::Disk<T>>::put` of an inherent impl. A pattern means exactly the function
/// that it names, not the closures in it.
public struct PathPattern: Sendable, Equatable {
  /// As written.
  public let text: String
  private let bytes: [UInt8]
  /// The pattern in the form in which names without their generic arguments are compared; `nil` if it names some.
  private let plain: [UInt8]?
  /// The longest part of the text that a name must have, whatever its generic arguments are.
  private let needle: [UInt8]

  /// - Returns: `nil` for an empty pattern, and for one that is nothing but stars.
  public init?(_ text: String) {
    guard text.utf8.contains(where: { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: " ") }) else { return nil }
    self.text = text
    bytes = Array(text.utf8)
    let rooted = SinkPath.withStandardRoot(bytes)
    plain = SinkPath.withoutArguments(rooted, keepCounts: false) == rooted ? PathPattern.unwrapped(rooted) : nil
    needle = Array(bytes.split(whereSeparator: { !SinkPath.isIdentifier($0) }).max { $0.count < $1.count } ?? [])
  }

  /// Whether a name, as reports print it, is one that the pattern means.
  public func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return bytes.withUnsafeBytes { matches($0) }
  }

  func matches(_ name: UnsafeRawBufferPointer) -> Bool {
    guard PathPattern.contains(needle, name) else { return false }
    let name = Array(name)
    if PathPattern.matches(bytes, name) { return true }
    guard let plain else { return PathPattern.matches(bytes, PathPattern.unwrapped(name)) }
    return PathPattern.matches(plain, PathPattern.plain(name))
  }

  /// The function in which a closure, or a constant in its body, stands: a name without `::{closure#0}` at its end.
  static func withoutClosures(_ name: String) -> String {
    var rest = Substring(name)
    while rest.hasSuffix("}"), let open = rest.lastIndex(of: "{"), rest[..<open].hasSuffix("::") {
      rest = rest[..<open].dropLast(2)
    }
    return String(rest)
  }

  /// Without generic arguments, and `<TYPE>::method` as `TYPE::method`.
  private static func plain(_ name: [UInt8]) -> [UInt8] {
    let rooted = SinkPath.withStandardRoot(name)
    return unwrapped(SinkPath.withoutArguments(SinkPath.withoutLifetimes(rooted), keepCounts: false))
  }

  /// `<TYPE>::method` as `TYPE::method`; trait methods and types that are no paths stay.
  private static func unwrapped(_ name: [UInt8]) -> [UInt8] {
    guard let first = name.first, first == UInt8(ascii: "<"), name.count > 1, SinkPath.isIdentifier(name[1]),
      let close = SinkPath.closing(name, 0)
    else { return name }
    let type = name[1..<(close - 1)]
    return contains(separator, type) ? name : Array(type + name[close...])
  }

  private static let separator = Array(" as ".utf8)

  private static func contains(
    _ needle: [UInt8], _ text: some RandomAccessCollection<UInt8>
  ) -> Bool {
    guard let first = needle.first, needle.count <= text.count else { return needle.isEmpty }
    var rest = text[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: needle) { return true }
      rest = rest[rest.index(after: start)...]
    }
    return false
  }

  /// Whether a text is what a pattern with stars stands for; looks back to the last star only, so it takes at most the
  /// product of both lengths.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (place, position) = (0, 0)
    var retry: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        retry = (place + 1, position)
        place += 1
      } else if place < pattern.count, pattern[place] == text[position] {
        place += 1
        position += 1
      } else if let last = retry {
        retry = (last.place, last.position + 1)
        (place, position) = (last.place, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
