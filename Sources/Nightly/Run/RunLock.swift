import Glibc
import Project

/// Keeps a second run of the same job away. The system gives the lock back however the process ends.
public final class RunLock {
  private let descriptor: Int32

  /// - Throws: a `Failure` if another process has it.
  public init(_ folders: RunFolders) throws {
    descriptor = open(folders.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("cannot be written", file: folders.lock) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Failure("another run is using this folder", file: folders.root)
    }
  }

  deinit { close(descriptor) }
}
