import GRDB
import Policy
import Project

/// Takes results back out of the store, as far as they are asked for.
struct StoredContent {
  let database: Database

  /// One unit of a result.
  struct Unit {
    var content: Int64
    var crate: ReportCrate

    /// What stays the same when a package gets a new version.
    var key: [String] { [crate.package, crate.target, crate.targetName] }
  }

  /// The units of a result.
  func units(ofResult result: Int64) throws -> [Unit] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT content.id, content.description FROM unit JOIN content ON content.id = unit.content
        WHERE unit.result = ? ORDER BY content.unit, content.id
        """, arguments: [result])
    return try rows.map { row in Unit(content: row[0], crate: try crate(row[1])) }
  }

  private func crate(_ description: String) throws -> ReportCrate {
    var text = description
    let json = try text.withUTF8 { try JSONReader.ofReports.read(UnsafeRawBufferPointer($0), name: "the store") }
    return try ReportReader.crate(json, file: "the store")
  }

  func risks(ofResult result: Int64) throws -> [ReportRisk] {
    try Row.fetchAll(
      database, sql: "SELECT rule, crate, version, phase, entry, why FROM risk WHERE result = ? ORDER BY 1, 2, 3, 4, 5",
      arguments: [result]
    ).map { ReportRisk(rule: $0[0], crate: $0[1], version: $0[2], phase: $0[3], entry: $0[4], why: $0[5]) }
  }

  /// The evidence of some units, and the first step of each path.
  func evidence(of units: [Unit], _ texts: inout TextCache) throws -> (evidence: [ReportEvidence], paths: [Int64]) {
    var evidence: [ReportEvidence] = []
    var paths: [Int64] = []
    for unit in units {
      let (found, first) = try self.evidence(ofContent: unit.content, unit: unit.crate.id, &texts)
      evidence += found
      paths += first
    }
    return (evidence, paths)
  }

  /// The evidence of one content in the order of its report, and the first step of each path.
  func evidence(
    ofContent content: Int64, unit: String, _ texts: inout TextCache
  ) throws -> (evidence: [ReportEvidence], paths: [Int64]) {
    var evidence: [ReportEvidence] = []
    var paths: [Int64] = []
    let statement = try database.cachedStatement(
      sql: """
        SELECT phase, entry, entry_kind, capability, authority, certain, sink, steps, last_crate, path FROM evidence
        WHERE content = ? ORDER BY id
        """)
    let rows = try Row.fetchCursor(statement, arguments: [content])
    while let row = try rows.next() {
      evidence.append(
        ReportEvidence(
          unit: unit, phase: try texts[row[0]], entry: try texts[row[1]], entryKind: try texts[row[2]],
          capability: try texts[row[3]], authority: try texts[row[4]], isCertain: row[5], sink: try texts[row[6]],
          stepCount: row[7], lastCrate: try texts[row[8]]))
      paths.append(row[9])
    }
    return (evidence, paths)
  }

  /// The steps of a path.
  func steps(from first: Int64, _ texts: inout TextCache) throws -> [ReportStep] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT function, instance, crate, file, line, column, edge, candidates, constant_false, next FROM step
        WHERE id = ?
        """)
    var steps: [ReportStep] = []
    var next = first
    while next > 0, let row = try Row.fetchOne(statement, arguments: [next]) {
      steps.append(
        ReportStep(
          function: try texts[row[0]], instance: try texts[row[1]], crate: try texts[row[2]],
          file: try texts[row[3]], line: row[4], column: row[5], edge: try texts[row[6]], candidates: row[7],
          isConstantFalse: row[8]))
      // A step is stored after what follows it: a damaged store must not lead in a circle.
      let following: Int64 = row[9]
      guard following < next else { break }
      next = following
    }
    return steps
  }
}

/// Texts that were asked for by number.
struct TextCache {
  private var known: [Int64: String] = [:]
  private let statement: Statement

  init(_ database: Database) throws {
    statement = try database.cachedStatement(sql: "SELECT value FROM text WHERE id = ?")
  }

  subscript(_ id: Int64) -> String {
    mutating get throws {
      if let text = known[id] { return text }
      let text = try String.fetchOne(statement, arguments: [id]) ?? ""
      known[id] = text
      return text
    }
  }
}
