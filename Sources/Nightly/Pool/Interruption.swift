import Glibc
import Synchronization

/// That the user or the system asked the job to stop.
public struct Interruption: Error {
  private static let requested = Atomic<Bool>(false)

  /// Whether a signal came.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Has SIGINT, SIGTERM and SIGHUP noted instead of ending the process, also where whoever started it blocks them.
  static func watch() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      Glibc.signal(signal) { _ in Interruption.requested.store(true, ordering: .relaxed) }
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
