import Project
import RustDump

/// Reads SARIF 2.1.0 of any tool: rule, file and line of each result.
///
/// What a result means is looked up by its property `capability`, its rule's id, the parts of that id, and the rule's
/// tags, in this order.
struct SarifReader {
  private let categories: ScannerCategories

  init(_ categories: ScannerCategories) { self.categories = categories }

  func read(_ json: JSONValue, name: String) throws -> ScannerReport {
    var report = ScannerReport(tool: "", form: "SARIF")
    var tools: [String] = []
    for (number, run) in try JSONPlace(file: name, path: "$").array(json, "runs").enumerated() {
      let place = JSONPlace(file: name, path: "$.runs[\(number)]")
      guard let driver = run["tool"]?["driver"], case .object = driver else {
        throw place.expected("an object", run["tool"]?["driver"], "tool.driver")
      }
      let tool = try JSONPlace(file: name, path: place.path + ".tool.driver").string(driver, "name")
      if !tools.contains(tool) { tools.append(tool) }
      let rules = driver["rules"]?.array ?? []
      var places: [String: Int] = [:]
      for (index, rule) in rules.enumerated() {
        if let id = rule["id"]?.string { places[id] = index }
      }
      for (index, result) in (run["results"]?.array ?? []).enumerated() {
        let inner = JSONPlace(file: name, path: place.path + ".results[\(index)]")
        let index = JSONPlace.line(result["ruleIndex"])
        let byIndex = result["ruleIndex"] != nil && index < rules.count ? rules[index] : nil
        guard let id = result["ruleId"]?.string ?? result["rule"]?["id"]?.string ?? byIndex?["id"]?.string else {
          throw inner.expected("a string", result["ruleId"], "ruleId")
        }
        read(result, id, rule: byIndex ?? places[id].map { rules[$0] }, run: run, tool: tool, to: &report)
      }
    }
    report.tool = tools.joined(separator: ", ")
    return report
  }

  private func read(
    _ result: JSONValue, _ id: String, rule: JSONValue?, run: JSONValue, tool: String, to report: inout ScannerReport
  ) {
    let known = tool.lowercased().contains("capsec") ? "capsec" : tool.lowercased()
    let words = words(result, id, rule)
    guard
      let (word, meaning) = words.lazy.compactMap({ word in
        categories.meaning(of: word, tool: known).map { (word, $0) }
      }).first
    else {
      report.unknownWords[id, default: 0] += 1
      return
    }
    let location = result["locations"]?.array?.first?["physicalLocation"]
    report.add(meaning, word) {
      $0.what = result["message"]?["text"]?.string ?? ""
      $0.package = result["properties"]?["crate"]?.string ?? ""
      $0.version = result["properties"]?["version"]?.string ?? ""
      $0.phase = result["properties"]?["phase"]?.string.flatMap { Phase(rawValue: $0) }
      if let match = result["properties"]?["match"]?.string.flatMap({ SyntacticMatch(rawValue: $0) }) {
        $0.match = match
      }
      $0.file = SarifReader.file(location?["artifactLocation"], run)
      $0.line = JSONPlace.line(location?["region"]?["startLine"])
    }
  }

  private func words(_ result: JSONValue, _ id: String, _ rule: JSONValue?) -> [String] {
    var words: [String] = []
    if let word = result["properties"]?["capability"]?.string { words.append(word) }
    words.append(id)
    // `tool/category/kind`: the rest behind each slash, then the parts from behind.
    let parts = id.split(separator: "/").map(String.init)
    if parts.count > 1 {
      words += (1..<parts.count).map { parts[$0...].joined(separator: "/") }
      words += parts.reversed()
    }
    for tag in rule?["properties"]?["tags"]?.array ?? [] {
      guard let text = tag.string else { continue }
      words.append(text)
      if let last = text.split(separator: "/").last, last.count < text.count { words.append(String(last)) }
    }
    return words
  }

  /// The file of a location: its URI, or that of the artifact that it names by number.
  private static func file(_ location: JSONValue?, _ run: JSONValue) -> String {
    var uri = location?["uri"]?.string
    if uri == nil, location?["index"] != nil, let artifacts = run["artifacts"]?.array {
      let index = JSONPlace.line(location?["index"])
      if index < artifacts.count { uri = artifacts[index]["location"]?["uri"]?.string }
    }
    guard var text = uri else { return "" }
    if text.hasPrefix("file://") { text = String(text.dropFirst(7)) }
    return decoded(text)
  }

  /// Without percent encoding.
  private static func decoded(_ uri: String) -> String {
    guard uri.utf8.contains(UInt8(ascii: "%")) else { return uri }
    var bytes: [UInt8] = []
    let text = Array(uri.utf8)
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
        let value = UInt8(String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
