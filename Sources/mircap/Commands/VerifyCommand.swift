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

  @Option(help: ArgumentHelp("Exit code 1 if fewer of the kept definitions are reached.", valueName: "0..1"))
  var minimumRecall: Double?

  @Option(help: ArgumentHelp("Exit code 1 if fewer of the reached definitions are kept.", valueName: "0..1"))
  var minimumPrecision: Double?

  func validate() throws {
    for minimum in [minimumRecall, minimumPrecision] {
      if let minimum, !(0...1).contains(minimum) { throw ValidationError("Thresholds are numbers from 0 to 1.") }
    }
    guard input.selection.bin.count == 1 else { throw ValidationError("verify needs --bin NAME, once.") }
    if input.dumps != nil, binary == nil {
      throw ValidationError("With --dumps there is no project to link: give --binary FILE too.")
    }
  }

  func run() throws {
    let name = input.selection.bin[0]
    let program = try binary ?? link(name)
    let machine = try LinkedBinary(path: program)
    let linked = try LinkedCrate.read(besideProgram: program)
    let analysis = try AnalysisPipeline(input: input, linkerNames: true).run()
    guard
      let root = analysis.units.firstIndex(where: { $0.target == TargetKind.binary && $0.targetName == name })
    else { throw Failure.usage("there is no binary \(name)") }
    let comparison = Verification.run(
      result: analysis.result, units: analysis.units, root: root, binary: machine, linked: linked)
    let report = VerifyReport(comparison, analysis.result, binary: name, file: program)
    let destination = ResultOutput(file: output)
    try destination.write { output in
      switch format {
      case .text: report.writeText(destination.style(input.messages), to: &output)
      case .json: report.writeJSON(to: &output)
      }
    }
    try analysis.checkCompleteness()
    try checkThresholds(comparison)
  }

  /// Exit code 1 tells that a threshold is not met.
  private func checkThresholds(_ comparison: Comparison) throws {
    for (what, ratio, minimum) in [
      ("recall", comparison.definitionRecall, minimumRecall),
      ("precision", comparison.definitionPrecision, minimumPrecision),
    ] {
      guard let minimum, ratio.value < minimum else { continue }
      Console.error("the \(what) of definitions is \(ratio.part) of \(ratio.whole), below \(minimum)")
      throw ExitCode(1)
    }
  }

  private func link(_ name: String) throws -> String {
    guard let request = input.dumpRequest else { throw Failure.usage("there is no project to link") }
    return try Dumper().link(request, binary: name)
  }
}
