import Glibc

/// What shows that a file is another one or has been written to, even by somebody who puts its time back.
public struct FileStamp: Sendable, Equatable {
  private var device: UInt64
  private var inode: UInt64
  private var size: Int64
  private var modified: Int
  /// When the file or what is known of it was last changed, in nanoseconds since 1970. Only the clock sets it.
  public private(set) var changed: Int

  /// The stamp of what stands at a path; `nil` if nothing does. Follows links.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = FileStamp.nanoseconds(status.st_mtim)
    changed = FileStamp.nanoseconds(status.st_ctim)
  }

  /// The stamp as one word of text.
  public var text: String { "\(device):\(inode):\(size):\(modified):\(changed)" }

  private static func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec) }
}
