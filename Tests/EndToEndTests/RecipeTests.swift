import Foundation
import Testing

/// The commands of `docs/ci.md` and `docs/quick-start.md`, executed as they stand: with the program on the PATH, in a git repository that holds a copy
/// of the example, without the network.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"))
struct RecipeTests {
  private let folder = TemporaryFolder()
  private var project: String { folder.path + "/project" }

  /// A fenced block of the page.
  private struct Block {
    var language: String
    var lines: [Substring]
  }

  private static func blocks(of page: String) throws -> [Block] {
    let text = try String(contentsOfFile: "\(Shared.repository)/docs/\(page)", encoding: .utf8)
    var blocks: [Block] = []
    var open: Block?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let block = open { blocks.append(block) }
        open = open == nil ? Block(language: String(line.dropFirst(3)), lines: []) : nil
      } else {
        open?.lines.append(line)
      }
    }
    #expect(open == nil)
    return blocks
  }

  /// What a key of a YAML text holds: one line, a text of several lines (`|`), or a list.
  private static func values(of key: String, in block: Block) -> [String] {
    var values: [String] = []
    var index = 0
    while index < block.lines.count {
      let line = block.lines[index]
      index += 1
      let indent = line.prefix { $0 == " " || $0 == "-" }.count
      let rest = line.dropFirst(indent)
      guard rest.hasPrefix(key + ":") else { continue }
      let value = rest.dropFirst(key.count + 1).drop { $0 == " " }
      guard value.isEmpty || value == "|" else {
        values.append(String(value))
        continue
      }
      var inner: [Substring] = []
      while index < block.lines.count, block.lines[index].prefix(while: { $0 == " " }).count > indent {
        inner.append(block.lines[index].drop { $0 == " " })
        index += 1
      }
      if value == "|" {
        values.append(inner.joined(separator: "\n"))
      } else {
        values += inner.map { String($0.dropFirst(2)) }
      }
    }
    return values
  }

  private func git(_ arguments: String...) throws {
    let outcome = try Program.run(
      "/usr/bin/env", ["git", "-C", project, "-c", "user.name=a", "-c", "user.email=a@b"] + arguments)
    #expect(outcome.status == 0, "git \(arguments): \(outcome.errors)")
  }

  /// Runs a step as the services do: in bash, which stops at the first error.
  private func run(_ step: String) throws -> Program.Outcome {
    let here = URL(fileURLWithPath: Program.mircap.path).deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try Program.run(
      "/bin/bash", ["-e", "-o", "pipefail", "-c", "cd '\(project)'\n" + step],
      environment: [
        "PATH": "\(here):\(folder.path)/programs:\(path)", "GITHUB_PATH": folder.path + "/path",
        "GITHUB_STEP_SUMMARY": folder.path + "/summary.md", "GITHUB_BASE_REF": "main", "GITHUB_REF_NAME": "7/merge",
        "CI_DEFAULT_BRANCH": "main", "CARGO_NET_OFFLINE": "true", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
      ])
  }

  /// The example without its policy as `main` and `origin/main`, and a `gh` that writes down what it is asked to do.
  private func prepare() throws {
    try FileManager.default.createDirectory(atPath: project, withIntermediateDirectories: true)
    for name in ["Cargo.lock", "Cargo.toml", "core", "derive", "exchange", "jotter", "storage"] {
      try FileManager.default.copyItem(
        atPath: "\(Shared.repository)/docs/example/\(name)", toPath: "\(project)/\(name)")
    }
    try folder.write("/target\n", to: "project/.gitignore")
    try folder.write("#!/bin/sh\necho \"$@\" >> '\(folder.path)/gh.log'\n", to: "programs/gh")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.path + "/programs/gh")
    try git("init", "--quiet", "--initial-branch", "main")
    try git("add", ".")
    try git("commit", "--quiet", "--message", "one")
  }

  @Test func theQuickStartWorks() throws {
    try prepare()
    let blocks = try Self.blocks(of: "quick-start.md").filter { $0.language == "sh" }
    #expect(blocks.count == 5)
    for block in blocks {
      let step = block.lines.joined(separator: "\n")
      // Without Graphviz one step says so.
      if step.contains("svg"), (try? Program.run("/usr/bin/env", ["which", "dot"]).status) != 0 { continue }
      let outcome = try run(step)
      #expect(outcome.status == 0, "\(step): \(outcome.output)\(outcome.errors)")
    }
    #expect(try folder.read("project/mircap.toml").contains("[crate.jotter-storage]"))
  }

  @Test func theStepsWork() throws {
    let blocks = try Self.blocks(of: "ci.md")
    let steps = blocks.flatMap { Self.values(of: "run", in: $0) + Self.values(of: "script", in: $0) }
    let hooks = blocks.flatMap { Self.values(of: "entry", in: $0) }
    let first = blocks.filter { $0.language == "sh" }.map { $0.lines.joined(separator: "\n") }
    #expect(steps.count == 8 && hooks.count == 1 && first.count == 1)
    try prepare()
    for step in first {
      let outcome = try run(step)
      #expect(outcome.status == 0, "\(step): \(outcome.output)\(outcome.errors)")
    }
    try git("clone", "--quiet", "--bare", project, folder.path + "/origin")
    try git("remote", "add", "origin", folder.path + "/origin")
    try git("fetch", "--quiet", "origin")
    for step in steps + hooks {
      let outcome = try run(step)
      #expect(outcome.status == 0, "\(step): \(outcome.output)\(outcome.errors)")
    }
    #expect(try folder.read("gh.log") == "pr comment 7 --edit-last --create-if-none --body-file difference.md\n")
    #expect(try folder.read("summary.md").contains("## What this code can do"))
    #expect(try folder.read("project/difference.md").contains("Nothing"))
    #expect(try folder.read("project/bom.json").contains("mircap:capability:run"))
    #expect(try folder.read("project/mircap.sarif").contains("\"2.1.0\""))

    // A change that does something new.
    let source = try folder.read("project/storage/src/lib.rs")
    try folder.write(
      source + "\npub fn tell() { let _ = std::net::TcpStream::connect(\"a:1\"); }\n", to: "project/storage/src/lib.rs")
    let failing = try (steps + hooks).filter { try run($0).status != 0 }
    #expect(failing == ["mircap check", "mircap check", "mircap check --quiet"])
    #expect(try folder.read("project/difference.md").contains("net.connect"))
    #expect(try folder.read("project/mircap.sarif").contains("\"level\":\"error\""))
    #expect(try run("mircap policy update --accept && mircap check").status == 0)
  }
}
