import ArgumentParser
import Capabilities
import Project
import Reports

/// `mircap sinks`: the table of std's functions and what they do.
struct SinksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sinks", abstract: "Print the table of std's functions that touch the outside world.",
    discussion: """
      With --classify it answers one line for each path read from standard input: the path, its capabilities, and \
      whether it acquires by itself (ambient) or works on a value that it was given (handle), separated by tabs. A path \
      that is known to have no capability is `none`; one that the table does not know is `unclassified`.
      """)

  @Flag(help: "Classify the paths of std that stand on standard input, one a line.") var classify = false

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  func run() throws {
    let files = try DataFiles(folder: data)
    let tables = try CapabilityTables(read: files.read)
    try ResultOutput().write { output in
      if classify {
        SinksReport.classify(StandardInputLines(), tables, to: &output)
      } else {
        SinksReport.write(tables, to: &output)
      }
    }
  }
}

/// The lines of standard input, without their ends.
private struct StandardInputLines: Sequence, IteratorProtocol {
  mutating func next() -> String? { readLine(strippingNewline: true) }
}
