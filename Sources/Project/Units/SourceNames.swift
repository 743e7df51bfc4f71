/// Paths of source files as reports print them: relative to the workspace for its members, else `<package>-<version>/..`.
public struct SourceNames: Sendable {
  private let workspaces: [String]
  /// Folders of packages and how reports name them.
  private var packages: [String: String] = [:]

  /// - Parameter units: all units of the build, whose members say where the workspace is.
  public init(_ units: [Unit]) {
    let folders = Set(units.filter { $0.isWorkspaceMember && !$0.workingDirectory.isEmpty }.map(\.workingDirectory))
    workspaces = folders.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    for unit in units where !unit.manifestDirectory.isEmpty {
      packages[unit.manifestDirectory] = "\(unit.package)-\(unit.version)"
    }
  }

  /// The name of a file that the compiler knows by `path` in a unit.
  public func name(of path: String, in unit: Unit) -> String {
    if path.hasPrefix("/rustc/") {
      return path.range(ofText: "/library/").map { "library/" + path[$0...] } ?? path
    }
    if unit.isWorkspaceMember {
      guard path.hasPrefix("/") else { return path }
      for workspace in workspaces where path.hasPrefix(workspace + "/") {
        return String(path.dropFirst(workspace.count + 1))
      }
    }
    let package = "\(unit.package)-\(unit.version)"
    for (folder, label) in [(unit.outputDirectory, package + "/out"), (unit.manifestDirectory, package)]
    where !folder.isEmpty && path.hasPrefix(folder + "/") {
      return label + "/" + path.dropFirst(folder.count + 1)
    }
    return path.hasPrefix("/") ? ofOtherPackage(path) ?? path : package + "/" + path
  }

  /// A file of another package, from where a macro came.
  private func ofOtherPackage(_ path: String) -> String? {
    var folder = Substring(path)
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if let package = packages[String(folder)] { return package + path[slash...] }
    }
    return nil
  }
}

extension String {
  /// The index behind the first occurrence of a text.
  fileprivate func range(ofText text: String) -> String.Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
