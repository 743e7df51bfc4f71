import CSupport
import Glibc
import NightlyStore
import Policy
import Project

/// The work on one target, in a process of its own: dump, analyse, write the result, note what went in.
public struct TargetWork {
  private let job: TargetJob
  private let folders: RunFolders
  private let tool: String

  /// - Parameter tool: what tells versions of mircap apart.
  public init(_ job: TargetJob, tool: String) throws {
    self.job = job
    self.tool = tool
    folders = try RunFolders(job.folder)
  }

  /// What the program does for it.
  public struct Steps {
    /// Compiles the target. Throws a `Failure` if it does not build.
    public var dump: () throws -> String
    /// Analyses the dumps.
    public var analyse: () throws -> Analysed

    public init(dump: @escaping () throws -> String, analyse: @escaping () throws -> Analysed) {
      self.dump = dump
      self.analyse = analyse
    }
  }

  /// What an analysis gives.
  public struct Analysed {
    public var content: ReportContent
    public var compiler: String
    public var timing: TargetOutcome.Timing

    public init(content: ReportContent, compiler: String, timing: TargetOutcome.Timing) {
      self.content = content
      self.compiler = compiler
      self.timing = timing
    }
  }

  /// Does the work and writes the answer.
  ///
  /// - Throws: a `Failure` if the answer cannot be written.
  public func run(_ steps: Steps) throws {
    guard mircap_die_with_parent(Int32(clamping: job.parent)) != 0 else {
      throw Failure("the process that watches this one is gone")
    }
    _ = mircap_adopt_orphans()
    let start = Self.now()
    let hadLock = LockFile.nearest(to: job.target.project) != nil
    let clock = ContinuousClock()
    let begin = clock.now
    let dumpPath: String
    do {
      dumpPath = try steps.dump()
    } catch let failure as Failure {
      return try answer(.doesNotBuild, failure.description)
    }
    do {
      let dumpSeconds = (clock.now - begin) / .seconds(1)
      var answer = try finish(dumpPath, start: start, hadLock: hadLock, steps)
      answer.timing.dump = dumpSeconds
      answer.timing.analysisSeconds = Self.ownProcessorTime()
      try answer.write(to: job.answer)
    } catch let failure as Failure {
      try answer(.failed, failure.description)
    }
  }

  private func answer(_ status: TargetOutcome.Status, _ reason: String) throws {
    var answer = TargetAnswer(status: status)
    answer.reason = reason
    try answer.write(to: job.answer)
  }

  private func finish(_ dumpPath: String, start: Int, hadLock: Bool, _ steps: Steps) throws -> TargetAnswer {
    let dumps = try DumpFolder(path: dumpPath)
    let known = ResultKey.make(
      dumps, tool: tool, settings: job.target.settings, cache: .standard())
    var answer = TargetAnswer(status: .analysed)
    if let known, FileSystem.isFile(folders.pack(known)) {
      answer.key = known
      answer.wasKnown = true
    } else {
      let analysed = try steps.analyse()
      answer.timing = analysed.timing
      answer.key = try store(analysed, key: known)
    }
    let inputs = InputList(target: job.target, dumps: dumps)
    let lock = LockFile.nearest(to: job.target.project)
    let stamp = folders.stamp(of: job.target.fileName)
    let text = InputStamp.make(
      inputs, identity: job.identity, key: answer.key, start: start,
      madeFiles: hadLock ? [] : Set([lock].compactMap(\.self)))
    if let text { try AtomicFile.write(text, to: stamp) } else { FileSystem.remove(stamp) }
    return answer
  }

  /// Writes the result under its name.
  private func store(_ analysed: Analysed, key: String?) throws -> String {
    var content = analysed.content
    // The generated package is no part of what was asked about.
    content.crates.removeAll { $0.package == job.target.generatedPackage }
    guard let bytes = ResultPack(content, compiler: analysed.compiler).encoded() else {
      throw Failure("there is not enough memory to pack the result")
    }
    let key = key ?? SHA256.text(SHA256.hash(bytes))
    let file = folders.pack(key)
    try FileSystem.makeFolder(String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]))
    try AtomicFile.write(bytes, to: file)
    return key
  }

  /// Of this process without those that it started, in seconds.
  private static func ownProcessorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
