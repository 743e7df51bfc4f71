import CallGraph
import Capabilities
import SyntacticScan

/// `mircap analyze --format capslock`: the form that google/capslock prints with `-output=json`, so that what reads that
/// reads Rust too. docs/formats.md says which field means what here.
///
/// Its capabilities are fewer: `export` lines of `taxonomy.txt` say which stands for which. Where two of ours are one of
/// its, the better path of an entry point is told, as evidence is chosen.
public enum CapslockReport {
  /// Writes the report.
  ///
  /// - Parameter allCrates: whether dependencies are told too, as if each had been asked about.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, allCrates: Bool = false, to output: inout ByteOutput
  ) {
    var writer = CapslockWriter(result: result, context: context, json: JSONStream(output))
    writer.write(result.unitOrder.filter { allCrates || result.units[$0].isWorkspaceMember })
    output = writer.json.output
  }
}

private struct CapslockWriter {
  let result: AnalysisResult
  let context: ReportContext
  var json: JSONStream

  mutating func write(_ units: [Int]) {
    json.beginObject()
    json.line(indent: 1)
    json.key("capabilityInfo")
    json.beginArray()
    for unit in units { writeCapabilities(of: unit) }
    json.endArray()
    writeModules()
    writePackages(units)
    json.closingLine()
    json.endObject()
    json.output.append("\n")
  }

  private mutating func writeCapabilities(of unit: Int) {
    var best: [Use: Evidence] = [:]
    var order: [Use] = []
    for evidence in result.evidence(ofUnit: unit) {
      if context.ambientOnly, result.sink(of: evidence.path).authority != .ambient { continue }
      // Labels of the user's own have no name there.
      let name = result.taxonomy.capabilities[Int(evidence.capability.raw)].exportedName
      if name.isEmpty { continue }
      let use = Use(entry: evidence.entry, name: name)
      guard let known = best[use] else {
        best[use] = evidence
        order.append(use)
        continue
      }
      if Self.cost(evidence) < Self.cost(known) { best[use] = evidence }
    }
    for use in order {
      guard let evidence = best[use] else { continue }
      json.line(indent: 2)
      write(evidence, use.name, unit)
    }
  }

  /// One entry of the report: an entry point and a capability by the name that is printed.
  private struct Use: Hashable {
    var entry: UInt32
    var name: String
  }

  private static func cost(_ evidence: Evidence) -> (UInt32, UInt32) {
    (evidence.path.uncertainSteps, evidence.path.edgeCount)
  }

  private mutating func write(_ evidence: Evidence, _ capability: String, _ unit: Int) {
    let steps = result.steps(of: evidence)
    let sink = TextStyle.harmless(result.sink(of: evidence.path).label)
    let names = steps.map { TextStyle.harmless(result.graph.names.string(result.graph.nodes[Int($0.node)].name)) }
    json.beginObject()
    json.field("packageName", result.graph.units[unit].displayName)
    json.field("capability", capability)
    json.field("depPath", (names + [sink]).joined(separator: " "))
    json.key("path")
    json.beginArray()
    for (index, name) in (names + [sink]).enumerated() {
      json.beginObject()
      json.field("name", name)
      // A site is where the function is called, in the code of the one before it.
      if index > 0 { writeSite(steps[index - 1].position) }
      json.endObject()
    }
    json.endArray()
    json.field("packageDir", folder(unit))
    let isDirect = steps.allSatisfy { isOwn($0.node, unit) }
    json.field("capabilityType", isDirect ? "CAPABILITY_TYPE_DIRECT" : "CAPABILITY_TYPE_TRANSITIVE")
    json.endObject()
  }

  /// Whether a function belongs to the unit or to std, which counts as nobody's.
  private func isOwn(_ node: UInt32, _ unit: Int) -> Bool {
    let owner = result.graph.nodes[Int(node)].unit
    return owner == UInt32(unit) || owner == GraphNode.noUnit
  }

  private mutating func writeSite(_ position: SourcePosition) {
    guard position.file != 0 else { return }
    json.key("site")
    json.beginObject()
    json.field("filename", result.files[Int(position.file)])
    // The JSON form of Protocol Buffers writes 64-bit numbers as texts.
    json.field("line", String(position.line))
    json.field("column", String(position.column))
    json.endObject()
  }

  /// What names a unit in this version of a project and the next: its package, and its kind where that is no library.
  private func folder(_ unit: Int) -> String {
    let described = result.units[unit]
    switch described.target {
    case "lib": return described.package
    case "bin": return "\(described.package):bin:\(described.targetName)"
    default: return "\(described.package):\(described.target)"
    }
  }

  private mutating func writeModules() {
    json.line(indent: 1)
    json.key("moduleInfo")
    json.beginArray()
    var seen: Set<[String]> = []
    for unit in result.unitOrder {
      let described = result.units[unit]
      guard seen.insert([described.package, described.version]).inserted else { continue }
      json.line(indent: 2)
      json.beginObject()
      json.field("path", described.package)
      json.field("version", described.version)
      json.endObject()
    }
    json.endArray()
  }

  private mutating func writePackages(_ units: [Int]) {
    json.line(indent: 1)
    json.key("packageInfo")
    json.beginArray()
    for unit in units {
      json.line(indent: 2)
      json.beginObject()
      json.field("path", folder(unit))
      let ignored = ignoredFiles(unit)
      if !ignored.isEmpty { json.field("ignoredFiles", ignored) }
      json.endObject()
    }
    json.endArray()
  }

  /// Files that this build leaves out as a whole.
  private func ignoredFiles(_ unit: Int) -> [String] {
    guard unit < context.notCompiled.count else { return [] }
    let whole = context.notCompiled[unit].entries.filter { $0.what.hasPrefix("file ") }.map(\.file)
    let modules = context.notCompiled[unit].entries.flatMap { entry in
      entry.findings.map(\.file).filter { $0 != entry.file }
    }
    return Array(Set(whole + modules)).sorted()
  }
}
