import Foundation
import Testing

/// Every form of the report is read by a program that knows the form.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"))
struct FormatTests {
  /// `scripts/test` makes it; elsewhere the packages may be installed for everybody.
  private static let python: String? = {
    let imports = ["-c", "import jsonschema, cyclonedx.validation.json"]
    return ["\(Shared.repository)/.build/test-tools/bin/python3", "/usr/bin/python3"].first {
      (try? Program.run("/usr/bin/env", [$0] + imports).status) == 0
    }
  }()

  private static let canRead =
    python != nil
    && ["dot", "xmllint"].allSatisfy {
      (try? Program.run("/usr/bin/env", ["which", $0]).status) == 0
    }

  @Test(.enabled(if: canRead, "scripts/install-dependencies --tests installs what reads the forms"))
  func readersAcceptEachForm() throws {
    let outcome = try Program.run(
      try #require(FormatTests.python),
      [
        "\(Shared.repository)/scripts/check-formats", "--mircap", Program.mircap.path, "--dumps",
        Shared.exampleDump.get(),
      ])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 9)
  }

  @Test func withoutGraphvizTheErrorSaysWhatToDo() throws {
    let outcome = try Program.mircap.run(
      ["analyze", "--dumps", Shared.exampleDump.get(), "--format", "svg"], environment: ["PATH": "/nonexistent"])
    #expect(outcome.status == 3)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("apt-get install graphviz"))
  }

  @Test(arguments: ["dot", "graphml", "capslock", "cyclonedx"])
  func theSameInputGivesTheSameBytes(form: String) throws {
    let arguments = ["analyze", "--dumps", try Shared.exampleDump.get(), "--format", form]
    let one = try Program.mircap.run(arguments + ["--jobs", "1", "--no-cache"])
    #expect(one.status == 0 && !one.output.isEmpty)
    #expect(try Program.mircap.run(arguments).output == one.output)
  }
}
