import Policy
import Project
import TestSupport
import Testing

@Suite struct GrantTests {
  private let complete = PolicyFixture.complete

  @Test func whatIsGrantedIsAllowed() throws {
    #expect(try PolicyFixture.violations(complete) == [])
    #expect(try PolicyFixture.unused(complete) == [])
  }

  @Test func whatIsNotGrantedIsNotAllowed() throws {
    #expect(
      try PolicyFixture.violations("") == [
        "app 0.1.0 (bin app) may not process.exit: app::main > std::process::exit",
        "app 0.1.0 (build script) may not env.read: build_script_build::main > std::env::var",
        "bar 0.1.0 may not fs.read: bar::load > std::fs::read",
        "bar 0.1.0 may not net.connect: bar::fetch > std::net::TcpStream::connect",
        "foo 0.1.0 may not fs.write: foo::save > foo::write > std::fs::write",
      ])
  }

  /// The test of the test above: each grant is needed, and the violation that comes without it is the one.
  @Test(arguments: ["process.exit", "env.read", "fs.write", "fs.read", "net.connect"])
  func eachGrantIsNeeded(name: String) throws {
    let text = complete.replacing("\"\(name)\"", with: "").replacing("[, ", with: "[")
    let violations = try PolicyFixture.violations(text)
    #expect(violations.count == 1)
    #expect(violations.allSatisfy { $0.contains(" may not \(name): ") && $0.contains("> std::") })
  }

  @Test func aGrantIsNotPassedOn() throws {
    let text = """
      [crate.app]
      allow = ["process.exit", "fs", "net"]
      [crate."app:build-script"]
      allow = ["env.read"]
      [crate.foo]
      allow = ["fs", "net"]
      """
    #expect(
      try PolicyFixture.violations(text) == [
        "bar 0.1.0 may not fs.read: bar::load > std::fs::read",
        "bar 0.1.0 may not net.connect: bar::fetch > std::net::TcpStream::connect",
      ])
  }

  @Test func phasesAreApart() throws {
    let text = complete.replacing("[crate.\"app:build-script\"]", with: "[crate.\"app:proc-macro\"]")
    #expect(
      try PolicyFixture.violations(text) == [
        "app 0.1.0 (build script) may not env.read: build_script_build::main > std::env::var"
      ])
    #expect(
      try PolicyFixture.unused(text) == [
        "3 [crate.\"app:proc-macro\"] : no code of app runs in the phase proc-macro: run, build-script is written \"app:run\""
      ])
  }

  @Test func theDefaultIsForAllOthers() throws {
    let text = """
      [default]
      allow = ["fs", "net.connect", "env.read"]
      [crate.app]
      allow = ["process.exit"]
      [crate.foo]
      allow = []
      """
    #expect(
      try PolicyFixture.violations(text) == ["foo 0.1.0 may not fs.write: foo::save > foo::write > std::fs::write"])
    let perPhase = text.replacing("[crate.app]", with: "[default.build-script]\nallow = []\n[crate.app]")
    #expect(try PolicyFixture.violations(perPhase).count == 2)
  }

  @Test func groupsAndAliases() throws {
    let text = """
      [group.disk]
      members = ["std/fs", "leaving"]
      [alias]
      leaving = "exit"
      [default]
      allow = ["disk", "io", "CAPABILITY_READ_SYSTEM_STATE"]
      """
    #expect(try PolicyFixture.violations(text) == [])
  }

  @Test func moreExactSectionsHold() throws {
    let text = complete + "[crate.\"bar@0.1.0\"]\nallow = [\"fs.read\"]\n"
    #expect(
      try PolicyFixture.violations(text) == [
        "bar 0.1.0 may not net.connect: bar::fetch > std::net::TcpStream::connect"
      ])
    #expect(try PolicyFixture.unused(text) == ["7 [crate.bar] : more exact sections hold for it"])
    #expect(try PolicyFixture.violations(complete.replacing("crate.bar", with: "crate.\"bar@0.2.0\"")).count == 2)
  }

  @Test func containedCodeCountsIfAskedFor() throws {
    let text = "[policy]\nscope = \"contained\"\n" + complete
    #expect(try PolicyFixture.violations(text) == ["bar 0.1.0 may not process.spawn: in bar::unused"])
  }

  @Test func unusedGrantsAreNamed() throws {
    let text = complete.replacing("\"fs.write\"", with: "\"fs\", \"dns\"") + "[crate.nobody]\nallow = []\n"
    #expect(
      try PolicyFixture.unused(text) == [
        "6 [crate.foo] dns: its own code does not do that", "9 [crate.nobody] : there is no crate nobody",
      ])
  }

  @Test func dependencies() throws {
    let text = complete.replacing(
      "allow = [\"process.exit\"]", with: "allow = [\"exit\"]\ndepends-on = [\"foo\", \"baz\"]")
    let links = [["foo-1", "bar-2"], ["bar-2"], [], []]
    #expect(
      try PolicyFixture.violations(text, dependencies: links) == [
        "app 0.1.0 (bin app) may not depend on bar 0.1.0: is compiled against bar-2"
      ])
    let verdict = try PolicyFixture.verdict(text, dependencies: links).verdict
    #expect(verdict.unused.map(\.grant) == ["baz"])
  }
}

@Suite struct ContextTests {
  private let base = """
    [crate.app]
    allow = ["process.exit"]
    [crate."app:build-script"]
    allow = ["env.read"]
    [crate.foo]
    allow = ["fs.write"]

    """

  @Test func whereAnotherCrateUsesItACrateIsRegulatedOnItsOwn() throws {
    let text = PolicyFixture.complete + "[crate.\"foo>bar\"]\nallow = []\n"
    #expect(
      try PolicyFixture.violations(text) == [
        "bar 0.1.0 may not fs.read where foo uses it: foo::save > bar::load > std::fs::read"
      ])
    #expect(try PolicyFixture.violations(text.replacing("foo>bar", with: "foo > bar")).count == 1)
    #expect(try PolicyFixture.violations(text.replacing("allow = []", with: "allow = [\"fs.read\"]")) == [])
  }

  @Test func whatAllUsersMayDoWithItNeedsNoGrantOfItsOwn() throws {
    let both = """
      [crate."foo>bar"]
      allow = ["fs.read"]
      [crate."app>bar"]
      allow = ["net.connect"]
      """
    #expect(try PolicyFixture.violations(base + both) == [])
    #expect(try PolicyFixture.unused(base + both) == [])
  }

  @Test func othersAreNotCovered() throws {
    let one = "[crate.\"foo>bar\"]\nallow = [\"fs.read\", \"net\"]\n"
    #expect(
      try PolicyFixture.violations(base + one) == [
        "bar 0.1.0 may not net.connect: app::main > bar::fetch > std::net::TcpStream::connect"
      ])
    #expect(try PolicyFixture.unused(base + one) == ["8 [crate.\"foo>bar\"] net: it does not do that there"])
  }
}
