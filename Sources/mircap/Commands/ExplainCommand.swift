import ArgumentParser
import Capabilities
import Policy
import Project
import Reports

/// `mircap explain`: what a name in a report means.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a capability, a group, a label, a kind of step, a risk rule or a word of reports means.")

  @Argument(
    help: ArgumentHelp(
      "A capability such as fs.write, a group such as net, a step such as dyn, a rule such as fetch-and-run, or a word such as may."
    ))
  var name: String

  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "Explain the labels of this policy too. (default: mircap.toml in the current folder, if there is one)",
      valueName: "file"))
  var policy: String?

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  func run() throws {
    let files = try DataFiles(folder: data)
    let tables = try CapabilityTables(read: files.read)
    let labels = try labels(tables.taxonomy)
    try ResultOutput().write { try ExplainReport.write(name, tables, labels: labels, to: &$0) }
  }

  private func labels(_ taxonomy: Taxonomy) throws -> AnalysisRules {
    if let policy { return try Policy.read(file: policy, taxonomy: taxonomy).rules }
    guard FileSystem.isFile("mircap.toml") else { return AnalysisRules() }
    // A policy that nobody named must not keep anybody from an explanation.
    return (try? Policy.read(file: "mircap.toml", taxonomy: taxonomy).rules) ?? AnalysisRules()
  }
}
