import Project

/// In which order targets are analysed: those first whose dependencies most others share, so that the facts of shared
/// crates are read once and then found.
enum WorkOrder {
  /// The targets in order; those without a lock file last. A pure function of names and lock files.
  static func sorted(_ targets: [Target]) -> [Target] {
    let locks = targets.map { LockFile.packages(in: $0.project) }
    var users: [String: Int] = [:]
    for package in locks.joined() { users[package, default: 0] += 1 }
    func sharing(_ index: Int) -> Double {
      let packages = locks[index]
      guard !packages.isEmpty else { return -1 }
      return Double(packages.reduce(0) { $0 + (users[$1] ?? 1) - 1 }) / Double(packages.count)
    }
    let order = targets.indices.map { (index: $0, sharing: sharing($0), size: locks[$0].count) }.sorted { left, right in
      if left.sharing != right.sharing { return left.sharing > right.sharing }
      if left.size != right.size { return left.size < right.size }
      return targets[left.index].name < targets[right.index].name
    }
    return order.map { targets[$0.index] }
  }
}

/// What a `Cargo.lock` names.
enum LockFile {
  /// The packages from registries, as `name version`; empty if there is no lock file.
  static func packages(in project: String) -> Set<String> {
    guard let bytes = nearest(to: project).flatMap({ FileSystem.contents(of: $0, limit: 16 << 20) }) else { return [] }
    var packages: Set<String> = []
    var name = ""
    var version = ""
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line == "[[package]]" {
        name = ""
        version = ""
      } else if let value = value(of: "name", line) {
        name = value
      } else if let value = value(of: "version", line) {
        version = value
      } else if value(of: "source", line) != nil {
        packages.insert(name + " " + version)
      }
    }
    return packages
  }

  /// The lock file of a project's folder or of one above it.
  static func nearest(to project: String) -> String? {
    FolderListing.above(project).map { $0 + "/Cargo.lock" }.first { FileSystem.isFile($0) }
  }

  private static func value(of key: String, _ line: Substring) -> String? {
    guard line.hasPrefix(key + " = \"") else { return nil }
    return String(line.dropFirst(key.count + 4).prefix { $0 != "\"" })
  }
}
