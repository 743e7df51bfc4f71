import Policy
import Project
import TestSupport
import Testing

/// Mistakes in policy files: each is told with file, line and advice.
@Suite struct ReaderTests {
  private func failure(_ text: String) throws -> Failure {
    try #require(throws: Failure.self) { try PolicyFixture.policy(text) }
  }

  @Test(arguments: [
    ("[policy\n", 1, "no TOML"),
    ("[.x]\n", 1, "no TOML: expected a key"),
    ("[ = \"libc\"\n", 1, "no TOML: expected a key"),
    ("a.=1\n", 1, "no TOML: expected a key"),
    ("x\n", 1, "no TOML: expected `=`"),
    ("\nx =\n", 2, "no TOML: expected a value"),
    ("x = \\u0041\n", 1, "no TOML: expected a value"),
    ("x = [1\n2]\n", 2, "no TOML: expected `,` or `]`"),
    ("x = \"a\n\"\n", 1, "no TOML: expected the end of the string"),
    ("x = {a = 1, b}\n", 1, "no TOML: expected `=`"),
    ("x = 1 2\n", 1, "no TOML"),
    ("x = 1979-13-27\n", 1, "no TOML"),
    ("x = 1 y = 2\n", 1, "no TOML: expected the end of the line"),
    ("\"\"\"a\"\"\" = 2\n", 1, "no TOML: expected a key"),
    ("\n\n[default]\nallow = [\"fs.reed\"]\n", 4, "there is no capability `fs.reed`"),
    ("[default]\nallow = [\n  \"fs.read\",\n  # a comment\n  \"nothing\",\n]\n", 5, "there is no capability `nothing`"),
    ("[default]\nalow = []\n", 2, "there is no key `alow` in [default]"),
    ("[polcy]\n", 1, "there is no key `polcy` in a policy"),
    ("[policy]\nscope = \"reached\"\n", 2, "there is no `reached`"),
    ("[policy]\nscope = 3\n", 2, "expected a string, found an integer"),
    ("[crate.demo]\nallow = \"fs\"\n", 2, "expected an array of strings"),
    ("[crate.demo]\nallow = [\"fs\", 1]\n", 2, "expected strings only, found an integer"),
    ("[crate]\ndemo = 1\n", 2, "expected a table"),
    ("[crate.\"demo:building\"]\n", 1, "is no crate"),
    ("[crate.\"a>b>c\"]\nallow = []\n", 1, "is no crate"),
    ("[crate.\"a>b\"]\nallow = []\ndepends-on = []\n", 1, "needs `allow`"),
    ("[crate.a-b]\nallow = []\n[crate.a_b]\nallow = []\n", 3, "has a section already, in line 1"),
    ("[[require]]\nfunction = \"a::b\"\n", 1, "needs `without`"),
    ("[[require]]\nfunction = \"\"\nwithout = [\"fs\"]\n", 2, "is empty"),
    ("[[tag]]\npath = \"a::b\"\nlabel = \"fs\"\n", 1, "fs"),
    ("[[safe]]\npath = \"a::b\"\n", 1, "needs `reason`"),
    ("[[allowlist]]\ncrate = \"a\"\nversion = \"new\"\nabsolves = []\nreason = \"r\"\n", 3, "no version requirement"),
    ("[group.a]\nmembers = [\"b\"]\n[group.b]\nmembers = [\"a\"]\n", 1, "contains itself"),
    ("[group.fs]\nmembers = []\n", 1, "name of something else"),
    ("[policy]\nscope = \"contained\"\nscope = \"reachable\"\n", 3, "no TOML"),
    ("x = \"\\u0000\"\n", 1, "zero characters"),
    ("tag = 1\n", 1, "expected tables"),
  ])
  func mistakesAreTold(text: String, line: Int, message: String) throws {
    let failure = try failure(text)
    #expect(failure.description.contains(message), "\(failure)")
    #expect(failure.line == line, "\(failure)")
    #expect(failure.file == "mircap.toml")
    #expect(failure.exitCode == 2)
  }

  @Test func somethingAlikeIsSuggested() throws {
    #expect(try failure("[default]\nallow = [\"fs.reed\"]\n").advice?.hasPrefix("did you mean `fs.read`?") == true)
    #expect(try failure("[defalt]\n").advice?.hasPrefix("did you mean `default`?") == true)
    #expect(try failure("[default]\nallow = [\"quantum-entanglement\"]\n").advice?.hasPrefix("there are: ") == true)
  }

  @Test func deepNestingIsRefused() throws {
    let deep = "a = " + String(repeating: "[", count: 100_000)
    #expect(try failure(deep).description.contains("nests too deeply"))
    let dotted = "a" + String(repeating: ".a", count: 100_000) + " = 1"
    #expect(try failure(dotted).description.contains("nests too deeply"))
  }

  @Test func everyFormOfTOMLIsRead() throws {
    let policy = try PolicyFixture.policy(
      """
      policy.scope = 'contained'
      default = { allow = ["time", 'env'], reason = "# no comment" }
      crate.demo.allow = [ "fs.read" ] # a comment
      [crate."demo:build-script"]
      allow = [
        # first
        \"\"\"
      net""\", 'io',
      ]
      [[tag]]
      path = "std::io::_print"
      label = "ocap"
      [[tag]]
      label = "other"
      path = '''std::fs::read'''
      """)
    #expect(policy.scope == .contained)
    #expect(policy.defaultSection(.run)?.allow?.map(\.name) == ["time", "env"])
    #expect(policy.sections.map(\.name) == ["demo", "demo:build-script"])
    #expect(policy.sections.map { ($0.allow ?? []).map(\.line) } == [[3], [7, 8]])
    #expect(policy.rules.tags.map(\.origin.line) == [10, 13])
  }

  @Test func theFormOfTheContractIsRead() throws {
    let policy = try PolicyFixture.policy(
      """
      [policy]
      scope = "reachable"
      unsafe = "labelled-only"
      [default]
      allow = ["time"]
      [crate.demo]
      allow = ["fs.write"]
      depends-on = ["serde"]
      [crate."demo:build-script"]
      allow = ["env.read"]
      [crate."foo>bar"]
      allow = []
      [[require]]
      function = "app::ocap_main"
      without = ["ocap", "net"]
      [[tag]]
      path = "std::io::_print"
      label = "ocap"
      [[unsafe-label]]
      at = "demo::raw::read"
      operation = "unsafe.raw-deref"
      label = "reads-mmap"
      [[safe]]
      path = "demo::checked"
      reason = "checked"
      [[sink]]
      path = "demo::special"
      capabilities = ["net"]
      authority = "handle"
      [[allowlist]]
      crate = "libc"
      version = "^0.2"
      absolves = ["ffi"]
      reason = "declares, calls nothing"
      """)
    #expect(policy.unsafeRule == .labelledOnly)
    #expect(policy.sections.map(\.name) == ["demo", "demo:build-script", "foo>bar"])
    #expect(policy.requirements.map(\.names) == [["ocap", "net"]])
    #expect(policy.rules.unsafeLabels.map(\.label) == ["reads-mmap"])
    #expect(policy.rules.sinks.map(\.capabilities.count) == [5])
    #expect(policy.allowlist.map(\.package) == ["libc"])
  }
}
