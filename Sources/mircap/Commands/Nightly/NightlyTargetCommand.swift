import ArgumentParser
import Glibc
import Nightly
import NightlyStore
import Policy
import Project
import Reports

/// What `mircap nightly` starts for each target.
struct NightlyTargetCommand: ParsableCommand {
  static let name = "nightly-target"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Analyse one target of a nightly run.", shouldDisplay: false)

  @Argument(help: "What to do.") var job: String
  @Argument(help: "Where to note the number of this session.") var session: String

  func run() throws {
    try AtomicFile.write(Array(String(getpid()).utf8), to: session)
    let job = try TargetJob(file: job)
    guard let input = try? InputOptions.parse(job.arguments) else {
      throw Failure("the arguments cannot be understood", file: self.job)
    }
    let pipeline = AnalysisPipeline(input: input)
    let data = try pipeline.readData()
    var dump: Dumper.Outcome?
    try TargetWork(job, tool: ToolIdentity.current(version: mircapVersion)).run(
      TargetWork.Steps(
        dump: {
          let outcome = try pipeline.dumpIfNeeded(isNightly: true)
          dump = outcome
          return outcome.folder
        },
        analyse: {
          guard let dump else { throw Failure("there are no dumps") }
          let analysis = try pipeline.analyse(dump, data)
          var timing = TargetOutcome.Timing()
          timing.parse = analysis.timing.parse
          timing.graph = analysis.timing.graph
          timing.propagate = analysis.timing.propagate
          return TargetWork.Analysed(
            content: ReportContent(analysis.result, name: job.target.name),
            compiler: analysis.result.leadingUnit?.rustcVersion ?? "", timing: timing)
        }))
  }
}

/// What a task of a cluster does: a part of a nightly run.
struct NightlyShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly-shard", abstract: "Do a part of a nightly run, as a task of an array of Slurm's.",
    shouldDisplay: false)

  @Argument(help: "The folder with the shards.") var shards: String
  @Argument(help: "The number of the array's first shard.") var first: Int
  @Argument(help: "The folder of the nightly job.") var folder: String

  func run() throws {
    guard let task = Environment["SLURM_ARRAY_TASK_ID"].flatMap({ Int($0) }) else {
      throw Failure.usage("this is no task of an array: SLURM_ARRAY_TASK_ID is not set")
    }
    guard let program = FileSystem.realPath("/proc/self/exe") else { throw Failure("/proc is not mounted") }
    do {
      try Shard.run(
        file: "\(shards)/\(first + task).json", folder: folder, program: [program, NightlyTargetCommand.name],
        version: mircapVersion, progress: { Console.print($0, to: STDERR_FILENO) })
    } catch is Interruption {
      // To be tried again.
      throw ExitCode(75)
    }
  }
}
