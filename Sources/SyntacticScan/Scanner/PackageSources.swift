import Project
import RustDump

/// Which files of a package are scanned, and in which phase their code runs, as far as a scanner can tell.
struct PackageSources {
  /// One source file.
  struct File {
    /// Absolute.
    var path: String
    var phase: Phase
  }

  /// More files are not looked at.
  static let limit = 20_000

  private let package: ScanPackage
  private let includesTests: Bool
  /// Whether a folder below the package's is a package of its own, by path.
  private var isNested: [String: Bool] = [:]

  init(_ package: ScanPackage, includesTests: Bool) {
    self.package = package
    self.includesTests = includesTests
  }

  /// The files, in the order of their paths.
  ///
  /// A target's files are all Rust files below the folder of its root: scanners do not know which of them a build
  /// compiles. Beside the manifest, folders of tests, benchmarks and examples are passed over unless asked for.
  mutating func files() -> [File] {
    var phases: [String: Phase] = [:]
    let own: Phase = package.isProcMacro ? .procMacro : .run
    if package.isSingleFiles {
      return package.roots.map { File(path: $0, phase: own) }
        + package.buildScripts.map { File(path: $0, phase: .buildScript) }
    }
    for root in package.buildScripts {
      for file in buildScriptFiles(root) { phases[file] = .buildScript }
    }
    let folders = package.isPlainFolder ? [package.folder] : Set(package.roots.map(PackageSources.folder)).sorted()
    for folder in folders {
      for file in PackageFiles.rustFiles(below: folder, limit: PackageSources.limit) where isScanned(file) {
        if package.isPlainFolder, file.hasSuffix("/build.rs"), isBesideManifest(file) {
          phases[file] = .buildScript
        } else if phases[file] == nil {
          phases[file] = own
        }
      }
    }
    for root in package.roots where FileSystem.isFile(root) && phases[root] == nil { phases[root] = own }
    return phases.sorted { $0.key < $1.key }.prefix(PackageSources.limit).map { File(path: $0.key, phase: $0.value) }
  }

  private static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  private func isBesideManifest(_ file: String) -> Bool {
    FileSystem.isFile(PackageSources.folder(of: file) + "/Cargo.toml")
  }

  /// A build script in a folder of its own has that folder; one beside the manifest has the modules that it declares.
  private func buildScriptFiles(_ root: String) -> [String] {
    let folder = PackageSources.folder(of: root)
    guard folder == package.folder || package.roots.contains(where: { $0.hasPrefix(folder + "/") }) else {
      return PackageFiles.rustFiles(below: folder, limit: PackageSources.limit)
    }
    guard let bytes = FileSystem.contents(of: root, limit: PackageFiles.sizeLimit) else { return [root] }
    let declared = FileModules.find(SourceTokens(bytes)).compactMap { module in
      ModuleFile.candidates(module.name, path: module.path, file: root, modules: module.modules, isRoot: true)
        .first { FileSystem.isFile($0) && $0.hasPrefix(package.folder + "/") }
    }
    return [root] + declared
  }

  private mutating func isScanned(_ file: String) -> Bool {
    guard file.hasPrefix(package.folder + "/") else { return true }
    let parts = file.dropFirst(package.folder.count + 1).split(separator: "/")
    var folder = package.folder
    for part in parts.dropLast() {
      // Beside a manifest stand folders that are no part of a library or program.
      if folder == package.folder || nested(folder) {
        if part == "target" || !includesTests && ["tests", "benches", "examples"].contains(part) { return false }
      }
      folder += "/" + part
      if nested(folder), !package.isPlainFolder { return false }
    }
    return true
  }

  private mutating func nested(_ folder: String) -> Bool {
    if let known = isNested[folder] { return known }
    let found = FileSystem.isFile(folder + "/Cargo.toml")
    isNested[folder] = found
    return found
  }
}
