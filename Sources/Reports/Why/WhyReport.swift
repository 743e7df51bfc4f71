import CallGraph
import Capabilities

/// What `mircap why` prints: paths with the source lines of their steps.
public enum WhyReport {
  public static let schema = "mircap-why/1"

  /// For people.
  public static func writeText(
    _ answers: WhyAnswers, _ result: AnalysisResult, query: WhyQuery, style: TextStyle, sources: SourceText,
    to output: inout ByteOutput
  ) {
    var writer = WhyTextWriter(result: result, query: query, style: style, sources: sources, output: output)
    writer.write(answers)
    output = writer.output
  }

  /// For programs: evidence as in the report, and the source line of each step where it is at hand.
  public static func writeJSON(
    _ answers: WhyAnswers, _ result: AnalysisResult, query: WhyQuery, sources: SourceText, to output: inout ByteOutput
  ) {
    var json = JSONStream(output)
    let evidence = JSONEvidence(result: result, sources: sources)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", schema)
    json.field("crate", query.crate)
    json.field("capability", query.capability)
    json.line(indent: 1)
    json.key("evidence")
    json.beginArray()
    for answer in answers.answers {
      for phase in Array(Set(result.units[answer.unit].runsIn)).sorted() {
        for path in answer.paths {
          json.line(indent: 2)
          evidence.write(
            entry: answer.entry, capability: answer.capability, site: path.site, isCertain: path.isCertain,
            steps: result.steps(
              from: result.graph.entryPoints[answer.entry].node, edges: path.edges, site: path.site),
            phase: phase, to: &json)
        }
      }
    }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }
}

private struct WhyTextWriter {
  let result: AnalysisResult
  let query: WhyQuery
  let style: TextStyle
  var sources: SourceText
  var output: ByteOutput

  mutating func line(_ text: String = "") {
    output.append(text)
    output.append("\n")
  }

  mutating func write(_ answers: WhyAnswers) {
    if answers.answers.isEmpty { writeNothing(answers) }
    for (number, answer) in answers.answers.enumerated() {
      if number > 0 { line() }
      write(answer)
    }
  }

  private mutating func writeNothing(_ answers: WhyAnswers) {
    let from = query.entry.map { " from `\($0)`" } ?? " from its entry points"
    line("No path leads\(from) of `\(query.crate)` to `\(query.capability)`.")
    for unit in answers.units {
      let summary = result.unitResults[unit]
      let dead = summary.contained.intersection(answers.capabilities)
      let name = "\(TextStyle.harmless(result.graph.units[unit].displayName)) (\(result.units[unit].target))"
      if !dead.isEmpty {
        line(
          "\(name) contains \(result.taxonomy.orderedNames(dead).joined(separator: ", ")) in code that is not reached.")
      }
      if !summary.isComplete { line("\(name) could not be analysed completely: this is no proof.") }
    }
  }

  private mutating func write(_ answer: WhyAnswer) {
    let unit = result.units[answer.unit]
    let entry = result.graph.entryPoints[answer.entry]
    let capability = result.taxonomy.capabilities[Int(answer.capability.raw)]
    let crate = result.crateLabel(answer.unit)
    let paths = PathLine(result: result, style: style)
    line(
      style.paint("\(crate) \(unit.version)", .heading) + " reaches "
        + style.paint(capability.name, .capability) + ": \(capability.description)")
    if capability.amountsToEverything { line("  amounts to everything: \(capability.whyEverything)") }
    line("  entry point: \(paths.name(entry.node)) (\(entry.kind.rawValue)); runs in: \(phases(unit))")
    for (number, path) in answer.paths.enumerated() {
      line()
      write(path, entry: entry, number: answer.paths.count > 1 ? number + 1 : 0)
    }
    if answer.otherEntries > 0 {
      line()
      line(
        "  \(answer.otherEntries) more entry point\(answer.otherEntries == 1 ? "" : "s") of \(crate) reach it:"
          + " choose one with --entry")
    }
  }

  private func phases(_ unit: AnalysedUnit) -> String { Array(Set(unit.runsIn)).sorted().joined(separator: ", ") }

