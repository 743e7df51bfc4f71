import GRDB
import Policy

/// That a crate reaches a capability.
public struct CapabilityUse: Sendable {
  public var crate: String
  public var version: String
  public var phase: String
  public var capability: String
  /// Whether its own code does it, in at least one target.
  public var isDirect: Bool
  /// The targets in whose last result it does, by name.
  public var targets: [String]
  /// The first run of the unbroken row of results, in the first of these targets that has the longest one.
  public var sinceRun: Int
  /// When that run started.
  public var since: String
  public var entry: String
  public var sink: String
  /// The best path: from the entry point to the function that uses the sink. Empty if only links and symbols say so.
  public var path: [ReportStep]
}

extension NightlyDatabase {
  /// Who reaches one of some capabilities in the last result of each target of the newest run; by capability and crate.
  public func whoCan(_ capabilities: [String]) throws -> [CapabilityUse] {
    try read { database in
      var finder = try CapabilityUseFinder(database)
      return try capabilities.flatMap { try finder.uses(of: $0) }
    }
  }
}

/// Answers who can do something.
private struct CapabilityUseFinder {
  private let database: Database
  private var texts: TextCache
  /// For each target its results, the newest run first.
  private let results: [Int64: [(run: Int, result: Int64)]]
  private let names: [Int64: String]
  private let started: [Int: String]

  private struct Key: Hashable {
    var crate: String
    var version: String
    var phase: String
  }

  init(_ database: Database) throws {
    self.database = database
    texts = try TextCache(database)
    let rows = try Row.fetchAll(
      database, sql: "SELECT target, run, result FROM outcome WHERE result IS NOT NULL ORDER BY run DESC")
    results = Dictionary(grouping: rows) { $0[0] as Int64 }.mapValues { $0.map { (run: $0[1], result: $0[2]) } }
    names = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(database, sql: "SELECT id, name FROM target").map { ($0[0], $0[1]) })
    started = Dictionary(
      uniqueKeysWithValues: try Row.fetchAll(database, sql: "SELECT number, started FROM run").map { ($0[0], $0[1]) })
  }

  mutating func uses(of capability: String) throws -> [CapabilityUse] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT outcome.target, content.crate, content.version, content.phase, capability.scope, content.id,
          content.package
        FROM outcome
        JOIN unit ON unit.result = outcome.result
        JOIN capability ON capability.content = unit.content AND capability.name = ?
        JOIN content ON content.id = unit.content
        WHERE outcome.run = (SELECT max(number) FROM run) AND capability.scope <> 'contained'
        ORDER BY content.crate, content.version, content.phase, content.id
        """, arguments: [capability])
    let groups = Dictionary(grouping: rows) { row in
      Key(crate: row[3] == "build-script" ? row[6] : row[1], version: row[2], phase: row[3])
    }
    return try groups.map { key, rows in try use(of: capability, by: key, rows) }
      .sorted { ($0.crate, $0.version, $0.phase) < ($1.crate, $1.version, $1.phase) }
  }

  private mutating func use(of capability: String, by key: Key, _ rows: [Row]) throws -> CapabilityUse {
    let targets = Set(rows.map { $0[0] as Int64 })
    let since = try targets.map { try first(run: capability, key, of: $0) }.min() ?? 0
    var use = CapabilityUse(
      crate: key.crate, version: key.version, phase: key.phase, capability: capability,
      isDirect: rows.contains { $0[4] == "direct" }, targets: targets.compactMap { names[$0] }.sorted(),
      sinceRun: since, since: started[since] ?? "", entry: "", sink: "", path: [])
    let contents = Set(rows.map { $0[5] as Int64 }).sorted()
    let best = try contents.compactMap { content in
      try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT entry, sink, path, certain, steps FROM evidence
            WHERE content = ? AND capability = (SELECT id FROM text WHERE value = ?) ORDER BY steps, certain DESC, id LIMIT 1
            """), arguments: [content, capability])
    }.min { ($0[4] as Int) < ($1[4] as Int) }
    if let best {
      use.entry = try texts[best[0]]
      use.sink = try texts[best[1]]
      use.path = try StoredContent(database: database).steps(from: best[2], &texts)
    }
    return use
  }

  /// The first run of the row of results, up to the newest, in which the crate, in whatever version, does it.
  private func first(run capability: String, _ key: Key, of target: Int64) throws -> Int {
    let statement = try database.cachedStatement(
      sql: """
        SELECT 1 FROM unit JOIN content ON content.id = unit.content
        JOIN capability ON capability.content = content.id AND capability.name = ? AND capability.scope <> 'contained'
        WHERE unit.result = ? AND content.phase = ? AND (content.crate = ? OR content.package = ?) LIMIT 1
        """)
    let name = String(key.crate.prefix { $0 != "@" })
    var known: [Int64: Bool] = [:]
    var first = 0
    for entry in results[target] ?? [] {
      if known[entry.result] == nil {
        known[entry.result] =
          try Int.fetchOne(statement, arguments: [capability, entry.result, key.phase, name, name]) != nil
      }
      guard known[entry.result] == true || first == 0 else { break }
      first = entry.run
    }
    return first
  }
}
