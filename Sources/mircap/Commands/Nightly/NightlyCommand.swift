import ArgumentParser
import Capabilities
import Glibc
import Nightly
import NightlyStore
import Project
import Reports

/// `mircap nightly`: analyses what a plan names, and says what is new.
struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly", abstract: "Analyse many targets, keep what was found, and say what is new.",
    discussion: """
      The plan (docs/nightly.md) names cargo projects, revisions of clones and crates of a mirror. A target that does not \
      build, or is stopped at its limits, is a result like any other. Exit code 1 if a rule of the plan says so.
      """)

  /// What runs the targets.
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    /// Processes of this machine.
    case local
    /// A cluster.
    case slurm
  }

  @Argument(help: "The plan.", completion: .file(extensions: ["toml"])) var plan: String

  @Flag(help: "Complete a run that was interrupted.") var resume = false

  @Option(help: "What runs the targets.") var engine = Engine.local

  @Option(help: ArgumentHelp("The store. (default: store.sqlite in the plan's folder)", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("So many targets at a time. (default: the plan's, or one a processor)", valueName: "n"))
  var jobs: Int?

  @OptionGroup var form: DigestOptions
  @OptionGroup(title: "Messages") var messages: MessageOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  func run() throws {
    let tables = try CapabilityTables(read: DataFiles(folder: nil).read)
    let plan = try Plan.read(file: plan, taxonomy: tables.taxonomy)
    let folders = try RunFolders(plan.folder)
    let lock = try RunLock(folders)
    let database = try NightlyDatabase(path: store ?? folders.store)
    let console = Console(verbosity: messages.verbosity)
    var options = NightlyRun.Options(
      program: try Self.ownProgram(), version: mircapVersion, progress: { console.progress($0) })
    options.resumes = resume
    if engine == .slurm { options.engine = .slurm(completion: try completion(database)) }
    options.jobs = jobs
    let nightly = NightlyRun(plan: plan, folders: folders, store: database, options: options)
    let digest: NightDigest
    do {
      let number: Int
      switch try nightly.run() {
      case .done(let run): number = run
      case .nothingToResume: return Console.print("there is no run to complete", to: STDERR_FILENO)
      case .submitted(let jobs):
        return Console.print(
          "submitted \(jobs.shards) shards (\(jobs.arrays.joined(separator: ", "))); job \(jobs.completion) completes the run",
          to: STDERR_FILENO)
      }
      digest = try NightDigest(of: number, in: database, rules: plan.rules, tables: tables)
      try writeFiles(digest, to: folders.run(number))
      try nightly.finish(number)
    } catch is Interruption {
      throw Failure("interrupted", file: self.plan, advice: "mircap nightly \(self.plan) --resume completes the run")
    }
    try form.write(digest)
    withExtendedLifetime(lock) {}
    if !digest.violations.isEmpty { throw ExitCode(1) }
  }

  /// The arguments with which the cluster's last job completes the run.
  private func completion(_ database: NightlyDatabase) throws -> [String] {
    guard let plan = FileSystem.realPath(self.plan), let store = FileSystem.realPath(database.path) else {
      throw Failure("there is no such file", file: self.plan)
    }
    return ["nightly", plan, "--resume", "--store", store, "--verbose"]
  }

  /// The digest in all its forms, beside what the run has left.
  private func writeFiles(_ digest: NightDigest, to folder: String) throws {
    for format in DigestOptions.Format.allCases {
      try ResultOutput(file: "\(folder)/digest.\(format.fileExtension)").write { output in
        format.write(digest, style: TextStyle(width: 100, color: false, verbose: false), to: &output)
      }
    }
  }

  private static func ownProgram() throws -> String {
    guard let path = FileSystem.realPath("/proc/self/exe") else { throw Failure("/proc is not mounted") }
    return path
  }
}

/// The form of a digest.
struct DigestOptions: ParsableArguments {
  /// The forms.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html

    var fileExtension: String {
      switch self {
      case .text: "txt"
      case .markdown: "md"
      case .json, .html: rawValue
      }
    }

    func write(_ digest: NightDigest, style: TextStyle, to output: inout ByteOutput) {
      switch self {
      case .text: digest.writeText(style: style, toolVersion: mircapVersion, to: &output)
      case .json: digest.writeJSON(toolVersion: mircapVersion, to: &output)
      case .markdown: digest.writeMarkdown(toolVersion: mircapVersion, to: &output)
      case .html: digest.writeHTML(toolVersion: mircapVersion, to: &output)
      }
    }
  }

  @Option(help: "The form of the digest.") var format = Format.text
  @Option(help: ArgumentHelp("Write it to a file.", valueName: "file")) var output: String?

  func write(_ digest: NightDigest) throws {
    let destination = ResultOutput(file: output)
    try destination.write { format.write(digest, style: destination.style(), to: &$0) }
  }
}
