import Glibc

/// A file mapped into memory for reading.
///
/// A final class, so that the mapping lives as long as somebody holds it. A file that someone else truncates while it is
/// read raises SIGBUS: dump folders must not be changed while they are analysed (`scripts/dump` replaces whole folders by
/// renaming, which leaves open mappings alone).
public final class MappedFile: Sendable {
  /// The path as it was given.
  public let path: String
  /// The number of bytes.
  public let count: Int
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer?

  /// Maps a file. An empty file is mapped to no bytes.
  ///
  /// - Throws: a `Failure` that names the file if it is missing, not a regular file, or cannot be read.
  public init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Failure(SystemError.lastMessage(), file: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(SystemError.lastMessage(), file: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw Failure("not a regular file", file: path) }
    let size = Int(status.st_size)
    var mapping: UnsafeMutableRawPointer?
    if size > 0 {
      mapping = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard mapping != MAP_FAILED else { throw Failure("cannot be mapped: \(SystemError.lastMessage())", file: path) }
      madvise(mapping, size, MADV_SEQUENTIAL)
    }
    self.path = path
    count = size
    base = mapping
  }

  deinit {
    if let base { munmap(base, count) }
  }

  /// Lends the bytes; they are valid inside `body` only.
  public func withBytes<Result, Problem: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }
}
