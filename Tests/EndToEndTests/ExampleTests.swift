import Foundation
import Testing

/// The example workspace, from cargo to reports.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"))
struct ExampleTests {
  private func mircap(_ arguments: [String]) throws -> Program.Outcome {
    let dump = try Shared.exampleDump.get()
    return try Program.mircap.run([arguments[0], "--dumps", dump] + arguments.dropFirst())
  }

  private func report(_ arguments: String...) throws -> [String: Any] {
    let outcome = try mircap(["analyze", "--format", "json"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func crates(_ report: [String: Any]) throws -> [[String: Any]] {
    try #require(report["crates"] as? [[String: Any]])
  }

  private func capabilities(_ report: [String: Any], _ name: String, target: String = "lib") throws -> Set<String> {
    let crate = try #require(
      try crates(report).first { $0["name"] as? String == name && $0["target"] as? String == target })
    let groups = try #require(crate["capabilities"] as? [String: [String]])
    return Set(groups["direct", default: []]).union(groups["transitive", default: []])
  }

  @Test func everyUnitIsReported() throws {
    let report = try report()
    #expect(report["schema"] as? String == "mircap-report/1")
    #expect(report["complete"] as? Bool == true)
    let names = try Set(crates(report).compactMap { $0["name"] as? String })
    #expect(
      names == [
        "jotter", "jotter_core", "jotter_derive", "jotter_exchange", "jotter_storage", "build_script_build",
      ])
    #expect(report["timing"] == nil)
  }

  @Test func phasesAreKeptApart() throws {
    let report = try report()
    let script = try capabilities(report, "build_script_build", target: "build-script")
    #expect(script.isSuperset(of: ["fs.read", "fs.write", "env.read"]))
    #expect(try capabilities(report, "jotter_derive", target: "proc-macro").contains("env.read"))
    let program = try capabilities(report, "jotter", target: "bin")
    #expect(program.isSuperset(of: ["fs.read", "fs.write", "net.connect", "process.spawn", "env.read", "stdio.write"]))
    let phases = try #require(report["evidence"] as? [[String: Any]]).compactMap { $0["phase"] as? String }
    #expect(Set(phases) == ["run", "build-script", "proc-macro"])
  }

  @Test func evidenceLeadsFromMainToTheSink() throws {
    let evidence = try #require(try report()["evidence"] as? [[String: Any]])
    let write = try #require(
      evidence.first { $0["entry"] as? String == "jotter::main" && $0["capability"] as? String == "fs.write" })
    let steps = try #require(write["steps"] as? [[String: Any]])
    #expect(steps.first?["function"] as? String == "jotter::main")
    #expect(steps.allSatisfy { ($0["line"] as? Int ?? 0) > 0 && ($0["file"] as? String)?.hasSuffix(".rs") == true })
    #expect((write["sink"] as? String)?.hasPrefix("std::fs::") == true)
  }

  @Test(arguments: [
    ["analyze"], ["analyze", "--format", "json"], ["callgraph"], ["callgraph", "--format", "dot"],
    ["callgraph", "--format", "graphml"], ["why", "--crate", "jotter", "--capability", "net"],
  ])
  func threadsAndCachesDoNotMatter(arguments: [String]) throws {
    let one = try mircap(arguments + ["--jobs", "1", "--no-cache"])
    #expect(one.status == 0)
    #expect(!one.output.isEmpty)
    for more in [["--jobs", "2", "--no-cache"], [], []] {
      #expect(try mircap(arguments + more).output == one.output)
    }
  }

  @Test func whyShowsTheWay() throws {
    let outcome = try mircap(["why", "--crate", "jotter", "--capability", "process.spawn"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("jotter::main"))
    #expect(outcome.output.contains("jotter::editor::text"))
    #expect(outcome.output.contains("editor.rs:"))
    let wrong = try mircap(["why", "--crate", "nobody", "--capability", "net"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("jotter"))
  }

  @Test func theReadmeShowsWhatIsPrinted() throws {
    let readme = try String(contentsOfFile: Shared.repository + "/README.md", encoding: .utf8)
    let block = readme.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("    $ mircap why docs/example ") }.dropFirst().prefix {
        $0.isEmpty || $0.hasPrefix("    ")
      }
    let shown = block.map { $0.dropFirst(4) }.joined(separator: "\n")
    let printed = try mircap(["why", "--crate", "jotter", "--capability", "net.connect"]).output
    #expect(shown.split(separator: "\n") == printed.split(separator: "\n"))
  }

  @Test func selection() throws {
    let names = try crates(report("--package", "jotter-core")).compactMap { $0["name"] as? String }
    #expect(Set(names) == ["jotter_core", "jotter_derive"])
    #expect(try mircap(["analyze", "--bin", "nope"]).status == 2)
  }

  @Test func resultsGoToFiles() throws {
    let folder = TemporaryFolder()
    let printed = try mircap(["analyze", "--format", "json"])
    let written = try mircap(["analyze", "--format", "json", "--output", folder.path + "/report.json"])
    #expect(written.output.isEmpty)
    #expect(try folder.read("report.json") == printed.output)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.json"])
  }

  @Test func verboseTellsWhatWasNotUnderstood() throws {
    let outcome = try mircap(["analyze", "--verbose"])
    #expect(outcome.errors.contains("unreadable items: 0\n"))
    #expect(outcome.errors.contains("impl members without an impl: 0\n"))
  }

  @Test func statistics() throws {
    let outcome = try Program.mircap.run("dump", "--statistics", Shared.exampleDump.get())
    #expect(outcome.status == 0)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "mircap-statistics/1")
    let units = try #require(json["units"] as? [[String: Any]])
    #expect(units.count == 7)
    #expect(units.allSatisfy { $0["functions"] as? Int ?? 0 > 0 && $0["unreadable"] as? Int == 0 })
  }

  @Test func itsPolicyHolds() throws {
    let policy = Shared.repository + "/docs/example/mircap.toml"
    let outcome = try mircap(["check", "--policy", policy])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(!outcome.output.contains("Not needed"))
    let folder = TemporaryFolder()
    let text = try String(contentsOfFile: policy, encoding: .utf8)
    try folder.write(text.replacing("\"net.connect\",", with: "#"), to: "mircap.toml")
    let changed = try mircap(["check", "--policy", folder.path + "/mircap.toml"])
    #expect(changed.status == 1)
    #expect(changed.output.contains("jotter-exchange 0.1.0 may not net.connect\n"))
  }

  @Test func timing() throws {
    let timing = try #require(try report("--timing")["timing"] as? [String: Any])
    #expect(Set(timing.keys) == ["dump", "parse", "graph", "propagate"])
  }
}
