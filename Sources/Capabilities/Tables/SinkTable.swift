/// Whether a sink acquires what it works on, or uses what somebody handed over.
public enum Authority: UInt8, Sendable, Comparable {
  /// It acquires: opens by path, connects by address, reads the environment.
  case ambient = 0
  /// It uses a value that somebody had to hand over.
  case handle

  /// The word used in reports.
  public var word: String { self == .ambient ? "ambient" : "handle" }

  public static func < (left: Authority, right: Authority) -> Bool { left.rawValue < right.rawValue }
}

/// What a table says of a path or symbol.
public enum SinkClass: Sendable, Equatable {
  /// Known to have no capability.
  case none
  case capabilities(CapabilitySet, Authority)
  /// Not in the table.
  case unclassified
}

/// What the functions of std do to the outside world: `std-sinks.txt`, `std-sinks-other.txt` and `std-pure.txt`.
///
/// The head of `std-sinks.txt` describes the lines, how a path is normalised, and which line wins.
public struct SinkTable: Sendable {
  /// One line of the table, as read: a pattern may stand for several.
  public struct Line: Sendable {
    public var pattern: String
    public var capabilities: CapabilitySet
    public var authority: Authority?
    public var comment: String
    public var number: Int
  }

  struct Entry: Sendable {
    var capabilities: CapabilitySet
    var authority: Authority

    var answer: SinkClass { capabilities.isEmpty ? .none : .capabilities(capabilities, authority) }
  }

  /// The lines of the tables of sinks in their order.
  public private(set) var lines: [Line] = []
  /// Modules that touch the system: an unclassified path in one of them is a gap.
  public private(set) var guardedModules: [String] = []
  private var exact: [String: Entry] = [:]
  /// Longest first.
  private var prefixes: [(text: String, entry: Entry)] = []
  private var knownTypes: Set<String> = []

  /// Reads the tables of sinks and, if there is one, the list of paths without capability.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(
    sinks: [(bytes: [UInt8], file: String)], pure: (bytes: [UInt8], file: String)?, taxonomy: Taxonomy
  ) throws {
    for file in sinks {
      let sinkFile = DataFile(name: file.file, bytes: file.bytes)
      try sinkFile.forEachLine { try readSink($0, sinkFile, taxonomy) }
    }
    if let pure {
      let pureFile = DataFile(name: pure.file, bytes: pure.bytes)
      try pureFile.forEachLine { line in
        let entry = Entry(capabilities: CapabilitySet(), authority: .ambient)
        try insert(line.columns[0], entry, line, pureFile)
      }
    }
    prefixes.sort { ($0.text.utf8.count, $1.text) > ($1.text.utf8.count, $0.text) }
  }

  private mutating func readSink(_ line: DataLine, _ data: DataFile, _ taxonomy: Taxonomy) throws {
    let columns = line.columns
    if columns[0] == "@guarded" {
      guard columns.count == 2 else { throw data.error(line, "a @guarded line names one module") }
      guardedModules.append(columns[1])
      return
    }
    guard columns.count == 3 || columns.count == 4 else {
      throw data.error(line, "a line is: pattern, capabilities, authority and, if wanted, a comment")
    }
    let capabilities = try taxonomy.parseList(columns[1], line, data)
    let authority = try SinkTable.parseAuthority(columns[2], capabilities, line, data)
    lines.append(
      Line(
        pattern: columns[0], capabilities: capabilities, authority: authority,
        comment: columns.count > 3 ? columns[3] : "", number: line.number))
    let entry = Entry(capabilities: capabilities, authority: authority ?? .ambient)
    for pattern in try data.alternatives(of: columns[0], on: line) { try insert(pattern, entry, line, data) }
  }

  /// The lines with a capability that name one function.
  func membersWithCapabilities() -> [(pattern: String, member: SinkMember)] {
    exact.compactMap { pattern, entry in
      entry.capabilities.isEmpty
        ? nil : (pattern, SinkMember(capabilities: entry.capabilities, authority: entry.authority))
    }
  }

  static func parseAuthority(
    _ text: String, _ capabilities: CapabilitySet, _ line: DataLine, _ data: DataFile
  ) throws -> Authority? {
    switch text {
    case "ambient" where !capabilities.isEmpty: return .ambient
    case "handle" where !capabilities.isEmpty: return .handle
    case "-" where capabilities.isEmpty: return nil
    case "ambient", "handle", "-": throw data.error(line, "authority `\(text)` does not fit the capabilities")
    default: throw data.error(line, "authority is ambient, handle or -, not `\(text)`")
    }
  }

  private mutating func insert(_ pattern: String, _ entry: Entry, _ line: DataLine, _ data: DataFile) throws {
    if pattern.hasPrefix("<"), pattern.hasSuffix(">"), !pattern.contains(" ") {
      knownTypes.insert(String(pattern.dropFirst().dropLast()))
      return
    }
    if pattern.hasSuffix("*"), !pattern.hasPrefix("<") {
      let text = String(pattern.dropLast())
      guard !prefixes.contains(where: { $0.text == text }) else {
        throw data.error(line, "`\(pattern)` is there twice")
      }
      prefixes.append((text, entry))
    } else {
      guard exact.updateValue(entry, forKey: pattern) == nil else {
        throw data.error(line, "`\(pattern)` is there twice")
      }
    }
    if let type = SinkTable.typeNamed(by: pattern) { knownTypes.insert(type) }
  }

  /// The type that a line of the table shows to exist: of `TYPE::function` and `<TYPE as ...>`.
  static func typeNamed(by pattern: String) -> String? {
    guard pattern.hasPrefix("<") else {
      guard let colon = pattern.utf8.lastIndex(of: UInt8(ascii: ":")), colon > pattern.startIndex else { return nil }
      return String(pattern[..<pattern.utf8.index(before: colon)])
    }
    var type = pattern.dropFirst()
    if let end = type.start(of: " as ") { type = type[..<end] }
    if type.hasPrefix("&") { type = type.dropFirst() }
    if type.hasPrefix("mut ") { type = type.dropFirst(4) }
    if let arguments = type.firstIndex(of: "<") { type = type[..<arguments] }
    return String(type)
  }
}

