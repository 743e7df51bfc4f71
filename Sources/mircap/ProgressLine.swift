import Glibc
import Project
import Synchronization

/// What goes on, in one line of the terminal that is written anew: what, how many of how many, for how long.
///
/// A line appears only when a step takes longer than a moment, and vanishes when the step ends or something else is
/// printed. A thread of its own writes it, so that the time goes on while the program works.
final class ProgressLine: Sendable {
  static let shared = ProgressLine()

  private struct Step {
    var what: String
    var done = 0
    var total = 0
    var detail = ""
    var start = ContinuousClock.now
  }

  private struct State {
    var step: Step?
    /// Whether the terminal shows a line of ours.
    var isShown = false
    var hasThread = false
  }

  private let state = Mutex(State())

  /// Begins a step; the one before ends.
  func begin(_ what: String, of total: Int = 0) {
    let needsThread = state.withLock { state in
      Self.erase(&state)
      state.step = Step(what: what, total: total)
      defer { state.hasThread = true }
      return !state.hasThread
    }
    if needsThread { startThread() }
  }

  /// How far the step is; `total` 0 leaves it as it is.
  func advance(to done: Int, of total: Int = 0, _ detail: String = "") {
    state.withLock { state in
      state.step?.done = done
      if total > 0 { state.step?.total = total }
      state.step?.detail = detail
    }
  }

  /// One more of the step's things is done.
  func advance(_ detail: String) {
    state.withLock { state in
      state.step?.done += 1
      state.step?.detail = detail
    }
  }

  /// Ends the step and takes its line away.
  func end() {
    state.withLock { state in
      Self.erase(&state)
      state.step = nil
    }
  }

  /// Does something that prints to the terminal, on a line that is free.
  func interrupt(_ body: () -> Void) {
    state.withLock { state in
      Self.erase(&state)
      body()
    }
  }

  private func startThread() {
    var thread = pthread_t()
    let own = Unmanaged.passUnretained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { own in
        let line = Unmanaged<ProgressLine>.fromOpaque(own!).takeUnretainedValue()
        while true {
          usleep(100_000)
          line.show()
        }
      }, own)
    // Without a thread there is no line, and the work goes on.
    if status == 0 { pthread_detach(thread) }
  }

  private func show() {
    state.withLock { state in
      guard let step = state.step else { return }
      let elapsed = ContinuousClock.now - step.start
      guard elapsed > .milliseconds(250) else { return }
      // The last column stays free: a full line would wrap.
      let width = max(20, (Descriptor.columns(of: STDERR_FILENO) ?? 80) - 1)
      let text = Self.text(what: step.what, done: step.done, total: step.total, step.detail, elapsed, width: width)
      Self.write("\r\u{1B}[K" + text)
      state.isShown = true
    }
  }

  /// The line: what, counts, time, and as much of the detail as there is room for.
  static func text(
    what: String, done: Int, total: Int, _ detail: String, _ elapsed: Duration, width: Int
  ) -> String {
    let seconds = Int(elapsed / .seconds(1))
    let time = seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    var text = "mircap: \(what)"
    if total > 0 { text += " \(done) of \(total)" } else if done > 0 { text += " \(done)" }
    text += ", \(time)"
    if !detail.isEmpty {
      text += ": " + detail.filter { !$0.isNewline && $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } }
    }
    return text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  private static func erase(_ state: inout State) {
    if state.isShown { write("\r\u{1B}[K") }
    state.isShown = false
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    try? bytes.withUnsafeBytes { try Descriptor.write($0, to: STDERR_FILENO, name: "standard error") }
  }
}
