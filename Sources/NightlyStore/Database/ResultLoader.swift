import Foundation
import GRDB
import Policy
import Project

/// Puts a pack into the store. What the store holds already is not put there again.
struct ResultLoader {
  private let database: Database
  private let pack: ResultPack
  private var texts: TextTable
  /// The numbers of the pack's texts; 0 for those not asked for yet.
  private var textIDs: [Int64]
  /// The numbers of the pack's steps; 0 for those not stored yet.
  private var stepIDs: [Int64]

  /// Stores the result.
  ///
  /// - Parameter key: its name; a result of this name that is there already is left alone.
  /// - Returns: its number.
  static func load(_ pack: ResultPack, key: String, into database: Database) throws -> Int64 {
    if let id = try id(ofKey: key, database) { return id }
    var loader = try ResultLoader(database, pack)
    return try loader.load(key: key)
  }

  /// The number of a result; `nil` if it is not there.
  static func id(ofKey key: String, _ database: Database) throws -> Int64? {
    try Int64.fetchOne(database, sql: "SELECT id FROM result WHERE key = ?", arguments: [key])
  }

  private init(_ database: Database, _ pack: ResultPack) throws {
    self.database = database
    self.pack = pack
    texts = try TextTable(database)
    textIDs = Array(repeating: 0, count: pack.texts.count)
    stepIDs = Array(repeating: 0, count: pack.steps.count)
  }

  private mutating func load(key: String) throws -> Int64 {
    let crates = pack.summary.crates
    try database.execute(
      sql: "INSERT INTO result (key, compiler, complete, crates, evidence, gaps) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        key, pack.compiler, pack.summary.isComplete, crates.count, pack.evidence.count,
        crates.reduce(0) { $0 + $1.gaps.count },
      ])
    let result = database.lastInsertedRowID
    let evidence = Dictionary(grouping: pack.evidence) { pack.texts[Int($0.unit)] }
    let hashes = ContentHash(pack)
    for crate in crates {
      let content = try content(of: crate, evidence: evidence[crate.id] ?? [], hashes)
      try database.execute(
        sql: "INSERT OR IGNORE INTO unit (result, content) VALUES (?, ?)", arguments: [result, content])
    }
    for risk in pack.summary.risks {
      try database.execute(
        sql: "INSERT INTO risk (result, rule, crate, version, phase, entry, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [result, risk.rule, risk.crate, risk.version, risk.phase, risk.entry, risk.why])
    }
    return result
  }

  /// The number of what the result says of a unit.
  private mutating func content(
    of crate: ReportCrate, evidence: [PackedEvidence], _ hashes: ContentHash
  ) throws -> Int64 {
    let description = ReportJSON.crate(crate).serialized(pretty: false)
    let hash = StoredBytes(hashes.hash(of: description, evidence: evidence))
    let known = try Int64.fetchOne(database, sql: "SELECT id FROM content WHERE hash = ?", arguments: [hash])
    if let known { return known }
    try database.execute(
      sql: """
        INSERT INTO content (hash, crate, package, version, unit, target, target_name, phase, member, description, evidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        hash, crate.name, crate.package, crate.version, crate.id, crate.target, crate.targetName, crate.phase,
        crate.isWorkspaceMember, String(decoding: description, as: UTF8.self), evidence.count,
      ])
    let content = database.lastInsertedRowID
    try addCapabilities(of: crate, content)
    for gap in crate.gaps {
      try database.execute(
        sql: "INSERT INTO gap (content, kind, what, file, line, why) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [content, gap.kind, gap.what, gap.file, gap.line, gap.why])
    }
    try add(evidence, content)
    return content
  }

  private func addCapabilities(of crate: ReportCrate, _ content: Int64) throws {
    let scopes = [("direct", crate.direct), ("transitive", crate.transitive), ("contained", crate.contained)]
    for (scope, names) in scopes {
      for name in names.sorted() {
        try database.execute(
          sql: "INSERT INTO capability (content, scope, name) VALUES (?, ?, ?)", arguments: [content, scope, name])
      }
    }
  }

  private mutating func add(_ evidence: [PackedEvidence], _ content: Int64) throws {
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO evidence (content, phase, entry, entry_kind, capability, authority, certain, sink, last_crate, steps,
        path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for item in evidence {
      let path = try step(item.path)
      try insert.execute(arguments: [
        content, text(item.phase), text(item.entry), text(item.entryKind), text(item.capability),
        text(item.authority), item.isCertain, text(item.sink), text(item.lastCrate), item.stepCount, path,
      ])
    }
  }

  private mutating func text(_ place: UInt32) throws -> Int64 {
    if textIDs[Int(place)] == 0 { textIDs[Int(place)] = try texts.id(of: pack.texts[Int(place)]) }
    return textIDs[Int(place)]
  }

  /// The number of a step; it and what follows it are stored if they are not yet.
  private mutating func step(_ place: UInt32) throws -> Int64 {
    var missing: [Int] = []
    var next = Int(place)
    while next > 0, stepIDs[next - 1] == 0 {
      missing.append(next - 1)
      next = Int(pack.steps[next - 1].next)
    }
    var id = next > 0 ? stepIDs[next - 1] : 0
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO step (function, instance, crate, file, line, column, edge, candidates, constant_false, next)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for place in missing.reversed() {
      let step = pack.steps[place]
      try insert.execute(arguments: [
        text(step.function), text(step.instance), text(step.crate), text(step.file), step.line, step.column,
        text(step.edge), step.candidates, step.isConstantFalse, id,
      ])
      id = database.lastInsertedRowID
      stepIDs[place] = id
    }
    return id
  }
}

/// Bytes as a value of the store.
struct StoredBytes: DatabaseValueConvertible {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var databaseValue: DatabaseValue { bytes.withUnsafeBytes { Data($0) }.databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> StoredBytes? {
    Data.fromDatabaseValue(value).map { StoredBytes(Array($0)) }
  }
}
