import CallGraph
import Capabilities

/// The report that a reviewer reads first: per phase and crate the capabilities, how each is reached in one line, what
/// was not analysed, and how to see more.
public enum TextReport {
  /// Writes the whole report.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, style: TextStyle, to output: inout ByteOutput
  ) {
    var report = TextReportWriter(result: result, context: context, style: style, output: output)
    report.write()
    output = report.output
  }
}

struct TextReportWriter {
  let result: AnalysisResult
  let context: ReportContext
  let style: TextStyle
  var output: ByteOutput
  private var usesMark = false
  private var usesMay = false

  init(result: AnalysisResult, context: ReportContext, style: TextStyle, output: ByteOutput) {
    self.result = result
    self.context = context
    self.style = style
    self.output = output
  }

  mutating func line(_ text: String = "") {
    output.append(text)
    output.append("\n")
  }

  mutating func write() {
    if style.quiet { return writeSummary() }
    writeHeader()
    for (phase, title) in [
      ("run", "At run time"), ("build-script", "While building: build scripts"),
      ("proc-macro", "While compiling: proc macros"),
    ] { writePhase(phase, title) }
    writeRisks()
    if context.ambientOnly { writeAmbient() }
    writeSilenced()
    writeSymbols()
    writeNotCompiled()
    if let matrix = context.featureMatrix { matrix.write(style: style) { line($0) } }
    writeGaps()
    writeFooter()
  }

