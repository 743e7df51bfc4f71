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
    try folder.write("// no items\n", to: "demo/mir")
    try expectRefusal(folder, naming: "demo/unit.json")
  }

  @Test func missingDump() throws {
    let folder = TemporaryFolder()
    try folder.write(unit.replacing("}}", with: #"}, "dumps": {"mir": "ok"}}"#), to: "demo/unit.json")
    try expectRefusal(folder, naming: "demo/mir")
  }

  /// Whatever the three texts are, the program ends by itself and says what is wrong.
  @Test func damagedDumps() throws {
    let deep = 200_000
    let texts = [
      ("mir", ""), ("mir", "\u{0}\u{7F}ELF\n"), ("expanded", "const A: &str = \"abc"), ("hir", "fn a() {"),
      ("mir", "// x\nfn f() -> () {\n    bb0: {\n        _0 = const \"" + String(repeating: "x", count: 1_000_000)),
      ("mir", "// x\nfn f(_1: " + String(repeating: "Vec<", count: deep) + "\n"),
      ("expanded", "type A = " + String(repeating: "Vec<", count: deep)),
      ("hir", String(repeating: "mod a {", count: deep)),
    ]
    for (form, text) in texts {
      let folder = TemporaryFolder()
      try folder.write(unit, to: "demo/unit.json")
      try folder.write(text, to: "demo/\(form)")
      try expectRefusal(folder, naming: "demo/\(form):", "\(form): \(text.prefix(40))")
    }
  }

  @Test func deepNestingIsRefused() throws {
    let deep = 200_000
    let texts = [
      (
        "expanded",
        "type A = " + String(repeating: "Vec<", count: deep) + "u8" + String(repeating: ">", count: deep) + ";\n"
      ),
      ("expanded", String(repeating: "mod a {", count: deep) + String(repeating: "}", count: deep) + "\n"),
      ("hir", "type A = " + String(repeating: "&", count: deep) + "u8;\n"),
    ]
    for (form, text) in texts {
      let folder = TemporaryFolder()
      try folder.write(unit, to: "demo/unit.json")
      try folder.write(text, to: "demo/\(form)")
      try expectRefusal(folder, naming: "demo/\(form):1: ", "\(form): \(text.prefix(40))")
    }
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
