import ArgumentParser
import Capabilities
import Policy
import Project
import Reports

/// `mircap diff`: what came and what went from one version to another.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what a newer version can do that an older one could not.",
    discussion: """
      OLD and NEW are each a report (mircap analyze --format json), a folder with dumps, a cargo project, or a git \
      revision of the project that --project names. Without NEW the project itself is the newer one. Revisions are \
      written to a temporary folder; the working tree is not touched.

      Exit code 1 tells that something was added: a capability, an entry point that reaches one, a dependency, a build \
      script, a link directive, a symbol, an unsafe operation.
      """)

  /// The forms of the comparison.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, markdown, html
  }

  @Argument(help: ArgumentHelp("The older version.", valueName: "old")) var old: String
  @Argument(help: ArgumentHelp("The newer version. (default: the project)", valueName: "new")) var new: String?

  @Option(
    help: ArgumentHelp("The project that revisions are taken from. (default: the current folder)", valueName: "dir"))
  var project = "."

  @Option(help: "The form of the comparison.") var format = Format.text

  @Option(help: ArgumentHelp("Write the comparison to a file.", valueName: "file")) var output: String?

  @OptionGroup(title: "Selection") var selection: SelectionOptions
  @OptionGroup(title: "Dumping") var dumping: DumpingOptions

  @Flag(help: "Read all dumps again, and keep no facts.") var noCache = false

  @Option(help: ArgumentHelp("Replace data tables by the files of the same name in this folder.", valueName: "dir"))
  var data: String?

  @OptionGroup(title: "Messages") var messages: MessageOptions

  func run() throws {
    let tables = try CapabilityTables(read: DataFiles(folder: data).read)
    let before = try read(old)
    let after = try read(new ?? project)
    let difference = DifferenceFinder.compare(before.content, after.content, rules: tables.riskRules)
    let report = DifferenceReport(difference, tables: tables, toolVersion: mircapVersion)
    let destination = ResultOutput(file: output)
    // The newer version's sources are read for the excerpts.
    defer { withExtendedLifetime(after.checkout) {} }
    try destination.write { output in
      switch format {
      case .text: report.writeText(style: destination.style(messages), to: &output)
      case .json: report.writeJSON(to: &output)
      case .sarif: report.writeSarif(to: &output)
      case .markdown: report.writeMarkdown(to: &output)
      case .html: try report.writeHtml(sources: after.sources, to: &output)
      }
    }
    guard before.isWhole, after.isWhole else { throw ExitCode(3) }
    if difference.hasAdditions { throw ExitCode(1) }
  }

  /// One side of the comparison.
  private struct Side {
    var content: ReportContent
    /// Whether all units that were asked for could be compiled and read.
    var isWhole: Bool
    /// Where its sources are, if it was analysed here.
    var sources: SourceText?
    /// Keeps the files of a revision until the comparison is written.
    var checkout: GitCheckout?
  }

  private func read(_ name: String) throws -> Side {
    if FileSystem.isFolder(name) {
      return try analyse(name, isDumps: !FileSystem.isFile(name + "/Cargo.toml"), name: name)
    }
    if FileSystem.exists(name) {
      if name.split(separator: "/").last == "Cargo.toml" { return try analyse(name, isDumps: false, name: name) }
      return Side(content: try ReportReader.read(file: name), isWhole: true)
    }
    let checkout = try GitCheckout(project: project, revision: name)
    Console(verbosity: messages.verbosity).progress("revision \(name) is \(checkout.commit)")
    var side = try analyse(checkout.folder, isDumps: false, name: name)
    side.checkout = checkout
    return side
  }

  private func analyse(_ path: String, isDumps: Bool, name: String) throws -> Side {
    // A path that begins with a dash is no option.
    let path = path.hasPrefix("-") ? "./" + path : path
    var input = try InputOptions.parse(isDumps ? ["--dumps", path] : [path])
    input.selection = selection
    input.dumping = dumping
    input.noCache = noCache
    input.data = data
    input.messages = messages
    let analysis = try AnalysisPipeline(input: input).run()
    return Side(
      content: ReportContent(analysis.result, name: name), isWhole: analysis.isWhole,
      sources: SourceText(workspaceFolder: analysis.workspaceFolder, units: analysis.result.units))
  }
}
