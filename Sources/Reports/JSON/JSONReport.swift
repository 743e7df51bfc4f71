import CallGraph
import Capabilities
import RustDump
import SyntacticScan

/// The report for other programs: `mircap-report/1`, described in `docs/report.md`.
public enum JSONReport {
  /// The name and version of the form.
  public static let schema = "mircap-report/1"

  /// Writes the whole report.
  public static func write(_ result: AnalysisResult, context: ReportContext, to output: inout ByteOutput) {
    var report = JSONReportWriter(result: result, context: context, json: JSONStream(output))
    report.write()
    output = report.json.output
  }
}

struct JSONReportWriter {
  let result: AnalysisResult
  let context: ReportContext
  var json: JSONStream
  /// The page of a report holds evidence in a form of its own.
  var hasEvidence = true

  mutating func write() {
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", JSONReport.schema)
    json.line(indent: 1)
    json.key("tool")
    json.beginObject()
    json.field("name", "mircap")
    json.field("version", context.toolVersion)
    json.endObject()
    json.line(indent: 1)
    json.key("rustc")
    json.beginObject()
    json.field("version", result.leadingUnit?.rustcVersion ?? "")
    json.field("host", result.leadingUnit?.host ?? "")
    json.endObject()
    json.line(indent: 1)
    json.field("complete", result.isComplete)
    writeCrates()
    if hasEvidence { writeEvidence() }
    writeRisks()
    if context.ambientOnly { writeAmbient() }
    if !result.rules.isEmpty { writeSilenced() }
    writeCoverage()
    if let matrix = context.featureMatrix {
      json.line(indent: 1)
      json.key("featureMatrix")
      matrix.write(to: &json)
    }
    writeTiming()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
  }

  private mutating func writeCrates() {
    json.line(indent: 1)
    json.key("crates")
    json.beginArray()
    for unit in result.unitOrder {
      json.line(indent: 2)
      writeCrate(unit)
    }
    json.endArray()
  }

  private mutating func writeCrate(_ index: Int) {
    let unit = result.units[index]
    let graphUnit = result.graph.units[index]
    let summary = result.unitResults[index]
    json.beginObject()
    json.field("name", graphUnit.displayName)
    json.field("package", unit.package)
    json.field("version", unit.version)
    json.field("id", unit.id)
    json.field("phase", unit.phase)
    json.field("runsIn", Array(Set(unit.runsIn)).sorted())
    json.field("target", unit.target)
    json.field("targetName", unit.targetName)
    json.field("workspaceMember", unit.isWorkspaceMember)
    json.field("dependencies", Array(Set(unit.dependencies)).sorted())
    writeCapabilities(summary)
    json.field("callerSupplied", Array(Set(graphUnit.callerSupplied)).sorted())
    writeUnsafe(graphUnit, summary)
    json.field("unstableFeatures", Array(Set(graphUnit.unstableFeatures)).sorted())
    writeSymbols(graphUnit, summary)
    json.field("links", Array(Set(graphUnit.linkedLibraries)).sorted())
    writeLinking(unit)
    writeHooks(graphUnit)
    writeGaps(summary)
    writeNotCompiled(index < context.notCompiled.count ? context.notCompiled[index] : NotCompiledCode())
    json.endObject()
  }

