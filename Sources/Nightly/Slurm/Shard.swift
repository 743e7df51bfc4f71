import Project

/// A part of a run that one task of a cluster does: targets that follow each other in the order of work, so that they share
/// dependencies.
public struct Shard: Sendable {
  var targets: [Target]
  var number: Int
  var keepsDumps: Bool
  var minimumDisk: Int

  /// Cuts targets into shards of about equal work.
  ///
  /// - Parameters:
  ///   - seconds: what a target will probably take.
  ///   - length: of a shard, in seconds. A target that takes longer is a shard of its own.
  static func cut(_ targets: [Target], seconds: (Target) -> Double, length: Int) -> [[Target]] {
    var shards: [[Target]] = []
    var filled = Double.infinity
    for target in targets {
      let needed = seconds(target)
      if filled + needed > Double(length) {
        shards.append([])
        filled = 0
      }
      shards[shards.count - 1].append(target)
      filled += needed
    }
    return shards
  }

  func write(to file: String) throws {
    let json = JSONValue.object([
      JSONField("schema", "mircap-shard/1"), JSONField("run", .integer(Int64(number))),
      JSONField("keepDumps", .boolean(keepsDumps)), JSONField("minimumDisk", .integer(Int64(minimumDisk))),
      JSONField("targets", .array(targets.map(\.json))),
    ])
    try AtomicFile.write(json.serialized(), to: file)
  }

  /// - Throws: a `Failure` that names the file.
  init(file: String) throws {
    let json = try JSONReader().read(file: file)
    guard json["schema"] == "mircap-shard/1", let run = json["run"]?.integer else {
      throw Failure("is no shard of this version of mircap", file: file)
    }
    number = Int(run)
    keepsDumps = json["keepDumps"]?.boolean ?? true
    minimumDisk = Int(json["minimumDisk"]?.integer ?? 0)
    targets = try (json["targets"]?.array ?? []).map { try Target(json: $0, file: file) }
  }

  init(targets: [Target], number: Int, keepsDumps: Bool, minimumDisk: Int) {
    self.targets = targets
    self.number = number
    self.keepsDumps = keepsDumps
    self.minimumDisk = minimumDisk
  }

  /// Does what of a shard is not done yet: a task may be run again after its node was lost.
  ///
  /// - Parameters:
  ///   - file: of the shard.
  ///   - folder: of the job.
  ///   - program: to start for each target, with the arguments before the job's file.
  /// - Throws: `Interruption` after a signal; a `Failure` if a record cannot be written.
  public static func run(
    file: String, folder: String, program: [String], version: String, progress: @escaping @Sendable (String) -> Void
  ) throws {
    Interruption.watch()
    let shard = try Shard(file: file)
    let folders = try RunFolders(folder)
    let waiting = shard.targets.filter {
      TargetRecord.read(folders.record(of: $0.fileName, run: shard.number)) == nil
    }
    try TargetRunner(
      folders: folders, number: shard.number, program: program, tool: ToolIdentity.current(version: version),
      keepsDumps: shard.keepsDumps, minimumDisk: shard.minimumDisk, progress: progress
    ).run(waiting, jobs: 1)
  }
}
