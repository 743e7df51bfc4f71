import Glibc

/// The name of what stands in a unit's dump and sources, so that facts of one text are never taken for those of another.
///
/// `unit.json` says what went into a unit (`Unit.fingerprint`). But it is written where build scripts and proc macros of its
/// build can write too: one of them could claim another crate's fingerprint. The name is made from the bytes themselves.
/// Hashing takes as long as reading does, so what a file was is remembered in the cache for as long as its stamp is the same.
public struct UnitContent: Sendable {
  private let cache: CacheFolder
  /// Sources that are larger are not read, here and by readers of sources.
  public static let sourceLimit = 64 << 20
  private static let head = "mircap-content/1"
  /// The times of files lag behind the clock by a tick, in nanoseconds.
  private static let tick = 20_000_000

  /// - Parameter cache: where names are remembered. What is in it is believed.
  public init(cache: CacheFolder) { self.cache = cache }

  /// The hash of all bytes that the facts of a unit are made from, as 64 hexadecimal digits.
  ///
  /// - Throws: a `Failure` if a file of the dump cannot be read.
  public func hash(of unit: Unit) throws -> String {
    let files = UnitContent.files(of: unit)
    let now = UnitContent.now()
    let stamps = files.map { FileStamp(of: $0.path) }
    let lines = zip(files, stamps).map { "\($1?.text ?? "none") \($0.path)" }
    let memo = memoFile(of: unit)
    if let known = remembered(memo, lines) {
      cache.noteUse(of: memo)
      return known
    }
    let hash = try UnitContent.hash(files)
    if stamps.allSatisfy({ $0.map { $0.changed < now - UnitContent.tick } ?? true }) {
      let text = ([UnitContent.head, hash] + lines + ["end", ""]).joined(separator: "\n")
      try? cache.store(Array(text.utf8), at: memo)
    }
    return hash
  }

  // MARK: Files

  private struct File {
    /// What the facts call it.
    var name: String
    var path: String
    var isSource: Bool
  }

  private static func files(of unit: Unit) -> [File] {
    let dumps = DumpForm.allCases.compactMap { form in
      unit.dumpFile(form).map { File(name: form.rawValue, path: $0, isSource: false) }
    }
    return dumps + unit.sourceFiles.map { File(name: $0, path: unit.path(ofSource: $0), isSource: true) }
  }

  private static func hash(_ files: [File]) throws -> String {
    var hash = SHA256()
    for file in files {
      hash.add(file.name)
      if file.isSource {
        // A source that is not at hand is one that facts are made without.
        guard let bytes = FileSystem.contents(of: file.path, limit: sourceLimit) else {
          hash.add(-1)
          continue
        }
        hash.add(bytes.count)
        hash.add(bytes)
      } else {
        let mapped = try MappedFile(path: file.path)
        mapped.withBytes { hash.addPieces(of: $0) }
      }
    }
    return hash.finishAsText()
  }

  // MARK: What is remembered

  /// One for each place where a unit's dump stands.
  private func memoFile(of unit: Unit) -> String {
    let name = SHA256.text(SHA256.hash(Array((FileSystem.realPath(unit.folder) ?? unit.folder).utf8)))
    return "\(cache.path)/contents/\(name.prefix(2))/\(name)"
  }

  private func remembered(_ memo: String, _ lines: [String]) -> String? {
    guard let bytes = FileSystem.contents(of: memo, limit: 64 << 20),
      let text = String(validating: bytes, as: UTF8.self), text.utf8.starts(with: (UnitContent.head + "\n").utf8)
    else { return nil }
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count == lines.count + 4, parts[parts.count - 2] == "end", parts[1].utf8.count == 64,
      zip(parts.dropFirst(2), lines).allSatisfy({ $0 == $1 })
    else { return nil }
    return String(parts[1])
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
