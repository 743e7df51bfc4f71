import Foundation
import Testing

@Suite struct CompareTests {
  private static let fixtures = Shared.repository + "/Tests/Fixtures"

  @Test func aFolderIsScanned() throws {
    let outcome = try Program.mircap.run("scan", Self.fixtures + "/graph/scanner/src/lib.rs", "--rules", "known")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("std::fs::metadata (function)  lib.rs:"))
    let json = try Program.mircap.run("scan", Self.fixtures + "/graph/scanner", "--format", "json")
    #expect(json.status == 0 && json.output.contains("\"schema\":\"mircap-scan/1\""))
    let missing = try Program.mircap.run("scan", "/there/is/no/such/folder")
    #expect(missing.status == 3 && missing.errors.contains("/there/is/no/such/folder"))
  }

  @Test(.enabled(if: Shared.canDump)) func aProjectIsScannedWithItsDependencies() throws {
    let outcome = try Program.mircap.run("scan", Shared.repository + "/docs/example", "--format", "json")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"package\":\"jotter\""))
  }

  @Test(.enabled(if: Shared.canDump)) func scannersAreComparedWithEvidence() throws {
    let dump = try Shared.exampleDump.get()
    let outcome = try Program.mircap.run(
      "compare", "--dumps", dump, "--with", "scan", "--with", Self.fixtures + "/scanners/cackle.txt", "--format", "json"
    )
    #expect(outcome.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let total = try #require(json?["total"] as? [String: Any])
    #expect((total["truePositives"] as? Int ?? 0) > 0)
    #expect((json?["rows"] as? [Any])?.isEmpty == false && (json?["more"] as? [Any])?.count == 1)
    // Twice the same bytes.
    let again = try Program.mircap.run(
      "compare", "--dumps", dump, "--with", "scan", "--with", Self.fixtures + "/scanners/cackle.txt", "--format", "json"
    )
    #expect(again.output == outcome.output)
  }

  @Test func mistakesAreNamed() throws {
    let dumps = Self.fixtures + "/graph/scanner/dumps"
    for (arguments, status, message) in [
      (["compare", "--dumps", dumps], Int32(2), "--with scan"),
      (["compare", "--dumps", dumps, "--with", "scan:all"], 2, "known, calls, names"),
      (["compare", "--dumps", dumps, "--with", "scan", "--binary", "x"], 2, "--bin NAME"),
      (["compare", "--dumps", dumps, "--with", "/none.json"], 3, "/none.json"),
      (["compare", "--dumps", dumps, "--with", Self.fixtures + "/graph/scanner/units"], 3, "no scanner's report"),
      (["scan", "--dumps", dumps, "."], 2, "not both"),
    ] {
      let outcome = try Program.mircap.run(arguments)
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
