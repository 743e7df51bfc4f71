import Foundation
import Testing

/// What people see: colours, widths, progress.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"))
struct TerminalTests {
  private func analyze(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.mircap.run(["analyze", "--dumps", Shared.exampleDump.get()] + arguments, environment: environment)
  }

  /// Runs a command on a terminal of its own, and gives what that shows.
  private func onTerminal(_ command: String, _ environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.run(
      "/usr/bin/env", ["script", "--quiet", "--return", "--command", command, "/dev/null"],
      environment: ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { $1 })
  }

  @Test func colours() throws {
    #expect(try !analyze([]).output.contains("\u{1B}"))
    #expect(try analyze(["--color", "always"], ["NO_COLOR": "1"]).output.contains("\u{1B}[1m"))
    let command = "'\(Program.mircap.path)' analyze --quiet --dumps '\(try Shared.exampleDump.get())'"
    #expect(try onTerminal(command).output.contains("\u{1B}[1mSummary"))
    #expect(try onTerminal(command, ["NO_COLOR": "1"]).output.contains("\u{1B}[1m") == false)
    #expect(try onTerminal(command + " --color never").output.contains("\u{1B}[1m") == false)
    #expect(try analyze(["--color", "sometimes"]).status == 2)
  }

  @Test func linesAreAsWideAsToldTo() throws {
    let wide = try analyze([], ["COLUMNS": "150"]).output.split(separator: "\n").map(\.count).sorted()
    let narrow = try analyze([], ["COLUMNS": "70"]).output.split(separator: "\n").map(\.count).sorted()
    #expect(narrow.count > wide.count)
  }

  @Test func quietIsOneLine() throws {
    let outcome = try analyze(["--quiet"])
    #expect(outcome.output.split(separator: "\n").count == 1)
    #expect(outcome.output.hasPrefix("Summary: complete; 5 packages; run: "))
    #expect(outcome.errors.isEmpty)
    #expect(try analyze([]).output.hasSuffix("\n" + outcome.output))
  }

  @Test func progressIsForTerminals() throws {
    let folder = TemporaryFolder()
    let command =
      "'\(Program.mircap.path)' analyze '\(Shared.repository)/docs/example' --dump-dir '\(folder.path)/dump'"
    let shown = try onTerminal(command + " --quiet --no-cache >/dev/null").output
    #expect(shown.isEmpty, "\(shown)")
    try FileManager.default.removeItem(atPath: folder.path + "/dump")
    let progress = try onTerminal(command + " --no-cache >/dev/null").output
    #expect(progress.contains(/mircap: compiling .*, units \d+ of \d+, \d+ s: \w/))
    #expect(progress.contains("\r\u{1B}[K"))
    #expect(!progress.contains("Compiling jotter"))
    #expect(try Program.run("/bin/sh", ["-c", command]).errors.isEmpty)
    let steps = try Program.run("/bin/sh", ["-c", command + " --verbose --no-cache"]).errors
    #expect(steps.contains("mircap: reading units: 7\n"))
    #expect(steps.contains(/mircap: building the call graph, functions took \d+\.\d s\n/))
  }

  @Test func whatTheCompilerSaysIsShownIfItFails() throws {
    let folder = TemporaryFolder()
    try folder.write("[package]\nname = \"broken\"\nversion = \"0.1.0\"\n[workspace]\n", to: "Cargo.toml")
    try folder.write("fn unused() {}\n", to: "src/lib.rs")
    let warned = try onTerminal("'\(Program.mircap.path)' analyze '\(folder.path)'")
    #expect(warned.status == 0)
    #expect(!warned.output.contains("never used"))
    try folder.write("pub fn f() -> u8 { \"text\" }\n", to: "src/lib.rs")
    let shown = try onTerminal("'\(Program.mircap.path)' analyze '\(folder.path)'")
    #expect(shown.status == 3)
    #expect(shown.output.contains("mismatched types"))
    #expect(shown.output.contains("src/lib.rs:1"))
    #expect(shown.output.contains("--keep-going"))
  }
}
