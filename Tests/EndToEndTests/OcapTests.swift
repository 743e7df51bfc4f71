import Foundation
import Testing

/// Labels, claims and the list of what acquires, on a program whose `ocap_main` works on what it is given.
@Suite struct OcapTests {
  private static let fixtures = Shared.repository + "/Tests/Fixtures/graph"
  private static let tagged = """
    [default]
    allow = ["fs", "stdio"]

    [[tag]]
    path = "std::io::_print"
    label = "ocap"

    [[require]]
    function = "ocap::ocap_main"
    without = ["ocap", "net"]

    """

  private let folder = TemporaryFolder()

  private func mircap(_ command: [String], on fixture: String, policy: String? = nil) throws -> Program.Outcome {
    var arguments = command + ["--dumps", "\(Self.fixtures)/\(fixture)/dumps"]
    if let policy {
      try folder.write(policy, to: "mircap.toml")
      arguments += ["--policy", folder.path + "/mircap.toml"]
    }
    return try Program.mircap.run(arguments)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func aClaimHoldsForOneFunctionAndNotForAnother() throws {
    #expect(try mircap(["check"], on: "ocap", policy: Self.tagged).status == 0)
    let both = Self.tagged + "[[require]]\nfunction = \"ocap::cheating_main\"\nwithout = [\"ocap\", \"net\"]\n"
    let outcome = try mircap(["check"], on: "ocap", policy: both)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("ocap::cheating_main must not ocap\n"))
    #expect(outcome.output.contains("ocap::cheating_main → ocap::text::report → std::io::_print\n"))
    #expect(outcome.output.contains("src/main.rs:16\n"))
  }

  @Test func labelsAreInReportsAndHaveAReason() throws {
    let report = try object(try mircap(["analyze", "--format", "json"], on: "ocap", policy: Self.tagged).output)
    let crates = try #require(report["crates"] as? [[String: Any]])
    let direct = (crates[0]["capabilities"] as? [String: Any])?["direct"] as? [String]
    #expect(direct?.contains("ocap") == true)
    let evidence = (report["evidence"] as? [[String: Any]])?.first { $0["capability"] as? String == "ocap" }
    #expect(evidence?["entry"] as? String == "ocap::main")
    #expect(evidence?["sink"] as? String == "std::io::_print")
    let text = try mircap(["analyze"], on: "ocap", policy: Self.tagged).output
    #expect(text.contains("    ocap               direct, ambient\n"))
    let why = try mircap(["why", "--crate", "ocap", "--capability", "ocap"], on: "ocap", policy: Self.tagged)
    #expect(why.status == 0)
    #expect(why.output.contains("ocap::text::report"))
    // Without the tag nobody knows the label.
    #expect(try mircap(["why", "--crate", "ocap", "--capability", "ocap"], on: "ocap").status == 2)
  }

  @Test func ambientTellsByModuleWhatAcquires() throws {
    let json = try object(try mircap(["analyze", "--ambient", "--format", "json"], on: "ocap").output)
    let uses = try #require(json["ambient"] as? [[String: Any]])
    let lines = uses.map { "\($0["module"] ?? "") \($0["sink"] ?? "") \($0["line"] ?? 0) \($0["reached"] ?? "")" }
    #expect(lines.contains("ocap std::fs::File::open 31 1"))
    #expect(lines.contains("ocap::text std::io::_print 16 1"))
    // Reading from the file that somebody handed over acquires nothing.
    #expect(uses.allSatisfy { ($0["sink"] as? String)?.contains("Read") == false })
    let evidence = try #require(json["evidence"] as? [[String: Any]])
    #expect(!evidence.isEmpty && evidence.allSatisfy { $0["authority"] as? String == "ambient" })
    let text = try mircap(["analyze", "--ambient"], on: "ocap").output
    #expect(text.contains("What acquires by itself, by module\n"))
    #expect(text.contains("    ocap::text\n      stdio.write · std::io::_print in ocap::text::report src/main.rs:16\n"))
  }

  @Test func usesOfUnsafeNeedLabels() throws {
    let strict = "[policy]\nunsafe = \"labelled-only\"\nscope = \"contained\"\n[default]\nallow = [\"ffi\"]\n"
    let labels = """
      [[unsafe-label]]
      at = "unsafety::*"
      operation = "unsafe"
      label = "reviewed"
      [[unsafe-label]]
      at = "<unsafety::* as *>"
      operation = "unsafe.impl"
      label = "shared"

      """
    #expect(try mircap(["check"], on: "unsafety", policy: strict + labels).status == 0)
    let outcome = try mircap(["check", "--format", "json"], on: "unsafety", policy: strict)
    #expect(outcome.status == 1)
    let violations = try #require(try object(outcome.output)["violations"] as? [[String: Any]])
    let messages = violations.compactMap { $0["message"] as? String }
    for message in [
      "unsafety 0.1.0 uses unsafe.raw-deref in unsafety::raw::read without a label",
      "unsafety 0.1.0 uses ffi in unsafety::foreign without a label",
      "unsafety 0.1.0 has the unsafe impl <unsafety::Shared as std::marker::Send> without a label",
      "unsafety 0.1.0 has the unsafe function unsafety::does_nothing without a label",
    ] { #expect(messages.contains(message), "\(message)") }
    // A block is told by what is done in it.
    #expect(!messages.contains { $0.contains("has an unsafe block") })
  }

  @Test func unstableFeaturesAreReported() throws {
    let unit = #"{"schema": "mircap-unit/1", "crate": "demo", "rustc": "1.95.0", "root": "lib.rs", "externs": {}}"#
    // As rustc prints it: the first line is its own, `cfg_attr` is resolved.
    let expanded = """
      #![feature(prelude_import)]
      #![feature(never_type)]
      #![feature(asm_goto, core_intrinsics)]
      extern crate std;
      #[prelude_import]
      use std::prelude::rust_2021::*;
      pub fn f() {}

      """
    let mir = "fn f() -> () {\n    let mut _0: ();\n\n    bb0: {\n        return;\n    }\n}\n"
    for (name, text) in [("unit.json", unit), ("expanded", expanded), ("hir", "fn f() { }\n"), ("mir", mir)] {
      try folder.write(text, to: "units/demo/" + name)
    }
    let outcome = try Program.mircap.run(["analyze", "--dumps", folder.path, "--format", "json"])
    #expect(outcome.status == 0)
    let crates = try #require(try object(outcome.output)["crates"] as? [[String: Any]])
    #expect(crates.first?["unstableFeatures"] as? [String] == ["asm_goto", "core_intrinsics", "never_type"])
  }
}
