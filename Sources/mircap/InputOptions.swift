import ArgumentParser
import Project

extension SandboxMode: ExpressibleByArgument {}

/// Where bodies of std's functions come from.
enum StandardLibrarySource: String, ExpressibleByArgument, CaseIterable {
  /// What std does is told by the reviewed tables.
  case table
  /// What it calls back and drops is told by its bodies, which are followed; what it does to the outside by the tables.
  case mir
}

/// What is analysed, and how it is dumped and read: the same for every command that takes an input.
struct InputOptions: ParsableArguments {
  @Argument(help: "A cargo project: a folder or a Cargo.toml. (default: the current folder)", completion: .directory)
  var project: String?

  @Option(help: ArgumentHelp("Read dumps made earlier instead: runs no rustc.", valueName: "dir"))
  var dumps: String?

  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Dumping") var dumping: DumpingOptions

  @Option(help: ArgumentHelp("Where dumps are kept. (default: target/mircap of the project)", valueName: "dir"))
  var dumpDir: String?

  @Flag(help: "Read all dumps again, and keep no facts.")
  var noCache = false

  @Option(help: "How std is known: by its bodies (mir) and tables, or by its items and tables.")
  var std = StandardLibrarySource.mir

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  @OptionGroup(title: "Messages") var messages: MessageOptions

  func validate() throws {
    if dumps != nil, project != nil { throw ValidationError("Give a project or --dumps, not both.") }
    if dumps != nil, dumpDir != nil { throw ValidationError("--dump-dir says where to dump to; --dumps reads.") }
  }

  /// The input as the user gave it, for the commands that reports advise.
  var shown: String { dumps.map { "--dumps \($0)" } ?? project ?? "." }

  /// What to dump; `nil` if dumps are read.
  var dumpRequest: DumpRequest? {
    guard dumps == nil else { return nil }
    var request = DumpRequest(project: project ?? ".", output: dumpDir)
    request.selection = selection.unitSelection
    dumping.fill(&request)
    request.verbosity = messages.verbosity
    return request
  }
}

/// Which packages and features.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only this package and what it needs; may be repeated.", valueName: "name"))
  var package: [String] = []

  @Option(help: ArgumentHelp("Only this binary and what it needs; may be repeated.", valueName: "name"))
  var bin: [String] = []

  var unitSelection: UnitSelection { UnitSelection(packages: package, binaries: bin) }
}

/// How cargo is run.
struct DumpingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Features, separated by commas or blanks.", valueName: "list"))
  var features: [String] = []

  @Flag(help: "All features.") var allFeatures = false
  @Flag(help: "Without the default features.") var noDefaultFeatures = false

  @Option(help: ArgumentHelp("A rustup toolchain, or the path of a rustc.", valueName: "name|path"))
  var toolchain: String?

  @Option(help: "Confine build scripts and proc macros: auto (warns if it cannot), bwrap, off.")
  var sandbox = SandboxMode.auto

  @Flag(help: "Fetch nothing.") var offline = false

  @Option(help: ArgumentHelp("Work on so many units at a time. (default: one a processor)", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Report what can be analysed when something cannot; the exit code is still 3.")
  var keepGoing = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024.") }
  }

  func fill(_ request: inout DumpRequest) {
    request.features = features
    request.allFeatures = allFeatures
    request.noDefaultFeatures = noDefaultFeatures
    request.toolchain = toolchain
    request.sandbox = sandbox
    request.offline = offline
    request.jobs = jobs
    request.keepGoing = keepGoing
  }

  var threads: Int { jobs ?? ParallelWork.processorCount }
}

/// When text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// On a terminal, unless `NO_COLOR` is set.
  case auto
  case always
  case never
}

/// How much is said, and how.
struct MessageOptions: ParsableArguments {
  @Flag(help: "Show progress, coverage and what could not be read; tell every crate in detail.") var verbose = false
  @Flag(help: "Show errors only; of text results the summary line only.") var quiet = false

  @Option(help: "Colour text: auto (on a terminal, unless NO_COLOR is set), always, never.")
  var color = ColorChoice.auto

  func validate() throws {
    if verbose, quiet { throw ValidationError("--verbose and --quiet exclude each other.") }
  }

  var verbosity: Verbosity { verbose ? .verbose : quiet ? .quiet : .normal }
}
