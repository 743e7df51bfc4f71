import CSupport
import Glibc
import Project

/// Runs many programs, so many at a time as processors and memory allow.
///
/// Everything happens on the calling thread: the kernel ends children when the thread that started them ends.
struct ProcessPool {
  /// One program to run.
  struct Job {
    var name: String
    var program: ChildProcess
    var log: String
    /// In seconds.
    var time: Int
    /// In bytes.
    var memory: Int
    /// What it will probably take, in bytes.
    var expectedMemory: Int
  }

  /// What to tell while it works.
  struct Events {
    /// Whether a job may begin; if not, why not.
    var mayBegin: (Job) -> String?
    var began: (Job) -> Void
    /// Gives whether to run the job again, after the others.
    var ended: (Job, SupervisedProcess.Ending) throws -> Bool
    /// A job that was not begun.
    var refused: (Job, String) throws -> Void
  }

  let jobs: Int
  /// What the machine keeps for everything else, in bytes.
  private static let reserve = 256 << 20
  private static let memoryInterval = Duration.milliseconds(100)

  /// Runs all jobs in order.
  ///
  /// - Throws: `Interruption` after a signal, with all programs ended; and what `events` throws.
  func run(_ all: [Job], _ events: Events) throws {
    _ = mircap_adopt_orphans()
    var waiting = all[...]
    var running: [(job: Job, process: SupervisedProcess)] = []
    var lastLook = ContinuousClock.now
    defer {
      for index in running.indices { running[index].process.end(.interrupt) }
    }
    while !waiting.isEmpty || !running.isEmpty {
      if Interruption.isRequested { throw Interruption() }
      while running.count < jobs, let job = waiting.first, running.isEmpty || hasRoom(for: job, beside: running) {
        waiting.removeFirst()
        if let reason = events.mayBegin(job) {
          try events.refused(job, reason)
          continue
        }
        running.append(
          (job, try SupervisedProcess(job.program, log: job.log, time: job.time, memory: job.memory)))
        events.began(job)
      }
      for index in running.indices.reversed() {
        guard let ending = running[index].process.ending() else { continue }
        let job = running.remove(at: index).job
        if try events.ended(job, ending) { waiting.append(job) }
      }
      if ContinuousClock.now - lastLook > Self.memoryInterval {
        let table = ProcessTable()
        for index in running.indices { running[index].process.watch(table) }
        endStrays(table, except: running.map(\.process.process))
        lastLook = ContinuousClock.now
      }
      if !running.isEmpty { usleep(10_000) }
    }
  }

  private func hasRoom(for job: Job, beside running: [(job: Job, process: SupervisedProcess)]) -> Bool {
    guard let available = ProcessTable.availableMemory() else { return true }
    let promised = running.reduce(0) { $0 + max(0, $1.job.expectedMemory - $1.process.currentMemory) }
    return available - promised - Self.reserve >= job.expectedMemory
  }

  /// Ends what programs that have ended left behind.
  private func endStrays(_ table: ProcessTable, except known: [pid_t]) {
    for process in table.children(of: getpid()) where !known.contains(process) {
      kill(process, SIGKILL)
      waitpid(process, nil, WNOHANG)
    }
  }
}