  private mutating func writeNotCompiled(_ code: NotCompiledCode) {
    json.key("notCompiled")
    json.beginArray()
    for entry in code.entries {
      json.beginObject()
      json.field("what", entry.what)
      json.field("file", entry.file)
      json.field("line", entry.line)
      json.field("cfg", entry.cfg)
      json.field("mayContain", result.taxonomy.names(entry.mayContain))
      json.key("findings")
      json.beginArray()
      for finding in entry.findings {
        json.beginObject()
        json.field("capability", result.taxonomy.name(finding.capability))
        json.field("what", finding.what)
        json.field("file", finding.file)
        json.field("line", finding.line)
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.field("notCompiledTests", code.tests)
  }

  private mutating func writeCapabilities(_ summary: UnitResult) {
    json.key("capabilities")
    json.beginObject()
    json.field("direct", result.taxonomy.names(summary.direct))
    json.field("transitive", result.taxonomy.names(summary.transitive))
    json.field("contained", result.taxonomy.names(summary.contained))
    if !summary.absolved.isEmpty { json.field("absolved", result.taxonomy.names(summary.absolved)) }
    json.endObject()
  }

  private mutating func writeUnsafe(_ graphUnit: GraphUnit, _ summary: UnitResult) {
    json.key("unsafe")
    json.beginObject()
    json.field("blocks", graphUnit.unsafeBlocks)
    json.field("impls", graphUnit.unsafeImplementations)
    json.key("operations")
    json.beginObject()
    let counts = summary.operations.map { (name: result.taxonomy.name($0.capability), count: $0.count) }
    for operation in counts.sorted(by: { $0.name < $1.name })
    where operation.name.hasPrefix("unsafe.") && !["unsafe.block", "unsafe.impl"].contains(operation.name) {
      json.field(operation.name, operation.count)
    }
    json.endObject()
    json.key("uses")
    json.beginArray()
    for use in summary.unsafeUses { writeUse(use) }
    json.endArray()
    json.endObject()
  }

  private mutating func writeUse(_ use: UnsafeUse) {
    json.beginObject()
    json.field("kind", use.kind.rawValue)
    json.field("operation", result.taxonomy.name(use.capability))
    if use.sink != .none { json.field("what", use.sink, of: result.graph.names) }
    json.field("function", use.function, of: result.graph.names)
    json.field("file", result.files[Int(use.position.file)])
    json.field("line", use.position.line)
    json.field("column", use.position.column)
    if use.endLine > 0 { json.field("endLine", use.endLine) }
    let labels = result.taxonomy.names(use.labels)
    if let first = labels.first { json.field("label", first) }
    if labels.count > 1 { json.field("labels", labels) }
    json.endObject()
  }

  private mutating func writeSymbols(_ graphUnit: GraphUnit, _ summary: UnitResult) {
    json.key("symbols")
    json.beginObject()
    json.key("defined")
    json.beginArray()
    for symbol in summary.definedSymbols {
      json.beginObject()
      json.field("name", symbol.name)
      if symbol.overrides.isEmpty {
        json.key("overrides")
        json.null()
      } else {
        json.field("overrides", symbol.overrides.joined(separator: ", "))
      }
      json.endObject()
    }
    json.endArray()
    json.field("foreign", Array(Set(graphUnit.foreignSymbols)).sorted())
    json.endObject()
  }

  private mutating func writeLinking(_ unit: AnalysedUnit) {
    json.key("linkDirectives")
    json.beginArray()
    for directive in unit.linkDirectives {
      json.beginObject()
      json.field("kind", directive.kind.rawValue)
      json.field("value", directive.value)
      json.field("source", directive.source.rawValue)
      json.endObject()
    }
    json.endArray()
  }

  private mutating func writeHooks(_ graphUnit: GraphUnit) {
    json.key("hooks")
    json.beginArray()
    for hook in graphUnit.hooks {
      json.beginObject()
      json.field("kind", hook.kind.rawValue)
      json.field("name", hook.name)
      json.field("detail", hook.detail)
      json.field("file", hook.file)
      json.field("line", hook.line)
      json.endObject()
    }
    json.endArray()
  }

  private mutating func writeGaps(_ summary: UnitResult) {
    json.key("notAnalysed")
    json.beginArray()
    for gap in summary.gaps {
      json.beginObject()
      json.field("kind", gap.kind.rawValue)
      json.field("what", gap.what)
      json.field("file", gap.file)
      json.field("line", gap.line)
      json.field("why", gap.why)
      json.endObject()
    }
    json.endArray()
  }

  private mutating func writeCoverage() {
    let coverage = result.graph.coverage
    json.line(indent: 1)
    json.key("coverage")
    json.beginObject()
    json.field("functions", coverage.functions)
    json.field("instances", coverage.instances)
    json.field("calls", coverage.calls)
    json.field("single", coverage.single)
    json.field("several", coverage.several)
    json.field("callback", coverage.callback)
    json.field("callerSupplied", coverage.callerSupplied)
    json.field("unresolved", coverage.unresolved)
    json.field("membersWithoutImpl", coverage.membersWithoutImpl)
    json.field("unreadableItems", coverage.unreadableItems)
    json.endObject()
  }

  private mutating func writeTiming() {
    guard let timing = context.timing else { return }
    json.line(indent: 1)
    json.key("timing")
    json.beginObject()
    for (name, value) in [
      ("dump", timing.dump), ("parse", timing.parse), ("graph", timing.graph), ("propagate", timing.propagate),
    ] {
      json.key(name)
      json.seconds(value)
    }
    json.endObject()
  }

  private mutating func writeEvidence() {
    let writer = JSONEvidence(result: result)
    json.line(indent: 1)
    json.key("evidence")
    json.beginArray()
    for unit in result.unitOrder {
      let evidence = result.evidence(ofUnit: unit)
      for phase in Array(Set(result.units[unit].runsIn)).sorted() {
        for item in evidence {
          if context.ambientOnly, result.sink(of: item.path).authority != .ambient { continue }
          json.line(indent: 2)
          writer.write(item, phase: phase, to: &json)
        }
      }
    }
    json.endArray()
  }
}
