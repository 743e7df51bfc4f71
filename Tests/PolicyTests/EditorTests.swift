import Project
import Settings
import TestSupport
import Testing

@testable import Policy

/// Changes keep what people wrote.
@Suite struct EditorTests {
  private func edited(_ text: String, _ name: String, _ crate: String, list: String = "allow", comment: String = "")
    throws -> String
  {
    var editor = PolicyEditor(try SettingsDocument(text: Array(text.utf8), file: "mircap.toml", help: .policy))
    try editor.add(name, to: list, ofCrate: crate, comment: comment)
    let policy = try Policy(text: editor.text, file: "mircap.toml", taxonomy: TestTables.all.taxonomy)
    let section = try #require(policy.sections.first { $0.name == crate })
    let names = list == "allow" ? section.allow?.map(\.name) : section.dependsOn?.map(\.name)
    #expect(names?.contains(name) == true)
    return String(decoding: editor.text, as: UTF8.self)
  }

  @Test(arguments: [
    // Lists in one line.
    ("[crate.a]\nallow = [\"fs.read\"]\n", "[crate.a]\nallow = [\"fs.read\", \"net\"]\n"),
    ("[crate.a]\nallow = [\"time\"]\n", "[crate.a]\nallow = [\"net\", \"time\"]\n"),
    ("[crate.a]\nallow = [\"fs\", ] # why\n", "[crate.a]\nallow = [\"fs\", \"net\", ] # why\n"),
    ("[crate.a]\nallow = []\n", "[crate.a]\nallow = [\"net\"]\n"),
    ("[crate.a]\nallow = [\"time\", \"fs\"]\n", "[crate.a]\nallow = [\"time\", \"fs\", \"net\"]\n"),
    ("[crate.a]\nallow = [\"net\"]\n", "[crate.a]\nallow = [\"net\"]\n"),
    // Lists in several lines, with comments.
    (
      "[crate.a]\nallow = [\n  \"fs\", # one\n  # about time\n  \"time\", # two\n]\n",
      "[crate.a]\nallow = [\n  \"fs\", # one\n  \"net\", # new\n  # about time\n  \"time\", # two\n]\n"
    ),
    (
      "[crate.a]\nallow = [\n\t\"fs\" # one\n\t# end\n] # behind\n",
      "[crate.a]\nallow = [\n\t\"fs\", # one\n\t\"net\", # new\n\t# end\n] # behind\n"
    ),
    ("[crate.a]\nallow = [\n  \"fs\"]\n", "[crate.a]\nallow = [\n  \"fs\", \"net\"]\n"),
    // Sections without a list, and none.
    (
      "# head\n[crate.a]\nunsafe = \"any\" # why\n\n[crate.b]\nallow = []\n",
      "# head\n[crate.a]\nunsafe = \"any\" # why\nallow = [\n  \"net\", # new\n]\n\n[crate.b]\nallow = []\n"
    ),
    ("[crate.a]", "[crate.a]\nallow = [\n  \"net\", # new\n]\n"),
    (
      "[crate.b]\nallow = [] # b\n\n[[tag]]\npath = \"x\"\nlabel = \"y\"\n",
      "[crate.b]\nallow = [] # b\n\n[crate.a]\nallow = [\n  \"net\", # new\n]\n\n[[tag]]\npath = \"x\"\nlabel = \"y\"\n"
    ),
    (
      "[policy]\nscope = \"contained\"",
      "[policy]\nscope = \"contained\"\n\n[crate.a]\nallow = [\n  \"net\", # new\n]\n"
    ),
    // Other ways to write a section.
    ("crate = { a = { allow = [\"fs\"] } }\n", "crate = { a = { allow = [\"fs\", \"net\"] } }\n"),
    ("crate = { a = { unsafe = \"any\" } }\n", "crate = { a = { allow = [\"net\"], unsafe = \"any\" } }\n"),
    ("crate = { a = {} }\n", "crate = { a = { allow = [\"net\"] } }\n"),
    ("crate.a.unsafe = \"any\"\n", "crate.a.unsafe = \"any\"\ncrate.a.allow = [\"net\"]\n"),
    ("[crate]\na.allow = [\"fs\"]\n", "[crate]\na.allow = [\"fs\", \"net\"]\n"),
  ])
  func grantsAreAdded(before: String, after: String) throws {
    #expect(try edited(before, "net", "a", comment: "new") == after)
  }

