import Project
import TOMLKit

/// A value of a settings file, and the line where it stands.
package struct Setting {
  /// What a value is.
  package indirect enum Value {
    case string(String)
    case boolean(Bool)
    case integer(Int)
    case array([Setting])
    case table([SettingField])
    /// A kind that no setting has: its name.
    case other(String)
  }

  package var value: Value
  package var line: Int

  /// What to call the value in a message.
  package var kindName: String {
    switch value {
    case .string: "a string"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .array: "an array"
    case .table: "a table"
    case .other(let name): name
    }
  }
}

/// A key of a table with its value.
package struct SettingField {
  package var name: String
  package var setting: Setting

  package init(name: String, setting: Setting) {
    self.name = name
    self.setting = setting
  }
}

/// What messages about a kind of settings file advise.
package struct SettingsHelp: Sendable {
  /// How one comes by such a file.
  package var missing: String
  /// Where its form is described.
  package var form: String

  package init(missing: String, form: String) {
    self.missing = missing
    self.form = form
  }
}

/// A TOML file: what it says, and where.
package struct SettingsDocument {
  package let file: String
  package let text: [UInt8]
  package let outline: SourceOutline
  package let root: [SettingField]

  /// No file of more bytes is read.
  package static let limit = 1 << 20

  /// Reads a file.
  ///
  /// - Throws: a `Failure` that names file and line and says what is wrong.
  package static func read(file: String, help: SettingsHelp) throws -> SettingsDocument {
    guard FileSystem.isFile(file) else {
      throw Failure("there is no such file", file: file, advice: help.missing, kind: .usage)
    }
    let mapped = try MappedFile(path: file)
    guard mapped.count <= limit else {
      throw Failure("larger than \(limit >> 20) MB", file: file, line: 1, kind: .usage)
    }
    return try SettingsDocument(text: mapped.withBytes { Array($0) }, file: file, help: help)
  }

  /// - Throws: a `Failure` that names file and line and says what is wrong.
  package init(text: [UInt8], file: String, help: SettingsHelp) throws {
    self.file = file
    self.text = text
    guard let string = String(validating: text, as: UTF8.self) else {
      throw Failure("not UTF-8", file: file, line: 1, kind: .usage)
    }
    if let line = Self.lineOfZero(in: string) {
      throw Failure("zero characters have no place here", file: file, line: line, kind: .usage)
    }
    outline = try SourceOutline(text: text, file: file, help: help)
    do {
      root = Self.fields(of: try TOMLTable(string: string), path: [], outline)
    } catch let error as TOMLParseError {
      throw Failure(
        "no TOML: \(error.description)", file: file, line: error.source.begin.line,
        advice: help.form, kind: .usage)
    }
  }

  /// The line of a zero character, written as such or as an escape: the library passes texts on as C strings.
  private static func lineOfZero(in text: String) -> Int? {
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.utf8.contains(0) || line.contains("\\u0000") || line.contains("\\U00000000") { return number }
    }
    return nil
  }

  private static func fields(
    of table: TOMLTable, path: [SettingStep], _ outline: SourceOutline
  ) -> [SettingField] {
    let fields = table.keys.compactMap { key -> SettingField? in
      guard let value = table[key] else { return nil }
      return SettingField(name: key, setting: setting(value, path: path + [.key(key)], outline))
    }
    return fields.sorted { ($0.setting.line, $0.name) < ($1.setting.line, $1.name) }
  }

  private static func setting(
    _ value: any TOMLValueConvertible, path: [SettingStep], _ outline: SourceOutline
  ) -> Setting {
    let line = outline.line(of: path)
    switch value.type {
    case .table:
      return Setting(value: .table(value.table.map { fields(of: $0, path: path, outline) } ?? []), line: line)
    case .array:
      let elements = value.array.map { array in
        (0..<array.count).map { setting(array[$0], path: path + [.index($0)], outline) }
      }
      return Setting(value: .array(elements ?? []), line: line)
    case .string: return Setting(value: .string(value.string ?? ""), line: line)
    case .bool: return Setting(value: .boolean(value.bool ?? false), line: line)
    case .int: return Setting(value: .integer(value.int ?? 0), line: line)
    case .double: return Setting(value: .other("a floating-point number"), line: line)
    case .date: return Setting(value: .other("a date"), line: line)
    case .time: return Setting(value: .other("a time"), line: line)
    case .dateTime: return Setting(value: .other("a date and time"), line: line)
    }
  }
}
