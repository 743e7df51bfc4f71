import GRDB
import Policy
import Project

/// Writes what the store holds as flat tables, for other programs and to compare stores.
///
/// Rows stand in an order that follows from their contents. Times and what was measured are left out unless they are
/// asked for: without them, two stores that were filled with the same results export the same bytes.
public struct StoreExport {
  /// The tables.
  public enum Table: String, CaseIterable, Sendable {
    case runs, outcomes, units, capabilities, evidence, gaps, risks
  }

  /// The forms of the export.
  public enum Format: String, CaseIterable, Sendable {
    /// An object a line.
    case jsonl
    /// RFC 4180 with a line of names: flat and typed by column, as tools that make Parquet of it like.
    case csv
  }

  private let store: NightlyDatabase
  private let format: Format
  private let withMeasurements: Bool

  public init(_ store: NightlyDatabase, format: Format, withMeasurements: Bool) {
    self.store = store
    self.format = format
    self.withMeasurements = withMeasurements
  }

  /// Writes one table.
  ///
  /// - Parameter write: takes the bytes, about a megabyte at a time.
  public func write(_ table: Table, _ write: ([UInt8]) throws -> Void) throws {
    try store.read { database in
      var rows = RowWriter(format: format, columns: columns(of: table))
      func flush() throws {
        try write(rows.bytes)
        rows.bytes.removeAll(keepingCapacity: true)
      }
      switch table {
      case .evidence: try writeEvidence(database, &rows, flush)
      default:
        let cursor = try Row.fetchCursor(database, sql: query(of: table))
        while let row = try cursor.next() {
          rows.add((0..<row.count).map { Self.value(row[$0]) })
          if rows.bytes.count > 1 << 20 { try flush() }
        }
      }
      try flush()
    }
  }

  private static func value(_ value: (any DatabaseValueConvertible)?) -> ExportValue {
    switch value?.databaseValue.storage {
    case .int64(let number): .integer(number)
    case .double(let number): .number(number)
    case .string(let text): .text(text)
    default: .none
    }
  }

  private func columns(of table: Table) -> [String] {
    let result = ["target", "run"]
    let unit = ["crate", "package", "version", "unit", "kind", "phase"]
    switch table {
    case .runs: return ["run", "plan", "tool", "state"] + (withMeasurements ? ["started", "finished"] : [])
    case .outcomes:
      let measured = [
        "way", "seconds", "cpu_seconds", "analysis_cpu_seconds", "peak_memory", "dump_seconds", "parse_seconds",
        "graph_seconds",
        "propagate_seconds",
      ]
      return ["run", "target", "description", "status", "reason", "result_of_run"] + (withMeasurements ? measured : [])
    case .units: return result + unit + ["member", "complete", "compiler", "evidence"]
    case .capabilities: return result + unit + ["scope", "capability"]
    case .evidence:
      return result + unit + [
        "runs_in", "entry", "entry_kind", "capability", "authority", "certain", "sink", "steps", "path",
      ]
    case .gaps: return result + unit + ["gap", "what", "file", "line", "why"]
    case .risks: return result + ["rule", "crate", "version", "phase", "entry", "why"]
    }
  }

  /// Each result with the target and the first run that had it.
  static let results = """
    WITH first AS (SELECT target.name AS target, min(outcome.run) AS run, outcome.result AS result
      FROM outcome JOIN target ON target.id = outcome.target WHERE outcome.result IS NOT NULL
      GROUP BY target.name, outcome.result)
    """

  private func query(of table: Table) -> String {
    let unit = "content.crate, content.package, content.version, content.unit, content.target, content.phase"
    let joined = "FROM first JOIN unit ON unit.result = first.result JOIN content ON content.id = unit.content"
    let order = "ORDER BY first.target, first.run, content.unit, content.hash"
    switch table {
    case .runs:
      return "SELECT number, plan, tool, state\(withMeasurements ? ", started, finished" : "") FROM run ORDER BY number"
    case .outcomes:
      let measured = """
        , way, seconds, cpu_seconds, analysis_cpu_seconds, peak_memory, dump_seconds, parse_seconds, graph_seconds, propagate_seconds
        """
      return """
        SELECT outcome.run, target.name, target.description, status, reason,
          (SELECT min(run) FROM outcome AS other WHERE other.target = outcome.target AND other.result = outcome.result)
          \(withMeasurements ? measured : "")
        FROM outcome JOIN target ON target.id = outcome.target ORDER BY outcome.run, target.name
        """
    case .units:
      return """
        \(Self.results) SELECT first.target, first.run, \(unit), content.member, result.complete, result.compiler,
          content.evidence \(joined) JOIN result ON result.id = first.result \(order)
        """
    case .capabilities:
      return """
        \(Self.results) SELECT first.target, first.run, \(unit), capability.scope, capability.name \(joined)
        JOIN capability ON capability.content = content.id \(order), capability.scope, capability.name
        """
    case .gaps:
      return """
        \(Self.results) SELECT first.target, first.run, \(unit), gap.kind, gap.what, gap.file, gap.line, gap.why \(joined)
        JOIN gap ON gap.content = content.id \(order), gap.file, gap.line, gap.kind, gap.what, gap.why
        """
    case .risks:
      return """
        \(Self.results) SELECT first.target, first.run, rule, crate, version, phase, entry, why FROM first
        JOIN risk ON risk.result = first.result ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
        """
    case .evidence: return ""
    }
  }

  /// Unit by unit: the rows of each are in the order of the report that they came with.
  private func writeEvidence(_ database: Database, _ rows: inout RowWriter, _ flush: () throws -> Void) throws {
    var texts = try TextCache(database)
    let stored = StoredContent(database: database)
    let units = try Row.fetchAll(
      database,
      sql: """
        \(Self.results) SELECT first.target, first.run, content.id, content.crate, content.package, content.version,
          content.unit, content.target, content.phase
        FROM first JOIN unit ON unit.result = first.result JOIN content ON content.id = unit.content
        WHERE content.evidence > 0 ORDER BY first.target, first.run, content.unit, content.hash
        """)
    for unit in units {
      let head = ([0, 1] + (3...8)).map { Self.value(unit[$0]) }
      let (evidence, paths) = try stored.evidence(ofContent: unit[2], unit: "", &texts)
      for (item, path) in zip(evidence, paths) {
        let steps = try stored.steps(from: path, &texts)
        rows.add(
          head + [
            .text(item.phase), .text(item.entry), .text(item.entryKind), .text(item.capability), .text(item.authority),
            .integer(item.isCertain ? 1 : 0), .text(item.sink), .integer(Int64(item.stepCount)),
            .text(steps.map { "\($0.function) \($0.file):\($0.line):\($0.column)" }.joined(separator: " > ")),
          ])
        if rows.bytes.count > 1 << 20 { try flush() }
      }
    }
  }
}
