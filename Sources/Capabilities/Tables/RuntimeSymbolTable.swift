/// Symbols that programs of Rust have anyway, beside those of libc: `runtime-symbols.txt`, whose head describes the form.
public struct RuntimeSymbolTable: Sendable {
  private var exact: [String: String] = [:]
  private var prefixes: [(text: String, owner: String)] = []

  /// Reads the table.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String) throws {
    let data = DataFile(name: file, bytes: bytes)
    try data.forEachLine { line in
      guard line.columns.count == 2 || line.columns.count == 3, !line.columns[1].isEmpty else {
        throw data.error(line, "a line is: symbols, whose they are and, if wanted, a comment")
      }
      for pattern in try data.alternatives(of: line.columns[0], on: line) {
        if pattern.hasSuffix("*") {
          prefixes.append((String(pattern.dropLast()), line.columns[1]))
        } else {
          exact[pattern] = line.columns[1]
        }
      }
    }
  }

  /// Whose symbol it is: `rust-runtime`, `start-up`, `compiler-builtins`; `nil` if it is none of these.
  public func owner(of symbol: String) -> String? {
    exact[symbol] ?? prefixes.first { symbol.hasPrefix($0.text) }?.owner
  }
}
