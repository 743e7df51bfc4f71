import Policy
import TestSupport
import Testing

/// Claims about functions, labels, safe functions, labels for uses of `unsafe`.
@Suite struct ClaimTests {
  private let complete = PolicyFixture.complete

  private func require(_ function: String, _ names: String) -> String {
    "[[require]]\nfunction = \"\(function)\"\nwithout = [\(names)]\n"
  }

  @Test func claimsAboutFunctions() throws {
    #expect(try PolicyFixture.violations(complete + require("foo::save", "\"net\", \"process\"")) == [])
    #expect(
      try PolicyFixture.violations(complete + require("foo::save", "\"io\"")) == [
        "foo::save must not fs.read: foo::save > bar::load > std::fs::read",
        "foo::save must not fs.write: foo::save > foo::write > std::fs::write",
      ])
  }

  @Test func theFunctionNeedNotBeAnEntryPoint() throws {
    #expect(
      try PolicyFixture.violations(complete + require("foo::write", "\"fs.write\"")) == [
        "foo::write must not fs.write: foo::write > std::fs::write"
      ])
  }

  @Test func aClaimAboutNothingDoesNotHold() throws {
    #expect(
      try PolicyFixture.violations(complete + require("foo::wirte", "\"fs\"")) == [
        "there is no function foo::wirte: the claim protects nothing"
      ])
  }

  @Test func labelsAreForClaimsUntilAnAllowNamesThem() throws {
    let tag = "[[tag]]\npath = \"std::fs::read\"\nlabel = \"ocap\"\n"
    #expect(try PolicyFixture.violations(complete + tag) == [])
    #expect(
      try PolicyFixture.violations(complete + tag + require("app::main", "\"ocap\"")) == [
        "app::main must not ocap: app::main > foo::save > bar::load > std::fs::read"
      ])
    let granted = complete.replacing("\"process.exit\"", with: "\"process.exit\", \"ocap\"") + tag
    #expect(
      try PolicyFixture.violations(granted) == ["bar 0.1.0 may not ocap: bar::load > std::fs::read"])
  }

  @Test func safeFunctionsStopClaims() throws {
    let safe = "[[safe]]\npath = \"bar::load\"\nreason = \"reads its own file\"\n"
    #expect(try PolicyFixture.violations(complete + safe + require("app::main", "\"fs.read\"")) == [])
    let withoutGrant = complete.replacing("\"fs.read\", ", with: "")
    #expect(try PolicyFixture.violations(withoutGrant + safe) == [])
    #expect(try PolicyFixture.violations(withoutGrant).count == 1)
  }

  @Test func addedSinks() throws {
    let sink = "[[sink]]\npath = \"foo::write\"\ncapabilities = [\"dylib\"]\nreason = \"loads what it writes\"\n"
    let violations = try PolicyFixture.violations(complete + sink)
    #expect(violations.count == 1)
    #expect(violations.first?.hasPrefix("foo 0.1.0 may not dylib: foo::save > ") == true)
  }

  private func unsafeGraph() -> TestGraph {
    var graph = PolicyFixture.graph()
    graph.operation("bar::load", "unsafe.raw-deref", "raw-deref", line: 25)
    graph.operation("bar::load", "unsafe.call", "bar::raw", line: 26)
    return graph
  }

  @Test func usesOfUnsafeNeedLabels() throws {
    let allowed = complete.replacing("\"net.connect\"", with: "\"net.connect\", \"unsafe\"")
    let strict = "[policy]\nunsafe = \"labelled-only\"\n" + allowed
    #expect(try PolicyFixture.violations(allowed, unsafeGraph()) == [])
    #expect(
      try PolicyFixture.violations(strict, unsafeGraph()) == [
        "bar 0.1.0 uses unsafe.raw-deref in bar::load without a label: in bar::load",
        "bar 0.1.0 uses unsafe.call in bar::load without a label: in bar::load",
      ])
    let label = "[[unsafe-label]]\nat = \"bar::load\"\noperation = \"unsafe.raw-deref\"\nlabel = \"reads-mmap\"\n"
    #expect(
      try PolicyFixture.violations(strict + label, unsafeGraph()) == [
        "bar 0.1.0 uses unsafe.call in bar::load without a label: in bar::load"
      ])
    // A label allows what it is for: no grant is needed beside it.
    let ungranted = strict.replacing(", \"unsafe\"", with: "")
    #expect(
      try PolicyFixture.violations(ungranted + label, unsafeGraph()) == [
        "bar 0.1.0 uses unsafe.call in bar::load without a label: in bar::load"
      ])
    let all = label.replacing("\"unsafe.raw-deref\"", with: "\"unsafe\"")
    #expect(try PolicyFixture.violations(strict + all, unsafeGraph()) == [])
    let free = strict.replacing("[crate.bar]", with: "[crate.bar]\nunsafe = \"any\"")
    #expect(try PolicyFixture.violations(free, unsafeGraph()) == [])
  }
}
