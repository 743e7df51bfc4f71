import ArgumentParser
import MachineCode
import Project
import Reports

/// `mircap verify`: the call graph compared with machine code.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare the call graph of a binary with what the linker kept of it.",
    discussion: """
      Links the binary that --bin names for the purpose, or takes one that was linked so, reads its functions and \
      relocations, and shows what the call graph misses and what it has too many. docs/verify.md says what counts.
      """)

  /// The form of the result.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var input: InputOptions

  @Option(help: ArgumentHelp("A program linked for the purpose; otherwise one is linked.", valueName: "file"))
  var binary: String?

  @Option(help: "The form of the result.") var format = Format.text

  @Option(help: ArgumentHelp("Write the result to a file.", valueName: "file")) var output: String?

  func validate() throws {
    guard input.selection.bin.count == 1 else { throw ValidationError("verify needs --bin NAME, once.") }
    if input.dumps != nil, binary == nil {
      throw ValidationError("With --dumps there is no project to link: give --binary FILE too.")
    }
  }

  func run() throws {
    let program = try binary ?? link()
    let analysis = try AnalysisPipeline(input: input, linkerNames: true).run()
    let result = analysis.result
    let machine = try LinkedBinary(path: program)
    guard
      let root = analysis.units.firstIndex(where: {
        $0.target == .binary && input.selection.bin.contains($0.targetName)
      })
    else { throw Failure.usage("there is no binary \(input.selection.bin[0])") }
    let crates = CrateMap(
      crates: try LinkedCrate.read(besideProgram: program), units: analysis.units, root: root)
    let comparison = FunctionComparison.run(graph: result.graph, binary: machine, crates: crates)
    try ResultOutput(file: output).write { output in
      switch format {
      case .text: VerifyReport.writeText(comparison, to: &output)
      case .json: VerifyReport.writeJSON(comparison, result, to: &output)
      }
    }
    try analysis.checkCompleteness()
  }

  private func link() throws -> String {
    guard let request = input.dumpRequest else { throw Failure.usage("there is no project to link") }
    return try Dumper().link(request, binary: input.selection.bin[0])
  }
}
