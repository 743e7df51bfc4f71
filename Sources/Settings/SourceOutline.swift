import Project

/// One step into a TOML document: a key of a table or a place in an array.
package enum SettingStep: Hashable {
  case key(String)
  case index(Int)
}

/// Where something stands in the text of a TOML document.
package struct SettingPlace: Equatable {
  /// What a place holds.
  package enum Kind {
    /// The line `[a.b]` or `[[a.b]]`; `value` is the whole of it.
    case header
    /// A key with its value.
    case pair
    /// An element of an array.
    case element
  }

  package var path: [SettingStep]
  package var kind: Kind
  /// The bytes of a pair's key; of other places the same as `value`.
  package var key: Range<Int>
  /// The bytes of the value.
  package var value: Range<Int>
  /// Counted from 1; where the key or element begins.
  package var line: Int
}

/// What stands where in a TOML document, in the order of the text.
///
/// The library that reads TOML says what a document means, but not where its parts stand; messages that name a line and
/// edits that keep comments need that. The outline follows the grammar of TOML 1.0 as far as places go: it does not judge
/// values.
package struct SourceOutline {
  package private(set) var places: [SettingPlace] = []
  private var firstByPath: [[SettingStep]: Int] = [:]

  /// How many keys may stand one in the other.
  package static let maximumDepth = 32

  /// - Throws: a `Failure` with the line if the text has not the form of TOML, or nests too deeply.
  package init(text: [UInt8], file: String, help: SettingsHelp) throws {
    var scanner = OutlineScanner(text: text, file: file, help: help)
    try scanner.scan()
    places = scanner.places
    for (index, place) in places.enumerated() where firstByPath[place.path] == nil { firstByPath[place.path] = index }
    // Tables that only their parts make known stand where the first of them stands.
    for (index, place) in places.enumerated() {
      for length in stride(from: place.path.count - 1, to: 0, by: -1) {
        let parent = Array(place.path[..<length])
        if firstByPath[parent] != nil { break }
        firstByPath[parent] = index
      }
    }
  }

  /// The place of exactly this path; for a table without a header of its own, of its first part.
  package func place(of path: [SettingStep]) -> SettingPlace? { firstByPath[path].map { places[$0] } }

  /// The line of a path, or of the nearest thing around it.
  package func line(of path: [SettingStep]) -> Int {
    for length in stride(from: path.count, to: 0, by: -1) {
      if let place = place(of: Array(path[..<length])) { return place.line }
    }
    return 1
  }

  /// The end of what belongs to a header: the end of its last pair's value, or of the header's line.
  package func endOfTable(at header: SettingPlace) -> Int {
    guard let start = places.firstIndex(of: header) else { return header.value.upperBound }
    var end = header.value.upperBound
    for place in places[(start + 1)...] {
      if place.kind == .header { break }
      end = max(end, place.value.upperBound)
    }
    return end
  }
}
