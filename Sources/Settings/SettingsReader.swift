import Project

/// A text of a settings file with its line.
package struct LocatedText {
  package var text: String
  package var line: Int

  package init(text: String, line: Int) {
    self.text = text
    self.line = line
  }
}

/// Takes settings apart; what has the wrong type or an unknown name is told with file and line.
package struct SettingsReader {
  package let file: String

  package init(file: String) { self.file = file }

  package func failure(_ message: String, line: Int, advice: String? = nil) -> Failure {
    Failure(message, file: file, line: line, advice: advice, kind: .usage)
  }

  /// A mistake in the type of a value.
  package func wrongType(_ field: SettingField, expected: String) -> Failure {
    failure("`\(field.name)`: expected \(expected), found \(field.setting.kindName)", line: field.setting.line)
  }

  package func string(_ field: SettingField) throws -> String {
    guard case .string(let text) = field.setting.value else { throw wrongType(field, expected: "a string") }
    return text
  }

  package func boolean(_ field: SettingField) throws -> Bool {
    guard case .boolean(let truth) = field.setting.value else { throw wrongType(field, expected: "true or false") }
    return truth
  }

  /// One of the words that an enumeration has.
  package func word<Word: RawRepresentable & CaseIterable>(_ field: SettingField, _: Word.Type) throws -> Word
  where Word.RawValue == String {
    let text = try string(field)
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue)
      throw failure(
        "`\(field.name)`: there is no `\(text)`", line: field.setting.line,
        advice: Suggestion.advice(text, among: known))
    }
    return word
  }

  /// An array of strings.
  package func strings(_ field: SettingField) throws -> [LocatedText] {
    guard case .array(let elements) = field.setting.value else {
      throw wrongType(field, expected: "an array of strings, such as [\"...\"]")
    }
    return try elements.map { element in
      guard case .string(let text) = element.value else {
        throw failure("`\(field.name)`: expected strings only, found \(element.kindName)", line: element.line)
      }
      return LocatedText(text: text, line: element.line)
    }
  }

  package func table(_ field: SettingField, shown: String) throws -> [SettingField] {
    guard case .table(let fields) = field.setting.value else {
      throw wrongType(field, expected: "a table, such as [\(shown)]")
    }
    return fields
  }

  /// An array of tables: `[[name]]`.
  package func tables(_ field: SettingField) throws -> [(fields: [SettingField], line: Int)] {
    guard case .array(let elements) = field.setting.value else {
      throw wrongType(field, expected: "tables, such as [[\(field.name)]]")
    }
    return try elements.map { element in
      guard case .table(let fields) = element.value else {
        throw failure("`\(field.name)`: expected tables only, found \(element.kindName)", line: element.line)
      }
      return (fields, element.line)
    }
  }

  /// A key that its table does not have.
  package func unknownKey(_ field: SettingField, in place: String, known: [String]) -> Failure {
    failure(
      "there is no key `\(field.name)` in \(place)", line: field.setting.line,
      advice: Suggestion.advice(field.name, among: known))
  }
}

/// Takes one table of strings apart: `[[tag]] path = ".." label = ".."`.
package struct EntryReader {
  package let reader: SettingsReader
  package let place: String
  package let line: Int
  private var fields: [String: SettingField] = [:]

  /// - Throws: a `Failure` for a key that is not among the known ones.
  package init(_ fields: [SettingField], line: Int, place: String, known: [String], reader: SettingsReader) throws {
    self.reader = reader
    self.place = place
    self.line = line
    for field in fields {
      guard known.contains(field.name) else { throw reader.unknownKey(field, in: place, known: known) }
      self.fields[field.name] = field
    }
  }

  package func field(_ name: String) -> SettingField? { fields[name] }

  /// A text that must be there and not be empty.
  package func required(_ name: String) throws -> LocatedText {
    guard let field = fields[name] else { throw reader.failure("\(place) needs `\(name)`", line: line) }
    let text = try reader.string(field)
    guard !text.isEmpty else { throw reader.failure("\(place): `\(name)` is empty", line: field.setting.line) }
    return LocatedText(text: text, line: field.setting.line)
  }

  package func optional(_ name: String) throws -> String { try fields[name].map { try reader.string($0) } ?? "" }

  package func requiredList(_ name: String) throws -> [LocatedText] {
    guard let field = fields[name] else { throw reader.failure("\(place) needs `\(name)`", line: line) }
    return try reader.strings(field)
  }

  package func optionalList(_ name: String) throws -> [LocatedText] {
    try fields[name].map { try reader.strings($0) } ?? []
  }
}

/// What somebody may have meant.
package enum Suggestion {
  /// The known names, and first the one that is written most alike.
  package static func advice(_ text: String, among known: [String]) -> String {
    let listed = "there are: " + known.joined(separator: ", ")
    guard let nearest = nearest(text, among: known) else { return listed }
    return "did you mean `\(nearest)`? \(listed)"
  }

  /// The name that is written most alike, if one is alike.
  package static func nearest(_ text: String, among known: [String]) -> String? {
    let best = known.map { (distance: distance(Array(text.utf8.prefix(64)), Array($0.utf8)), name: $0) }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
    guard let best, best.distance <= max(2, text.utf8.count / 3) else { return nil }
    return best.name
  }

  /// Levenshtein's distance: how many bytes to change, add or remove.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in right.enumerated() {
        let changed = diagonal + (byte == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(changed, row[place] + 1, row[place + 1] + 1)
      }
    }
    return row[right.count]
  }
}
