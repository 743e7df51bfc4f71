import Project

/// The packages of a project and of what it depends on, as `cargo metadata` tells them. Runs no code of any package.
public enum CargoMetadata {
  /// What was found.
  public struct Packages: Sendable {
    public var packages: [ScanPackage]
    public var workspaceFolder: String

    public init(packages: [ScanPackage], workspaceFolder: String) {
      self.packages = packages
      self.workspaceFolder = workspaceFolder
    }
  }

  /// Asks cargo, without network.
  ///
  /// - Parameters:
  ///   - manifest: the path of a Cargo.toml.
  ///   - withDependencies: whether packages outside of the workspace are wanted.
  /// - Throws: a `Failure` if cargo cannot tell, with what can be done about it.
  public static func read(manifest: String, withDependencies: Bool) throws -> Packages {
    let path = FileSystem.realPath(manifest) ?? manifest
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var arguments = ["metadata", "--format-version", "1", "--offline", "--manifest-path", path]
    if withDependencies {
      // Packages for other systems are often not at hand.
      if let host = try hostTriple() { arguments += ["--filter-platform", host] }
    } else {
      arguments.append("--no-deps")
    }
    var lines: [[UInt8]] = []
    // Cargo asks the compiler about the system; that must not be a program which the project's own settings name.
    let environment = ["RUSTC": program("rustc"), "RUSTC_WRAPPER": "", "RUSTC_WORKSPACE_WRAPPER": ""]
    // Cargo looks for settings in the folder that it is started in, and above it.
    let child = ChildProcess(
      program: "/bin/sh", arguments: ["-c", "cd \"$0\" && exec \"$@\"", folder, program("cargo")] + arguments,
      environment: environment)
    let ending = try child.readLines(longestLine: 64 << 20) { line in
      if lines.count < 100 { lines.append(Array(line)) }
    }
    guard ending == .exit(0), let text = lines.last(where: { $0.first == UInt8(ascii: "{") }) else {
      throw Failure(
        "cargo metadata --offline cannot tell the project's packages", file: manifest,
        advice:
          "its message stands above; fetch what is missing (cargo fetch), scan only the project (--no-dependencies),"
          + " or scan the packages of a dump (--dumps DIR)")
    }
    var reader = JSONReader()
    reader.maximumSize = 64 << 20
    return try packages(of: text.withUnsafeBytes { try reader.read($0, name: manifest) }, file: manifest)
  }

  /// What `cargo metadata` has printed.
  ///
  /// - Throws: a `Failure` that names the file if that is something else.
  static func packages(of json: JSONValue, file: String) throws -> Packages {
    guard let list = json["packages"]?.array, let workspace = json["workspace_root"]?.string else {
      throw Failure("cargo metadata printed no packages", file: file)
    }
    let members = Set((json["workspace_members"]?.array ?? []).compactMap(\.string))
    let needed = json["resolve"].flatMap { neededPackages($0, members) } ?? members
    let packages = list.compactMap { package -> ScanPackage? in
      guard let id = package["id"]?.string, needed.contains(id) else { return nil }
      return scanPackage(package, isMember: members.contains(id))
    }
    return Packages(
      packages: packages.sorted { ($0.name, $0.version, $0.folder) < ($1.name, $1.version, $1.folder) },
      workspaceFolder: workspace)
  }

  /// The ids of what the members need to be built, by normal and build dependencies.
  private static func neededPackages(_ resolve: JSONValue, _ members: Set<String>) -> Set<String>? {
    guard let nodes = resolve["nodes"]?.array else { return nil }
    var dependencies: [String: [String]] = [:]
    for node in nodes {
      guard let id = node["id"]?.string else { continue }
      dependencies[id] = (node["deps"]?.array ?? []).compactMap { dependency in
        let kinds = dependency["dep_kinds"]?.array ?? [.null]
        let isNeeded = kinds.isEmpty || kinds.contains { $0["kind"]?.string != "dev" }
        return isNeeded ? dependency["pkg"]?.string : nil
      }
    }
    var needed = members
    var work = Array(members)
    while let id = work.popLast() {
      for next in dependencies[id] ?? [] where needed.insert(next).inserted { work.append(next) }
    }
    return needed
  }

  private static func scanPackage(_ json: JSONValue, isMember: Bool) -> ScanPackage? {
    guard let name = json["name"]?.string, let manifest = json["manifest_path"]?.string,
      let slash = manifest.lastIndex(of: "/")
    else { return nil }
    var package = ScanPackage(
      name: name, version: json["version"]?.string ?? "", isWorkspaceMember: isMember,
      folder: String(manifest[..<slash]))
    for target in json["targets"]?.array ?? [] {
      let kinds = Set((target["kind"]?.array ?? []).compactMap(\.string))
      guard let root = target["src_path"]?.string else { continue }
      let path = PackageFiles.normalised(root)
      if kinds.contains("custom-build") {
        package.buildScripts.append(path)
      } else if kinds.isDisjoint(with: ["test", "bench", "example"]) {
        package.roots.append(path)
        if kinds.contains("proc-macro") { package.isProcMacro = true }
      }
    }
    return package
  }

  /// The system that the compiler makes code for; `nil` if there is no compiler.
  private static func hostTriple() throws -> String? {
    var host: String?
    let ending = try? ChildProcess(program: program("rustc"), arguments: ["-vV"]).readLines { line in
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("host: ") { host = String(text.dropFirst(6)) }
    }
    return ending == .exit(0) ? host : nil
  }

  /// A program of the toolchain: on the PATH, else where rustup or the system puts it.
  private static func program(_ name: String) -> String {
    let path = (Environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    let home = (Environment["CARGO_HOME"] ?? Environment["HOME"].map { $0 + "/.cargo" }).map { "\($0)/bin/\(name)" }
    return (path + [home, "/usr/bin/\(name)"].compactMap(\.self)).first { FileSystem.isProgram($0) } ?? name
  }
}
