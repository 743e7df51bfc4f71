import NightlyStore
import Project

/// The name of a result: a hash of all that it is made from, so that the same code is analysed once.
enum ResultKey {
  /// - Parameters:
  ///   - tool: what tells versions of mircap apart.
  ///   - settings: of the analysis.
  /// - Returns: `nil` if a unit does not say what went into it.
  static func make(_ folder: DumpFolder, tool: String, settings: TargetSettings) -> String? {
    var hash = SHA256()
    hash.add("result \(ResultPack.version)")
    hash.add(tool)
    hash.add(settings.std)
    for unit in folder.units {
      guard !unit.fingerprint.isEmpty else { return nil }
      for text in [unit.id, unit.fingerprint, unit.isWorkspaceMember ? "member" : ""] { hash.add(text) }
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
