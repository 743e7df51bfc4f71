import ArgumentParser
import Glibc
import Policy
import Project
import Reports

extension PolicyCommand {
  /// `mircap policy update`.
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Allow what is new, one by one, and keep the file as it is otherwise.",
      discussion: """
        On a terminal it shows the path of each violation and asks. With --accept it allows all of them. Comments, order and \
        layout of the file stay. What no grant can make good is told: claims, and uses of unsafe without a label.

        Exit codes: 0 if the policy now holds; 1 if something is left.
        """)

    @OptionGroup var input: InputOptions
    @OptionGroup(title: "Policy") var options: PolicyOptions

    @Flag(help: "Allow everything without asking.") var accept = false

    @Flag(help: "Take grants out that nothing needs.") var prune = false

    func validate() throws {
      if !accept, !(Descriptor.isTerminal(STDIN_FILENO) && Descriptor.isTerminal(STDOUT_FILENO)) {
        throw ValidationError("There is no terminal to ask on: --accept allows everything.")
      }
    }

    func run() throws {
      let loaded = try options.load(for: input)
      let analysis = try AnalysisPipeline(input: input, policy: loaded).run()
      let verdict = PolicyCheck.run(policy: loaded.policy, result: analysis.result, absolved: analysis.absolved)
      var update = try PolicyUpdate(
        policy: loaded.policy, result: analysis.result, absolved: analysis.absolved, verdict: verdict)
      let report = CheckReport(verdict, policy: loaded.policy, result: analysis.result, toolVersion: mircapVersion)
      var accepted = 0
      var answer: Answer = accept ? .all : .no
      for proposal in update.proposals {
        if answer != .all {
          answer = try ask(proposal, verdict.violations[proposal.violation], report)
          if answer == .quit { break }
        }
        guard answer != .no else { continue }
        try update.accept(proposal, verdict)
        accepted += 1
      }
      var pruned = 0
      if prune {
        for rule in verdict.unused where try update.prune(rule) { pruned += 1 }
      }
      if accepted + pruned > 0 { try update.write() }
      let left = verdict.violations.count - accepted
      try ResultOutput().write { output in
        output.append("\(loaded.policy.file): \(accepted) added, \(prune ? "\(pruned) taken out, " : "")\(left) left\n")
        if update.otherViolations > 0 {
          output.append("\(update.otherViolations) cannot be made good by a grant: mircap check shows them\n")
        }
      }
      try analysis.checkCompleteness()
      guard left == 0 else { throw ExitCode(1) }
    }

    private enum Answer { case yes, no, all, quit }

    private func ask(
      _ proposal: PolicyUpdate.Proposal, _ violation: PolicyViolation, _ report: CheckReport
    ) throws -> Answer {
      let destination = ResultOutput()
      try destination.write { output in
        output.append("\n")
        report.writeText(violation, destination.style(input.messages), to: &output)
        output.append(
          "Add \"\(proposal.name)\" to \(proposal.list) of \"\(proposal.crate)\"? [y]es, [n]o, [a]ll, [q]uit: ")
      }
      guard let line = readLine() else { return .quit }
      switch line.lowercased().first {
      case "y": return .yes
      case "a": return .all
      case "q": return .quit
      default: return .no
      }
    }
  }
}
