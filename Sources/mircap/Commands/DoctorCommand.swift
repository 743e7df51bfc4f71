import ArgumentParser
import Project
import Reports

/// `mircap doctor`: whether this machine has what mircap needs.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the toolchain, the sandbox, folders and programs, and say what to do.",
    discussion: """
      Each line is ok, a warning (something works less well) or a problem (projects cannot be analysed). As a trial it \
      dumps a crate of one function.

      Exit code 3 tells that there is a problem.
      """)

  /// The forms of the answer.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: ArgumentHelp("A rustup toolchain, or the path of a rustc.", valueName: "name|path"))
  var toolchain: String?

  @Option(help: "The sandbox that is to be used: auto, bwrap (a problem if it does not work), off.")
  var sandbox = SandboxMode.auto

  @Option(help: "The form of the answer.") var format = Format.text

  @Option(help: ArgumentHelp("Write the answer to a file.", valueName: "file")) var output: String?

  @OptionGroup(title: "Messages") var messages: MessageOptions

  func run() throws {
    var checks = MachineChecks()
    checks.toolchain = toolchain
    checks.sandbox = sandbox
    let results = Console(verbosity: messages.verbosity).step("looking at this machine") { checks.run() }
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text: DoctorReport.writeText(results, style: destination.style(messages), to: &output)
      case .json: DoctorReport.writeJSON(results, toolVersion: mircapVersion, to: &output)
      }
    }
    if results.contains(where: { $0.status == .problem }) { throw ExitCode(3) }
  }
}
