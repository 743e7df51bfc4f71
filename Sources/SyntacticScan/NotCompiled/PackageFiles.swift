import Project
import RustDump

/// The source files of one package, read when they are asked for.
///
/// Only files within the package's folder, its workspace or its generated sources are read, and only up to a size:
/// paths come from the sources themselves.
final class PackageFiles {
  /// Larger files are not looked into.
  static let sizeLimit = 8 << 20
  private let folders: [String]
  private var known: [String: SourceTokens?] = [:]

  init(_ unit: Unit) {
    folders = [unit.manifestDirectory, unit.outputDirectory, unit.workingDirectory].filter { !$0.isEmpty }
      .map { PackageFiles.normalised($0) }
  }

  /// The tokens of a file; `nil` if it is not there, too large, or not one of the package's.
  func source(_ path: String) -> SourceTokens? {
    if let known = known[path] { return known }
    let source = read(path)
    known[path] = .some(source)
    return source
  }

  private func read(_ path: String) -> SourceTokens? {
    guard isOwn(path), FileSystem.isFile(path), let size = FileSystem.size(of: path), size <= PackageFiles.sizeLimit,
      let file = try? MappedFile(path: path)
    else { return nil }
    return SourceTokens(file.withBytes { Array($0) })
  }

  private func isOwn(_ path: String) -> Bool { folders.contains { path.hasPrefix($0 + "/") } }

  /// A path without `.` and `..`, as text: links are not followed.
  static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// A path that may be relative to a folder, without `.` and `..`.
  static func absolute(_ path: String, in folder: String) -> String {
    normalised(path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path)
  }

  /// The Rust files below a folder, in order. Links are not followed; hidden folders are passed over.
  static func rustFiles(below folder: String, limit: Int) -> [String] {
    var files: [String] = []
    var work = [(folder, 0)]
    while let (folder, depth) = work.popLast(), files.count < limit {
      for name in (try? FileSystem.names(in: folder)) ?? [] where !name.hasPrefix(".") {
        let path = folder + "/" + name
        if name.hasSuffix(".rs"), FileSystem.isFile(path) {
          files.append(path)
        } else if depth < 32, FileSystem.isFolder(path),
          FileSystem.realPath(path).map({ $0.hasSuffix("/" + name) }) == true
        {
          work.append((path, depth + 1))
        }
      }
    }
    return files.sorted()
  }
}

/// Where `mod name;` looks for its file.
enum ModuleFile {
  /// The candidates for a module, best first.
  ///
  /// - Parameters:
  ///   - name: the module's name.
  ///   - path: of `#[path = ".."]`.
  ///   - file: the file that declares it.
  ///   - modules: the inline modules around the declaration.
  ///   - isRoot: whether the file is the crate's root.
  static func candidates(
    _ name: String, path: String?, file: String, modules: [String], isRoot: Bool
  ) -> [String] {
    let slash = file.lastIndex(of: "/")
    let folder = slash.map { String(file[..<$0]) } ?? ""
    let stem = file[(slash.map { file.index(after: $0) } ?? file.startIndex)...].dropLast(3)
    let isModuleFile = isRoot || stem == "mod"
    let own = ([folder] + (isModuleFile ? [] : [String(stem)]) + modules).joined(separator: "/")
    if let path {
      let base = modules.isEmpty ? folder : own
      return [PackageFiles.absolute(path, in: base)]
    }
    return [PackageFiles.normalised("\(own)/\(name).rs"), PackageFiles.normalised("\(own)/\(name)/mod.rs")]
  }
}
