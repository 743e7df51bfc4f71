import Glibc
import NightlyStore
import Project

/// Analyses targets in processes of their own, each within its limits, and records what became of them.
public struct TargetRunner {
  let folders: RunFolders
  /// The number of the run.
  let number: Int
  /// The program to start for each target, with the arguments before the job's file.
  let program: [String]
  /// What tells versions of mircap apart.
  let tool: String
  let keepsDumps: Bool
  let minimumDisk: Int
  let progress: @Sendable (String) -> Void

  /// An analysis that crashes is tried so many times: the machine may have been at fault.
  private static let attempts = 2

  /// Runs the targets in order, so many at a time.
  ///
  /// - Parameter formerMemory: what targets took before, in bytes.
  /// - Throws: `Interruption` after a signal; a `Failure` if a record cannot be written.
  func run(_ targets: [Target], jobs: Int, formerMemory: [String: Int] = [:]) throws {
    guard !targets.isEmpty else { return }
    let lanes = max(1, min(jobs, targets.count))
    let cargoJobs = max(1, ParallelWork.processorCount / lanes)
    let byName = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0) })
    let queue = try targets.map { target in
      try job(for: target, cargoJobs: cargoJobs, formerMemory: formerMemory[target.name])
    }
    var done = 0
    var tries: [String: Int] = [:]
    try ProcessPool(jobs: jobs).run(
      queue,
      ProcessPool.Events(
        mayBegin: { _ in lackOfRoom() },
        began: { job in
          tries[job.name, default: 0] += 1
          progress("begun: \(job.name)")
        },
        ended: { job, ending in
          guard let target = byName[job.name] else { return false }
          if hasCrashed(target, ending), tries[job.name, default: 0] < Self.attempts {
            progress("\(job.name) ended with code \(ending.code): once more")
            return true
          }
          done += 1
          let outcome = outcome(of: target, ending, log: job.log)
          try TargetRecord.write(outcome, to: recordFile(target))
          clean(target)
          progress("\(done) of \(queue.count): \(Self.line(outcome))")
          return false
        },
        refused: { job, reason in
          done += 1
          guard let target = byName[job.name] else { return }
          try TargetRecord.write(
            TargetOutcome(target: target.name, description: target.description, status: .disk, reason: reason),
            to: recordFile(target))
        }))
  }

  private func recordFile(_ target: Target) -> String { folders.record(of: target.fileName, run: number) }

  private func lackOfRoom() -> String? {
    guard let free = FileSystem.freeSpace(at: folders.root), free < minimumDisk else { return nil }
    return "\(Amounts.text(bytes: free)) free on the disk, less than \(Amounts.text(bytes: minimumDisk))"
  }

  private func job(for target: Target, cargoJobs: Int, formerMemory: Int?) throws -> ProcessPool.Job {
    try FileSystem.makeFolder(folders.target(target.fileName))
    let answer = recordFile(target) + ".answer"
    FileSystem.remove(answer)
    let job = TargetJob(
      target: target, parent: Int(getpid()), identity: target.identity(tool: tool),
      dumps: folders.dumps(of: target.fileName), folder: folders.root, answer: answer, cargoJobs: cargoJobs)
    let file = recordFile(target) + ".job"
    try AtomicFile.write(job.json.serialized(), to: file)
    let expected = formerMemory.map { $0 + $0 / 4 } ?? target.settings.memory / 2
    return ProcessPool.Job(
      name: target.name,
      program: ChildProcess(
        program: program[0], arguments: Array(program.dropFirst()) + [file, recordFile(target) + ".session"]),
      log: folders.log(of: target.fileName, run: number), time: target.settings.time, memory: target.settings.memory,
      expectedMemory: min(expected, target.settings.memory))
  }

  private func answer(of target: Target) -> TargetAnswer? { try? TargetAnswer(file: recordFile(target) + ".answer") }

  /// Whether it ended without being stopped and without a word.
  private func hasCrashed(_ target: Target, _ ending: SupervisedProcess.Ending) -> Bool {
    ending.stop == nil && answer(of: target) == nil
  }

  private func outcome(of target: Target, _ ending: SupervisedProcess.Ending, log: String) -> TargetOutcome {
    var outcome = TargetOutcome(target: target.name, description: target.description, status: .failed)
    // Of a target that was stopped the answer says what stopping it looked like from inside.
    if let answer = answer(of: target), ending.stop == nil || answer.status == .analysed {
      outcome.status = answer.status
      outcome.reason = answer.reason
      if answer.status == .doesNotBuild { outcome.reason = BuildMessages.reason(inLog: log) ?? answer.reason }
      outcome.key = answer.key
      outcome.way = answer.wasKnown ? .known : .analysed
      outcome.timing = answer.timing
    } else {
      switch ending.stop {
      case .time:
        outcome.status = .time
        outcome.reason = "stopped after \(Amounts.text(seconds: target.settings.time))"
      case .memory:
        outcome.status = .memory
        outcome.reason = "stopped at \(Amounts.text(bytes: target.settings.memory)) of memory"
      case .interrupt, nil:
        outcome.reason = BuildMessages.reason(inLog: log) ?? "the analysis ended with code \(ending.code)"
      }
    }
    outcome.timing.seconds = ending.seconds
    let own = outcome.timing.analysisSeconds
    outcome.timing.cpuSeconds = own + max(ending.secondsBelow, ending.cpuSeconds - own)
    outcome.timing.peakMemory = ending.peakMemory
    return outcome
  }

  /// Removes what is of no use once the record is there.
  private func clean(_ target: Target) {
    for ending in [".answer", ".job", ".session"] { FileSystem.remove(recordFile(target) + ending) }
    if !keepsDumps { FileSystem.remove(folders.dumps(of: target.fileName)) }
  }

  private static func line(_ outcome: TargetOutcome) -> String {
    let seconds = (outcome.timing.seconds * 10).rounded() / 10
    let reason = outcome.reason.split(separator: "\n").first.map { ": \($0)" } ?? ""
    return "\(outcome.target): \(outcome.status.rawValue)\(reason) "
      + "(\(seconds) s, \(Amounts.text(bytes: outcome.timing.peakMemory)))"
  }
}
