import GRDB
import Project

/// One night's work.
public struct RunInformation: Sendable, Equatable {
  /// Where a run stands.
  public enum State: String, Sendable {
    case running
    case finished
    /// Another run was started before it was finished.
    case abandoned
  }

  /// Counted from 1.
  public var number: Int
  public var plan: String
  /// The version of mircap.
  public var tool: String
  /// UTC, as `2026-01-31T02:00:00Z`.
  public var started: String
  /// Empty while it runs.
  public var finished: String
  public var state: State
}

/// What became of a target in a run.
public struct TargetOutcome: Sendable, Equatable {
  /// How it ended.
  public enum Status: String, Sendable, CaseIterable {
    case analysed
    case doesNotBuild = "does-not-build"
    /// It was stopped at its limit of time.
    case time
    /// It was stopped at its limit of memory.
    case memory
    /// There was too little room on the disk to begin.
    case disk
    /// It compiled and could not be analysed, or cannot be found.
    case failed
  }

  /// What it took to know.
  public enum Way: String, Sendable {
    /// Cargo ran, and its result was analysed.
    case analysed
    /// Cargo ran; a result for the same code was there.
    case known
    /// Nothing that goes in had changed: cargo did not run.
    case unchanged
  }

  public var target: String
  public var description: String
  public var status: Status
  /// Why there is no result; empty if there is one.
  public var reason: String
  /// The name of the result; empty if there is none.
  public var key: String
  public var way: Way
  public var timing: Timing

  /// What it took.
  public struct Timing: Sendable, Equatable {
    public var seconds = 0.0
    /// Processor time of all its processes.
    public var cpuSeconds = 0.0
    /// Of that, what reading and analysing took.
    public var analysisSeconds = 0.0
    /// The most memory that all its processes had at once, in bytes.
    public var peakMemory = 0
    public var dump = 0.0
    public var parse = 0.0
    public var graph = 0.0
    public var propagate = 0.0

    public init() {}
  }

  public init(
    target: String, description: String, status: Status, reason: String = "", key: String = "", way: Way = .analysed,
    timing: Timing = Timing()
  ) {
    self.target = target
    self.description = description
    self.status = status
    self.reason = reason
    self.key = key
    self.way = way
    self.timing = timing
  }
}

extension NightlyDatabase {
  /// The last run; `nil` in a new store.
  public func lastRun() throws -> RunInformation? { try runs(newest: 1).first }

  /// The newest runs, the last one first.
  public func runs(newest count: Int = Int.max) throws -> [RunInformation] {
    try read { database in
      let sql = "SELECT number, plan, tool, started, finished, state FROM run ORDER BY number DESC LIMIT ?"
      return try Row.fetchAll(database, sql: sql, arguments: [count]).map { row in
        RunInformation(
          number: row[0], plan: row[1], tool: row[2], started: row[3], finished: row[4] ?? "",
          state: RunInformation.State(rawValue: row[5]) ?? .abandoned)
      }
    }
  }

  /// Begins a run; one that is not finished is given up.
  ///
  /// - Returns: its number.
  public func beginRun(plan: String, tool: String, at time: String) throws -> Int {
    try write { database in
      try database.execute(sql: "UPDATE run SET state = 'abandoned' WHERE state = 'running'")
      try database.execute(
        sql: "INSERT INTO run (plan, tool, started, state) VALUES (?, ?, ?, 'running')", arguments: [plan, tool, time])
      return Int(database.lastInsertedRowID)
    }
  }

  /// Notes that a run is complete.
  public func finishRun(_ number: Int, at time: String) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE run SET state = 'finished', finished = ? WHERE number = ?", arguments: [time, number])
    }
  }

  /// Notes what became of a target, with its result; if that was noted before, nothing happens.
  ///
  /// - Parameter pack: reads the result, called only if the store does not have it.
  public func add(_ outcome: TargetOutcome, run: Int, pack: () throws -> ResultPack) throws {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO target (name, description) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET description = excluded.description WHERE description <> excluded.description
          """, arguments: [outcome.target, outcome.description])
      var result: Int64?
      if !outcome.key.isEmpty {
        result = try ResultLoader.id(ofKey: outcome.key, database)
        if result == nil { result = try ResultLoader.load(pack(), key: outcome.key, into: database) }
      }
      let timing = outcome.timing
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO outcome
          SELECT ?, target.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM target WHERE name = ?
          """,
        arguments: [
          run, outcome.status.rawValue, outcome.reason, result, outcome.way.rawValue, timing.seconds,
          timing.cpuSeconds, timing.analysisSeconds, timing.peakMemory, timing.dump, timing.parse, timing.graph,
          timing.propagate,
          outcome.target,
        ])
    }
  }

  /// The targets of a run whose outcomes are in the store.
  public func targets(ofRun number: Int) throws -> Set<String> {
    try read { database in
      try String.fetchSet(
        database, sql: "SELECT name FROM outcome JOIN target ON target.id = outcome.target WHERE run = ?",
        arguments: [number])
    }
  }

  /// How long each target took in its newest run in which it was worked on, in seconds.
  public func formerSeconds() throws -> [String: Double] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT name, seconds, max(run) FROM outcome JOIN target ON target.id = outcome.target
          WHERE seconds > 0 GROUP BY name
          """)
      return Dictionary(rows.map { ($0[0] as String, $0[1] as Double) }) { first, _ in first }
    }
  }

  /// The most memory that each target took in its last run with a result, in bytes.
  public func formerMemory() throws -> [String: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT name, max(peak_memory) FROM outcome JOIN target ON target.id = outcome.target
          WHERE status = 'analysed' AND peak_memory > 0 GROUP BY name
          """)
      return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }) { first, _ in first }
    }
  }
}
