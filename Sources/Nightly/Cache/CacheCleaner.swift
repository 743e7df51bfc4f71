import Glibc
import Project

/// Removes what was not used for long: facts, results, records of runs, and what belongs to targets that are gone.
///
/// Safe beside other processes: a file that somebody has open stays readable, and what is missing is made again.
struct CacheCleaner {
  let plan: Plan
  let folders: RunFolders
  let cache: CacheFolder
  /// Temporary files of processes that were killed are older than this; in seconds.
  private static let leftover = 86_400

  private struct File {
    var path: String
    var size: Int
    var used: Int
  }

  /// - Parameter number: the run whose records and results stay whatever their age.
  func run(keepingRun number: Int) {
    cleanFacts()
    cleanRuns(keeping: number)
    cleanPacks()
    cleanTargets(ofRun: number)
  }

  private var now: Int { Int(time(nil)) * 1_000_000_000 }

  /// The oldest go first until the rest fits.
  private func cleanFacts() {
    var files = ["facts", "contents"].flatMap { Self.files(below: "\(cache.path)/\($0)") }.sorted {
      ($0.used, $0.path) < ($1.used, $1.path)
    }
    var size = files.reduce(0) { $0 + $1.size }
    let oldest = now - plan.cache.factsAge * 1_000_000_000
    files.removeAll { file in
      guard file.used < oldest || size > plan.cache.factsSize else { return false }
      unlink(file.path)
      size -= file.size
      return true
    }
    for file in files where Self.isTemporary(file.path) && file.used < now - Self.leftover * 1_000_000_000 {
      unlink(file.path)
    }
  }

  /// `AtomicFile` names them with a process's number and another one, behind a dot.
  private static func isTemporary(_ path: String) -> Bool {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return false }
    let numbers = path[path.index(after: dot)...].split(separator: "-")
    return numbers.count == 2 && numbers.allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  private func cleanRuns(keeping number: Int) {
    let oldest = now - plan.cache.resultsAge * 1_000_000_000
    for name in (try? FileSystem.names(in: folders.root + "/runs")) ?? [] where name != String(number) {
      let folder = "\(folders.root)/runs/\(name)"
      if let state = FileSystem.state(of: folder), state.modified < oldest { FileSystem.remove(folder) }
    }
  }

  /// Results that no stamp names and that are old: the store has them.
  private func cleanPacks() {
    let oldest = now - plan.cache.resultsAge * 1_000_000_000
    for file in Self.files(below: folders.packs) where file.used < oldest { unlink(file.path) }
  }

  /// Removes what is kept for targets that the run does not have, after some time: they may come back.
  private func cleanTargets(ofRun number: Int) {
    let records = (try? FileSystem.names(in: folders.run(number) + "/targets")) ?? []
    let current = Set(records.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) })
    let oldest = now - plan.cache.factsAge * 1_000_000_000
    for part in ["targets", "checkouts", "projects"] {
      for name in (try? FileSystem.names(in: "\(folders.root)/\(part)")) ?? [] where !current.contains(name) {
        let folder = "\(folders.root)/\(part)/\(name)"
        if let state = FileSystem.state(of: folder), state.modified < oldest { FileSystem.remove(folder) }
      }
    }
  }

  private static func files(below folder: String) -> [File] {
    (FolderListing.files(below: folder, limit: Int.max) ?? []).compactMap { path in
      FileSystem.state(of: path).map { File(path: path, size: $0.size, used: $0.modified) }
    }
  }
}
