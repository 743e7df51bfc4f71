import ArgumentParser
import Capabilities
import Project
import Reports

/// `mircap explain`: what a capability or an edge kind means.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a capability, a group or a kind of edge means.")

  @Argument(help: ArgumentHelp("A capability such as fs.write, a group such as net, or an edge kind such as dyn."))
  var name: String

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  func run() throws {
    let files = try DataFiles(folder: data)
    let tables = try CapabilityTables(read: files.read)
    try ResultOutput().write { try ExplainReport.write(name, tables, to: &$0) }
  }
}
