import ArgumentParser

/// The root of the command line.
struct MircapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mircap",
    abstract: "Shows what Rust crates can do to the outside world, and proves it.",
    discussion: """
      mircap reads what rustc prints of a project and of everything it depends on, joins it into one call graph, and \
      follows it from the places where code starts to the functions that touch files, the network, processes and more. \
      Each claim comes with its path of calls.

      Exit codes: 0 done; 1 a given rule or threshold says no; 2 wrong usage; 3 the input could not be analysed.
      """,
    version: mircapVersion,
    subcommands: [
      AnalyzeCommand.self, WhyCommand.self, CallGraphCommand.self, VerifyCommand.self, CheckCommand.self,
      PolicyCommand.self, DiffCommand.self, ScanCommand.self, CompareCommand.self, DumpCommand.self,
      SinksCommand.self, ExplainCommand.self, DoctorCommand.self, ManualCommand.self,
      NightlyCommand.self, DigestCommand.self, HistoryCommand.self, WhoCanCommand.self, TrendsCommand.self,
      ExportCommand.self, NightlyTargetCommand.self, NightlyShardCommand.self,
    ])
}
