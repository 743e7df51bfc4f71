import ArgumentParser
import Project

/// `mircap dump`: only dumps, or tells what a dump folder holds.
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Dump a cargo project without analysing it.",
    discussion: """
      Runs cargo check on the project and keeps what rustc prints of each unit: DIR/units/UNIT/{mir,hir,expanded} and \
      unit.json. A second run compiles only what has changed. Build scripts and proc macros run confined: without \
      network, writing only to the dump folder.
      """)

  @Argument(help: "A cargo project: a folder or a Cargo.toml. (default: the current folder)", completion: .directory)
  var project: String?

  @Option(help: ArgumentHelp("The dump folder. (default: target/mircap of the project)", valueName: "dir"))
  var output: String?

  @Option(help: ArgumentHelp("Dump nothing: print as JSON what each unit of a dump folder holds.", valueName: "dir"))
  var statistics: String?

  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Dumping") var dumping: DumpingOptions
  @OptionGroup(title: "Messages") var messages: MessageOptions

  func validate() throws {
    if statistics != nil, project != nil || output != nil {
      throw ValidationError("--statistics reads a dump folder; it takes neither a project nor --output.")
    }
  }

  func run() throws {
    if let statistics { return try printStatistics(of: statistics) }
    var request = DumpRequest(project: project ?? ".", output: output)
    request.selection = selection.unitSelection
    dumping.fill(&request)
    request.verbosity = messages.verbosity
    let console = Console(verbosity: messages.verbosity)
    let outcome = try Dumper().dump(request, console)
    console.progress("dumped into \(outcome.folder)")
    guard outcome.isComplete else { throw ExitCode(3) }
  }
}
