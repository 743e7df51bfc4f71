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

  /// What does the work.
  public enum Engine: Sendable {
    case local
    /// A cluster; `completion` are the arguments with which this program completes the run there.
    case slurm(completion: [String])
  }

  /// What the user chose.
  public struct Options: Sendable {
    /// Whether an unfinished run is taken up.
    public var resumes = false
    /// This program, which is started for each target.
    public var program: String
    public var engine = Engine.local
    /// The version of mircap.
    public var version: String
    public var jobs: Int?
    /// Called with each line of progress.
    public var progress: @Sendable (String) -> Void

    public init(program: String, version: String, progress: @escaping @Sendable (String) -> Void) {
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
  /// - Throws: `Interruption` after a signal; a `Failure` if the job itself cannot work.
  public func run() throws -> Progress {
    Interruption.watch()
    guard let number = try begin() else { return .nothingToResume }
    for part in ["targets", "logs"] { try FileSystem.makeFolder("\(folders.run(number))/\(part)") }
    endLeftovers(of: number)
    var finder = TargetFinder(plan: plan, folder: folders)
    try finder.run()
    for missing in finder.missing { try record(missing, number) }
    let work = try finder.targets.filter { try !isDone($0, number) }
    options.progress("run \(number): \(finder.targets.count) targets, \(work.count) to look at")
    let order = WorkOrder.sorted(work)
    switch options.engine {
    case .local:
      try TargetRunner(
        folders: folders, number: number, program: [options.program, "nightly-target"], tool: tool,
        keepsDumps: plan.keepsDumps, minimumDisk: plan.minimumDisk, progress: options.progress
      ).run(order, jobs: options.jobs ?? plan.jobs ?? ParallelWork.processorCount, formerMemory: store.formerMemory())
    case .slurm(let completion):
      if !order.isEmpty { return .submitted(try submit(order, number, completion)) }
    }
    try fillStore(finder, number)
    return .done(number)
  }

  private func submit(_ targets: [Target], _ number: Int, _ completion: [String]) throws -> SlurmEngine.Submission {
    let engine = SlurmEngine(
      plan: plan, folders: folders, number: number, program: options.program, completion: completion)
    try engine.cancelFormerJobs()
    return try engine.submit(targets, seconds: store.formerSeconds())
  }

  /// How far a run came.
  public enum Progress: Sendable {
    /// All targets have their outcomes, and the store has them.
    case done(Int)
    /// A cluster has the rest.
    case submitted(SlurmEngine.Submission)
    /// An unfinished run was to be taken up, and there is none.
    case nothingToResume
  }

  /// Notes that a run is complete.
  public func finish(_ number: Int) throws {
    try store.finishRun(number, at: Timestamp.now())
    CacheCleaner(plan: plan, folders: folders, cache: .standard()).run(keepingRun: number)
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

extension NightlyRun {
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
