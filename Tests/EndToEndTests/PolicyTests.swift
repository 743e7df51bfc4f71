import Foundation
import Testing

/// `mircap check` and `mircap policy` on a program with a build script and three libraries.
@Suite struct PolicyTests {
  private static let dumps = Shared.repository + "/Tests/Fixtures/graph/policies/dumps"

  /// What is granted: all that the crates of the fixture do.
  private static let complete = """
    # What we have agreed on.
    [crate.app]   # the program
    allow = ["stdio.write"]

    [crate."app:build-script"]
    allow = ["fs.write"]   # made.rs

    [crate.sandbox]
    allow = ["fs.read"]

    [default]
    allow = ["env.read", "unsafe"]

    """

  private let folder = TemporaryFolder()

  private var file: String { folder.path + "/mircap.toml" }

  private func mircap(_ arguments: String..., policy: String? = nil) throws -> Program.Outcome {
    if let policy { try folder.write(policy, to: "mircap.toml") }
    return try Program.mircap.run(arguments + ["--dumps", Self.dumps, "--policy", file])
  }

  /// The violations that check tells, as who may not do what.
  private func violations(_ policy: String) throws -> [String] {
    let outcome = try mircap("check", "--format", "json", policy: policy)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let violations = try #require(json["violations"] as? [[String: Any]])
    #expect(outcome.status == (violations.isEmpty ? 0 : 1))
    #expect(json["passes"] as? Bool == violations.isEmpty)
    return violations.compactMap { $0["message"] as? String }
  }

