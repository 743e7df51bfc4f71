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
      guard !unit.fingerprint.isEmpty else { return nil }
      hash.add(content)
      add(unit, to: &hash)
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

  /// What `unit.json` says, but for where cargo put things: a job's folder can be moved. It goes in beside the fingerprint, for
  /// a build script may have written it.
  private static func add(_ unit: Unit, to hash: inout SHA256) {
    for text in [
      unit.id, unit.fingerprint, unit.crateName, unit.package, unit.version, unit.target.rawValue, unit.targetName,
      unit.edition, unit.rustcVersion, unit.host, unit.triple, unit.profile, unit.rootFile, unit.workingDirectory,
      unit.manifestDirectory, unit.stableCrateID, unit.isWorkspaceMember ? "member" : "",
    ] { hash.add(text) }
    let lists = [
      unit.features, unit.cfgs, unit.errors, unit.runsIn.map(\.rawValue),
      DumpForm.allCases.map { (unit.dumpStates[$0] ?? .absent).rawValue },
      (unit.externs + unit.mirNames).map { "\($0.name)=\($0.id)" },
    ]
    for list in lists {
      hash.add(list.count)
      for text in list { hash.add(text) }
    }
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
