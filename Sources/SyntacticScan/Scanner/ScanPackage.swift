import Project

/// A package whose sources are scanned.
public struct ScanPackage: Sendable {
  public var name: String
  /// Empty if it is not known.
  public var version: String
  public var isWorkspaceMember: Bool
  /// The folder of its manifest, without `.` and `..`.
  public var folder: String
  /// The root files of its targets, other than build scripts: absolute paths.
  public var roots: [String] = []
  /// The root files of its build scripts.
  public var buildScripts: [String] = []
  /// Whether it is a proc macro.
  public var isProcMacro = false
  /// Whether all below the folder is scanned: there is no manifest that names targets.
  var isPlainFolder = false
  /// Whether only the root files are scanned, and not what lies beside them.
  var isSingleFiles = false

  public init(name: String, version: String, isWorkspaceMember: Bool, folder: String) {
    self.name = name
    self.version = version
    self.isWorkspaceMember = isWorkspaceMember
    self.folder = PackageFiles.normalised(folder)
  }
}

extension ScanPackage {
  /// The packages of units, in the order of their names.
  public static func packages(of units: [Unit]) -> [ScanPackage] {
    var packages: [String: ScanPackage] = [:]
    for unit in units {
      let folder = unit.manifestDirectory.isEmpty ? unit.workingDirectory : unit.manifestDirectory
      let key = "\(unit.package)\n\(unit.version)\n\(folder)"
      var package =
        packages[key]
        ?? ScanPackage(
          name: unit.package, version: unit.version, isWorkspaceMember: unit.isWorkspaceMember, folder: folder)
      let root = PackageFiles.absolute(unit.rootFile, in: unit.workingDirectory)
      if unit.target == .buildScript {
        if !package.buildScripts.contains(root) { package.buildScripts.append(root) }
      } else if !package.roots.contains(root) {
        package.roots.append(root)
      }
      if unit.target == .procMacro { package.isProcMacro = true }
      packages[key] = package
    }
    return packages.sorted { $0.key < $1.key }.map(\.value)
  }

  /// A folder without a manifest, or a single file, as a package.
  public static func plain(_ path: String) -> ScanPackage {
    let isFile = FileSystem.isFile(path)
    let folder = isFile ? path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." : path
    let absolute = FileSystem.realPath(folder) ?? folder
    let name = absolute.split(separator: "/").last.map(String.init) ?? "root"
    var package = ScanPackage(name: name, version: "", isWorkspaceMember: true, folder: absolute)
    if isFile {
      package.roots = [PackageFiles.absolute(path.split(separator: "/").last.map(String.init) ?? path, in: absolute)]
      package.isSingleFiles = true
    }
    package.isPlainFolder = true
    return package
  }
}
