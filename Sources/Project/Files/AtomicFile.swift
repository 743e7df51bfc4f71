import Glibc

/// Writes files so that nobody ever sees half of one: under a temporary name, then renamed.
public final class AtomicFile {
  /// The path as it was given.
  public let path: String
  private let destination: String
  private let temporary: String
  private var descriptor: Int32

  /// Begins a file, which appears with `commit`. The folder must exist.
  ///
  /// - Parameter permissions: of the new file, before the umask.
  /// - Throws: a `Failure` that names the file.
  public init(path: String, permissions: mode_t = 0o666) throws {
    self.path = path
    // A link stays, and what it leads to is replaced.
    destination = FileSystem.realPath(path) ?? path
    temporary = "\(destination).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else {
      let reason = SystemError.lastMessage()
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      let isMissing = !folder.isEmpty && !FileSystem.isFolder(folder)
      throw Failure(
        "cannot be written: \(reason)", file: path, advice: isMissing ? "make the folder \(folder) first" : nil)
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Adds bytes.
  ///
  /// - Throws: a `Failure` that names the file.
  public func append(_ bytes: UnsafeRawBufferPointer) throws {
    try Descriptor.write(bytes, to: descriptor, name: path)
  }

  /// Puts the file in its place. Without it nothing is left behind.
  ///
  /// - Throws: a `Failure` that names the file.
  public func commit() throws {
    guard rename(temporary, destination) == 0 else {
      throw Failure("cannot be written: \(SystemError.lastMessage())", file: path)
    }
    close(descriptor)
    descriptor = -1
  }

  /// Writes a whole file, replacing a former one.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String, permissions: mode_t = 0o666) throws {
    let file = try AtomicFile(path: path, permissions: permissions)
    try file.append(bytes)
    try file.commit()
  }

  /// Writes a whole file from an array of bytes.
  public static func write(_ bytes: [UInt8], to path: String, permissions: mode_t = 0o666) throws {
    try bytes.withUnsafeBytes { try write($0, to: path, permissions: permissions) }
  }
}
