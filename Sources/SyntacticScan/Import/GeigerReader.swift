import Project

/// Reads `cargo geiger --output-format Json`: counts of unsafe code for each package, without places.
///
/// Only what geiger counts as `used` is taken: code in files that the build reads.
struct GeigerReader {
  private let categories: ScannerCategories
  private static let counters = ["functions", "exprs", "item_impls", "item_traits", "methods"]

  init(_ categories: ScannerCategories) { self.categories = categories }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "cargo-geiger", form: "cargo-geiger JSON")
    for (number, entry) in try JSONPlace(file: name, path: "$").array(json, "packages").enumerated() {
      let place = JSONPlace(file: name, path: "$.packages[\(number)]")
      guard let id = entry["package"]?["id"], case .object = id else {
        throw place.expected("an object", entry["package"]?["id"], "package.id")
      }
      let package = try JSONPlace(file: name, path: place.path + ".package.id").string(id, "name")
      guard let used = entry["unsafety"]?["used"], case .object = used else {
        throw place.expected("an object", entry["unsafety"]?["used"], "unsafety.used")
      }
      for counter in GeigerReader.counters {
        guard let count = used[counter]?["unsafe_"]?.integer else {
          throw place.expected("a number", used[counter]?["unsafe_"], "unsafety.used.\(counter).unsafe_")
        }
        guard count > 0 else { continue }
        report.add(counter, categories, tool: "geiger") {
          $0.package = package
          $0.version = id["version"]?.string ?? ""
          $0.what = "\(count) unsafe \(counter)"
        }
      }
    }
    return report
  }
}
