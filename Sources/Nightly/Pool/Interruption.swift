import Glibc
import Synchronization

/// That the user or the system asked the job to stop.
public struct Interruption: Error {
  private static let requested = Atomic<Bool>(false)

  /// Whether a signal came.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Has SIGINT, SIGTERM and SIGHUP noted instead of ending the process.
  static func watch() {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      Glibc.signal(signal) { _ in Interruption.requested.store(true, ordering: .relaxed) }
    }
  }
}
