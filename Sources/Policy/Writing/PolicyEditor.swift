import Project
import Settings

/// Changes a policy file in its text: comments, order and layout stay.
///
/// Each change is made where the outline says that a list or section stands; after it the text is read again, so that the
/// next one finds its place, and so that what comes out is a policy file.
struct PolicyEditor {
  private(set) var document: SettingsDocument

  /// - Parameter document: the file as it is.
  init(_ document: SettingsDocument) { self.document = document }

  var text: [UInt8] { document.text }

  /// Adds a name to a list of a section `[crate.NAME]`, making list and section if they are not there.
  ///
  /// A name that is there already is not added.
  ///
  /// - Parameters:
  ///   - comment: stands behind the name if it gets a line of its own.
  /// - Throws: a `Failure` if the text that comes out could not be read: nothing is changed then.
  mutating func add(_ name: String, to list: String, ofCrate crate: String, comment: String = "") throws {
    let table: [SettingStep] = [.key("crate"), .key(crate)]
    let path = table + [.key(list)]
    if let place = document.outline.places.first(where: { $0.path == path && $0.kind == .pair }) {
      guard !elements(of: path).contains(where: { string(at: $0) == name }) else { return }
      try insert(name, comment, into: place)
    } else if let header = document.outline.places.first(where: { $0.path == table }) {
      try addList(list, with: name, comment, to: header, crate)
    } else if let pair = document.outline.places.first(where: {
      $0.kind == .pair && $0.path.dropLast().elementsEqual(table)
    }) {
      try addDottedKey(list, with: name, behind: pair)
    } else {
      let start = placeOfNewSection()
      let lines = [leadingBreak(start.lowerBound), "[crate.\(TOMLKey.written(crate))]", newList(list, name, comment)]
      try replace(start, with: lines.map { $0 + "\n" }.joined())
    }
  }

  private func newList(_ list: String, _ name: String, _ comment: String) -> String {
    comment.isEmpty
      ? "\(list) = [\(BasicString.quoted(name))]" : "\(list) = [\n\(line(name, comment, indent: "  "))]"
  }

  private func line(_ name: String, _ comment: String, indent: String) -> String {
    "\(indent)\(BasicString.quoted(name)),\(comment.isEmpty ? "" : " # \(comment)")\n"
  }

  /// A section that has no such list gets one: behind its other keys, or within its braces.
  private mutating func addList(
    _ list: String, with name: String, _ comment: String, to place: SettingPlace, _ crate: String
  ) throws {
    switch place.kind {
    case .header:
      let end = endOfLine(document.outline.endOfTable(at: place))
      try replace(end..<end, with: leadingBreak(end) + newList(list, name, comment) + "\n")
    case .pair where text[place.value.lowerBound] == UInt8(ascii: "{"):
      let start = place.value.lowerBound + 1
      let isEmpty =
        place.value.count <= 2 || !document.outline.places.contains { $0.path.starts(with: place.path) && $0 != place }
      try replace(start..<start, with: " \(newList(list, name, ""))\(isEmpty ? " " : ",")")
    default: throw Failure("is no section", file: document.file, line: place.line, kind: .usage)
    }
  }

  /// Of a section that is written as dotted keys: `crate.demo.unsafe = "any"`.
  private mutating func addDottedKey(_ list: String, with name: String, behind pair: SettingPlace) throws {
    let end = endOfLine(pair.value.upperBound)
    let key = String(decoding: text[pair.key], as: UTF8.self)
    guard let dot = key.lastIndex(of: ".") else {
      throw Failure("is no section", file: document.file, line: pair.line, kind: .usage)
    }
    try replace(end..<end, with: leadingBreak(end) + key[...dot] + newList(list, name, "") + "\n")
  }

  /// New sections stand behind the last one of their kind, or at the end.
  private func placeOfNewSection() -> Range<Int> {
    let headers = document.outline.places.filter { $0.kind == .header && $0.path.first == .key("crate") }
    guard let last = headers.last else { return text.count..<text.count }
    let end = endOfLine(document.outline.endOfTable(at: last))
    return end..<end
  }

  /// A line break, if the text ends without one.
  private func leadingBreak(_ end: Int) -> String {
    end == text.count && !text.isEmpty && text.last != UInt8(ascii: "\n") ? "\n" : ""
  }

  /// The place behind the line break that follows.
  private func endOfLine(_ start: Int) -> Int {
    text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
  }

