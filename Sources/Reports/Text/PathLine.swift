import CallGraph
import Capabilities

/// One line for a path: entry → … → the function that uses the sink → sink, with the position of the use.
struct PathLine {
  let result: AnalysisResult
  let style: TextStyle

  /// Where a step is made, as `file.rs:LINE`.
  func position(_ step: EvidenceStep) -> String {
    let file = result.files[Int(step.position.file)]
    return file.isEmpty ? "" : TextStyle.harmless("\(file):\(step.position.line)")
  }

  func name(_ node: UInt32) -> String {
    TextStyle.harmless(result.graph.names.string(result.graph.nodes[Int(node)].name))
  }

  /// The path in one line, or broken at its arrows where even its ends do not fit.
  func lines(_ steps: [EvidenceStep], sink: String, indent: String) -> [String] {
    Self.lines(steps.map { name($0.node) } + [TextStyle.harmless(sink)], style: style, indent: indent)
  }

  /// The same for names that are harmless.
  static func lines(_ names: [String], style: TextStyle, indent: String) -> [String] {
    let text = chain(names, width: style.width - indent.count)
    return broken(text.split(separator: " → ").map(String.init), style: style, indent: indent)
  }

  /// The whole path, broken at its arrows where it does not fit.
  func allLines(_ steps: [EvidenceStep], sink: String, indent: String) -> [String] {
    Self.broken(steps.map { name($0.node) } + [TextStyle.harmless(sink)], style: style, indent: indent)
  }

  private static func broken(_ names: [String], style: TextStyle, indent: String) -> [String] {
    let text = names.joined(separator: " → ")
    if indent.count + TextStyle.columns(text) <= style.width { return [indent + text] }
    var lines: [String] = []
    for name in names {
      if let last = lines.last, TextStyle.columns(last) + 3 + TextStyle.columns(name) <= style.width {
        lines[lines.count - 1] = last + " → " + name
      } else {
        lines.append(indent + (lines.isEmpty ? "" : "  → ") + name)
      }
    }
    return lines
  }

  /// The names on a path. Those in the middle become `… (n)` as far as the width asks for it.
  func chain(_ steps: [EvidenceStep], sink: String, width: Int) -> String {
    Self.chain(steps.map { name($0.node) } + [TextStyle.harmless(sink)], width: width)
  }

  /// The same for names that are harmless, the sink among them.
  static func chain(_ names: [String], width: Int) -> String {
    let full = names.joined(separator: " → ")
    if TextStyle.columns(full) <= width || names.count <= 2 { return full }
    // Kept as long as they fit: the sink and the entry point, then what stands before the sink, then what follows
    // the entry point.
    var head = [names[0]]
    var tail = [names[names.count - 1]]
    var middle = Array(names[1..<(names.count - 1)])
    func text() -> String {
      (head + (middle.isEmpty ? [] : ["… (\(middle.count))"]) + tail).joined(separator: " → ")
    }
    while let last = middle.popLast() {
      tail.insert(last, at: 0)
      if TextStyle.columns(text()) > width {
        tail.removeFirst()
        middle.append(last)
        break
      }
    }
    while !middle.isEmpty {
      let first = middle.removeFirst()
      head.append(first)
      if TextStyle.columns(text()) > width {
        head.removeLast()
        middle.insert(first, at: 0)
        break
      }
    }
    return text()
  }
}
