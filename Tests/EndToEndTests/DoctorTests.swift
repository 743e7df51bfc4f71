import Foundation
import Testing

@Suite struct DoctorTests {
  private func checks(_ outcome: Program.Outcome) throws -> [String: [String: String]] {
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "mircap-doctor/1")
    let checks = try #require(json["checks"] as? [[String: String]])
    return Dictionary(checks.map { ($0["name"] ?? "", $0) }) { first, _ in first }
  }

  @Test(.enabled(if: Shared.canDump, "no Rust toolchain"))
  func aMachineThatRunsTheseTestsWorks() throws {
    let outcome = try Program.mircap.run("doctor", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.output)")
    let checks = try checks(outcome)
    #expect(checks["Rust toolchain"]?["found"]?.hasPrefix("rustc 1.") == true)
    #expect(checks["trial"]?["status"] == "ok")
    #expect(checks["json-c"]?["found"]?.contains(".") == true)
    let text = try Program.mircap.run("doctor").output
    #expect(text.hasPrefix("ok       Rust toolchain"))
    #expect(text.contains("\nmircap works here"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func whatIsMissingIsSaidWithWhatToDo() throws {
    let outcome = try Program.mircap.run(
      ["doctor", "--format", "json", "--toolchain", "/nonexistent/rustc"],
      environment: ["PATH": "/nonexistent", "XDG_CACHE_HOME": "/dev/null/cache", "TMPDIR": "/nonexistent"])
    #expect(outcome.status == 3)
    let checks = try checks(outcome)
    for name in ["Rust toolchain", "C linker", "shell programs", "cache folder", "temporary folder"] {
      #expect(checks[name]?["status"] == "problem", "\(name)")
      #expect(checks[name]?["advice"]?.isEmpty == false, "\(name)")
    }
    #expect(checks["sandbox"]?["status"] == "warning")
    #expect(checks["Graphviz"]?["advice"] == "on Debian: apt-get install graphviz")
    // It would fail for one of these reasons.
    #expect(checks["trial"] == nil)
    let strict = try Program.mircap.run(
      ["doctor", "--format", "json", "--sandbox", "bwrap"], environment: ["PATH": "/nonexistent"])
    #expect(try self.checks(strict)["sandbox"]?["status"] == "problem")
  }
}

/// What ArgumentParser and `mircap manual` make of the command line.
@Suite struct ManualTests {
  private static func has(_ program: String) -> Bool {
    (try? Program.run("/usr/bin/env", ["which", program]).status) == 0
  }

  @Test func everyCommandAndOptionIsInTheManual() throws {
    let manual = try Program.mircap.run("manual")
    #expect(manual.status == 0)
    let help = try Program.mircap.run("--help").output
    let commands = help.matches(of: /\n  ([a-z]+) {2,}[A-Z]/).map { String($0.output.1) }
    #expect(commands.contains("doctor") && commands.contains("analyze") && !commands.contains("manual"))
    for command in commands where command != "policy" && command != "help" {
      #expect(manual.output.contains(".SS \"mircap \(command)"), "\(command)")
    }
    for text in [".SS \"mircap policy update\"", "\\fB\\-\\-format\\fR", "\\fB\\-\\-keep\\-going\\fR", "NO_COLOR"] {
      #expect(manual.output.contains(text), "\(text)")
    }
  }

  @Test(.enabled(if: has("man") && has("mandoc"), "scripts/install-dependencies --tests installs man and mandoc"))
  func theManualIsWellFormed() throws {
    let folder = TemporaryFolder()
    let file = try folder.write(try Program.mircap.run("manual").output, to: "mircap.1").path
    let shown = try Program.run(
      "/usr/bin/env", ["man", "--warnings", "--encoding=UTF-8", "--local-file", file],
      environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8"])
    #expect(shown.status == 0)
    #expect(shown.errors.isEmpty, "\(shown.errors)")
    #expect(shown.output.contains("mircap analyze [option...] [project]"))
    let lint = try Program.run("/usr/bin/env", ["mandoc", "-T", "lint", "-W", "warning", file])
    let complaints = lint.output.split(separator: "\n").filter { !$0.contains("missing date") }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Program.mircap.run("--generate-completion-script", shell)
    #expect(script.status == 0)
    #expect(script.output.contains("doctor") && script.output.contains("cyclonedx"))
    guard shell == "bash" else { return }
    let folder = TemporaryFolder()
    try folder.write(script.output, to: "mircap.bash")
    let completed = try Program.run(
      "/bin/bash",
      [
        "-c",
        """
        shopt -s extglob; source '\(folder.path)/mircap.bash'
        COMP_WORDS=(mircap analyze --format s) COMP_CWORD=3 COMP_LINE='mircap analyze --format s' COMP_POINT=25 COMP_TYPE=9
        _mircap mircap s --format 2>/dev/null
        printf '%s ' "${COMPREPLY[@]}"
        """,
      ])
    #expect(Set(completed.output.split(separator: " ")) == ["sarif", "svg"])
  }
}
