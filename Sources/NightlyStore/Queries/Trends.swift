import GRDB

/// What a run amounts to, in numbers.
public struct RunTrend: Sendable, Equatable {
  public var run: Int
  public var started: String
  /// Targets by how they ended.
  public var statuses: [String: Int]
  /// Targets of which cargo was not even started.
  public var unchanged: Int
  public var crates: Int
  public var evidence: Int
  public var gaps: Int
  /// For each capability how many crates reach it; a crate of two versions counts twice.
  public var capabilities: [String: Int]
  public var seconds: Double
}

extension NightlyDatabase {
  /// The trend over the newest runs, the oldest of them first.
  public func trends(newest count: Int) throws -> [RunTrend] {
    try read { database in
      let runs = try Row.fetchAll(
        database, sql: "SELECT number, started FROM run ORDER BY number DESC LIMIT ?", arguments: [count])
      var sums = ResultSums(database)
      return try runs.reversed().map { row in try Self.trend(ofRun: row[0], started: row[1], database, &sums) }
    }
  }

  private static func trend(
    ofRun number: Int, started: String, _ database: Database, _ sums: inout ResultSums
  ) throws -> RunTrend {
    let rows = try Row.fetchAll(
      database, sql: "SELECT status, way, result, seconds FROM outcome WHERE run = ?", arguments: [number])
    var trend = RunTrend(
      run: number, started: started, statuses: [:], unchanged: 0, crates: 0, evidence: 0, gaps: 0, capabilities: [:],
      seconds: 0)
    var contents: Set<Int64> = []
    for row in rows {
      trend.statuses[row[0], default: 0] += 1
      if row[1] == "unchanged" { trend.unchanged += 1 }
      trend.seconds += row[3]
      if let result: Int64 = row[2] { contents.formUnion(try sums.contents(ofResult: result)) }
    }
    var crates: Set<ResultSums.Crate> = []
    var reaching: [String: Set<ResultSums.Crate>] = [:]
    for id in contents {
      let content = try sums.content(id)
      crates.insert(content.crate)
      trend.evidence += content.evidence
      trend.gaps += content.gaps
      for name in content.capabilities { reaching[name, default: []].insert(content.crate) }
    }
    trend.crates = crates.count
    trend.capabilities = reaching.mapValues(\.count)
    return trend
  }
}

/// Numbers of results and their parts, each asked for once.
private struct ResultSums {
  private let database: Database
  private var contentsOfResult: [Int64: [Int64]] = [:]
  private var known: [Int64: Content] = [:]

  /// A package in a version.
  struct Crate: Hashable {
    var package: String
    var version: String
  }

  struct Content {
    var crate: Crate
    var evidence: Int
    var gaps: Int
    var capabilities: [String]
  }

  init(_ database: Database) { self.database = database }

  mutating func contents(ofResult result: Int64) throws -> [Int64] {
    if let contents = contentsOfResult[result] { return contents }
    let contents = try Int64.fetchAll(
      database.cachedStatement(sql: "SELECT content FROM unit WHERE result = ?"), arguments: [result])
    contentsOfResult[result] = contents
    return contents
  }

  mutating func content(_ id: Int64) throws -> Content {
    if let content = known[id] { return content }
    let row = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT package, version, evidence, (SELECT count(*) FROM gap WHERE content = content.id) FROM content
          WHERE id = ?
          """), arguments: [id])
    let names = try String.fetchAll(
      database.cachedStatement(sql: "SELECT DISTINCT name FROM capability WHERE content = ? AND scope <> 'contained'"),
      arguments: [id])
    let content = Content(
      crate: Crate(package: row?[0] ?? "", version: row?[1] ?? ""), evidence: row?[2] ?? 0, gaps: row?[3] ?? 0,
      capabilities: names)
    known[id] = content
    return content
  }
}
