import Glibc

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

  /// Whether a descriptor is a terminal.
  public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The number of columns of a terminal; `nil` if it is none or does not say.
  public static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
