import Glibc
import Project

/// What goes to standard error: progress, warnings, errors. Results do not.
struct Console: Sendable {
  var verbosity = Verbosity.normal

  /// Progress is shown on a terminal, or if it is asked for.
  var showsProgress: Bool {
    switch verbosity {
    case .quiet: false
    case .normal: Descriptor.isTerminal(STDERR_FILENO)
    case .verbose: true
    }
  }

  func progress(_ message: String) {
    if showsProgress { Self.print("mircap: " + message, to: STDERR_FILENO) }
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
    try? line.withUnsafeBytes { try Descriptor.write($0, to: descriptor, name: "standard error") }
  }
}
