import Glibc
import NightlyStore
import Project

/// One run of a plan: finds the targets, analyses what has changed, fills the store.
///
/// Whatever it does is kept as soon as it is done, under a temporary name first, so that it can be ended at any moment and
/// taken up again: results, then a record a target, then the store, which is filled from both by this process alone.
public struct NightlyRun {
  private let plan: Plan
  private let folders: RunFolders
  private let store: NightlyDatabase
  /// Reads no more than what is asked: see `NightlyOptions`.
  private let options: Options
  private let tool: String

  /// What the user chose.
  public struct Options: Sendable {
    /// Whether an unfinished run is taken up.
    public var resumes = false
    /// The program to start for each target, with the arguments before the job's file.
    public var program: [String]
    /// The version of mircap.
    public var version: String
    public var jobs: Int?
    /// Called with each line of progress.
    public var progress: @Sendable (String) -> Void

    public init(program: [String], version: String, progress: @escaping @Sendable (String) -> Void) {
      self.program = program
      self.version = version
      self.progress = progress
    }
  }

  public init(plan: Plan, folders: RunFolders, store: NightlyDatabase, options: Options) {
    self.plan = plan
    self.folders = folders
    self.store = store
    self.options = options
    tool = ToolIdentity.current(version: options.version)
  }

  /// Does the whole run but its end, which `finish` notes.
  ///
  /// - Returns: the number of the run; `nil` if an unfinished one was to be taken up and there is none.
  /// - Throws: `Interruption` after a signal; a `Failure` if the job itself cannot work.
  public func run() throws -> Int? {
    Interruption.watch()
    guard let number = try begin() else { return nil }
    for part in ["targets", "logs"] { try FileSystem.makeFolder("\(folders.run(number))/\(part)") }
    endLeftovers(of: number)
    var finder = TargetFinder(plan: plan, folder: folders)
    try finder.run()
    for missing in finder.missing { try record(missing, number) }
    let work = try finder.targets.filter { try !isDone($0, number) }
    options.progress("run \(number): \(finder.targets.count) targets, \(work.count) to look at")
    try analyse(WorkOrder.sorted(work), number)
    try fillStore(finder, number)
    return number
  }

  /// Notes that a run is complete.
  public func finish(_ number: Int) throws {
    try store.finishRun(number, at: Timestamp.now())
    CacheCleaner(plan: plan, folders: folders).run(keepingRun: number)
  }

  private func begin() throws -> Int? {
    let last = try store.lastRun()
    if options.resumes {
      guard let last, last.state == .running else { return nil }
      return last.number
    }
    return try store.beginRun(plan: plan.name, tool: options.version, at: Timestamp.now())
  }

  /// Ends what an interrupted run may have left running.
  private func endLeftovers(of number: Int) {
    let folder = folders.run(number) + "/targets"
    let table = ProcessTable()
    for name in (try? FileSystem.names(in: folder)) ?? [] where name.hasSuffix(".session") {
      let text = FileSystem.contents(of: "\(folder)/\(name)", limit: 32).map { String(decoding: $0, as: UTF8.self) }
      if let session = text.flatMap({ pid_t($0) }), session > 1 {
        for process in table.members(ofSession: session) { kill(process, SIGKILL) }
      }
      FileSystem.remove("\(folder)/\(name)")
    }
  }

  private func recordFile(_ target: String, _ number: Int) -> String {
    folders.record(of: Target.fileName(of: target), run: number)
  }

  private func record(_ missing: MissingTarget, _ number: Int) throws {
    try TargetRecord.write(
      TargetOutcome(target: missing.name, description: missing.description, status: .failed, reason: missing.reason),
      to: recordFile(missing.name, number))
  }

  /// Whether a target has a record, or gets one because nothing that goes into its result has changed.
  private func isDone(_ target: Target, _ number: Int) throws -> Bool {
    if TargetRecord.read(recordFile(target.name, number)) != nil { return true }
    guard let key = checker.result(of: target, folders: folders, tool: tool), FileSystem.isFile(folders.pack(key))
    else {
      return false
    }
    try TargetRecord.write(
      TargetOutcome(
        target: target.name, description: target.description, status: .analysed, key: key, way: .unchanged),
      to: recordFile(target.name, number))
    return true
  }

  private let checker = FreshnessCheck()
}

