import CallGraph
import Capabilities

/// `mircap analyze --format dot`: the paths from entry points to sinks for Graphviz, crates as clusters, capabilities as
/// clusters of their sinks.
public enum EvidenceDrawing {
  /// How many functions and sinks are drawn: what `dot` lays out in seconds and eyes can follow.
  public static let limit = 160

  /// Writes the drawing.
  ///
  /// - Parameter allCrates: whether paths of dependencies' own entry points are drawn too.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, allCrates: Bool = false, limit: Int = limit,
    to output: inout ByteOutput
  ) {
    let units = result.unitOrder.filter { allCrates || result.units[$0].isWorkspaceMember }
    let graph = EvidenceGraph(result, units: units, ambientOnly: context.ambientOnly, limit: limit)
    var writer = EvidenceDrawingWriter(result: result, context: context, graph: graph, output: output)
    writer.write()
    output = writer.output
  }
}

private struct EvidenceDrawingWriter {
  let result: AnalysisResult
  let context: ReportContext
  let graph: EvidenceGraph
  var output: ByteOutput

  mutating func write() {
    output.append("digraph mircap {\n")
    // Clusters that share ranks stop Graphviz's old way of ranking.
    output.append("  graph [rankdir=LR, newrank=true, fontname=\"sans-serif\", ranksep=0.5, nodesep=0.12, ")
    output.append("labelloc=b, label=\(quoted(legend))];\n")
    output.append("  node [shape=box, style=\"rounded,filled\", fillcolor=white, color=\"#666666\", ")
    output.append("fontname=\"monospace\", fontsize=10];\n")
    output.append("  edge [fontname=\"sans-serif\", fontsize=9, color=\"#444444\", fontcolor=\"#444444\"];\n")
    writeCrates()
    writeSinks()
    for (edge, position) in zip(graph.edges, graph.positions) { write(edge, position) }
    output.append("}\n")
  }

  /// What is drawn and what is not.
  private var legend: String {
    let left = graph.pathCount - graph.drawnPathCount
    let paths = graph.pathCount == 1 ? "the only path" : "\(graph.drawnPathCount) of \(graph.pathCount) paths"
    var text = "mircap \(context.toolVersion): \(paths) from entry points (bold) to sinks; dashed: may"
    text += "\nof std and of dependencies only the functions by which a path enters them"
    if left > 0 { text += "\n\(left) paths are left out to keep this drawable: --format json or graphml has all" }
    if !result.isComplete { text += "\nINCOMPLETE: some code could not be analysed" }
    return text
  }

  private mutating func writeCrates() {
    var order: [String] = []
    var members: [String: [Int]] = [:]
    for index in graph.functions.indices {
      let crate = crateTitle(graph.functions[index].node)
      if members[crate] == nil { order.append(crate) }
      members[crate, default: []].append(index)
    }
    for (number, crate) in order.enumerated() {
      output.append("  subgraph cluster_crate\(number) {\n")
      output.append(
        "    label=\(quoted(crate)); labelloc=t; labeljust=l; style=\"rounded,filled\"; fillcolor=\"#f2f4f7\"; color=\"#9aa4b2\";\n"
      )
      for index in members[crate] ?? [] { writeFunction(index) }
      output.append("  }\n")
    }
  }

  private func crateTitle(_ node: UInt32) -> String {
    let unit = result.graph.nodes[Int(node)].unit
    guard unit != GraphNode.noUnit else { return TextStyle.harmless(result.crateName(ofNode: node)) }
    let described = result.units[Int(unit)]
    let kind = described.target == "bin" ? " (bin \(described.targetName))" : ""
    return TextStyle.harmless("\(result.crateLabel(Int(unit))) \(described.version)\(kind)")
  }

  private mutating func writeFunction(_ index: Int) {
    let function = graph.functions[index]
    let node = result.graph.nodes[Int(function.node)]
    let name = result.graph.names.string(node.name)
    let label = Self.short(name) + (function.entry.map { "\n(\($0.rawValue))" } ?? "")
    let tooltip = [name, place(node.position)].filter { !$0.isEmpty }.joined(separator: "\n")
    let border = function.entry == nil ? "" : ", penwidth=2.5, color=\"#1a1a1a\""
    output.append("    f\(index) [label=\(quoted(label)), tooltip=\(quoted(tooltip))\(border)];\n")
  }

