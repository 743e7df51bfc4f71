import Glibc
import Project

/// Has a cluster under Slurm do the work of a run: one flat array of shards, and after it a job that completes the run.
///
/// The job's folder must be the same on all nodes. Tasks write results and records there; the job at the end, alone, fills the
/// store. All of them do only what is not done yet, so that they can be submitted again after any crash.
public struct SlurmEngine {
  let plan: Plan
  let folders: RunFolders
  let number: Int
  /// This program.
  let program: String
  /// The arguments with which it completes the run.
  let completion: [String]

  /// Arrays have at most so many tasks: Slurm's default for MaxArraySize is 1001.
  private static let mostTasks = 1000

  private var jobsFile: String { folders.run(number) + "/slurm-jobs" }

  /// What was submitted.
  public struct Submission: Sendable {
    public var shards: Int
    public var arrays: [String]
    /// The job that completes the run.
    public var completion: String
  }

  /// Submits the work.
  ///
  /// - Parameter seconds: what each target took the last time.
  /// - Throws: a `Failure` if Slurm does not take it.
  func submit(_ targets: [Target], seconds: [String: Double]) throws -> Submission {
    let parts = Shard.cut(
      targets, seconds: { seconds[$0.name] ?? Double(min($0.settings.time, plan.slurm.unknownSeconds)) },
      length: plan.slurm.shardSeconds)
    let place = folders.run(number) + "/shards"
    FileSystem.remove(place)
    try FileSystem.makeFolder(place)
    for (index, targets) in parts.enumerated() {
      try Shard(targets: targets, number: number, keepsDumps: plan.keepsDumps, minimumDisk: plan.minimumDisk)
        .write(to: "\(place)/\(index).json")
    }
    var arrays: [String] = []
    for first in stride(from: 0, to: parts.count, by: Self.mostTasks) {
      let count = min(Self.mostTasks, parts.count - first)
      let largest = parts[first..<(first + count)]
      arrays.append(try submitArray(largest, first: first, place: place))
      try note(arrays)
    }
    let last = try submitCompletion(after: arrays)
    try note(arrays + [last])
    return Submission(shards: parts.count, arrays: arrays, completion: last)
  }

  private func submitArray(_ parts: ArraySlice<[Target]>, first: Int, place: String) throws -> String {
    let minutes = (parts.map { $0.reduce(0) { $0 + $1.settings.time } }.max() ?? 0) / 60 + 2
    let memory = (parts.joined().map(\.settings.memory).max() ?? 0) >> 20
    let limit = plan.slurm.mostTasks.map { "%\($0)" } ?? ""
    return try submit(
      [
        "--job-name=mircap-\(number)", "--array=0-\(parts.count - 1)\(limit)",
        "--cpus-per-task=\(plan.slurm.processors)", "--mem=\(memory + 512)M", "--time=\(minutes)", "--requeue",
        "--output=\(folders.run(number))/logs/shard-%A-%a.log",
      ] + plan.slurm.options,
      command: [program, "nightly-shard", place, String(first), folders.root])
  }

  private func submitCompletion(after arrays: [String]) throws -> String {
    // Whatever became of the tasks: the job does what they left undone.
    let condition = arrays.isEmpty ? [] : ["--dependency=afterany:" + arrays.joined(separator: ":")]
    return try submit(
      ["--job-name=mircap-\(number)-end", "--cpus-per-task=\(plan.slurm.processors)", "--requeue"] + condition + [
        "--output=\(folders.run(number))/logs/end-%j.log"
      ] + plan.slurm.options + plan.slurm.completionOptions,
      command: [program] + completion)
  }

  /// - Returns: the number of the job.
  private func submit(_ options: [String], command: [String]) throws -> String {
    var lines: [String] = []
    let script = "exec " + command.map(Self.quoted).joined(separator: " ")
    let ending = try ChildProcess(program: "sbatch", arguments: ["--parsable"] + options + ["--wrap", script])
      .readLines { lines.append(String(decoding: $0, as: UTF8.self)) }
    guard ending == .exit(0), let job = lines.last?.split(separator: ";").first, job.allSatisfy(\.isNumber) else {
      throw Failure(
        "Slurm did not take the work (the reason is above)",
        advice: "mircap nightly \(plan.file) --resume --engine slurm")
    }
    return String(job)
  }

  private func note(_ jobs: [String]) throws {
    try AtomicFile.write(Array(jobs.joined(separator: "\n").utf8), to: jobsFile)
  }

  /// Ends the jobs that were submitted for the run before, and waits until they are gone.
  ///
  /// - Throws: a `Failure` if they do not go.
  func cancelFormerJobs() throws {
    guard let bytes = FileSystem.contents(of: jobsFile, limit: 1 << 20) else { return }
    let jobs = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard !jobs.isEmpty else { return }
    // Jobs that are long gone are none of anybody's business.
    _ = try? ChildProcess(program: "scancel", arguments: ["--quiet"] + jobs).readLines { _ in }
    for _ in 0..<120 {
      var left = 0
      let ending = try ChildProcess(
        program: "squeue", arguments: ["--noheader", "--states=R,PD,CG,S", "--jobs=" + jobs.joined(separator: ",")]
      ).readLines { _ in left += 1 }
      if left == 0 || ending != .exit(0) { break }
      usleep(500_000)
    }
    FileSystem.remove(jobsFile)
  }

  /// A word for the shell.
  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
