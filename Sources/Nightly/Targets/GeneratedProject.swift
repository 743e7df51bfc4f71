import Project

/// A project that does nothing but depend on one crate of a mirror.
struct GeneratedProject {
  /// No published package has this name.
  static let packageName = "mircap-nightly-target"

  var package: String
  var version: String
  var features: [String]
  var usesDefaults: Bool
  var mirror: Plan.Mirror

  /// Writes the project. Files that are there and say the same are left alone, so that nothing looks changed.
  ///
  /// - Parameter resolvesAnew: whether the lock file is made again.
  func write(to folder: String, resolvesAnew: Bool) throws {
    for part in ["", "/src", "/.cargo"] { try FileSystem.makeFolder(folder + part) }
    if resolvesAnew { FileSystem.remove(folder + "/Cargo.lock") }
    try Self.write(manifest, to: folder + "/Cargo.toml")
    try Self.write(settings, to: folder + "/.cargo/config.toml")
    try Self.write("", to: folder + "/src/lib.rs")
  }

  private var manifest: String {
    let list = features.map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      [package]
      name = "\(Self.packageName)"
      version = "0.0.0"
      edition = "2021"
      publish = false

      [workspace]

      [dependencies]
      \(package) = { version = "=\(version)", default-features = \(usesDefaults), features = [\(list)] }

      """
  }

  private var settings: String {
    let kind =
      switch mirror {
      case .vendor: "directory"
      case .registry: "local-registry"
      }
    let folder = FileSystem.realPath(mirror.folder) ?? mirror.folder
    let escaped = folder.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return """
      [source.crates-io]
      replace-with = "mirror"

      [source.mirror]
      \(kind) = "\(escaped)"

      """
  }

  private static func write(_ text: String, to file: String) throws {
    let bytes = Array(text.utf8)
    guard FileSystem.contents(of: file, limit: 1 << 20) != bytes else { return }
    try AtomicFile.write(bytes, to: file)
  }
}
