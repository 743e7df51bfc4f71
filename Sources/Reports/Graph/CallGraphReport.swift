import CallGraph
import Capabilities
import RustDump

/// The call graph for other programs.
public enum CallGraphReport {
  public static let schema = "mircap-callgraph/1"

  /// `mircap-callgraph/1`: all functions, and the edges between them by index.
  public static func writeJSON(_ result: AnalysisResult, to output: inout ByteOutput) {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", schema)
    json.line(indent: 1)
    json.key("functions")
    json.beginArray()
    for node in result.graph.nodes.indices {
      json.line(indent: 2)
      writeFunction(node, result, &json)
    }
    json.endArray()
    json.line(indent: 1)
    json.key("edges")
    json.beginArray()
    forEachEdge(result.graph) { source, target, kind in
      json.line(indent: 2)
      json.beginArray()
      json.integer(source)
      json.integer(target)
      json.string(kind.word)
      json.endArray()
    }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  private static func writeFunction(_ index: Int, _ result: AnalysisResult, _ json: inout JSONStream) {
    let node = result.graph.nodes[index]
    let names = result.graph.names
    json.beginObject()
    json.field("name", node.name, of: names)
    json.field("instance", node.instance == .none ? node.name : node.instance, of: names)
    json.field("kind", node.kind.word)
    json.field("crate", result.crateName(ofNode: UInt32(index)))
    json.field("unit", node.unit == GraphNode.noUnit ? "" : result.units[Int(node.unit)].id)
    json.field("file", result.graph.files[Int(node.position.file)])
    json.field("line", node.position.line)
    json.field("reached", node.flags.contains(.reached))
    json.field("mayRun", node.flags.contains(.mayRun))
    json.field("external", node.flags.contains(.external))
    json.field("inlineAlways", node.flags.contains(.inlineAlways))
    json.field("compileTimeOnly", node.flags.contains(.compileTimeOnly))
    if node.symbol != .none { json.field("symbol", node.symbol, of: names) }
    json.endObject()
  }

  /// Calls `body` once for each pair of functions and kind, in order.
  static func forEachEdge(_ graph: CallGraph, _ body: (Int, UInt32, EdgeKind) -> Void) {
    for source in graph.nodes.indices {
      let keys = graph.edges(of: source).map { UInt64($0.target) << 8 | UInt64($0.kind.rawValue) }.sorted()
      var previous: UInt64?
      for key in keys where key != previous {
        previous = key
        guard let kind = EdgeKind(rawValue: UInt8(truncatingIfNeeded: key)) else { continue }
        body(source, UInt32(key >> 8), kind)
      }
    }
  }

  /// Graphviz. Functions that are neither reached nor joined to anything are left out.
  public static func writeDOT(_ result: AnalysisResult, to output: inout ByteOutput) {
    output.append("digraph mircap {\n  node [shape=box, fontname=\"monospace\"];\n")
    let drawn = drawnNodes(result.graph)
    for (index, node) in result.graph.nodes.enumerated() where drawn[index] {
      let style = node.flags.contains(.external) ? ", style=dashed" : ""
      output.append("  n\(index) [label=\"\(escapedForDOT(result.graph.names.string(node.instance)))\"\(style)];\n")
    }
    forEachEdge(result.graph) { source, target, kind in
      guard drawn[source], drawn[Int(target)] else { return }
      let style = kind == .cast ? ", style=dotted" : ""
      output.append("  n\(source) -> n\(target) [label=\"\(kind.word)\"\(style)];\n")
    }
    output.append("}\n")
  }

  /// The attributes of nodes in GraphML: name and type. The last two are for capabilities.
  private static let nodeKeys = [
    ("name", "string"), ("instance", "string"), ("crate", "string"), ("unit", "string"), ("file", "string"),
    ("line", "int"), ("form", "string"), ("reached", "boolean"), ("mayRun", "boolean"), ("external", "boolean"),
    ("uses", "string"), ("reaches", "string"),
  ]

  /// GraphML, for graph programs. The same functions as in `writeDOT`.
  ///
  /// - Parameter withCapabilities: whether each function has those of the sinks that it uses itself and of all that it
  ///   reaches; only for the graph that was analysed.
  public static func writeGraphML(
    _ result: AnalysisResult, withCapabilities: Bool = false, to output: inout ByteOutput
  ) {
    output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    output.append("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
    for (key, type) in withCapabilities ? nodeKeys : nodeKeys.dropLast(2) {
      output.append("<key id=\"\(key)\" for=\"node\" attr.name=\"\(key)\" attr.type=\"\(type)\"/>\n")
    }
    output.append("<key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n")
    output.append("<graph id=\"mircap\" edgedefault=\"directed\">\n")
    let drawn = drawnNodes(result.graph)
    for index in result.graph.nodes.indices where drawn[index] {
      let own = withCapabilities ? [result.sites.own[index], result.reachedCapabilities[index]] : []
      writeGraphMLNode(index, result, own, &output)
    }
    forEachEdge(result.graph) { source, target, kind in
      guard drawn[source], drawn[Int(target)] else { return }
      output.append(
        "<edge source=\"n\(source)\" target=\"n\(target)\"><data key=\"kind\">\(kind.word)</data></edge>\n")
    }
    output.append("</graph>\n</graphml>\n")
  }

  private static func writeGraphMLNode(
    _ index: Int, _ result: AnalysisResult, _ capabilities: [CapabilitySet], _ output: inout ByteOutput
  ) {
    let node = result.graph.nodes[index]
    let values = [
      result.graph.names.string(node.name),
      result.graph.names.string(node.instance == .none ? node.name : node.instance),
      result.crateName(ofNode: UInt32(index)), node.unit == GraphNode.noUnit ? "" : result.units[Int(node.unit)].id,
      result.graph.files[Int(node.position.file)], String(node.position.line), node.kind.word,
      String(node.flags.contains(.reached)), String(node.flags.contains(.mayRun)),
      String(node.flags.contains(.external)),
    ]
    output.append("<node id=\"n\(index)\">")
    let names = capabilities.map { result.taxonomy.orderedNames($0).joined(separator: " ") }
    for ((key, _), value) in zip(nodeKeys, values + names) {
      output.append("<data key=\"\(key)\">\(escapedForXML(value))</data>")
    }
    output.append("</node>\n")
  }

  private static func drawnNodes(_ graph: CallGraph) -> [Bool] {
    var drawn = graph.nodes.map { $0.flags.contains(.reached) || $0.flags.contains(.mayRun) }
    for source in graph.nodes.indices where drawn[source] {
      for edge in graph.edges(of: source) { drawn[Int(edge.target)] = true }
    }
    return drawn
  }

  static func escapedForDOT(_ text: String) -> String {
    var result = ""
    for scalar in TextStyle.harmless(text).unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  static func escapedForXML(_ text: String) -> String {
    var result = ""
    for scalar in TextStyle.harmless(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
