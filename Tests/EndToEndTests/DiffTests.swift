import Foundation
import Testing

/// `mircap diff` from dumps, reports and git revisions.
@Suite struct DiffTests {
  private static let fixtures = Shared.repository + "/Tests/Fixtures/graph"
  private let old = fixtures + "/update-old/dumps"
  private let new = fixtures + "/update-new/dumps"

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// What was added, as `crate phase what name`.
  private func added(_ json: [String: Any]) throws -> Set<String> {
    let changes = try #require(json["changes"] as? [[String: Any]])
    return Set(
      changes.flatMap { change in
        (change["added"] as? [String] ?? []).map {
          "\(change["crate"] ?? "") \(change["phase"] ?? "") \(change["what"] ?? "") \($0)"
        }
      })
  }

  @Test func anUpdateThatBringsAPayload() throws {
    let outcome = try Program.mircap.run("diff", old, new, "--format", "json")
    #expect(outcome.status == 1)
    let json = try json(outcome.output)
    #expect(
      try added(json).isSuperset(of: [
        "parcel run capability fs.write", "parcel run capability net.connect", "parcel run entry parcel::send",
        "parcel run link parcelnative", "parcel run unsafe unsafe.transmute", "shop run capability fs.write",
        "codec build-script build-script build_script_build", "codec build-script capability net.connect",
        "codec build-script capability process.spawn", "probe build-script capability process.spawn",
      ]))
    let crates = try #require(json["crates"] as? [String: [String]])
    #expect(crates == ["added": ["probe"], "removed": []])
    let risks = try #require((json["risks"] as? [String: [[String: Any]]])?["added"])
    let rules = Set(risks.map { "\($0["rule"] ?? "") \($0["crate"] ?? "")" })
    #expect(rules.isSuperset(of: ["gained-build-script codec", "network-while-building codec"]))
    let write = try #require(
      (json["changes"] as? [[String: Any]])?.first {
        $0["crate"] as? String == "shop" && ($0["added"] as? [String])?.contains("fs.write") == true
      })
    let evidence = try #require(
      (write["evidence"] as? [[String: Any]])?.first { $0["capability"] as? String == "fs.write" })
    let functions = (evidence["steps"] as? [[String: Any]])?.compactMap { $0["function"] as? String }
    #expect(functions == ["shop::main", "<parcel::Parcel>::load", "<parcel::Parcel>::remember"])
  }

  @Test func theWayBackAddsLittle() throws {
    let outcome = try Program.mircap.run("diff", new, old, "--format", "json")
    #expect(outcome.status == 1)
    #expect(try added(json(outcome.output)).contains("parcel run capability time"))
    let same = try Program.mircap.run("diff", old, old)
    #expect(same.status == 0)
    #expect(same.output.contains("No differences."))
  }

  @Test func reportsAndDumpsSayTheSame() throws {
    let folder = TemporaryFolder()
    for (name, dumps) in [("old", old), ("new", new)] {
      let path = "\(folder.path)/\(name).json"
      #expect(try Program.mircap.run("analyze", "--dumps", dumps, "--format", "json", "--output", path).status == 0)
    }
    for format in ["text", "sarif"] {
      let reports = try Program.mircap.run(
        "diff", folder.path + "/old.json", folder.path + "/new.json", "--format", format)
      #expect(reports.status == 1)
      let mixed = try Program.mircap.run("diff", folder.path + "/old.json", new, "--format", format)
      #expect(reports.output.replacing("\(folder.path)/new.json", with: new) == mixed.output)
    }
  }

  @Test func theBrowserGetsAWholePage() throws {
    let outcome = try Program.mircap.run("diff", old, new, "--format", "html")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>"))
    #expect(outcome.output.contains(#"<body data-mode="difference">"#))
    #expect(outcome.output.contains(#"id="chunk-difference""#))
    #expect(outcome.output.hasSuffix("</html>\n"))
  }

  @Test func wrongUsage() throws {
    let folder = TemporaryFolder()
    try folder.write("{\"schema\": \"mircap-why/1\"}", to: "why.json")
    try folder.write("[[[[", to: "broken.json")
    for (arguments, status, message) in [
      (["diff", old, new, "--format", "page"], 2, "format"), (["diff"], 2, "old"),
      (["diff", folder.path + "/why.json", new], 3, "mircap-report/1"),
      (["diff", folder.path + "/broken.json", new], 3, "broken.json:1"),
      (["diff", folder.path, new], 3, "holds no dumps"),
      (["diff", "no-such-thing", new, "--project", folder.path], 3, "no git repository"),
    ] as [([String], Int32, String)] {
      let outcome = try Program.mircap.run(arguments)
      #expect(outcome.status == status && outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  private func git(_ folder: String, _ arguments: String...) throws {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]
    let outcome = try Program.run("/usr/bin/env", ["git", "-C", folder] + identity + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(.enabled(if: Shared.canDump, "no Rust toolchain"))
  func revisionsOfAProject() throws {
    let folder = TemporaryFolder()
    let project = folder.path + "/work/demo"
    try folder.write(
      "[package]\nname = \"demo\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n", to: "work/demo/Cargo.toml")
    try folder.write("pub fn run() {}\n", to: "work/demo/src/lib.rs")
    try folder.write("src/lib.rs export-ignore\n", to: "work/demo/.gitattributes")
    try git(folder.path, "init", "--quiet", "work")
    try git(folder.path + "/work", "add", ".")
    try git(folder.path + "/work", "commit", "--quiet", "-m", "one")
    try folder.write("pub fn run() { std::fs::write(\"a\", \"b\").unwrap() }\n", to: "work/demo/src/lib.rs")
    try git(folder.path + "/work", "commit", "--quiet", "-a", "-m", "two")
    try folder.write("pub fn run() { std::process::exit(3) }\n", to: "work/demo/src/lib.rs")

    let status = try Program.run("/usr/bin/env", ["git", "-C", project, "status", "--porcelain=v2"]).output
    let revisions = try Program.mircap.run("diff", "HEAD~1", "HEAD", "--project", project)
    #expect(revisions.status == 1)
    #expect(revisions.output.contains("demo::run → std::fs::write  src/lib.rs:1"))
    #expect(try Program.run("/usr/bin/env", ["git", "-C", project, "status", "--porcelain=v2"]).output == status)
    #expect(
      try Program.run("/usr/bin/env", ["git", "-C", project, "worktree", "list"]).output.split(separator: "\n").count
        == 1)

    let working = try Program.mircap.run("diff", "HEAD", "--project", project, "--format", "json")
    #expect(working.status == 1)
    #expect(try added(json(working.output)) == ["demo run capability process.exit"])
    let unknown = try Program.mircap.run("diff", "no-such-revision", "HEAD", "--project", project)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("no-such-revision is neither"))
  }
}
