import Capabilities
import Foundation
import Policy
import Project
import TestSupport
import Testing

@Suite struct AllowlistTests {
  private func shipped() throws -> ShippedAllowlist {
    let file = TestTables.repository.appendingPathComponent("Sources/Policy/Data/allowlist.txt")
    let bytes = Array(try Data(contentsOf: file))
    return try ShippedAllowlist(bytes: bytes, file: "allowlist.txt", taxonomy: TestTables.all.taxonomy)
  }

  /// An entry must never hide something that acquires: only unsafe operations are absolved.
  @Test func shippedEntriesHideNothingThatActs() throws {
    let list = try shipped()
    #expect(!list.version.isEmpty)
    #expect(list.entries.count > 40)
    let unsafe = try #require(TestTables.all.taxonomy.members(of: "unsafe"))
    for entry in list.entries {
      #expect(unsafe.isSuperset(of: entry.absolves), "\(entry.package)")
      #expect(entry.versions.text != "*" && entry.reason.count > 3 && entry.note.count > 10, "\(entry.package)")
    }
    let names = list.entries.map(\.package)
    #expect(Set(names).count == names.count)
  }

  private func list(_ line: String) throws -> ShippedAllowlist {
    try ShippedAllowlist(bytes: Array(line.utf8), file: "allowlist.txt", taxonomy: TestTables.all.taxonomy)
  }

  @Test(arguments: [
    "absolve\tbar\t^0.1\t-\tfs.read\twhy", "absolve\tbar\tnew\t-\tfs.read\twhy\tnote", "other",
    "absolve\tbar\t^0.1\t-\tfs.reed\twhy\tnote", "absolve\tb r\t^0.1\t-\tfs.read\twhy\tnote",
    "absolve\tbar\t^0.1\t-\tfs.read\t\tnote",
  ])
  func mistakesAreTold(line: String) throws {
    let failure = try #require(throws: Failure.self) { try list("# head\n" + line + "\n") }
    #expect(failure.file == "allowlist.txt" && failure.line == 2)
  }

  @Test func whatIsAbsolvedNeedsNoGrant() throws {
    let text = PolicyFixture.complete.replacing("\"fs.read\", ", with: "")
    let shipped = try list("absolve\tbar\t^0.1\t-\tfs.read\twhy\tnote\n")
    #expect(try PolicyFixture.violations(text, shipped: shipped) == [])
    #expect(try PolicyFixture.violations(text, shipped: list("absolve\tbar\t^0.2\t-\tfs.read\twhy\tnote\n")).count == 1)
    let without = "[policy]\nshipped-allowlist = false\n" + text
    #expect(try PolicyFixture.violations(without, shipped: shipped).count == 1)
  }

  @Test func whatIsAbsolvedDoesNotTravelUpward() throws {
    let claim = "[[require]]\nfunction = \"foo::save\"\nwithout = [\"fs.read\"]\n"
    let entry = """
      [[allowlist]]
      crate = "bar"
      version = "0.1"
      absolves = ["fs.read"]
      reason = "reads its own tables"

      """
    #expect(try PolicyFixture.violations(PolicyFixture.complete + claim).count == 1)
    #expect(try PolicyFixture.violations(PolicyFixture.complete + entry + claim) == [])
    #expect(
      try PolicyFixture.unused(PolicyFixture.complete + entry) == [
        "8 [crate.bar] fs.read: its own code does not do that"
      ])
  }

  @Test func checksumsMustAgree() throws {
    let policy = try PolicyFixture.policy("")
    let entry = try list("absolve\tbar\t^0.1\tabc\tfs.read\twhy\tnote\n")
    func isAbsolved(_ checksum: String) -> Bool {
      let absolved = AbsolvedUnits(policy: policy, shipped: entry, packages: [("bar", "0.1.7", checksum)])
      return !absolved.absolved(0).isEmpty
    }
    #expect(isAbsolved("abc") && !isAbsolved("abd") && !isAbsolved(""))
  }

  @Test func entriesThatNothingNeedsAreNamed() throws {
    let text =
      PolicyFixture.complete + """
        [[allowlist]]
        crate = "gone"
        version = "1"
        absolves = ["unsafe"]
        reason = "was here once"
        """
    #expect(try PolicyFixture.unused(text) == ["9 [[allowlist]] gone 1: no such package is here"])
  }
}
