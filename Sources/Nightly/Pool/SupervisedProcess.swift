import Glibc
import Project

/// A process with all that it starts, watched and stopped at its limits.
struct SupervisedProcess {
  /// Why it was stopped.
  enum Stop: Sendable {
    case time
    case memory
    case interrupt
  }

  /// How it ended.
  struct Ending: Sendable {
    /// The exit code; 128 and the signal if a signal ended it.
    var code: Int32
    var stop: Stop?
    var seconds: Double
    /// Of the process and of all below it that were waited for.
    var cpuSeconds: Double
    /// Of all below it together, as far as it was seen: a sandbox hides what it took from those outside.
    var secondsBelow: Double
    var peakMemory: Int
  }

  let process: pid_t
  private let started = ContinuousClock.now
  private let time: Int
  private let memory: Int
  private(set) var currentMemory = 0
  private var peakMemory = 0
  private var secondsBelow = 0.0
  private var stop: Stop?

  /// Starts a program in a session of its own.
  ///
  /// - Parameters:
  ///   - log: takes what it prints.
  ///   - time: in seconds.
  ///   - memory: in bytes, for all its processes together.
  init(_ program: ChildProcess, log: String, time: Int, memory: Int) throws {
    process = try program.startSession(log: log)
    self.time = time
    self.memory = memory
  }

  private var seconds: Double { (ContinuousClock.now - started) / .seconds(1) }

  /// Looks at time and memory, and stops the process if it has had too much.
  mutating func watch(_ table: ProcessTable) {
    let below = table.descendants(of: process)
    currentMemory = ProcessTable.memory(of: below + [process])
    secondsBelow = max(secondsBelow, table.processorTime(of: below))
    peakMemory = max(peakMemory, currentMemory)
    if stop == nil, currentMemory > memory { end(.memory) }
    if stop == nil, seconds > Double(time) { end(.time) }
  }

  /// Ends the process and everything below it.
  ///
  /// Those below go first: it adopts the orphans among them, which therefore can be found until none is left.
  mutating func end(_ reason: Stop) {
    stop = reason
    for _ in 0..<100 {
      let table = ProcessTable()
      let others = table.descendants(of: process)
      if others.isEmpty { break }
      for other in others { kill(other, SIGKILL) }
    }
    kill(process, SIGKILL)
  }

  /// How it ended; `nil` while it runs.
  func ending() -> Ending? {
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, WNOHANG, &usage) == process else { return nil }
    let signal = status & 0x7F
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Ending(
      code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, stop: stop, seconds: self.seconds,
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), secondsBelow: secondsBelow, peakMemory: peakMemory)
  }
}
