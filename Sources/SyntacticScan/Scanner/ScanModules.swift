import Capabilities
import Project

/// Modules whose mention alone makes a scanner speak: `scan-modules.txt`, whose head describes the form.
public struct ScanModules: Sendable {
  /// What a module stands for.
  struct Entry: Sendable {
    /// Any of these may be meant; empty for a module that is taken out.
    var capabilities: CapabilitySet
    /// Whether it is another crate's module, which wraps what std can do.
    var isWrapper: Bool
  }

  public static let fileName = "scan-modules.txt"

  private var entries: [String: Entry] = [:]
  /// The roots of all entries: most paths begin with none of these.
  private var roots: Set<String> = []

  /// No modules.
  public init() {}

  /// Reads the file.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String, taxonomy: Taxonomy) throws {
    let data = DataFile(name: file, bytes: bytes)
    try data.forEachLine { line in
      guard (3...4).contains(line.columns.count), ["std", "wrapper"].contains(line.columns[0]) else {
        throw data.error(line, "a line is: std or wrapper, a module, capabilities and, if wanted, a comment")
      }
      let path = line.columns[1]
      let entry = Entry(
        capabilities: try taxonomy.anyOf(line.columns[2], line, data), isWrapper: line.columns[0] == "wrapper")
      guard entries.updateValue(entry, forKey: path) == nil else { throw data.error(line, "`\(path)` is there twice") }
      roots.insert(path.split(separator: ":").first.map(String.init) ?? path)
    }
  }

  /// What the module above a path, or the path itself, stands for, with how many names it has; `nil` if it is none of
  /// these.
  func entry(of path: [String]) -> (entry: Entry, length: Int)? {
    guard let first = path.first, roots.contains(first) else { return nil }
    // No line is as long as hostile paths are.
    var length = min(path.count, 8)
    while length > 0 {
      if let found = entries[path[..<length].joined(separator: "::")] {
        return found.capabilities.isEmpty ? nil : (found, length)
      }
      length -= 1
    }
    return nil
  }
}

extension Taxonomy {
  /// Reads a list of capabilities, groups and other tools' names, comma-separated, or `none`.
  func anyOf(_ text: String, _ line: DataLine, _ data: DataFile) throws -> CapabilitySet {
    if text == "none" { return CapabilitySet() }
    return try text.split(separator: ",", omittingEmptySubsequences: false).reduce(into: CapabilitySet()) { set, name in
      guard let members = members(of: String(name)) else { throw data.error(line, "`\(name)` is not a capability") }
      set.formUnion(members)
    }
  }

  /// One word for "any of these": the capability, or the group that has exactly these members; else the names with
  /// bars.
  public func label(ofAny set: CapabilitySet) -> String {
    if set.count == 1 { return orderedNames(set)[0] }
    return groups.first { $0.members == set }?.name ?? orderedNames(set).joined(separator: "|")
  }
}
