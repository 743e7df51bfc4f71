import Glibc

/// Where mircap keeps what can be made again: `$XDG_CACHE_HOME/mircap`, else `~/.cache/mircap`.
public struct CacheFolder: Sendable {
  public var path: String

  public init(path: String) { self.path = path }

  /// The user's cache folder. It is not made before something is put into it.
  public static func standard() -> CacheFolder {
    if let folder = Environment["XDG_CACHE_HOME"], !folder.isEmpty { return CacheFolder(path: folder + "/mircap") }
    return CacheFolder(path: homeFolder() + "/.cache/mircap")
  }

  /// The file for the facts of a content (`UnitContent`). Each version of the facts' format has a folder of its own.
  public func factsFile(ofContent content: String, version: Int) -> String {
    "\(path)/facts/v\(version)/\(content.prefix(2))/\(content)"
  }

  /// Puts a file into the cache, with the folders above it. Private to the user: facts tell about sources.
  ///
  /// - Throws: a `Failure` that names the file.
  public func store(_ bytes: [UInt8], at file: String) throws {
    if let slash = file.lastIndex(of: "/") { try FileSystem.makeFolder(String(file[..<slash]), mode: 0o700) }
    try AtomicFile.write(bytes, to: file, permissions: 0o600)
  }

  /// Notes that a file of the cache was of use: what was not for long is removed first. At most once a day, for it costs
  /// a write.
  public func noteUse(of file: String) {
    guard let state = FileSystem.state(of: file), state.modified / 1_000_000_000 < time(nil) - 86_400 else { return }
    utimensat(AT_FDCWD, file, nil, 0)
  }

  private static func homeFolder() -> String {
    if let home = Environment["HOME"], !home.isEmpty { return home }
    guard let entry = getpwuid(getuid()), let folder = entry.pointee.pw_dir else { return "/" }
    return String(cString: folder)
  }
}

/// The process's environment.
public enum Environment {
  /// The value of a variable; `nil` if it is not set.
  public static subscript(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