  @Test(arguments: [
    ("[crate.a]\nallow = [\"net\"]\n", "[crate.a]\nallow = []\n"),
    ("[crate.a]\nallow = [\"fs\", \"net\", \"time\"] # why\n", "[crate.a]\nallow = [\"fs\", \"time\"] # why\n"),
    ("[crate.a]\nallow = [\"fs\", \"net\"]\n", "[crate.a]\nallow = [\"fs\"]\n"),
    (
      "[crate.a]\nallow = [\n  \"fs\", # one\n  \"net\", # two\n  # three\n  \"time\"\n]\n",
      "[crate.a]\nallow = [\n  \"fs\", # one\n  # three\n  \"time\"\n]\n"
    ),
    ("[crate.a]\nallow = [\n  \"fs\",\n  \"net\"\n]\n", "[crate.a]\nallow = [\n  \"fs\",\n]\n"),
    ("[crate.a]\nallow = [\n  \"fs\", \"net\"]\n", "[crate.a]\nallow = [\n  \"fs\"]\n"),
    ("[crate.a]\nallow = [\"time\"]\n", "[crate.a]\nallow = [\"time\"]\n"),
  ])
  func grantsAreTakenOut(before: String, after: String) throws {
    var editor = PolicyEditor(try SettingsDocument(text: Array(before.utf8), file: "mircap.toml", help: .policy))
    try editor.remove("net", from: "allow", ofCrate: "a")
    #expect(String(decoding: editor.text, as: UTF8.self) == after)
  }

  @Test func namesThatNeedQuotesGetThem() throws {
    #expect(
      try edited("", "fs", "a:build-script") == "\n[crate.\"a:build-script\"]\nallow = [\"fs\"]\n")
    #expect(
      try edited("[crate.a]\nallow = []\n", "serde", "a", list: "depends-on")
        == "[crate.a]\nallow = []\ndepends-on = [\"serde\"]\n")
  }

  @Test func updateMakesThePolicyHold() throws {
    let folder = PolicyTestFolder()
    let text = """
      # What we allow.
      [default] # for all others
      allow = ["fs.read"]

      [crate.app] # the program
      allow = [] # nothing yet

      [crate.foo]
      depends-on = []
      """
    let file = try folder.write(text, "mircap.toml")
    let policy = try Policy.read(file: file, taxonomy: TestTables.all.taxonomy)
    let links = [["foo-1"], ["bar-2"], [], []]
    let (verdict, result) = try PolicyFixture.verdict(text, dependencies: links)
    var update = try PolicyUpdate(policy: policy, result: result, absolved: AbsolvedUnits(), verdict: verdict)
    #expect(update.proposals.count == verdict.violations.count)
    for proposal in update.proposals { try update.accept(proposal, verdict) }
    try update.write()
    let changed = try folder.read("mircap.toml")
    #expect(try PolicyFixture.violations(changed, dependencies: links) == [])
    // A section of its own ends what the default allowed: that goes into the section too.
    #expect(
      changed == """
        # What we allow.
        [default] # for all others
        allow = ["fs.read"]

        [crate.app] # the program
        allow = ["process.exit"] # nothing yet

        [crate.foo]
        depends-on = ["bar"]
        allow = [
          "fs.write", # std::fs::write in foo::write, src/lib.rs:12
        ]

        [crate."app:build-script"]
        allow = [
          "env.read", # std::env::var in build_script_build::main, src/lib.rs:30
        ]

        [crate.bar]
        allow = [
          "fs.read", # std::fs::read in bar::load, src/lib.rs:20
          "net.connect", # std::net::TcpStream::connect in bar::fetch, src/lib.rs:21
        ]

        """)
  }
}

@Suite struct WriterTests {
  private func written(_ graph: TestGraph, scope: Policy.Scope = .reachable) throws -> String {
    var policy = try PolicyFixture.policy("")
    policy.scope = scope
    let writer = PolicyWriter(
      policy: policy, result: graph.analysed(), absolved: AbsolvedUnits(), toolVersion: "0.1.0")
    return writer.text(withDependencies: false)
  }

  @Test(arguments: Policy.Scope.allCases) func whatIsWrittenHolds(scope: Policy.Scope) throws {
    let text = try written(PolicyFixture.graph(), scope: scope)
    #expect(try PolicyFixture.violations(text) == [])
    #expect(try PolicyFixture.unused(text) == [])
  }

  @Test func membersComeFirst() throws {
    let text = try written(PolicyFixture.graph())
    let sections = text.split(separator: "\n").filter { $0.hasPrefix("[crate") || $0.hasPrefix("# ---") }
    #expect(
      sections == [
        "# --- Members of the workspace", "[crate.app]", "[crate.\"app:build-script\"]", "# --- Dependencies",
        "[crate.bar]", "[crate.foo]",
      ])
    #expect(text.contains("\"fs.write\", # std::fs::write in foo::write, src/lib.rs:12\n"))
  }

  @Test func hostileNamesStayInTheirComment() throws {
    var graph = TestGraph(units: ["demo"])
    graph.entry("demo::a\n[default]\nallow = [\"io\"]")
    graph.edge("demo::a\n[default]\nallow = [\"io\"]", "std::fs::write")
    let policy = try PolicyFixture.policy(try written(graph))
    #expect(policy.defaults.isEmpty)
    #expect(policy.sections.count == 1)
  }
}
