import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test func helpAndVersion() throws {
    let help = try Program.mircap.run("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("SUBCOMMANDS:"))
    #expect(help.errors.isEmpty)
    #expect(try Program.mircap.run("--version").output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    for command in ["analyze", "why", "callgraph", "diff", "dump", "sinks", "explain", "doctor", "scan", "compare"] {
      #expect(try Program.mircap.run(command, "--help").status == 0)
    }
  }

  @Test(arguments: [
    ["frobnicate"], ["analyze", "--nope"], ["analyze", "--format", "x"], ["analyze", ".", "--dumps", "x"],
    ["analyze", "--jobs", "0"], ["analyze", "--verbose", "--quiet"], ["why", ".", "--crate", "a"],
    ["sinks", "--data", "/none"],
    ["dump", "--statistics", "x", "y"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let outcome = try Program.mircap.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
  }

  @Test func classification() throws {
    let outcome = try Program.mircap.run(
      ["sinks", "--classify"], input: "std::fs::read\nstd::fs::frobnicate\nstd::mem::swap\n")
    #expect(outcome.status == 0)
    #expect(
      outcome.output
        == "std::fs::read\tfs.read\tambient\nstd::fs::frobnicate\tunclassified\t-\nstd::mem::swap\tnone\t-\n")
  }

  @Test(arguments: ["fs.write", "net", "dyn"])
  func explanations(name: String) throws {
    let outcome = try Program.mircap.run("explain", name)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(name))
    #expect(try Program.mircap.run("explain", name + "x").status == 2)
  }

  @Test func explainKnowsTheLabelsOfAPolicy() throws {
    let folder = TemporaryFolder()
    try folder.write("[[tag]]\npath = \"demo::open\"\nlabel = \"ocap\"\n", to: "mircap.toml")
    let outcome = try Program.mircap.run("explain", "ocap", "--policy", folder.path + "/mircap.toml")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("functions: demo::open  \(folder.path)/mircap.toml:1"))
    #expect(try Program.mircap.run("explain", "ocap").status == 2)
  }

  @Test func aReaderThatGoesAway() throws {
    let script = "'\(Program.mircap.path)' sinks | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}"
    let outcome = try Program.run("/bin/bash", ["-c", script])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
  }

  @Test func cargoSubcommand() throws {
    #expect(try Program.cargoMircap.run("mircap", "--version").output == Program.mircap.run("--version").output)
    #expect(try Program.cargoMircap.run("mircap", "frobnicate").status == 2)
  }

  @Test func aCopiedProgramWorks() throws {
    let folder = TemporaryFolder()
    let copy = folder.path + "/elsewhere"
    try FileManager.default.copyItem(atPath: Program.mircap.path, toPath: copy)
    #expect(try Program.run(copy, ["sinks", "--classify"], input: "std::fs::read\n").output.hasSuffix("ambient\n"))
  }
}
