import Foundation
import Testing

/// Whatever is wrong with the input: exit code 3, one clear message with the file, no crash.
@Suite struct BadInputTests {
  private let unit = #"{"crate": "demo", "rustc": "1.95.0", "root": "src/lib.rs", "externs": {}}"#

  private func expectRefusal(_ folder: TemporaryFolder, naming file: String, _ comment: Comment? = nil) throws {
    let outcome = try Program.mircap.run("analyze", "--dumps", folder.path, "--no-cache")
    #expect(outcome.status == 3, comment)
    #expect(outcome.output.isEmpty, comment)
    #expect(outcome.errors.hasPrefix("error: "), comment)
    #expect(outcome.errors.contains(file), comment)
  }

  @Test func noInput() throws {
    #expect(try Program.mircap.run("analyze", "/none").status == 3)
    #expect(try Program.mircap.run("analyze", "--dumps", "/none").status == 3)
    try expectRefusal(TemporaryFolder(), naming: "holds no dumps")
  }

  @Test(arguments: [
    "", "{", "[]", "{}", "\u{0}\u{1}", #"{"crate": "a"}"#,
    #"{"crate": "../a", "rustc": "1.95.0", "root": "a", "externs": {}}"#,
    String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
  ])
  func wrongUnits(json: String) throws {
    let folder = TemporaryFolder()
    try folder.write(json, to: "demo/unit.json")
    try folder.write("", to: "demo/mir")
    try expectRefusal(folder, naming: "demo/unit.json")
  }

  @Test func missingDump() throws {
    let folder = TemporaryFolder()
    try folder.write(unit.replacing("}}", with: #"}, "dumps": {"mir": "ok"}}"#), to: "demo/unit.json")
    try expectRefusal(folder, naming: "demo/mir")
  }

  @Test func wrongDataFile() throws {
    let folder = TemporaryFolder()
    try folder.write("# fine\nnot\ta\tline\n", to: "std-sinks.txt")
    let outcome = try Program.mircap.run("sinks", "--data", folder.path)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("std-sinks.txt:2: "))
  }

  @Test func unwritableOutput() throws {
    let outcome = try Program.mircap.run("analyze", "--dumps", "/none", "--output", "/none/report")
    #expect(outcome.status == 3)
  }
}