  private mutating func writeSinks() {
    let capabilities = Set(graph.sinks.map(\.capability)).sorted()
    for capability in capabilities {
      let name = result.taxonomy.name(capability)
      let mark = result.taxonomy.everything.contains(capability) ? "!" : ""
      output.append("  subgraph cluster_capability\(capability.raw) {\n")
      output.append("    label=\(quoted(name + mark)); labelloc=t; labeljust=l; style=\"rounded,filled\"; ")
      output.append("fontname=\"sans-serif bold\"; fillcolor=\"\(Self.color(name))\"; color=\"#8a6d3b\";\n")
      for (index, use) in graph.sinks.enumerated() where use.capability == capability {
        let sink = result.sites.sinks[Int(use.sink)]
        let tooltip = "\(sink.label)\n\(name), \(sink.authority.word)"
        output.append(
          "    s\(index) [label=\(quoted(Self.short(sink.label))), tooltip=\(quoted(tooltip)), style=filled];\n")
      }
      output.append("  }\n")
    }
    if graph.sinks.isEmpty { return }
    // All sinks stand on the right.
    output.append("  { rank=sink;" + graph.sinks.indices.map { " s\($0);" }.joined() + " }\n")
  }

  private mutating func write(_ edge: EvidenceGraph.Edge, _ position: SourcePosition) {
    let target =
      switch edge.target {
      case .function(let index): "f\(index)"
      case .sink(let index): "s\(index)"
      }
    var attributes = Self.attributes(of: edge.kind)
    if edge.kind != .call { attributes.append("label=\(quoted(edge.kind.word))") }
    if edge.isUncertain { attributes.append("style=dashed") }
    let words = [edge.kind.word, edge.isUncertain ? "(may)" : "", place(position)].filter { !$0.isEmpty }
    attributes.append("tooltip=\(quoted(words.joined(separator: " ")))")
    output.append("  f\(edge.source) -> \(target) [\(attributes.joined(separator: ", "))];\n")
  }

  private func place(_ position: SourcePosition) -> String {
    let file = result.files[Int(position.file)]
    return file.isEmpty ? "" : "\(file):\(position.line)"
  }

  /// Colours that are told apart by most colour-blind people too (Okabe and Ito); the word stands beside each.
  private static func attributes(of kind: EdgeKind) -> [String] {
    switch kind {
    case .call: []
    case .dispatch: ["color=\"#0072b2\"", "fontcolor=\"#0072b2\""]
    case .dyn: ["color=\"#009e73\"", "fontcolor=\"#00795a\"", "arrowhead=empty"]
    case .pointer: ["color=\"#d55e00\"", "fontcolor=\"#b34f00\"", "arrowhead=empty"]
    case .callback: ["color=\"#cc79a7\"", "fontcolor=\"#a34f7f\"", "arrowhead=vee"]
    case .drop: ["color=\"#7f7f7f\"", "fontcolor=\"#5f5f5f\"", "arrowhead=dot"]
    case .staticInitialiser: ["color=\"#8c6d1f\"", "fontcolor=\"#8c6d1f\"", "arrowhead=diamond"]
    case .symbol, .cast: ["color=\"#b00020\"", "fontcolor=\"#b00020\"", "penwidth=2"]
    }
  }

  private static func color(_ capability: String) -> String {
    switch capability.prefix(while: { $0 != "." }) {
    case "fs": "#fde9c4"
    case "net": "#cfe5f7"
    case "process", "dylib": "#f7d0cc"
    case "unsafe", "ffi", "asm", "symbol", "link", "unknown": "#ecd3e4"
    default: "#dceedd"
    }
  }

  /// A name for a box: broken where paths are, and cut in the middle if it is very long.
  static func short(_ name: String) -> String {
    let most = 88
    var text = name
    if name.count > most { text = name.prefix(most / 2) + "…" + name.suffix(most / 2) }
    guard text.count > 34 else { return text }
    var lines = [""]
    var rest = Substring(text)
    while !rest.isEmpty {
      // A piece ends behind `::` or before ` as `.
      let end = rest.indices.dropFirst().first { rest[$0...].hasPrefix(" as ") || rest[..<$0].hasSuffix("::") }
      let piece = rest[..<(end ?? rest.endIndex)]
      if lines[lines.count - 1].count + piece.count > 34, !lines[lines.count - 1].isEmpty { lines.append("  ") }
      lines[lines.count - 1] += piece
      rest = rest[piece.endIndex...]
    }
    return lines.joined(separator: "\n")
  }

  /// A quoted text of DOT; lines end as left-justified ones.
  private func quoted(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let escaped = lines.map { CallGraphReport.escapedForDOT(String($0)) }
    return "\"" + escaped.joined(separator: "\\l") + (lines.count > 1 ? "\\l" : "") + "\""
  }
}
