import Capabilities
import Project

/// What the words of other scanners mean: `scanner-categories.txt`, whose head describes the form.
public struct ScannerCategories: Sendable {
  /// What a word stands for.
  public struct Meaning: Sendable, Equatable {
    /// Any of these may be meant; none if the word says nothing about a capability.
    public var capabilities: CapabilitySet
    public var match: SyntacticMatch
  }

  public static let fileName = "scanner-categories.txt"
  private static let tools: Set<String> = ["geiger", "cargo-scan", "capsec", "cackle", "capslock", "*"]

  private var exact: [String: [String: Meaning]] = [:]
  /// Longest first.
  private var prefixes: [String: [(text: String, meaning: Meaning)]] = [:]
  private let taxonomy: Taxonomy

  /// Reads the file.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String, taxonomy: Taxonomy) throws {
    self.taxonomy = taxonomy
    let data = DataFile(name: file, bytes: bytes)
    try data.forEachLine { line in
      guard (4...5).contains(line.columns.count), ScannerCategories.tools.contains(line.columns[0]),
        let match = SyntacticMatch(rawValue: line.columns[3])
      else { throw data.error(line, "a line is: tool, word, capabilities, match and, if wanted, a comment") }
      let (tool, word) = (line.columns[0], line.columns[1].lowercased())
      let meaning = Meaning(capabilities: try taxonomy.anyOf(line.columns[2], line, data), match: match)
      if word.hasSuffix("*") {
        prefixes[tool, default: []].append((String(word.dropLast()), meaning))
      } else if exact[tool, default: [:]].updateValue(meaning, forKey: word) != nil {
        throw data.error(line, "`\(line.columns[1])` is there twice")
      }
    }
    for tool in prefixes.keys { prefixes[tool]?.sort { ($0.text.utf8.count, $1.text) > ($1.text.utf8.count, $0.text) } }
  }

  /// What a tool's word means; `nil` if nothing knows it.
  public func meaning(of word: String, tool: String) -> Meaning? {
    let lowered = word.lowercased()
    if let found = listed(lowered, tool) { return found }
    if let members = taxonomy.members(of: word) ?? taxonomy.members(of: lowered) {
      return Meaning(capabilities: members, match: .function)
    }
    return listed(lowered, "*")
  }

  private func listed(_ word: String, _ tool: String) -> Meaning? {
    if let found = exact[tool]?[word] { return found }
    return prefixes[tool]?.first { word.hasPrefix($0.text) }?.meaning
  }
}

extension ScannerCategories {
  /// The names that reports give tools, and the ones that the file knows them by.
  private static let listedTools = [
    "cargo-geiger": "geiger", "cargo-scan": "cargo-scan", "capsec": "capsec", "capsec-cli": "capsec",
    "cackle": "cackle",
  ]

  /// What a tool can speak of at all: everything for mircap's own scanner, the capabilities of its words for tools that
  /// the file lists, and what it said for others.
  public func scope(of report: ScannerReport) -> CapabilitySet {
    let all = CapabilitySet(taxonomy.capabilities.indices.map { CapabilityID(UInt8($0)) })
    if report.tool.hasPrefix("mircap scan") { return all }
    let said = report.claims.reduce(into: CapabilitySet()) { $0.formUnion($1.capabilities) }
    guard let name = ScannerCategories.listedTools[report.tool] else { return said }
    let listed = Array((exact[name] ?? [:]).values) + (prefixes[name] ?? []).map(\.meaning)
    return listed.reduce(into: said) { $0.formUnion($1.capabilities) }
  }
}
