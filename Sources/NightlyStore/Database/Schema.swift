import GRDB

/// The tables of the store. docs/nightly.md describes them.
///
/// What one analysis says of one unit is a `content`, stored once however many results hold it: in most nights most
/// units are what they were, and targets share dependencies. Texts are stored once and named by number.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    return migrator
  }

  private static let first = """
    CREATE TABLE text (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

    CREATE TABLE run (
      number INTEGER PRIMARY KEY, plan TEXT NOT NULL, tool TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
      state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'abandoned')));

    CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL);

    CREATE TABLE result (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, compiler TEXT NOT NULL, complete INTEGER NOT NULL,
      crates INTEGER NOT NULL, evidence INTEGER NOT NULL, gaps INTEGER NOT NULL);

    CREATE TABLE outcome (
      run INTEGER NOT NULL REFERENCES run, target INTEGER NOT NULL REFERENCES target, status TEXT NOT NULL,
      reason TEXT NOT NULL, result INTEGER REFERENCES result, way TEXT NOT NULL, seconds REAL NOT NULL,
      cpu_seconds REAL NOT NULL, analysis_cpu_seconds REAL NOT NULL, peak_memory INTEGER NOT NULL, dump_seconds REAL NOT NULL, parse_seconds REAL NOT NULL,
      graph_seconds REAL NOT NULL, propagate_seconds REAL NOT NULL,
      PRIMARY KEY (run, target)) WITHOUT ROWID;
    CREATE INDEX outcome_by_target ON outcome (target, run);
    CREATE INDEX outcome_by_result ON outcome (result);

    CREATE TABLE content (
      id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, crate TEXT NOT NULL, package TEXT NOT NULL,
      version TEXT NOT NULL, unit TEXT NOT NULL, target TEXT NOT NULL, target_name TEXT NOT NULL, phase TEXT NOT NULL,
      member INTEGER NOT NULL, description TEXT NOT NULL, evidence INTEGER NOT NULL);
    CREATE INDEX content_by_crate ON content (crate);
    CREATE INDEX content_by_package ON content (package);

    CREATE TABLE unit (
      result INTEGER NOT NULL REFERENCES result, content INTEGER NOT NULL REFERENCES content,
      PRIMARY KEY (result, content)) WITHOUT ROWID;
    CREATE INDEX unit_by_content ON unit (content);

    CREATE TABLE capability (
      content INTEGER NOT NULL REFERENCES content, scope TEXT NOT NULL, name TEXT NOT NULL,
      PRIMARY KEY (content, scope, name)) WITHOUT ROWID;
    CREATE INDEX capability_by_name ON capability (name, content);

    CREATE TABLE step (
      id INTEGER PRIMARY KEY, function INTEGER NOT NULL, instance INTEGER NOT NULL, crate INTEGER NOT NULL,
      file INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, edge INTEGER NOT NULL,
      candidates INTEGER NOT NULL, constant_false INTEGER NOT NULL, next INTEGER NOT NULL);

    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY, content INTEGER NOT NULL, phase INTEGER NOT NULL, entry INTEGER NOT NULL,
      entry_kind INTEGER NOT NULL, capability INTEGER NOT NULL, authority INTEGER NOT NULL, certain INTEGER NOT NULL,
      sink INTEGER NOT NULL, last_crate INTEGER NOT NULL, steps INTEGER NOT NULL, path INTEGER NOT NULL);
    CREATE INDEX evidence_by_content ON evidence (content, capability, steps);

    CREATE TABLE gap (
      content INTEGER NOT NULL REFERENCES content, kind TEXT NOT NULL, what TEXT NOT NULL, file TEXT NOT NULL,
      line INTEGER NOT NULL, why TEXT NOT NULL);
    CREATE INDEX gap_by_content ON gap (content);

    CREATE TABLE risk (
      result INTEGER NOT NULL REFERENCES result, rule TEXT NOT NULL, crate TEXT NOT NULL, version TEXT NOT NULL,
      phase TEXT NOT NULL, entry TEXT NOT NULL, why TEXT NOT NULL);
    CREATE INDEX risk_by_result ON risk (result);
    """
}
