import CallGraph
import Capabilities
import RustDump

/// One use of a sink that acquires by itself, in the code of a crate.
struct AmbientUse {
  /// The module of the function, as in paths.
  var module: String
  var function: NameID
  /// What the sink is capable of.
  var capabilities: CapabilitySet
  /// An index into `SinkSites.sinks`.
  var sink: UInt32
  var position: SourcePosition
  /// Whether an entry point of the analysed units leads there.
  var isReached: Bool
}

/// The uses of sinks that acquire by themselves, module by module: the list to read in a review for least authority.
struct AmbientUses {
  private let result: AnalysisResult

  init(_ result: AnalysisResult) { self.result = result }

  /// Those in a unit's own code, sorted by module, place and sink; a place counts once, whatever its instances.
  func uses(ofUnit unit: Int) -> [AmbientUse] {
    var found: [AmbientUse] = []
    var placeOfKey: [Key: Int] = [:]
    for (index, node) in result.graph.nodes.enumerated() where node.unit == UInt32(unit) {
      for site in result.sites.sites(of: index) {
        let sink = result.sites.sinks[Int(site.sink)]
        guard sink.authority == .ambient else { continue }
        let key = Key(function: node.name, position: site.position, sink: sink.name)
        let isReached = node.flags.contains(.mayRun)
        if let known = placeOfKey[key] {
          found[known].capabilities.formUnion(sink.capabilities)
          found[known].isReached = found[known].isReached || isReached
          continue
        }
        placeOfKey[key] = found.count
        found.append(
          AmbientUse(
            module: module(of: node.name, unit), function: node.name, capabilities: sink.capabilities,
            sink: site.sink, position: site.position, isReached: isReached))
      }
    }
    return found.sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  private struct Key: Hashable {
    var function: NameID
    var position: SourcePosition
    var sink: String
  }

  private func key(_ use: AmbientUse) -> [String] {
    let position = use.position
    return [
      use.module, result.files[Int(position.file)], AmbientUses.padded(position.line),
      AmbientUses.padded(position.column), result.sites.sinks[Int(use.sink)].name,
      result.graph.names.string(use.function),
    ]
  }

  /// A number of ten digits, whose order as text is that of its value.
  private static func padded(_ number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 10 - digits.count) + digits
  }

  /// The path in front of a function's name, or in front of the type whose method it is; types of other crates are taken
  /// to be in the root.
  private func module(of function: NameID, _ unit: Int) -> String {
    let crate = result.graph.units[unit].displayName
    var path = Substring(result.graph.names.string(function))
    if let closure = path.range(of: "::{") { path = path[..<closure.lowerBound] }
    var isType = false
    if path.hasPrefix("<") {
      isType = true
      path = path.dropFirst()
      guard let start = path.range(of: crate + "::") else { return crate }
      path = path[start.lowerBound...]
      path = path.prefix { $0 != "<" && $0 != ">" && $0 != " " && $0 != "," && $0 != ")" && $0 != "]" }
    }
    let parts = path.split(separator: ":", omittingEmptySubsequences: true)
    let modules = isType ? parts.dropLast() : parts.prefix { !$0.hasPrefix("<") }.dropLast()
    return modules.isEmpty ? crate : modules.joined(separator: "::")
  }
}

extension Substring {
  /// Where a text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    var from = startIndex
    guard let first = text.utf8.first else { return nil }
    while let found = self[from...].utf8.firstIndex(of: first) {
      if self[found...].utf8.starts(with: text.utf8) {
        return found..<utf8.index(found, offsetBy: text.utf8.count)
      }
      from = utf8.index(after: found)
    }
    return nil
  }
}
