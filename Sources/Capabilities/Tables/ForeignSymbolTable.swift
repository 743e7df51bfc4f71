/// What foreign functions do, by their linked names: `foreign-symbols.txt`, whose head describes the form, and
/// `foreign-symbols-windows.txt`.
///
/// Every call of a foreign function has `ffi`, whatever the table says; the table adds the class of the symbol.
public struct ForeignSymbolTable: Sendable {
  private var exact: [String: (CapabilitySet, Authority)] = [:]
  /// Longest first.
  private var prefixes: [(text: String, capabilities: CapabilitySet, authority: Authority)] = []
  /// Whose the symbols of lines are, where the file says so, by pattern.
  private var libraries: [String: String] = [:]
  private let foreign: CapabilitySet

  /// Reads the table.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(files: [(bytes: [UInt8], file: String)], taxonomy: Taxonomy) throws {
    foreign = taxonomy.members(of: "ffi") ?? CapabilitySet()
    for file in files { try read(DataFile(name: file.file, bytes: file.bytes), taxonomy) }
    prefixes.sort { ($0.text.utf8.count, $1.text) > ($1.text.utf8.count, $0.text) }
  }

  private mutating func read(_ data: DataFile, _ taxonomy: Taxonomy) throws {
    var library = "-"
    try data.forEachLine { line in
      if line.columns[0] == "@library" {
        guard line.columns.count == 2, !line.columns[1].isEmpty else {
          throw data.error(line, "a @library line names one library")
        }
        library = line.columns[1]
        return
      }
      guard line.columns.count == 3 || line.columns.count == 4 else {
        throw data.error(line, "a line is: symbols, capabilities, authority and, if wanted, a comment")
      }
      let capabilities = try taxonomy.parseList(line.columns[1], line, data)
      let authority = try SinkTable.parseAuthority(line.columns[2], capabilities, line, data) ?? .ambient
      for pattern in try data.alternatives(of: line.columns[0], on: line) {
        try insert(pattern, capabilities, authority, line, data)
        if library != "-" { libraries[pattern] = library }
      }
    }
  }

  private mutating func insert(
    _ pattern: String, _ capabilities: CapabilitySet, _ authority: Authority, _ line: DataLine, _ data: DataFile
  ) throws {
    if pattern.hasSuffix("*") {
      prefixes.append((String(pattern.dropLast()), capabilities, authority))
    } else if exact.updateValue((capabilities, authority), forKey: pattern) != nil {
      throw data.error(line, "`\(pattern)` is there twice")
    }
  }

  /// The class of a symbol without `ffi`; `unclassified` if the table does not know it.
  public func classify(_ symbol: String) -> SinkClass {
    let symbol = ForeignSymbolTable.normalised(symbol)
    if let (capabilities, authority) = exact[symbol] {
      return capabilities.isEmpty ? .none : .capabilities(capabilities, authority)
    }
    for prefix in prefixes where symbol.hasPrefix(prefix.text) {
      return prefix.capabilities.isEmpty ? .none : .capabilities(prefix.capabilities, prefix.authority)
    }
    return .unclassified
  }

  /// The library of the system that has a function or variable of this name; `nil` if none is known.
  public func library(of symbol: String) -> String? { libraries[symbol] }

  /// Whether the line that classifies a symbol, perhaps by a prefix, stands with those of a library of the system.
  func isOfSystem(_ symbol: String) -> Bool {
    let symbol = ForeignSymbolTable.normalised(symbol)
    if exact[symbol] != nil { return libraries[symbol] != nil }
    guard let prefix = prefixes.first(where: { symbol.hasPrefix($0.text) }) else { return false }
    return libraries[prefix.text + "*"] != nil
  }

  /// A symbol without the mark that turns mangling off and without the suffix of a system's variant.
  static func normalised(_ symbol: String) -> String {
    let unmarked =
      symbol.hasPrefix("\u{1}") ? symbol.dropFirst() : symbol.hasPrefix("\\x01") ? symbol.dropFirst(4) : symbol[...]
    guard let end = unmarked.firstIndex(where: { $0 == "$" || $0 == "@" }) else { return String(unmarked) }
    return String(unmarked[..<end])
  }

  /// What a call of the symbol is charged with: `ffi`, and the class of the symbol where it is known.
  public func capabilities(ofCall symbol: String) -> (CapabilitySet, Authority) {
    if case .capabilities(let set, let authority) = classify(symbol) { return (set.union(foreign), authority) }
    return (foreign, .ambient)
  }
}
