import Project

/// Everything that goes into the result of a target, as far as the file system and the environment show it.
struct InputList {
  /// Files and folders whose size and time count.
  private(set) var files: Set<String> = []
  /// Files that are not there and would count.
  private(set) var absent: Set<String> = []
  /// Folders whose lists of names count.
  private(set) var folders: Set<String> = []
  /// Environment variables whose values count, by name.
  private(set) var variables: Set<String> = []
  /// Whether something goes in that cannot be listed.
  private(set) var isOpen = false

  /// So many files of one package are looked at when its build script says nothing of what it reads.
  private static let mostFiles = 50_000

  /// Nothing.
  init() {}

  /// - Parameter dumps: of the target, just made; files below it are made by the build itself.
  init(target: Target, dumps: DumpFolder) {
    for unit in dumps.units { add(unit, below: dumps.path) }
    let local = dumps.build?.packages.filter { $0.source.isEmpty } ?? []
    for package in local { add(package: package.folder) }
    addMembers(local.map(\.folder), workspace: dumps.build?.workspaceFolder ?? target.project)
    addCargo(project: target.project)
    addToolchain(target.settings.toolchain)
    if !target.mirrorFolder.isEmpty { folders.insert(target.mirrorFolder) }
    // What is written while building is no input.
    files = files.filter { !$0.hasPrefix(dumps.path + "/") }
  }

  private mutating func add(file: String) {
    if FileSystem.state(of: file) != nil { files.insert(file) } else { absent.insert(file) }
  }

  private mutating func add(_ unit: Unit, below dumps: String) {
    for file in unit.sourceFiles {
      add(file: file.hasPrefix("/") ? file : unit.workingDirectory + "/" + file)
    }
    for variable in unit.environment {
      let name = String(variable.prefix { $0 != "=" })
      // What cargo sets for each compilation follows from manifests.
      if !name.hasPrefix("CARGO_"), name != "OUT_DIR" { variables.insert(name) }
    }
    guard !unit.outputDirectory.isEmpty else { return }
    add(buildScriptOf: unit)
  }

  /// What a package's build script told cargo to watch.
  private mutating func add(buildScriptOf unit: Unit) {
    let output = unit.outputDirectory.hasSuffix("/out") ? unit.outputDirectory.dropLast(3) + "output" : ""
    guard let bytes = FileSystem.contents(of: String(output), limit: 16 << 20) else { return isOpen = true }
    var saysWhat = false
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard line.hasPrefix("cargo:") else { continue }
      let text = line.dropFirst(line.hasPrefix("cargo::") ? 7 : 6)
      if text.hasPrefix("rerun-if-changed=") {
        saysWhat = true
        add(watched: String(text.dropFirst(17)), in: unit.manifestDirectory)
      } else if text.hasPrefix("rerun-if-env-changed=") {
        saysWhat = true
        variables.insert(String(text.dropFirst(21)))
      }
    }
    // Cargo watches all files of such a package, unless it came from a registry.
    if !saysWhat, unit.isWorkspaceMember { add(allFilesOf: unit.manifestDirectory) }
  }

  private mutating func add(watched path: String, in folder: String) {
    let file = path.hasPrefix("/") ? path : folder + "/" + path
    if FileSystem.isFolder(file) { add(allFilesOf: file) } else { add(file: file) }
  }

  private mutating func add(allFilesOf folder: String) {
    guard let found = FolderListing.files(below: folder, limit: Self.mostFiles) else { return isOpen = true }
    for file in found {
      files.insert(file)
      if let slash = file.lastIndex(of: "/") { folders.insert(String(file[..<slash])) }
    }
  }

  /// Targets that cargo finds by where they stand come and go with files that nothing names.
  private mutating func add(package folder: String) {
    for name in ["Cargo.toml", "build.rs"] { add(file: folder + "/" + name) }
    for name in ["/src", "/src/bin"] where FileSystem.isFolder(folder + name) { folders.insert(folder + name) }
    for name in (try? FileSystem.names(in: folder + "/src/bin")) ?? []
    where FileSystem.isFolder("\(folder)/src/bin/\(name)") {
      folders.insert("\(folder)/src/bin/\(name)")
    }
  }

  /// Members of a workspace may be named by a pattern: the folders that hold members count.
  private mutating func addMembers(_ members: [String], workspace: String) {
    add(file: workspace + "/Cargo.toml")
    for member in members where member.hasPrefix(workspace + "/") {
      let parent = member[..<(member.lastIndex(of: "/") ?? member.endIndex)]
      if parent.count > workspace.count { folders.insert(String(parent)) }
    }
    files.insert(workspace + "/Cargo.lock")
  }

  private mutating func addCargo(project: String) {
    let home = Environment["CARGO_HOME"] ?? (Environment["HOME"] ?? "/root") + "/.cargo"
    for folder in FolderListing.above(project).map({ $0 + "/.cargo" }) + [home] {
      for name in ["config.toml", "config"] { add(file: folder + "/" + name) }
    }
  }

  private mutating func addToolchain(_ toolchain: String?) {
    let home = Environment["RUSTUP_HOME"] ?? (Environment["HOME"] ?? "/root") + "/.rustup"
    add(file: home + "/settings.toml")
    for folder in ["update-hashes", "toolchains"] where FileSystem.isFolder(home + "/" + folder) {
      folders.insert(home + "/" + folder)
    }
    for name in (try? FileSystem.names(in: home + "/update-hashes")) ?? [] {
      add(file: home + "/update-hashes/" + name)
    }
    for name in (try? FileSystem.names(in: home + "/toolchains")) ?? [] {
      add(file: "\(home)/toolchains/\(name)/bin/rustc")
    }
    let named = toolchain.map { $0.contains("/") ? [$0] : [] } ?? []
    for program in named + ["/usr/bin/rustc", "/usr/bin/cargo"] { add(file: program) }
    for folder in (Environment["PATH"] ?? "").split(separator: ":") {
      for program in ["rustc", "cargo"] where FileSystem.isProgram("\(folder)/\(program)") {
        add(file: "\(folder)/\(program)")
      }
    }
  }
}