  private mutating func writeHeader() {
    let unit = result.leadingUnit
    let compiler = [unit?.rustcVersion ?? "", unit?.host ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    line(
      style.paint("mircap \(context.toolVersion)", .heading) + (compiler.isEmpty ? "" : " · rustc \(compiler)")
        + " · \(counted(result.units.count, "unit"))")
    if !result.isComplete {
      line(style.paint("INCOMPLETE: see “Not analysed”", .warning))
    }
  }

  private mutating func writePhase(_ phase: String, _ title: String) {
    let units = result.unitOrder.filter { result.units[$0].runsIn.contains(phase) }
    if units.isEmpty { return }
    line()
    line(style.paint("\(title)", .heading))
    let detailed = units.filter { style.verbose || result.units[$0].isWorkspaceMember }
    for unit in detailed { writeUnit(unit, phase) }
    writeDependencies(units.filter { !detailed.contains($0) }, phase)
  }

  private func title(_ unit: Int) -> String {
    let described = result.units[unit]
    let name = result.graph.units[unit].displayName
    let plainName = name.prefix { $0 != "@" }
    let kind: String
    switch described.target {
    case "bin": kind = "bin \(described.targetName)"
    case "build-script": kind = "build script"
    case "proc-macro": kind = "proc macro"
    default: kind = plainName == described.package.replacing("-", with: "_") ? "lib" : "lib \(plainName)"
    }
    return TextStyle.harmless("\(described.package) \(described.version) (\(kind))")
  }

  private mutating func writeUnit(_ unit: Int, _ phase: String) {
    let summary = result.unitResults[unit]
    let reached = summary.direct.union(summary.transitive)
    line()
    line("  " + style.paint(title(unit), .heading) + (summary.isComplete ? "" : style.paint("  incomplete", .warning)))
    if reached.isEmpty {
      line("    " + (summary.isComplete ? "reaches nothing outside" : "nothing found in what could be analysed"))
    }
    for group in BestEvidence.perCapability(result, unit: unit, ambientOnly: context.ambientOnly) {
      writeEvidence(group, summary)
    }
    let rest = summary.contained.subtracting(reached)
    if !rest.isEmpty {
      let words = result.taxonomy.orderedNames(rest)
      for text in style.wrapped(words, indent: "      ", first: "    contained, no path found:") { line(text) }
    }
    writeUnsafeUses(unit, summary)
    writeAbsolved(summary)
    let supplied = Array(Set(result.graph.units[unit].callerSupplied)).sorted()
    if !supplied.isEmpty {
      let shown = supplied.prefix(style.verbose ? supplied.count : 3).map { TextStyle.harmless($0) + "," }
      let more = supplied.count > shown.count ? ["and \(supplied.count - shown.count) more"] : []
      for text in style.wrapped(shown + more, indent: "      ", first: "    its callers supply:") {
        line(text.hasSuffix(",") ? String(text.dropLast()) : text)
      }
    }
  }

  private mutating func writeEvidence(_ group: BestEvidence, _ summary: UnitResult) {
    let paths = PathLine(result: result, style: style)
    let sink = result.sink(of: group.best.path)
    let steps = result.steps(of: group.best)
    let name = result.taxonomy.name(group.best.capability)
    let isPowerful = result.taxonomy.everything.contains(group.best.capability)
    usesMark = usesMark || isPowerful
    usesMay = usesMay || !group.best.path.isCertain
    let label = TextStyle.padded(name + (isPowerful ? "!" : ""), 18)
    var notes = [whose(group.best.capability, summary), sink.authority.word]
    if !group.best.path.isCertain { notes.append("may") }
    if group.entryCount > 1 { notes.append("\(group.entryCount) entry points") }
    let position = steps.last.map(paths.position) ?? ""
    line("    " + style.paint(label, isPowerful ? .powerful : .capability) + " " + notes.joined(separator: ", "))
    let chain = paths.lines(steps, sink: sink.label, indent: "      ")
    for text in chain.dropLast() { line(text) }
    let last = chain.last ?? ""
    let fits = last.count + 2 + position.count <= style.width
    line(last + (fits && !position.isEmpty ? "  " + style.paint(position, .position) : ""))
    if !fits { line("        " + style.paint(position, .position)) }
  }

  /// In whose code the sinks of a capability are used.
  private func whose(_ capability: CapabilityID, _ summary: UnitResult) -> String {
    guard summary.direct.contains(capability) else { return "through others" }
    return summary.transitive.contains(capability) ? "direct and through others" : "direct"
  }

  private mutating func writeDependencies(_ units: [Int], _ phase: String) {
    if units.isEmpty { return }
    line()
    line("  " + style.paint("Dependencies", .heading) + " (by their own code; --verbose shows paths)")
    var clean: [String] = []
    for unit in units {
      let summary = result.unitResults[unit]
      let name = result.crateLabel(unit) + " " + TextStyle.harmless(result.units[unit].version)
      if summary.direct.isEmpty, summary.transitive.isEmpty, summary.contained.isEmpty, summary.isComplete {
        clean.append(name)
        continue
      }
      var words = marked(summary.direct)
      let through = summary.transitive.subtracting(summary.direct)
      if !through.isEmpty { words += ["· through others:"] + marked(through) }
      let dead = summary.contained.subtracting(summary.direct)
      if !dead.isEmpty { words += ["· contained, no path found:"] + marked(dead) }
      if !summary.isComplete { words.append("· incomplete") }
      if summary.direct.isEmpty { words.insert("-", at: 0) }
      for text in style.wrapped(words, indent: "        ", first: "    " + name + ":") { line(text) }
    }
    if !clean.isEmpty {
      let words = clean.enumerated().map { $0.offset + 1 == clean.count ? $0.element : $0.element + "," }
      for text in style.wrapped(words, indent: "        ", first: "    nothing at all:") { line(text) }
    }
  }

  private mutating func marked(_ set: CapabilitySet) -> [String] {
    usesMark = usesMark || !set.intersection(result.taxonomy.everything).isEmpty
    return set.map { result.taxonomy.name($0) + (result.taxonomy.everything.contains($0) ? "!" : "") }
  }

  private mutating func writeFooter() {
    let coverage = result.graph.coverage
    line()
    let words = [
      "\(counted(coverage.functions, "function")),", "\(counted(coverage.instances, "instance")),",
      "\(counted(coverage.calls, "call")):", "\(coverage.single) to one target,", "\(coverage.several) to several,",
      "\(coverage.callback) to callbacks,", "\(coverage.callerSupplied) supplied by callers,",
      "\(coverage.unresolved) unresolved",
    ]
    for text in style.wrapped(words, indent: "  ", first: "Coverage: ") { line(text) }
    if style.verbose {
      line("  \(coverage.unreadableItems) unreadable items, \(coverage.membersWithoutImpl) members without an impl")
    }
    if usesMark { line("!     amounts to everything: see mircap explain CAPABILITY") }
    if usesMay { line("may   a step of the path is one of several candidates") }
    if let example = firstEvidence() {
      line("More: mircap why \(context.input) --crate \(example.crate) --capability \(example.capability)")
    }
    line()
    writeSummary()
  }

  private func firstEvidence() -> (crate: String, capability: String)? {
    let members = result.unitOrder.filter { result.units[$0].isWorkspaceMember }
    for unit in members + result.unitOrder {
      guard let first = result.evidence(ofUnit: unit).first else { continue }
      let best = BestEvidence.perCapability(result, unit: unit, ambientOnly: context.ambientOnly).first?.best ?? first
      let isBuildScript = result.units[unit].target == "build-script"
      let name = isBuildScript ? result.units[unit].package : result.graph.units[unit].displayName
      return (TextStyle.harmless(name), result.taxonomy.name(best.capability))
    }
    return nil
  }

  func counted(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(count) \(word)s" }
}
