import GRDB

/// Texts by number: each is stored once.
struct TextTable {
  private let find: Statement
  private let insert: Statement
  private let database: Database
  private var known: [String: Int64] = [:]

  init(_ database: Database) throws {
    self.database = database
    find = try database.cachedStatement(sql: "SELECT id FROM text WHERE value = ?")
    insert = try database.cachedStatement(sql: "INSERT INTO text (value) VALUES (?)")
  }

  /// The number of a text, which is added if it is new.
  mutating func id(of text: String) throws -> Int64 {
    if let id = known[text] { return id }
    let id: Int64
    if let found = try Int64.fetchOne(find, arguments: [text]) {
      id = found
    } else {
      try insert.execute(arguments: [text])
      id = database.lastInsertedRowID
    }
    known[text] = id
    return id
  }
}
