import Glibc

/// Writes files so that nobody ever sees half of one: under a temporary name, then renamed.
public enum AtomicFile {
  /// Writes a file, replacing a former one. The folder must exist. On failure nothing is left behind.
  ///
  /// - Parameter permissions: of the new file, before the umask.
  /// - Throws: a `Failure` that names the file.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String, permissions: mode_t = 0o666) throws {
    let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw Failure("cannot be written: \(SystemError.lastMessage())", file: path) }
    do {
      defer { close(descriptor) }
      try Descriptor.write(bytes, to: descriptor, name: path)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let message = SystemError.lastMessage()
      unlink(temporary)
      throw Failure("cannot be written: \(message)", file: path)
    }
  }

  /// Writes a file from an array of bytes.
  public static func write(_ bytes: [UInt8], to path: String, permissions: mode_t = 0o666) throws {
    try bytes.withUnsafeBytes { try write($0, to: path, permissions: permissions) }
  }
}

/// Output to an open file.
public enum Descriptor {
  /// The reader has gone away: there is nobody to tell about it.
  public struct ClosedByReader: Error {}

  /// Writes all bytes.
  ///
  /// - Throws: `ClosedByReader` for a pipe that nobody reads, else a `Failure` that names the output.
  public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = UnsafeRawBufferPointer(rebasing: rest)
      let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
      if written < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw ClosedByReader() }
        throw Failure("cannot be written: \(SystemError.lastMessage())", file: name)
      }
      rest = rest.dropFirst(written)
    }
  }
}
