import GRDB
import Glibc
import Project

/// The store of nightly runs: one SQLite file with runs, targets and what was found.
///
/// One process writes; any number may read meanwhile (write-ahead log). The file must lie on a local disk.
public final class NightlyDatabase: Sendable {
  public let path: String
  let queue: DatabaseQueue

  /// Opens a store for writing; makes it if there is none, and brings an older one up to date.
  ///
  /// - Throws: a `Failure` that names the file.
  public init(path: String) throws {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try FileSystem.makeFolder(String(path[..<slash]))
    }
    self.path = path
    queue = try Self.open(path, readonly: false)
    try Self.asFailure(path) {
      try queue.write { database in
        guard try !Schema.migrator.hasBeenSuperseded(database) else {
          throw Failure("was made by a newer mircap", file: path)
        }
      }
      try Schema.migrator.migrate(queue)
    }
  }

  /// Opens a store for questions.
  ///
  /// - Throws: a `Failure` that names the file if there is none, it is none, or it is of another version.
  public init(reading path: String) throws {
    guard FileSystem.isFile(path) else {
      throw Failure(
        "there is no store", file: path, advice: "mircap nightly PLAN.toml makes one; --store FILE names it",
        kind: .usage)
    }
    self.path = path
    queue = try Self.open(path, readonly: true)
    let isCurrent = try Self.asFailure(path) {
      try queue.read { database in
        try !Schema.migrator.hasBeenSuperseded(database) && Schema.migrator.hasCompletedMigrations(database)
      }
    }
    guard isCurrent else {
      throw Failure("was made by another version of mircap", file: path, advice: "mircap nightly brings it up to date")
    }
  }

  /// Reads in one consistent state.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.asFailure(path) { try queue.read(body) }
  }

  /// Writes all or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try Self.asFailure(path) { try queue.write(body) }
  }

  private static func open(_ path: String, readonly: Bool) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.busyMode = .timeout(60)
    configuration.prepareDatabase { database in
      // Sorting and temporary tables stay in memory; pages are cached generously, for a run writes in one go.
      try database.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824")
      if !readonly { try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL") }
    }
    return try asFailure(path) { try DatabaseQueue(path: path, configuration: configuration) }
  }

  private static func asFailure<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Failure(
        "the store cannot be used: \(error.message ?? "SQLite error \(error.resultCode.rawValue)")", file: path)
    }
  }
}
