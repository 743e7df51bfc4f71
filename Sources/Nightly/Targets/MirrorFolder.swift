import Policy
import Project

/// The packages of a mirror.
struct MirrorFolder {
  let mirror: Plan.Mirror
  /// Names in the folder: of packages' folders, or of `.crate` files.
  private let names: [String]

  /// - Throws: a `Failure` if there is no such folder.
  init(_ mirror: Plan.Mirror) throws {
    self.mirror = mirror
    names = try FileSystem.names(in: mirror.folder)
  }

  /// The versions of a package that are in a range, the oldest first.
  func versions(of package: String, in range: VersionRange) -> [String] {
    let found: [String] =
      switch mirror {
      case .vendor(let folder): names.compactMap { vendored(package, folder: $0, in: folder) }
      case .registry:
        names.compactMap { name in
          guard name.hasPrefix(package + "-"), name.hasSuffix(".crate") else { return nil }
          let version = name.dropFirst(package.count + 1).dropLast(".crate".count)
          return SemanticVersion(String(version)) == nil ? nil : String(version)
        }
      }
    let versions = Set(found).compactMap { text in SemanticVersion(text).map { (version: $0, text: text) } }
    return versions.filter { range.contains($0.version) }
      .sorted { ($0.version, $0.text) < ($1.version, $1.text) }.map(\.text)
  }

  /// The version of a package in a folder; `nil` if it is another package.
  private func vendored(_ package: String, folder: String, in parent: String) -> String? {
    guard folder == package || folder.hasPrefix(package + "-") else { return nil }
    guard let bytes = FileSystem.contents(of: "\(parent)/\(folder)/Cargo.toml", limit: 1 << 20) else { return nil }
    let manifest = PackageHead(String(decoding: bytes, as: UTF8.self))
    return manifest.name == package ? manifest.version : nil
  }
}

/// Name and version in the `[package]` table of a manifest, as cargo itself normalises it for publishing.
private struct PackageHead {
  var name = ""
  var version = ""

  init(_ manifest: String) {
    var isPackage = false
    for line in manifest.split(separator: "\n") {
      let text = line.filter { $0 != " " && $0 != "\r" }
      if text.hasPrefix("[") {
        isPackage = text == "[package]" || text == "[project]"
      } else if isPackage {
        if name.isEmpty, let value = Self.value(of: "name", text) { name = value }
        if version.isEmpty, let value = Self.value(of: "version", text) { version = value }
      }
    }
  }

  private static func value(of key: String, _ line: String) -> String? {
    guard line.hasPrefix(key + "=\"") else { return nil }
    return String(line.dropFirst(key.count + 2).prefix { $0 != "\"" })
  }
}
