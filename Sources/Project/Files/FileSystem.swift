import Glibc

/// What shows that a file has changed, short of reading it.
public struct FileState: Sendable, Equatable {
  public var size: Int
  /// In nanoseconds since 1970.
  public var modified: Int

  public init(size: Int, modified: Int) {
    self.size = size
    self.modified = modified
  }
}

/// The few questions that are asked of the file system.
public enum FileSystem {
  /// Whether a folder stands there.
  public static func isFolder(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false }

  /// Whether anything stands there.
  public static func exists(_ path: String) -> Bool { mode(path) != nil }

  /// Whether a regular file stands there.
  public static func isFile(_ path: String) -> Bool { mode(path).map { $0 & S_IFMT == S_IFREG } ?? false }

  /// Whether a program stands there that may be run.
  public static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

  /// The program that a name means: the first of the folders on the PATH that has it; `nil` if none has. A name with a slash
  /// is a path.
  public static func program(named name: String) -> String? {
    if name.contains("/") { return isProgram(name) ? name : nil }
    for folder in (Environment["PATH"] ?? "").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if isProgram(path) { return path }
    }
    return nil
  }

  /// The number of bytes of a file; `nil` if there is none.
  public static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Whether a symbolic link stands there.
  public static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Size and time of a file, folder or device; `nil` if nothing stands there. Follows links.
  public static func state(of path: String) -> FileState? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileState(
      size: Int(status.st_size), modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec))
  }

  /// Free bytes for ordinary users on the disk of a path; `nil` if that cannot be told.
  public static func freeSpace(at path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }

  /// The bytes of a regular file; `nil` if there is none, it cannot be read or is larger than a limit.
  ///
  /// For files that somebody may change meanwhile: what is read is a copy.
  public static func contents(of path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      return nil
    }
    let size = Int(status.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got <= 0 { break }
        count += got
      }
    }
  }

  /// The path without links, `.` and `..`; `nil` if nothing stands there.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names in a folder in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: a `Failure` that names the folder.
  public static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else { throw Failure(SystemError.lastMessage(), file: folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a folder and those above it.
  ///
  /// - Throws: a `Failure` that names the folder that cannot be made.
  public static func makeFolder(_ path: String, mode: mode_t = 0o777) throws {
    if isFolder(path) { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]), mode: mode)
    }
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw Failure(SystemError.lastMessage(), file: path) }
    guard isFolder(path) else { throw Failure("is in the way: it is not a folder", file: path) }
  }

  /// Removes a file or a folder with all that is in it; what is not there needs no removing. Follows no links.
  public static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in (try? names(in: path)) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }
}
