/// How build scripts and proc macros of the dumped crates are confined.
public enum SandboxMode: String, Sendable, CaseIterable {
  /// Bubblewrap where it works, else a warning.
  case auto
  /// Bubblewrap, or failure.
  case bwrap
  case off
}

/// How much is said on standard error.
public enum Verbosity: Sendable {
  case quiet
  case normal
  case verbose
}

/// What to dump, and how.
public struct DumpRequest: Sendable {
  /// A folder with a `Cargo.toml`, or the file.
  public var project: String
  /// The dump folder; `nil` for `target/mircap` of the project.
  public var output: String?
  public var selection = UnitSelection()
  public var features: [String] = []
  public var allFeatures = false
  public var noDefaultFeatures = false
  /// A rustup name, or the path of a rustc.
  public var toolchain: String?
  public var sandbox = SandboxMode.auto
  public var offline = false
  public var jobs: Int?
  public var keepGoing = false
  /// Whether dumps of earlier builds are removed.
  public var prunes = false
  /// Whether the dump ends when this process is killed.
  public var endsWithCaller = false
  public var verbosity = Verbosity.normal

  public init(project: String, output: String? = nil) {
    self.project = project
    self.output = output
  }
}

/// Dumps cargo projects with the script that the binary carries.
public struct Dumper: Sendable {
  public var cache: CacheFolder

  public init(cache: CacheFolder = .standard()) { self.cache = cache }

  /// What became of a project.
  public struct Outcome: Sendable {
    /// The dump folder.
    public var folder: String
    /// Whether everything compiled; `false` only if the request says to keep going.
    public var isComplete: Bool

    public init(folder: String, isComplete: Bool) {
      self.folder = folder
      self.isComplete = isComplete
    }
  }

  /// Dumps a project. Cargo's messages and the script's own go to standard error, or to a listener.
  ///
  /// - Throws: a `Failure` if there is no project, or if it cannot be dumped; with `keepGoing`, a project of which
  ///   something compiled is an outcome.
  public func dump(_ request: DumpRequest, listener: DumpListener? = nil) throws -> Outcome {
    let project = try Self.projectFolder(request.project)
    let output = request.output ?? project + "/target/mircap"
    let tools = try DumpTools(cache: cache)
    var process = ChildProcess(
      program: tools.script,
      arguments: Self.arguments(for: request, output: output) + (listener == nil ? [] : ["--progress"]),
      environment: ["MIRCAP_STUB_SOURCE": tools.stubSource])
    // The sandbox ends with the script, and what runs in it with the sandbox.
    if request.endsWithCaller {
      process.arguments = ["--pdeathsig", "KILL", "--", process.program] + process.arguments
      process.program = "setpriv"
    }
    let ending = try listener.map { try Self.run(process, for: $0) } ?? process.run()
    switch ending {
    case .exit(0): return Outcome(folder: output, isComplete: true)
    case .exit(2): throw Failure.usage("the project was not dumped (the reason is above)")
    case .exit where request.keepGoing && FileSystem.isFile(output + "/build.json"):
      return Outcome(folder: output, isComplete: false)
    case .exit:
      throw Failure(
        "the project could not be dumped (the reason is above)", file: request.project,
        advice: (request.keepGoing ? "" : "--keep-going analyses what can be compiled; ")
          + "mircap doctor says whether this machine has all that is needed")
    case .signal(let signal): throw Failure("the dump script was ended by signal \(signal)", file: request.project)
    }
  }

  /// Links one binary of a project for comparison with its call graph. Messages go to standard error.
  ///
  /// - Returns: the path of the program; its crates are described in the folder `.crates` beside it.
  /// - Throws: a `Failure` if there is no project or it cannot be linked.
  public func link(_ request: DumpRequest, binary: String) throws -> String {
    let project = try Self.projectFolder(request.project)
    let output = request.output ?? project + "/target/mircap"
    let tools = try DumpTools(cache: cache)
    var request = request
    request.selection.binaries = []
    let process = ChildProcess(
      program: tools.script, arguments: Self.arguments(for: request, output: output) + ["--link", binary],
      environment: ["MIRCAP_STUB_SOURCE": tools.stubSource])
    switch try process.run() {
    case .exit(0): return "\(output)/linked/\(binary)"
    case .exit(2): throw Failure.usage("the binary was not linked (the reason is above)")
    case .exit: throw Failure("the binary could not be linked (the reason is above)", file: request.project)
    case .signal(let signal): throw Failure("the dump script was ended by signal \(signal)", file: request.project)
    }
  }

  private static func run(_ process: ChildProcess, for listener: DumpListener) throws -> ChildProcess.Ending {
    var messages = CargoMessages(listener: listener)
    let ending = try process.readMessages { messages.hear(String(decoding: $0, as: UTF8.self)) }
    // What compilers warned of is nobody's business unless something failed.
    if ending != .exit(0) { messages.tellWhatWasHeld() }
    return ending
  }

  private static func projectFolder(_ path: String) throws -> String {
    if FileSystem.isFolder(path) {
      guard FileSystem.isFile(path + "/Cargo.toml") else {
        throw Failure(
          "there is no Cargo.toml in this folder", file: path,
          advice: "name the folder of a cargo project, or dumps made earlier: --dumps DIR")
      }
      return path
    }
    guard FileSystem.isFile(path) else { throw Failure("there is no such file or folder", file: path) }
    guard path.split(separator: "/").last == "Cargo.toml" else {
      throw Failure.usage("\(path): expected a folder or a Cargo.toml")
    }
    let folder = path.dropLast("Cargo.toml".count)
    return folder.isEmpty ? "." : folder == "/" ? "/" : String(folder.dropLast())
  }

  private static func arguments(for request: DumpRequest, output: String) -> [String] {
    // A path that begins with a dash is no option.
    func path(_ text: String) -> String { text.hasPrefix("-") ? "./" + text : text }
    var arguments = [path(request.project), "--output", path(output), "--sandbox", request.sandbox.rawValue]
    for package in request.selection.packages { arguments += ["--package", package] }
    for binary in request.selection.binaries { arguments += ["--bin", binary] }
    if !request.features.isEmpty { arguments += ["--features", request.features.joined(separator: ",")] }
    if request.allFeatures { arguments.append("--all-features") }
    if request.noDefaultFeatures { arguments.append("--no-default-features") }
    if let toolchain = request.toolchain { arguments += ["--toolchain", toolchain] }
    if request.offline { arguments.append("--offline") }
    if let jobs = request.jobs { arguments += ["--jobs", String(jobs)] }
    if request.keepGoing { arguments.append("--keep-going") }
    if request.prunes { arguments.append("--prune") }
    switch request.verbosity {
    case .quiet: arguments.append("--quiet")
    case .normal: break
    case .verbose: arguments.append("--verbose")
    }
    return arguments
  }
}