extension SinkTable {
  /// What the table says of a path of std, as rustc prints it; generic arguments may be there or not.
  public func classify(_ path: String) -> SinkClass {
    var current = SinkPath(path)
    while true {
      if let found = exact[current.counted] ?? exact[current.plain] { return found.answer }
      guard current.plain.hasPrefix("<") else { return byPrefix(current.plain) }
      guard let parts = current.traitMethod, let ofTrait = exact["\(parts.trait)::\(parts.method)"] else {
        return .unclassified
      }
      if let found = exact["<\(parts.selfType) as \(parts.trait)>::*"] ?? exact["<* as \(parts.trait)>::*"] {
        return found.answer
      }
      if parts.selfType.hasPrefix("&") {
        current = current.withoutReference
        continue
      }
      guard parts.selfType.hasPrefix("std::") else { return ofTrait.answer }
      let type = String(parts.selfType)
      return isGuarded(type) || !knownTypes.contains(type) ? .unclassified : ofTrait.answer
    }
  }

  private func byPrefix(_ path: String) -> SinkClass {
    for prefix in prefixes where path.hasPrefix(prefix.text) { return prefix.entry.answer }
    return .unclassified
  }

  private func isGuarded(_ path: some StringProtocol) -> Bool {
    guardedModules.contains { path.hasPrefix($0 + "::") }
  }

  /// Whether a path belongs to a module that touches the system: by where it stands, by its self type or its trait.
  public func isInGuardedModule(_ path: String) -> Bool {
    let normalised = SinkPath(path)
    guard let parts = normalised.traitMethod else {
      return isGuarded(normalised.plain.hasPrefix("<") ? normalised.plain.dropFirst() : normalised.plain[...])
    }
    var selfType = parts.selfType
    while selfType.hasPrefix("&") {
      selfType = selfType.dropFirst()
      if selfType.hasPrefix("mut ") { selfType = selfType.dropFirst(4) }
    }
    return isGuarded(selfType) || isGuarded(parts.trait)
  }

  /// Whether a path's item is one of the standard library's crates.
  public func isStandardPath(_ path: String) -> Bool {
    let normalised = SinkPath(path)
    let item = normalised.traitMethod?.trait ?? Substring(normalised.plain)
    let start = item.drop { $0 == "<" || $0 == "&" || $0 == "(" }
    for root in ["std::", "proc_macro::", "test::", "std_detect::"] where start.hasPrefix(root) { return true }
    // An inherent method of a primitive type, a slice, a trait object: only std can have written it.
    return normalised.plain.hasPrefix("<[") || normalised.plain.hasPrefix("<dyn std::") || !start.contains("::")
  }

  /// The line that `mircap sinks --classify` answers for a path.
  public func answerLine(for path: String, taxonomy: Taxonomy) -> String {
    switch classify(path) {
    case .none: "\(path)\tnone\t-"
    case .unclassified: "\(path)\tunclassified\t-"
    case .capabilities(let set, let authority):
      "\(path)\t\(taxonomy.names(set).joined(separator: ","))\t\(authority.word)"
    }
  }
}

extension Substring {
  /// Where a text first begins.
  func start(of text: String) -> Index? {
    guard let first = text.utf8.first else { return startIndex }
    var from = startIndex
    while let found = self[from...].utf8.firstIndex(of: first) {
      if self[found...].utf8.starts(with: text.utf8) { return found }
      from = utf8.index(after: found)
    }
    return nil
  }
}
