import Project

/// Reads the JSON of Capslock (`-output json`) and of tools that print its form: one entry a package, capability and
/// path.
struct CapslockReader {
  private let categories: ScannerCategories

  init(_ categories: ScannerCategories) { self.categories = categories }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "capslock", form: "Capslock JSON")
    for (number, entry) in try JSONPlace(file: name, path: "$").array(json, "capabilityInfo").enumerated() {
      let place = JSONPlace(file: name, path: "$.capabilityInfo[\(number)]")
      let word = try place.string(entry, "capability")
      let package = entry["packageName"]?.string ?? ""
      let isTransitive = entry["capabilityType"]?.string == "CAPABILITY_TYPE_TRANSITIVE"
      let path = entry["path"]?.array ?? []
      let site = path.last { $0["site"]?["filename"]?.string != nil }?["site"]
      report.add(word, categories, tool: "capslock") {
        $0.package = package
        $0.what = path.last?["name"]?.string ?? entry["depPath"]?.string ?? ""
        $0.isTransitive = isTransitive
        // The last step of a way into other packages is no place of this one.
        guard !isTransitive else { return }
        $0.file = site?["filename"]?.string ?? ""
        $0.line = JSONPlace.line(site?["line"])
      }
    }
    return report
  }
}
