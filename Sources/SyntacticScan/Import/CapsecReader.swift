import Project

/// Reads `cargo capsec audit --format json`: findings with places, by crate.
struct CapsecReader {
  private let categories: ScannerCategories

  init(_ categories: ScannerCategories) { self.categories = categories }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "capsec", form: "capsec JSON")
    for (number, entry) in try JSONPlace(file: name, path: "$").array(json, "crates").enumerated() {
      let place = JSONPlace(file: name, path: "$.crates[\(number)]")
      let package = try place.string(entry, "name")
      for (index, finding) in try place.array(entry, "findings").enumerated() {
        let inner = JSONPlace(file: name, path: place.path + ".findings[\(index)]")
        let category = try inner.string(finding, "category")
        let word = finding["subcategory"]?.string.map { "\(category)/\($0)" } ?? category
        let file = try inner.string(finding, "file")
        report.add(word, categories, tool: "capsec") {
          $0.package = package
          $0.version = entry["version"]?.string ?? ""
          $0.phase = finding["is_build_script"]?.boolean == true ? .buildScript : nil
          $0.file = file
          $0.line = JSONPlace.line(finding["line"])
          $0.what = finding["call"]?.string ?? ""
          $0.isTransitive =
            finding["is_transitive"]?.boolean == true || finding["cross_crate_chain"]?.string != nil
        }
      }
    }
    return report
  }
}
