import GRDB

/// What runs said of a crate, one entry for each target and each time that it changed.
public struct CrateHistory: Sendable, Equatable {
  public var target: String
  public var crate: String
  public var version: String
  /// `run`, `build-script` or `proc-macro`.
  public var phase: String
  /// The runs that said so: the first and the last one without another result between them.
  public var firstRun: Int
  public var lastRun: Int
  /// When the first of them started.
  public var since: String
  public var direct: [String]
  public var transitive: [String]
  /// What it can do that it could not in the entry before of the same target and phase, and the other way round.
  public var added: [String]
  public var removed: [String]
}

extension NightlyDatabase {
  /// The history of a crate or package, by target, phase and run.
  ///
  /// - Parameter name: of the crate as in paths, or of the package.
  public func history(ofCrate name: String) throws -> [CrateHistory] {
    let states = try read { database in try Self.states(of: name, database) }
    var entries: [CrateHistory] = []
    for state in states {
      guard let last = entries.last, last.target == state.target, last.phase == state.phase, last.crate == state.crate
      else {
        entries.append(state)
        continue
      }
      if (last.version, last.direct, last.transitive) == (state.version, state.direct, state.transitive) {
        entries[entries.count - 1].lastRun = state.lastRun
      } else {
        let before = Set(last.direct + last.transitive)
        let after = Set(state.direct + state.transitive)
        var state = state
        state.added = after.subtracting(before).sorted()
        state.removed = before.subtracting(after).sorted()
        entries.append(state)
      }
    }
    return entries
  }

  /// What each run said, by target, crate, phase and run. Several units of one crate are told as one.
  private static func states(of name: String, _ database: Database) throws -> [CrateHistory] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        WITH found AS MATERIALIZED (SELECT id, crate, version, phase, package FROM content WHERE crate = :name
          UNION SELECT id, crate, version, phase, package FROM content WHERE package = :name)
        SELECT target.name, found.crate, found.phase, outcome.run, group_concat(DISTINCT found.version), run.started,
          group_concat(found.id), found.package
        FROM found JOIN unit ON unit.content = found.id JOIN outcome ON outcome.result = unit.result
          JOIN target ON target.id = outcome.target JOIN run ON run.number = outcome.run
        GROUP BY target.name, found.crate, found.phase, outcome.run, found.package
        ORDER BY 1, 2, 3, 8, 4
        """, arguments: ["name": name])
    var names: [String: (direct: [String], transitive: [String])] = [:]
    return try rows.map { row in
      let contents: String = row[6]
      let capabilities = try names[contents] ?? capabilities(ofContents: contents, database)
      names[contents] = capabilities
      let phase: String = row[2]
      return CrateHistory(
        target: row[0], crate: phase == "build-script" ? row[7] : row[1],
        version: (row[4] as String).split(separator: ",").sorted().joined(separator: ", "), phase: phase,
        firstRun: row[3], lastRun: row[3], since: row[5], direct: capabilities.direct,
        transitive: capabilities.transitive, added: [], removed: [])
    }
  }

  private static func capabilities(
    ofContents list: String, _ database: Database
  ) throws -> (direct: [String], transitive: [String]) {
    func names(_ scope: String) throws -> [String] {
      // The list consists of numbers that the store gave.
      try String.fetchAll(
        database, sql: "SELECT DISTINCT name FROM capability WHERE content IN (\(list)) AND scope = ? ORDER BY name",
        arguments: [scope])
    }
    return (try names("direct"), try names("transitive"))
  }
}