// The pool.
extension NightlyRun {
  private func analyse(_ targets: [Target], _ number: Int) throws {
    guard !targets.isEmpty else { return }
    let jobs = options.jobs ?? plan.jobs ?? ParallelWork.processorCount
    let lanes = max(1, min(jobs, targets.count))
    let cargoJobs = max(1, ParallelWork.processorCount / lanes)
    let former = try store.formerMemory()
    let byName = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0) })
    let queue = try targets.map { target in
      try job(for: target, number, cargoJobs: cargoJobs, formerMemory: former[target.name])
    }
    var done = 0
    try ProcessPool(jobs: jobs).run(
      queue,
      ProcessPool.Events(
        mayBegin: { _ in lackOfRoom() },
        began: { job in options.progress("begun: \(job.name)") },
        ended: { job, ending in
          done += 1
          guard let target = byName[job.name] else { return }
          let outcome = outcome(of: target, ending, log: job.log, number)
          try TargetRecord.write(outcome, to: recordFile(target.name, number))
          clean(target, number)
          options.progress("\(done) of \(queue.count): \(Self.line(outcome))")
        },
        refused: { job, reason in
          done += 1
          guard let target = byName[job.name] else { return }
          try TargetRecord.write(
            TargetOutcome(target: target.name, description: target.description, status: .disk, reason: reason),
            to: recordFile(target.name, number))
        }))
  }

  private func lackOfRoom() -> String? {
    guard let free = FileSystem.freeSpace(at: folders.root), free < plan.minimumDisk else { return nil }
    return "\(Amounts.text(bytes: free)) free on the disk, less than \(Amounts.text(bytes: plan.minimumDisk))"
  }

  private func job(
    for target: Target, _ number: Int, cargoJobs: Int, formerMemory: Int?
  ) throws -> ProcessPool.Job {
    try FileSystem.makeFolder(folders.target(target.fileName))
    let answer = recordFile(target.name, number) + ".answer"
    FileSystem.remove(answer)
    let job = TargetJob(
      target, tool: tool, folders: folders, cargoJobs: cargoJobs, parent: Int(getpid()), answer: answer)
    let file = recordFile(target.name, number) + ".job"
    try AtomicFile.write(job.json.serialized(), to: file)
    let expected = formerMemory.map { $0 + $0 / 4 } ?? target.settings.memory / 2
    return ProcessPool.Job(
      name: target.name,
      program: ChildProcess(
        program: options.program[0],
        arguments: Array(options.program.dropFirst()) + [file, recordFile(target.name, number) + ".session"]),
      log: folders.log(of: target.fileName, run: number), time: target.settings.time,
      memory: target.settings.memory, expectedMemory: min(expected, target.settings.memory))
  }

  private func outcome(
    of target: Target, _ ending: SupervisedProcess.Ending, log: String, _ number: Int
  ) -> TargetOutcome {
    var outcome = TargetOutcome(target: target.name, description: target.description, status: .failed)
    let answer = try? TargetAnswer(file: recordFile(target.name, number) + ".answer")
    // Of a target that was stopped the answer says what stopping it looked like from inside.
    if let answer, ending.stop == nil || answer.status == .analysed {
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
  private func clean(_ target: Target, _ number: Int) {
    for ending in [".answer", ".job", ".session"] { FileSystem.remove(recordFile(target.name, number) + ending) }
    if !plan.keepsDumps { FileSystem.remove(folders.dumps(of: target.fileName)) }
  }

  private static func line(_ outcome: TargetOutcome) -> String {
    let seconds = (outcome.timing.seconds * 10).rounded() / 10
    let reason = outcome.reason.split(separator: "\n").first.map { ": \($0)" } ?? ""
    return
      "\(outcome.target): \(outcome.status.rawValue)\(reason) (\(seconds) s, \(Amounts.text(bytes: outcome.timing.peakMemory)))"
  }

  /// One process fills the store, in the order of the plan, whatever order the targets were done in.
  private func fillStore(_ finder: TargetFinder, _ number: Int) throws {
    let stored = try store.targets(ofRun: number)
    let names = (finder.targets.map(\.name) + finder.missing.map(\.name)).filter { !stored.contains($0) }
    for name in names {
      guard let outcome = TargetRecord.read(recordFile(name, number)) else {
        throw Failure("there is no record of the target \(name)", file: folders.run(number))
      }
      try store.add(outcome, run: number) { try ResultPack(file: folders.pack(outcome.key)) }
      if Interruption.isRequested { throw Interruption() }
    }
  }
}

/// Keeps what one run has looked at.
private final class FreshnessCheck {
  private var checker = InputStamp.Checker()

  func result(of target: Target, folders: RunFolders, tool: String) -> String? {
    checker.result(ofStamp: folders.stamp(of: target.fileName), identity: target.identity(tool: tool))
  }
}
