import Project
import RustDump

/// Loads the facts of units: from the cache where they are there, else from the dumps, and puts new ones into the cache.
public enum FactsLoader {
  /// The facts of all units, and what it took.
  public struct Loaded: Sendable {
    /// In the order of the units.
    public var facts: [UnitFacts]
    /// How many came from the cache.
    public var fromCache: Int
    /// Bytes of dumps that were read.
    public var bytesRead: Int
  }

  private struct One: Sendable {
    var facts: UnitFacts
    var isCached: Bool
    var bytes: Int
  }

  /// Loads the facts of all units, several at a time, the largest first.
  ///
  /// - Parameters:
  ///   - jobs: how many at a time. The result does not depend on it.
  ///   - cache: where facts are kept; `nil` reads all dumps and keeps nothing.
  ///   - progress: called from any thread after each unit with the number of units that are done.
  /// - Throws: a `Failure` if a dump's file cannot be read. That a cache file cannot be written is no failure.
  public static func load(
    units: [Unit], jobs: Int, cache: CacheFolder?, progress: @escaping @Sendable (Unit) -> Void = { _ in }
  ) throws -> Loaded {
    let all = try ParallelWork.map(units, jobs: jobs, weight: size) { unit in
      let one = try load(unit, cache)
      progress(unit)
      return one
    }
    return Loaded(
      facts: all.map(\.facts), fromCache: all.count { $0.isCached }, bytesRead: all.reduce(0) { $0 + $1.bytes })
  }

  private static func size(_ unit: Unit) -> Int {
    unit.dumpFile(.mir).flatMap { FileSystem.size(of: $0) }.map { Int($0) } ?? 0
  }

  /// Changes when the readers see something else in the same text while the form of the facts stays.
  private static let readersVersion = 5

  private static func load(_ unit: Unit, _ cache: CacheFolder?) throws -> One {
    // Facts that were made without the sources are others.
    let version = (Int(FactsFile.version) * 100 + readersVersion) * 10 + (SourceMarkReader.hasSources(unit) ? 1 : 0)
    let file =
      try unit.fingerprint.isEmpty
      ? nil : cache.map { $0.factsFile(ofContent: try UnitContent(cache: $0).hash(of: unit), version: version) }
    if let file, FileSystem.size(of: file) != nil, let mapped = try? MappedFile(path: file),
      let facts = mapped.withBytes({ PackedFacts.decode($0) })
    {
      cache?.noteUse(of: file)
      return One(facts: facts, isCached: true, bytes: 0)
    }
    let (facts, bytes) = try read(unit)
    if let cache, let file, let bytes = PackedFacts.encode(facts) { try? cache.store(bytes, at: file) }
    return One(facts: facts, isCached: false, bytes: bytes)
  }

  /// Reads a unit's dumps and sources, without the cache.
  ///
  /// - Returns: the facts, and how many bytes of text they came from.
  public static func read(_ unit: Unit) throws -> (facts: UnitFacts, bytes: Int) {
    let mir = try open(unit, .mir)
    let expanded = try open(unit, .expanded)
    let hir = try open(unit, .hir)
    var facts = withBytes(mir) { mirBytes in
      withBytes(expanded) { expandedBytes in
        withBytes(hir) { hirBytes in
          UnitReader.read(mir: mirBytes, expanded: expandedBytes, hir: hirBytes)
        }
      }
    }
    SourceMarkReader.read(unit, into: &facts)
    return (facts, [mir, expanded, hir].reduce(0) { $0 + ($1?.count ?? 0) })
  }

  private static func open(_ unit: Unit, _ form: DumpForm) throws -> MappedFile? {
    try unit.dumpFile(form).map { try MappedFile(path: $0) }
  }

  private static func withBytes<Result>(_ file: MappedFile?, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let file else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return file.withBytes(body)
  }
}