  @Test func whatInitWritesHolds() throws {
    let written = try mircap("policy", "init")
    #expect(written.status == 0)
    #expect(written.output.contains(/mircap.toml: \d+ sections, \d+ grants\. Read/))
    let outcome = try mircap("check")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("The policy holds: "))
    #expect(try mircap("policy", "init").status == 2)
    #expect(try mircap("policy", "init", "--force", "--scope", "contained", "--depends-on").status == 0)
    #expect(try mircap("check").status == 0)
    #expect(
      try folder.read("mircap.toml").contains("\"process.spawn\", # std::process::Command::spawn in sandbox::shell"))
  }

  @Test func eachGrantThatInitWritesIsNeeded() throws {
    #expect(try mircap("policy", "init").status == 0)
    let lines = try folder.read("mircap.toml").split(separator: "\n", omittingEmptySubsequences: false)
    let grants = lines.indices.filter { lines[$0].hasPrefix("  \"") }
    #expect(grants.count >= 8)
    let none = lines.indices.filter { !grants.contains($0) }.map { lines[$0] }
    #expect(try violations(none.joined(separator: "\n")).count == grants.count)
    for grant in [grants[0], grants[grants.count - 1]] {
      var rest = lines
      let name = try #require(rest.remove(at: grant).split(separator: "\"").dropFirst().first)
      let violations = try violations(rest.joined(separator: "\n"))
      #expect(violations.count == 1 && violations[0].contains(" may not \(name)"), "\(name): \(violations)")
    }
  }

  @Test func grantsArePerCrateAndPhase() throws {
    #expect(try violations(Self.complete) == [])
    let other = Self.complete.replacing("[crate.\"app:build-script\"]", with: "[crate.\"shared:build-script\"]")
    #expect(
      try violations(other).filter { !$0.contains("unsafe") } == [
        "app 0.1.0 (build script) may not fs.write", "shared 0.2.1 in build scripts may not env.read",
      ])
  }

  @Test func evidenceIsShown() throws {
    let outcome = try mircap("check", policy: Self.complete.replacing("\"stdio.write\"", with: ""))
    #expect(outcome.status == 1)
    #expect(
      outcome.output.hasPrefix(
        """
        app 0.1.0 (bin app) may not stdio.write
          [crate.app] does not allow it  \(file):2
          app::main → std::io::_print
            ambient, certain  src/app.rs:6

        `mircap policy update` lets you accept them one by one.
        1 violation of \(file)
        """))
  }

  @Test func aCrateIsRegulatedWhereAnotherUsesIt() throws {
    let strict = Self.complete + "[crate.\"plugin>sandbox\"]\nallow = []\n"
    #expect(try violations(strict) == ["sandbox 0.1.0 may not fs.read where plugin uses it"])
    let outcome = try mircap("check")
    #expect(outcome.output.contains("  plugin::sneak → sandbox::load → std::fs::read_to_string\n"))
    let contexts = """
      [crate."plugin>sandbox"]
      allow = ["fs.read"]
      [crate."app>sandbox"]
      allow = ["fs.read"]
      """
    #expect(try violations(Self.complete.replacing("[crate.sandbox]\nallow = [\"fs.read\"]\n", with: contexts)) == [])
  }

  @Test func claimsAboutFunctions() throws {
    let claims = """
      [[tag]]
      path = "std::io::_print"
      label = "ocap"

      """
    func require(_ function: String) -> String {
      "[[require]]\nfunction = \"\(function)\"\nwithout = [\"ocap\", \"net\"]\n"
    }
    #expect(try violations(Self.complete + claims + require("app::ocap_main")) == [])
    #expect(
      try violations(Self.complete + claims + require("app::careless_main")) == ["app::careless_main must not ocap"])
    #expect(try mircap("check").output.contains("  app::careless_main → std::io::_print\n"))
  }

  @Test func unsafeNeedsALabelIfThePolicySaysSo() throws {
    let strict = "[policy]\nunsafe = \"labelled-only\"\n" + Self.complete
    #expect(
      try Set(violations(strict)) == [
        "shared 0.2.1 uses unsafe.raw-deref in shared::byte without a label",
        "shared 0.2.1 uses unsafe.call in shared::byte without a label",
      ])
    let label = "[[unsafe-label]]\nat = \"shared::byte\"\noperation = \"unsafe\"\nlabel = \"checked-index\"\n"
    #expect(try violations(strict + label) == [])
  }

  @Test func updateKeepsTheFile() throws {
    let start = Self.complete.replacing("\"stdio.write\"", with: "\"time\"")
      .replacing("[default]\nallow = [\"env.read\", \"unsafe\"]\n", with: "# The end.\n")
    let outcome = try mircap("policy", "update", "--accept", policy: start)
    #expect(outcome.status == 0)
    #expect(outcome.output == "\(file): 9 added, 0 left\n")
    #expect(try mircap("check").status == 0)
    let updated = try folder.read("mircap.toml")
    for kept in [
      "# What we have agreed on.\n[crate.app]   # the program\nallow = [\"stdio.write\", \"time\"]\n",
      "allow = [\"fs.write\"]   # made.rs\n", "# The end.\n",
    ] {
      #expect(updated.contains(kept), "\(updated)")
    }
    #expect(try mircap("policy", "update", "--accept").output == "\(file): 0 added, 0 left\n")
    #expect(try folder.read("mircap.toml") == updated)
    #expect(try mircap("policy", "update").status == 2, "there is no terminal to ask on")
    #expect(try mircap("policy", "update", "--accept", "--prune").output == "\(file): 0 added, 1 taken out, 0 left\n")
    #expect(try folder.read("mircap.toml") == updated.replacing(", \"time\"]", with: "]"))
  }

  @Test func updateTellsWhatNoGrantMakesGood() throws {
    let claim = "[[require]]\nfunction = \"app::main\"\nwithout = [\"fs\"]\n"
    let outcome = try mircap("policy", "update", "--accept", policy: Self.complete + claim)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("cannot be made good by a grant"))
  }

  @Test func explainNamesWhatGrants() throws {
    let entry = """
      [[allowlist]]
      crate = "shared"
      version = "^0.2"
      absolves = ["unsafe"]
      reason = "one checked index"

      """
    let policy = Self.complete.replacing(", \"unsafe\"", with: "") + entry
    let outcome = try mircap("policy", "explain", policy: policy)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("sandbox 0.1.0\n  fs.read: [crate.sandbox] allows \"fs.read\"  \(file):9\n"))
    #expect(outcome.output.contains("[[allowlist]]: shared ^0.2"))
    #expect(outcome.output.contains("    why: one checked index\n    silences in shared 0.2.1: unsafe.block, "))
    #expect(try mircap("check").status == 0)
  }

  @Test func reportsFollowAPolicyThatIsNamed() throws {
    let tag = "[[tag]]\npath = \"std::io::_print\"\nlabel = \"ocap\"\n"
    let safe = "[[safe]]\npath = \"sandbox::load\"\nreason = \"looked at\"\n"
    try folder.write(tag + safe, to: "mircap.toml")
    let why = try Program.mircap.run(
      "why", "--dumps", Self.dumps, "--policy", file, "--crate", "app", "--capability", "ocap")
    #expect(why.status == 0 && why.output.contains("app::main"))
    let report = try mircap("analyze", "--format", "json").output
    #expect(report.contains("\"capability\":\"ocap\""))
    #expect(!report.contains("\"entry\":\"plugin::sneak\""))
  }

  @Test func mistakesInThePolicyAreTold() throws {
    let outcome = try mircap("check", policy: "[default]\nallow = [\"netwrok\"]\n")
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("error: \(file):2: there is no capability `netwrok`\n  did you mean `network`?"))
    let missing = try Program.mircap.run("check", "--dumps", Self.dumps, "--policy", folder.path + "/none.toml")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("mircap policy init"))
  }

  @Test func threadsDoNotMatter() throws {
    try folder.write("", to: "mircap.toml")
    let one = try mircap("check", "--format", "json", "--jobs", "1")
    #expect(one.output == (try mircap("check", "--format", "json", "--jobs", "2", "--no-cache").output))
    #expect(one.status == 1)
  }
}

/// The policies in the documentation are such.
@Suite struct PolicyDocumentationTests {
  private let blocks: [String] = {
    let text = (try? String(contentsOfFile: Shared.repository + "/docs/policy.md", encoding: .utf8)) ?? ""
    var blocks: [String] = []
    var block = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    ") || line.isEmpty && !block.isEmpty {
        block += line.dropFirst(4) + "\n"
        continue
      }
      if block.hasPrefix("[") { blocks.append(block) }
      block = ""
    }
    if block.hasPrefix("[") { blocks.append(block) }
    return blocks
  }()

  @Test func examplesAreRead() throws {
    #expect(blocks.count >= 8)
    let folder = TemporaryFolder()
    let dumps = Shared.repository + "/Tests/Fixtures/graph/policies/dumps"
    for block in blocks {
      try folder.write(block, to: "mircap.toml")
      let outcome = try Program.mircap.run("check", "--dumps", dumps, "--policy", folder.path + "/mircap.toml")
      #expect(outcome.errors.isEmpty && outcome.status != 2 && outcome.status != 3, "\(block)\n\(outcome.errors)")
    }
  }
}
