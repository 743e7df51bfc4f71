import Project

/// Reads findings as CSV: cargo-scan's, and any with a head that names columns for file, line and capability.
struct FindingsTable {
  private let categories: ScannerCategories

  /// The names of columns, by what they hold; compared without regard to case, blanks, `-` and `_`.
  private static let names: [Column: [String]] = [
    .file: ["file", "path", "filename", "filepath", "sourcefile", "location"],
    .line: ["line", "lineno", "linenumber", "startline", "row"],
    .word: ["capability", "category", "effect", "permission", "kind", "type", "rule", "ruleid", "class"],
    .package: ["crate", "package", "cratename", "packagename"],
    .version: ["version", "crateversion", "packageversion"],
    .folder: ["dir", "directory", "folder"],
    .what: ["callee", "call", "what", "function", "symbol", "api", "message", "text"],
    .phase: ["phase"],
  ]

  private enum Column: CaseIterable { case file, line, word, package, version, folder, what, phase }

  init(_ categories: ScannerCategories) { self.categories = categories }

  func read(_ text: [UInt8], name: String) throws -> ScannerReport {
    let rows = CSVRows(text, name: name).makeIterator()
    guard let head = try rows.next()?.get() else { throw Failure("it is empty", file: name) }
    let columns = FindingsTable.columns(head.fields)
    guard let file = columns[.file], let line = columns[.line], let word = columns[.word] else {
      throw Failure(
        "no scanner's report that is known: as CSV its head needs columns for file, line and capability", file: name,
        line: head.line,
        advice: "such as: crate,file,line,capability (docs/comparison.md lists the names and the other forms)")
    }
    let isCargoScan = head.fields == ["crate", "fn_decl", "callee", "effect", "dir", "file", "line", "col"]
    let tool = isCargoScan ? "cargo-scan" : "csv"
    var report = ScannerReport(tool: tool, form: isCargoScan ? "cargo-scan CSV" : "CSV")
    while let row = try rows.next()?.get() {
      if row.fields == [""] {
        // Behind an empty line cargo-scan prints another table, of totals.
        if isCargoScan { break }
        continue
      }
      guard row.fields.count >= head.fields.count else {
        throw Failure(
          "a row of \(row.fields.count) fields; the head has \(head.fields.count)", file: name, line: row.line)
      }
      guard let number = Int(row.fields[line]), (0...Int(Int32.max)).contains(number) else {
        throw Failure("`\(row.fields[line].prefix(40))` is no line number", file: name, line: row.line)
      }
      func field(_ column: Column) -> String { columns[column].map { row.fields[$0] } ?? "" }
      report.add(row.fields[word], categories, tool: tool) {
        $0.package = field(.package)
        $0.version = field(.version)
        $0.what = field(.what)
        $0.phase = Phase(rawValue: field(.phase))
        let folder = field(.folder)
        $0.file = folder.isEmpty ? row.fields[file] : folder + "/" + row.fields[file]
        $0.line = number
      }
    }
    return report
  }

  private static func columns(_ head: [String]) -> [Column: Int] {
    var found: [Column: Int] = [:]
    for column in Column.allCases {
      // The first name of the list that the head has: `file` before `path`.
      for name in names[column] ?? [] where found[column] == nil {
        found[column] = head.firstIndex { title in
          title.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" } == name
        }
      }
    }
    return found
  }
}
