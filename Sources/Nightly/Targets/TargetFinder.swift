import Policy
import Project

/// Finds what the entries of a plan stand for.
struct TargetFinder {
  let plan: Plan
  /// Where generated projects and checkouts go.
  let folder: RunFolders
  private var mirrors: [String: Result<MirrorFolder, Failure>] = [:]
  private(set) var targets: [Target] = []
  private(set) var missing: [MissingTarget] = []
  private var lines: [String: Int] = [:]

  init(plan: Plan, folder: RunFolders) {
    self.plan = plan
    self.folder = folder
  }

  /// Looks at all entries, in the order of the plan.
  ///
  /// - Throws: a `Failure` if two targets have one name. What cannot be found is in `missing`.
  mutating func run() throws {
    for entry in plan.entries {
      switch entry.kind {
      case .project(let path, let name): try add(project: path, name, entry)
      case .revision(let repository, let revision, let part, let name):
        let place = folder.checkout(of: Target.fileName(of: name))
        try add(name, "\(revision) of \(repository) \(part)", entry) {
          let tree = try GitWorkTree.update(
            place, repository: repository, revision: revision, part: part)
          return Target(
            name: name, description: "git \(tree.commit) \(part)", project: tree.folder, settings: entry.settings)
        }
      case .package(let request): try add(request, entry)
      }
    }
  }

  private mutating func add(project path: String, _ name: String, _ entry: Plan.Entry) throws {
    try add(name, "project \(path)", entry) {
      let folder = path.hasSuffix("/Cargo.toml") ? String(path.dropLast("/Cargo.toml".count)) : path
      guard let real = FileSystem.realPath(folder), FileSystem.isFile(real + "/Cargo.toml") else {
        throw Failure("there is no Cargo.toml", file: path)
      }
      return Target(name: name, description: "project \(real)", project: real, settings: entry.settings)
    }
  }

  private mutating func add(_ request: Plan.PackageRequest, _ entry: Plan.Entry) throws {
    let known = mirror(request.mirror)
    let versions = (try? known.get())?.versions(of: request.name, in: request.range) ?? []
    guard !versions.isEmpty else {
      try add(request.name, "crate \(request.name) \(request.range.text)", entry) {
        _ = try known.get()
        throw Failure("the mirror \(request.mirror) has no \(request.name) \(request.range.text)")
      }
      return
    }
    let sets = request.featureSets.isEmpty ? [[]] : request.featureSets
    for version in request.allVersions ? versions : [versions[versions.count - 1]] {
      for set in sets { try add(request, version: version, features: set, isOnlySet: sets.count == 1, entry) }
    }
  }

  private mutating func add(
    _ request: Plan.PackageRequest, version: String, features: [String], isOnlySet: Bool, _ entry: Plan.Entry
  ) throws {
    guard let mirror = plan.mirrors[request.mirror] else { return }
    let name =
      request.name + (request.allVersions ? "@\(version)" : "")
      + (isOnlySet
        ? ""
        : "+"
          + (features.isEmpty
            ? (request.defaultFeatures ? "default" : "none") : features.sorted().joined(separator: ",")))
    let shown = features.sorted().joined(separator: ",")
    let place = folder.generated(Target.fileName(of: name))
    try add(name, "crate \(request.name) \(version)", entry) {
      let project = GeneratedProject(
        package: request.name, version: version,
        features: features.isEmpty && !request.allFeatures ? [] : features.sorted(),
        usesDefaults: request.defaultFeatures,
        mirror: mirror)
      let state = FolderListing.signature(of: mirror.folder)
      try project.write(to: place, resolvesAnew: !Self.isCurrent(place + "/mirror", state))
      try AtomicFile.write(Array(state.utf8), to: place + "/mirror")
      return Target(
        name: name,
        description:
          "crate \(request.name) \(version) [\(shown)] \(request.defaultFeatures ? "default" : "no default")",
        project: place, settings: entry.settings, generatedPackage: GeneratedProject.packageName,
        mirrorFolder: mirror.folder)
    }
  }

  private static func isCurrent(_ file: String, _ state: String) -> Bool {
    FileSystem.contents(of: file, limit: 4096) == Array(state.utf8)
  }

  private mutating func mirror(_ name: String) -> Result<MirrorFolder, Failure> {
    if let known = mirrors[name] { return known }
    let result = Result<MirrorFolder, Failure> { () throws(Failure) -> MirrorFolder in
      guard let mirror = plan.mirrors[name] else { throw Failure("there is no mirror \(name)") }
      do { return try MirrorFolder(mirror) } catch let failure as Failure { throw failure } catch {
        throw Failure("\(error)", file: mirror.folder)
      }
    }
    mirrors[name] = result
    return result
  }

  private mutating func add(
    _ name: String, _ description: String, _ entry: Plan.Entry, _ make: () throws -> Target
  ) throws {
    if let former = lines.updateValue(entry.line, forKey: name) {
      throw Failure(
        "two targets are named `\(name)`; the other one stands in line \(former)", file: plan.file, line: entry.line,
        advice: "`name` gives it another", kind: .usage)
    }
    do {
      targets.append(try make())
    } catch let failure as Failure {
      missing.append(MissingTarget(name: name, description: description, reason: failure.description))
    }
  }
}