  private mutating func write(_ path: FoundPath, entry: EntryPoint, number: Int) {
    let steps = result.steps(from: entry.node, edges: path.edges, site: path.site)
    let sink = result.sites.sinks[Int(result.sites.sites[Int(path.site)].sink)]
    let certainty =
      path.isCertain ? "certain" : "may: \(path.uncertainSteps) of \(steps.count) steps could lead elsewhere"
    line("  path\(number > 0 ? " \(number)" : "") (\(certainty))")
    var index = 0
    while index < steps.count {
      let end = style.verbose ? index : endOfStandard(steps, from: index)
      if end - index < 3 {
        write(steps[index], number: index + 1)
        index += 1
      } else {
        writeStandard(steps[index..<end])
        index = end
      }
    }
    let names = result.taxonomy.orderedNames(sink.capabilities).joined(separator: ", ")
    line(
      "       " + style.paint(TextStyle.harmless(sink.label), .capability) + "  sink: \(names); \(sink.authority.word)")
  }

  /// Where the steps inside of std that begin at a place end.
  private func endOfStandard(_ steps: [EvidenceStep], from start: Int) -> Int {
    var end = start
    while end < steps.count, result.files[Int(steps[end].position.file)].hasPrefix("library/") { end += 1 }
    return end
  }

  /// Several steps inside of std in one line: they are rarely what a reader looks for.
  private mutating func writeStandard(_ steps: ArraySlice<EvidenceStep>) {
    guard let first = steps.first, let last = steps.last else { return }
    let paths = PathLine(result: result, style: style)
    let isUncertain = steps.dropLast().contains { $0.candidates > 1 || $0.isConstantFalse }
    line("  \(TextStyle.padded("  \(steps.startIndex + 1).", 6)) " + paths.name(first.node))
    line(
      style.paint(
        "         … \(steps.count - 2) more functions of std\(isUncertain ? ", not all certain" : "");"
          + " --verbose shows them", .dim))
    line("  \(TextStyle.padded("  \(steps.endIndex).", 6)) " + paths.name(last.node))
    writeLeading(last)
  }

  private mutating func write(_ step: EvidenceStep, number: Int) {
    let node = result.graph.nodes[Int(step.node)]
    let paths = PathLine(result: result, style: style)
    let label = TextStyle.padded("  \(number).", 6)
    let position = paths.position(step)
    line("  \(label) " + paths.name(step.node) + (position.isEmpty ? "" : "  " + style.paint(position, .position)))
    if node.instance != .none, node.instance != node.name {
      line("         as " + TextStyle.harmless(result.graph.names.string(node.instance)))
    }
    let unit = node.unit == GraphNode.noUnit ? nil : result.units[Int(node.unit)]
    let file = result.files[Int(step.position.file)]
    if let text = sources.line(Int(step.position.line), of: file, unit: unit) {
      let source = TextStyle.harmless(text.replacing("\t", with: "    "))
      let shown = "         \(step.position.line) | \(source)"
      line(style.paint(shown.count > style.width ? String(shown.prefix(style.width - 1)) + "…" : shown, .dim))
    }
    writeLeading(step)
  }

  /// How a step leads on.
  private mutating func writeLeading(_ step: EvidenceStep) {
    line("       → \(WhyReport.explanation(of: step.kind, candidates: step.candidates))")
    if step.isConstantFalse { line("         behind a condition that is never true in this build") }
  }
}

extension WhyReport {
  /// How a step leads on, in words.
  static func explanation(of kind: EdgeKind, candidates: UInt32) -> String {
    let words = meaning(of: kind, candidates: candidates > 1 ? String(candidates) : nil)
    return words.isEmpty ? kind.word : "\(kind.word): \(words)"
  }

  /// What an edge of a kind means at its place; empty if its name says all.
  ///
  /// - Parameter candidates: of how many it is one; `nil` if it is the only one.
  static func meaning(of kind: EdgeKind, candidates: String?) -> String {
    let others = candidates.map { "; one of \($0) candidates" } ?? ""
    switch kind {
    case .call: return candidates.map { "one of \($0) candidates" } ?? ""
    case .dispatch:
      return "a trait's method, " + (candidates.map { "one of \($0) impls that fit" } ?? "resolved to this impl")
    case .dyn:
      return "through a trait object"
        + (candidates.map { " that can be of \($0) types; this is one" } ?? " of this type")
    case .pointer:
      return "through a function pointer"
        + (candidates.map { " that can be \($0) functions; this is one" } ?? " to this function")
    case .callback: return "handed to a function without a body here, which may call it" + others
    case .drop: return "a value is dropped here" + others
    case .staticInitialiser: return "uses a static, constant or thread-local, which this initialises" + others
    case .symbol: return "through a foreign declaration, which this exported definition answers" + others
    case .cast: return "its address is taken"
    }
  }
}
