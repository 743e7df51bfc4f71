/// What only cargo knows of a build: `build.json` of a dump folder.
public struct BuildDescription: Sendable {
  /// Whether everything compiled.
  public var succeeded: Bool
  /// The toolchain that was asked for; empty for the default.
  public var toolchain: String
  /// The compiler's version text, as `rustc -V` prints it.
  public var compiler: String
  /// The folder of the workspace; paths in reports are relative to it.
  public var workspaceFolder: String
  /// The ids of the build's units.
  public var unitIDs: [String]
  /// All packages that the build could draw on, members and others.
  public var packages: [BuildPackage]

  /// The package that a unit was made from.
  public func package(of unit: Unit) -> BuildPackage? {
    let candidates = packages.filter { $0.name == unit.package && $0.version == unit.version }
    return candidates.first { $0.folder == unit.manifestDirectory } ?? candidates.first
  }
}

/// A package as cargo knows it.
public struct BuildPackage: Sendable {
  public var name: String
  public var version: String
  /// Where it comes from; empty for a path.
  public var source: String
  /// From the lock file; empty if it has none.
  public var checksum: String
  /// The folder of its manifest.
  public var folder: String
  public var isWorkspaceMember: Bool
  /// The native library that `links` in the manifest claims; empty if none.
  public var links: String
  /// What its build script asked cargo to link, as `name` or `kind=name`.
  public var nativeLibraries: [String]
  /// Where its build script said to look for them.
  public var libraryFolders: [String]
  /// The cfgs that its build script set.
  public var buildScriptCfgs: [String]
  /// The features that its manifest declares, `default` among them; sorted.
  public var features: [String]
}

extension BuildDescription {
  /// Reads `build.json`.
  ///
  /// - Throws: a `Failure` that names file and line.
  init(file: String) throws {
    var reader = JSONReader()
    reader.maximumSize = 64 << 20
    self = try BuildDescription(json: reader.read(file: file), file: file)
  }

  /// - Throws: a `Failure` that names the file if it holds no object; what is missing in it stays empty.
  public init(json: JSONValue, file: String) throws {
    guard case .object = json else {
      throw Failure("expected an object, found \(json.kindName)", file: file, line: 1)
    }
    let metadata = json["metadata"] ?? .null
    let members = Set(Self.strings(metadata["workspace_members"]))
    succeeded = json["success"]?.boolean ?? true
    toolchain = json["toolchain"]?.string ?? ""
    compiler = json["rustc"]?.string ?? ""
    workspaceFolder = metadata["workspace_root"]?.string ?? ""
    unitIDs = Self.strings(json["units"])
    let checksums = Checksums(json["checksums"])
    let scripts = Self.buildScripts(json["messages"])
    packages = (metadata["packages"]?.array ?? []).compactMap { package in
      Self.package(package, members: members, checksums: checksums, scripts: scripts)
    }
  }

  private static func package(
    _ json: JSONValue, members: Set<String>, checksums: Checksums, scripts: [String: JSONValue]
  ) -> BuildPackage? {
    guard let name = json["name"]?.string, let version = json["version"]?.string else { return nil }
    let id = json["id"]?.string ?? ""
    let source = json["source"]?.string ?? ""
    let manifest = json["manifest_path"]?.string ?? ""
    let script = scripts[id] ?? .null
    return BuildPackage(
      name: name, version: version, source: source,
      checksum: checksums.values[Checksums.key(name: name, version: version, source: source)] ?? "",
      folder: manifest.lastIndex(of: "/").map { String(manifest[..<$0]) } ?? "",
      isWorkspaceMember: members.contains(id), links: json["links"]?.string ?? "",
      nativeLibraries: strings(script["linked_libs"]), libraryFolders: strings(script["linked_paths"]),
      buildScriptCfgs: strings(script["cfgs"]),
      features: (json["features"]?.fields ?? []).map(\.name).sorted())
  }

  /// What build scripts printed, by package. Of two scripts of one package (host and target builds) all lines count.
  private static func buildScripts(_ messages: JSONValue?) -> [String: JSONValue] {
    var scripts: [String: JSONValue] = [:]
    for message in messages?.array ?? [] where message["reason"]?.string == "build-script-executed" {
      guard let package = message["package_id"]?.string else { continue }
      let former = scripts[package] ?? .null
      scripts[package] = .object(
        ["linked_libs", "linked_paths", "cfgs"].map { name in
          let values = Set(strings(former[name]) + strings(message[name]))
          return JSONField(name, .array(values.sorted().map { .string($0) }))
        })
    }
    return scripts
  }

  private static func strings(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }

  /// The lock file's checksums.
  private struct Checksums {
    var values: [String: String] = [:]

    init(_ json: JSONValue?) {
      for entry in json?.array ?? [] {
        guard let name = entry["name"]?.string, let version = entry["version"]?.string else { continue }
        values[Self.key(name: name, version: version, source: entry["source"]?.string ?? "")] =
          entry["checksum"]?.string
      }
    }

    static func key(name: String, version: String, source: String) -> String { "\(name)\n\(version)\n\(source)" }
  }
}
