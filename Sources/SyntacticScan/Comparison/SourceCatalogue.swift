import Capabilities
import Project

/// The source files of the packages that are compared: which units read them, and by which names they go.
struct SourceCatalogue {
  /// One file.
  struct File {
    /// Absolute.
    var path: String
    /// As reports print it.
    var name: String
    /// An index into the packages.
    var package: Int
    /// The units that read it; none if the build leaves it out.
    var units: [Int] = []
  }

  private(set) var files: [File] = []
  private(set) var packages: [ScanPackage]
  private var byPath: [String: Int] = [:]
  private var byName: [String: Int] = [:]
  private var byLastPart: [Substring: [Int]] = [:]

  /// - Parameters:
  ///   - units: in the order of the graph's.
  ///   - packages: of these units.
  ///   - workspace: what paths of members are told relative to.
  init(units: [Unit], packages: [ScanPackage], workspace: String) {
    self.packages = packages
    let names = SourceNames(units)
    var packageOf: [String: Int] = [:]
    for (index, package) in packages.enumerated() {
      packageOf["\(package.name)\n\(package.version)\n\(package.folder)"] = index
    }
    for (number, unit) in units.enumerated() {
      let folder = unit.manifestDirectory.isEmpty ? unit.workingDirectory : unit.manifestDirectory
      let key = "\(unit.package)\n\(unit.version)\n\(PackageFiles.normalised(folder))"
      guard let package = packageOf[key] else { continue }
      for source in Set(unit.sourceFiles + [unit.rootFile]) where source.hasSuffix(".rs") {
        let path = PackageFiles.absolute(source, in: unit.workingDirectory)
        let place = add(path, names.name(of: source, in: unit), package)
        if !files[place].units.contains(number) { files[place].units.append(number) }
        byName[names.name(of: PackageFiles.normalised(source), in: unit)] = place
      }
    }
    for index in files.indices { files[index].units.sort() }
    for (index, package) in packages.enumerated() {
      var sources = PackageSources(package, includesTests: true)
      for file in sources.files() {
        _ = add(file.path, SourceScan.name(of: file.path, package, PackageFiles.normalised(workspace)), index)
      }
    }
  }

  private mutating func add(_ path: String, _ name: String, _ package: Int) -> Int {
    if let known = byPath[path] { return known }
    let place = files.count
    files.append(File(path: path, name: name, package: package))
    byPath[path] = place
    if byName[name] == nil { byName[name] = place }
    byLastPart[path.split(separator: "/").last ?? "", default: []].append(place)
    return place
  }

  /// The file of a name that reports print.
  func file(named name: String) -> Int? { byName[name] }

  /// The file that a scanner means: by its absolute path, its name in reports, or the end of its path.
  ///
  /// - Parameter package: the package that the scanner speaks of; empty if it does not say.
  func file(meantBy text: String, package: String) -> Int? {
    let path = PackageFiles.normalised(text)
    if let known = byPath[path] ?? byName[path] { return known }
    guard let last = path.split(separator: "/").last, let candidates = byLastPart[last] else { return nil }
    var fitting = candidates.filter { files[$0].path.hasSuffix("/" + path) }
    if !package.isEmpty { fitting = fitting.filter { packages[files[$0].package].name == package } }
    // Scanners name files of the project that they are run on relative to it.
    let members = fitting.filter { packages[files[$0].package].isWorkspaceMember }
    let best = members.isEmpty ? fitting : members
    return best.min { files[$0].path.utf8.count < files[$1].path.utf8.count }
  }
}