  private func startOfLine(_ place: Int) -> Int {
    text[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }
}

// Lists.
extension PolicyEditor {
  /// Takes a name out of a list of a section; with its line if it has one of its own.
  ///
  /// - Throws: a `Failure` if the text that comes out could not be read: nothing is changed then.
  mutating func remove(_ name: String, from list: String, ofCrate crate: String) throws {
    let path: [SettingStep] = [.key("crate"), .key(crate), .key(list)]
    let elements = elements(of: path)
    guard let index = elements.firstIndex(where: { string(at: $0) == name }) else { return }
    let element = elements[index].value
    let comma = commaIndex(behind: element.upperBound)
    let end = comma.map { $0 + 1 } ?? element.upperBound
    let lineEnd = endOfLine(end)
    let follows = text[end..<lineEnd].first { !Self.isBlank($0) }
    if beginsLine(elements[index]), follows == nil || follows == UInt8(ascii: "#") || follows == UInt8(ascii: "\n") {
      return try replace(startOfLine(element.lowerBound)..<lineEnd, with: "")
    }
    if comma != nil {
      let next = text[end...].firstIndex { !Self.isBlank($0) } ?? end
      return try replace(element.lowerBound..<next, with: "")
    }
    let start = index > 0 ? elements[index - 1].value.upperBound : element.lowerBound
    try replace(start..<element.upperBound, with: "")
  }

  private func elements(of path: [SettingStep]) -> [SettingPlace] {
    document.outline.places.filter {
      $0.kind == .element && $0.path.count == path.count + 1 && $0.path.starts(with: path)
    }
  }

  private func string(at place: SettingPlace) -> String { BasicString.content(of: text[place.value]) }

  private mutating func insert(_ name: String, _ comment: String, into list: SettingPlace) throws {
    let elements = elements(of: list.path)
    guard let last = elements.last else {
      let start = list.value.lowerBound + 1
      return try replace(start..<start, with: BasicString.quoted(name))
    }
    let names = elements.map(string)
    let isSorted = zip(names, names.dropFirst()).allSatisfy { $0 <= $1 }
    if isSorted, let next = elements.first(where: { string(at: $0) > name }) {
      try insert(name, comment, before: next, in: list)
    } else {
      try insert(name, comment, behind: last, in: list)
    }
  }

  /// Whether nothing but blanks stands before an element in its line.
  private func beginsLine(_ element: SettingPlace) -> Bool {
    text[startOfLine(element.value.lowerBound)..<element.value.lowerBound].allSatisfy(Self.isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private func indent(of element: SettingPlace) -> String {
    String(decoding: text[startOfLine(element.value.lowerBound)..<element.value.lowerBound], as: UTF8.self)
  }

  private mutating func insert(
    _ name: String, _ comment: String, before element: SettingPlace, in list: SettingPlace
  ) throws {
    guard beginsLine(element) else {
      let start = element.value.lowerBound
      return try replace(start..<start, with: BasicString.quoted(name) + ", ")
    }
    // Comments in lines of their own belong to what follows them.
    var start = startOfLine(element.value.lowerBound)
    while start > list.value.lowerBound + 1 {
      let former = startOfLine(start - 1)
      guard former > list.value.lowerBound,
        text[former..<start].first(where: { !Self.isBlank($0) }) == UInt8(ascii: "#")
      else { break }
      start = former
    }
    try replace(start..<start, with: line(name, comment, indent: indent(of: element)))
  }

  private mutating func insert(
    _ name: String, _ comment: String, behind element: SettingPlace, in list: SettingPlace
  ) throws {
    let end = element.value.upperBound
    let comma = commaIndex(behind: end)
    let lineEnd = endOfLine(comma.map { $0 + 1 } ?? end)
    guard beginsLine(element), lineEnd <= list.value.upperBound - 1 else {
      if let comma { return try replace((comma + 1)..<(comma + 1), with: " \(BasicString.quoted(name)),") }
      return try replace(end..<end, with: ", \(BasicString.quoted(name))")
    }
    let new = Array(line(name, comment, indent: indent(of: element)).utf8)
    guard comma == nil else { return try replace(lineEnd..<lineEnd, with: new) }
    try replace(end..<lineEnd, with: [UInt8(ascii: ",")] + text[end..<lineEnd] + new)
  }

  /// The comma that follows, over blanks, line breaks and comments.
  private func commaIndex(behind end: Int) -> Int? {
    var at = end
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: ","): return at
      case UInt8(ascii: "#"): at = endOfLine(at)
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): at += 1
      default: return nil
      }
    }
    return nil
  }

  private mutating func replace(_ range: Range<Int>, with new: String) throws {
    try replace(range, with: Array(new.utf8))
  }

  private mutating func replace(_ range: Range<Int>, with new: [UInt8]) throws {
    var changed = text
    changed.replaceSubrange(range, with: new)
    document = try SettingsDocument(text: changed, file: document.file, help: .policy)
  }
}
