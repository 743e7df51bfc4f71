import Glibc
import Project

/// What goes to standard error: progress, warnings, errors. Results do not.
struct Console: Sendable {
  var verbosity = Verbosity.normal

  /// How progress is shown.
  enum ProgressForm {
    /// Not at all.
    case none
    /// In one line that is written anew: on a terminal.
    case line
    /// A line for each step and how long it took: with `--verbose`, whatever standard error is.
    case steps
  }

  var progressForm: ProgressForm {
    switch verbosity {
    case .quiet: .none
    case .normal: Descriptor.isTerminal(STDERR_FILENO) && Environment["TERM"] != "dumb" ? .line : .none
    case .verbose: .steps
    }
  }

  /// Does a step of the work and says so.
  ///
  /// - Parameters:
  ///   - what: the step, as it begins: `reading dumps`.
  ///   - total: how many things it is about; 0 if that is not known. `ProgressLine.advance` counts them.
  func step<Result>(_ what: String, of total: Int = 0, _ body: () throws -> Result) rethrows -> Result {
    let form = progressForm
    let start = ContinuousClock.now
    switch form {
    case .none: break
    case .line: ProgressLine.shared.begin(what, of: total)
    case .steps: Self.print("mircap: \(what)" + (total > 0 ? ": \(total)" : ""), to: STDERR_FILENO)
    }
    defer {
      switch form {
      case .none: break
      case .line: ProgressLine.shared.end()
      case .steps:
        let tenths = Int(((ContinuousClock.now - start) / .milliseconds(100)).rounded())
        Self.print("mircap: \(what) took \(tenths / 10).\(tenths % 10) s", to: STDERR_FILENO)
      }
    }
    return try body()
  }

  /// Says what happens, where progress is shown.
  func progress(_ message: String) {
    if progressForm != .none { Self.print("mircap: " + message, to: STDERR_FILENO) }
  }

  /// Says what only `--verbose` shows.
  func detail(_ message: String) {
    if verbosity == .verbose { Self.print(message, to: STDERR_FILENO) }
  }

  func warning(_ message: String) {
    if verbosity != .quiet { Self.print("warning: " + message, to: STDERR_FILENO) }
  }

  static func error(_ message: String) { print("error: " + message, to: STDERR_FILENO) }

  /// Prints a line. What cannot be printed is dropped: there is nobody to tell.
  static func print(_ message: String, to descriptor: Int32) {
    let line = Array((message + "\n").utf8)
    ProgressLine.shared.interrupt {
      try? line.withUnsafeBytes { try Descriptor.write($0, to: descriptor, name: "standard error") }
    }
  }
}
