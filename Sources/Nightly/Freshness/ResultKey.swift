import NightlyStore
import Project

/// The name of a result: a hash of all that it is made from, so that the same code is analysed once.
enum ResultKey {
  /// - Parameters:
  ///   - tool: what tells versions of mircap apart.
  ///   - settings: of the analysis.
  ///   - cache: where it is remembered what files hold.
  /// - Returns: `nil` if a unit does not say what went into it, or a file cannot be read.
  static func make(_ folder: DumpFolder, tool: String, settings: TargetSettings, cache: CacheFolder) -> String? {
    let contents = UnitContent(cache: cache)
    let hashes = try? ParallelWork.map(folder.units, jobs: ParallelWork.processorCount, weight: { _ in 1 }) {
      try contents.hash(of: $0)
    }
    guard let hashes else { return nil }
    var hash = SHA256()
    hash.add("result \(ResultPack.version)")
    hash.add(tool)
    hash.add(settings.std)
    for (unit, content) in zip(folder.units, hashes) {
      // What says what the dump is goes in whole: a build script may have written it.
      guard !unit.fingerprint.isEmpty, let own = FileSystem.contents(of: unit.folder + "/unit.json", limit: 64 << 20)
      else { return nil }
      hash.add(own.count)
      hash.add(own)
      for text in [unit.id, content, unit.isWorkspaceMember ? "member" : ""] { hash.add(text) }
      for extern in unit.externs { hash.add(extern.id) }
      hash.add(unit.runsIn.map(\.rawValue).joined(separator: ","))
    }
    for missing in folder.missingUnits { hash.add("missing " + missing.id) }
    for package in folder.build?.packages ?? [] {
      // What build scripts have linked stands in no unit.
      for list in [package.nativeLibraries, package.libraryFolders, package.buildScriptCfgs, [package.links]] {
        hash.add(list.count)
        for text in list { hash.add(text) }
      }
    }
    return hash.finishAsText()
  }
}

/// What tells one mircap from another: its version, and its program file, which differs between builds of one version.
public enum ToolIdentity {
  public static func current(version: String) -> String {
    let program = FileSystem.realPath("/proc/self/exe") ?? ""
    let state = FileSystem.state(of: program)
    return "mircap \(version) \(state?.size ?? 0) \(state?.modified ?? 0)"
  }
}
