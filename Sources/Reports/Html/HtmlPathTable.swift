import CallGraph
import Capabilities
import RustDump

/// The evidence of a report as numbers: texts, steps and sinks stand once each, because paths share most of theirs.
///
/// `html-data.js` reads what is written here; the form is no contract.
struct HtmlPathTable {
  private let result: AnalysisResult
  private var strings: [String] = []
  private var stringPlaces: [String: Int] = [:]
  private var namePlaces: [NameID: Int] = [:]
  private var steps: [Int] = []
  private var stepPlaces: [EvidenceStepKey: Int] = [:]
  private var sinkPlaces: [UInt32: Int] = [:]
  private var sinks: [UInt32] = []
  /// The places of which excerpts are wanted.
  private(set) var excerpts = HtmlExcerpts()

  /// What makes two steps the same.
  private struct EvidenceStepKey: Hashable {
    var node: UInt32
    var kind: UInt8
    var candidates: UInt32
    var file: UInt32
    var line: UInt32
    var column: UInt32
    var isConstantFalse: Bool
  }

  /// How many numbers a step is.
  private static let stepWidth = 9
  /// How many paths are looked for from the best entry point of a member of the workspace to each capability.
  private static let alternativeCount = 4

  init(_ result: AnalysisResult) { self.result = result }

  /// Writes all evidence, by unit in the report's order.
  mutating func write(ambientOnly: Bool, to json: inout JSONStream) {
    json.beginObject()
    json.key("evidence")
    json.beginArray()
    for unit in result.unitOrder {
      json.line(indent: 0)
      json.beginArray()
      for item in result.evidence(ofUnit: unit) where isWanted(item, ambientOnly) { write(item, unit, to: &json) }
      json.endArray()
    }
    json.endArray()
    json.key("alternatives")
    json.beginArray()
    for unit in result.unitOrder {
      json.beginArray()
      if result.units[unit].isWorkspaceMember { writeAlternatives(unit, ambientOnly, to: &json) }
      json.endArray()
    }
    json.endArray()
    writeTables(to: &json)
    json.endObject()
  }

  private func isWanted(_ item: Evidence, _ ambientOnly: Bool) -> Bool {
    !ambientOnly || result.sink(of: item.path).authority == .ambient
  }

  private mutating func write(_ item: Evidence, _ unit: Int, to json: inout JSONStream) {
    let entry = result.graph.entryPoints[Int(item.entry)]
    let user = result.sites.sites[Int(item.path.site)].node
    let isOwn = result.graph.nodes[Int(user)].unit == UInt32(unit)
    let path = result.steps(of: item)
    json.integer(place(of: result.graph.nodes[Int(entry.node)].name))
    json.integer(place(of: entry.kind.rawValue))
    json.integer(item.capability.raw)
    json.integer(place(ofSinkAt: item.path.site))
    json.integer(item.path.uncertainSteps)
    json.integer((item.isAbsolved ? 1 : 0) + (isOwn ? 2 : 0))
    json.integer(path.count)
    for step in path { json.integer(place(of: step)) }
  }

  /// The next best paths for the entry point that a capability's list begins with.
  private mutating func writeAlternatives(_ unit: Int, _ ambientOnly: Bool, to json: inout JSONStream) {
    for group in BestEvidence.perCapability(result, unit: unit, ambientOnly: ambientOnly) {
      let start = result.graph.entryPoints[Int(group.best.entry)].node
      var search = PathEnumeration(result, from: start, to: group.best.capability, isAbsolved: group.best.isAbsolved)
      var found: [FoundPath] = []
      while found.count < HtmlPathTable.alternativeCount, let path = search.next() { found.append(path) }
      if found.count < 2 { continue }
      json.beginObject()
      json.field("capability", group.best.capability.raw)
      json.field("entry", place(of: result.graph.nodes[Int(start)].name))
      json.key("paths")
      json.beginArray()
      for path in found {
        json.beginArray()
        json.integer(place(ofSinkAt: path.site))
        json.integer(path.uncertainSteps)
        for step in result.steps(from: start, edges: path.edges, site: path.site) { json.integer(place(of: step)) }
        json.endArray()
      }
      json.endArray()
      json.endObject()
    }
  }

  private mutating func writeTables(to json: inout JSONStream) {
    json.key("sinks")
    json.beginArray()
    for index in sinks {
      let sink = result.sites.sinks[Int(index)]
      json.beginArray()
      for text in [sink.name, sink.detail, sink.authority.word] { json.integer(place(of: text)) }
      for capability in sink.capabilities { json.integer(capability.raw) }
      json.endArray()
    }
    json.endArray()
    json.key("steps")
    json.beginArray()
    for number in steps { json.integer(number) }
    json.endArray()
    json.field("strings", strings)
  }

  private mutating func place(of step: EvidenceStep) -> Int {
    let key = EvidenceStepKey(
      node: step.node, kind: step.kind.rawValue, candidates: step.candidates, file: step.position.file,
      line: step.position.line, column: step.position.column, isConstantFalse: step.isConstantFalse)
    if let known = stepPlaces[key] { return known }
    let node = result.graph.nodes[Int(step.node)]
    let file = result.files[Int(step.position.file)]
    let unit = node.unit == GraphNode.noUnit ? nil : result.units[Int(node.unit)]
    excerpts.want(file: file, line: Int(step.position.line), unit: unit)
    let place = steps.count / HtmlPathTable.stepWidth
    steps += [
      self.place(of: node.name), self.place(of: node.instance == .none ? node.name : node.instance),
      self.place(of: result.crateName(ofNode: step.node)), self.place(of: file), Int(step.position.line),
      Int(step.position.column), self.place(of: step.kind.word), Int(step.candidates), step.isConstantFalse ? 1 : 0,
    ]
    stepPlaces[key] = place
    return place
  }

  private mutating func place(ofSinkAt site: UInt32) -> Int {
    let sink = result.sites.sites[Int(site)].sink
    if let known = sinkPlaces[sink] { return known }
    sinkPlaces[sink] = sinks.count
    sinks.append(sink)
    return sinks.count - 1
  }

  private mutating func place(of name: NameID) -> Int {
    if let known = namePlaces[name] { return known }
    let place = place(of: result.graph.names.string(name))
    namePlaces[name] = place
    return place
  }

  private mutating func place(of text: String) -> Int {
    if let known = stringPlaces[text] { return known }
    stringPlaces[text] = strings.count
    strings.append(text)
    return strings.count - 1
  }
}
