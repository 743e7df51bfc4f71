import Glibc

/// A folder in `$TMPDIR`, else `/tmp`, that only this user can enter. It vanishes with its last user.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// - Throws: a `Failure` if it cannot be made.
  public init() throws {
    let parent = Environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var template = Array("\(parent)/mircap-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Failure(SystemError.lastMessage(), file: parent, advice: "TMPDIR chooses another folder")
    }
    path = String(cString: made)
  }

  deinit { FileSystem.remove(path) }
}
