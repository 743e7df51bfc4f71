import Glibc
import Synchronization

/// Work that goes on in a thread of its own until its result is asked for.
public final class BackgroundWork<Output: Sendable>: Sendable {
  private let body: @Sendable () throws -> Output
  private let state = Mutex<State>(.waiting)

  private enum State {
    case waiting
    case running(pthread_t)
    case done(Result<Output, any Error>)
  }

  /// Begins the work. Where the system gives no thread, it is done when it is asked for.
  public init(_ body: @escaping @Sendable () throws -> Output) {
    self.body = body
    let outcome = outcome
    if let thread = WorkThread.start({ outcome.set(Result { try body() }) }) {
      state.withLock { $0 = .running(thread) }
    }
  }

  /// The result, once it is there.
  ///
  /// - Throws: what the work has thrown.
  public func result() throws -> Output {
    try state.withLock { state in
      switch state {
      case .waiting: state = .done(Result { try body() })
      case .running(let thread):
        pthread_join(thread, nil)
        state = .done(outcome.take() ?? Result { try body() })
      case .done: break
      }
      guard case .done(let result) = state else { preconditionFailure("the work has just been ended") }
      return try result.get()
    }
  }

  private let outcome = Outcome()

  private final class Outcome: Sendable {
    private let value = Mutex<Result<Output, any Error>?>(nil)
    func set(_ result: Result<Output, any Error>) { value.withLock { $0 = result } }
    func take() -> Result<Output, any Error>? { value.withLock { $0 } }
  }
}
