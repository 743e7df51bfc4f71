import Project
import Testing

private let smallest = #"{"crate": "demo", "rustc": "1.95.0", "root": "src/lib.rs", "externs": {}}"#

/// The only unit of a folder with this `unit.json`.
private func readUnit(_ json: String, dumps: [String] = ["mir"]) throws -> Unit {
  let folder = TemporaryFolder()
  try folder.write(json, to: "demo-1/unit.json")
  for dump in dumps { try folder.write("// no items\n", to: "demo-1/\(dump)") }
  return try DumpFolder(path: folder.path).units[0]
}

@Suite struct UnitTests {
  @Test func fourFieldsAreEnough() throws {
    let unit = try readUnit(smallest, dumps: ["mir", "expanded"])
    #expect(unit.id == "demo-1")
    #expect(unit.crateName == "demo")
    #expect(unit.package == "demo")
    #expect(unit.version == "0.0.0")
    #expect(unit.target == .library)
    #expect(unit.phase == .run)
    #expect(unit.runsIn == [.run])
    #expect(unit.isWorkspaceMember)
    #expect(unit.dumpStates == [.mir: .ok, .hir: .absent, .expanded: .ok])
    #expect(unit.dumpFile(.mir) == unit.folder + "/mir")
    #expect(unit.dumpFile(.hir) == nil)
  }

  @Test func everyField() throws {
    let unit = try readUnit(
      """
      {"schema": "mircap-unit/1", "crate": "build_script_build", "package": "demo", "version": "1.2.3",
       "id": "build_script_build-77", "target": "build-script", "targetName": "build-script-build", "edition": "2018",
       "features": ["default"], "cfgs": ["unix"], "rustc": "1.97.0-nightly", "host": "h", "triple": "t", "profile": "dev",
       "cwd": "/w", "root": "build.rs", "manifestDir": "/w/demo", "outDir": "/w/out", "primary": false,
       "stableCrateId": "7ce9a0c5cdaf231e", "externs": {"zlib": "z-2", "cc": "cc-1"},
       "mirNames": {"cc_3": "cc-3", "cc_1": "cc-1"}, "fingerprint": "ab",
       "depInfo": ["build.rs"], "dumps": {"mir": "ok", "hir": "failed"}, "errors": ["no HIR"], "unknown": 7}
      """)
    #expect(unit.id == "build_script_build-77")
    #expect(unit.target == .buildScript)
    #expect(unit.phase == .buildScript)
    #expect(unit.externs == [ExternCrate(name: "cc", id: "cc-1"), ExternCrate(name: "zlib", id: "z-2")])
    #expect(unit.mirNames == [ExternCrate(name: "cc_1", id: "cc-1"), ExternCrate(name: "cc_3", id: "cc-3")])
    #expect(unit.rustcVersion == "1.97.0-nightly")
    #expect(unit.dumpStates[.hir] == .failed)
    #expect(unit.errors == ["no HIR"])
    #expect(!unit.isWorkspaceMember)
    #expect(unit.workingDirectory == "/w")
    #expect(unit.outputDirectory == "/w/out")
    #expect(unit.sourceFiles == ["build.rs"])
  }

  @Test func rootTellsTheTarget() throws {
    let json = smallest.replacing("src/lib.rs", with: "src/main.rs")
    #expect(try readUnit(json).target == .binary)
    #expect(
      try readUnit(json.replacing("1.95.0", with: "rustc 1.85.0 (4d91de4e4 2025-02-17)")).rustcVersion == "1.85.0")
  }

  @Test(arguments: [
    (#"{"rustc": "1.95.0", "root": "lib.rs", "externs": {}}"#, "crate is missing"),
    (#"{"crate": "demo", "root": "lib.rs", "externs": {}}"#, "rustc is missing"),
    (#"{"crate": "demo", "rustc": "1.95.0", "externs": {}}"#, "root is missing"),
    (#"{"crate": "demo", "rustc": "1.95.0", "root": "lib.rs"}"#, "externs is missing"),
    (#"{"crate": "a b", "rustc": "1.95.0", "root": "lib.rs", "externs": {}}"#, "crate: a b is not a crate name"),
    (#"{"crate": 7, "rustc": "1.95.0", "root": "lib.rs", "externs": {}}"#, "crate: expected a string, found a number"),
    (
      #"{"crate": "a", "rustc": "new", "root": "lib.rs", "externs": {}}"#,
      "rustc: expected a version such as 1.95.0, found new"
    ),
    (
      #"{"crate": "a", "rustc": "-", "root": "lib.rs", "externs": {}}"#,
      "rustc: expected a version such as 1.95.0, found -"
    ),
    (
      #"{"crate": "a", "rustc": "1.9.0", "root": "lib.rs", "externs": []}"#,
      "externs: expected an object, found an array"
    ),
    (
      #"{"crate": "a", "rustc": "1.9.0", "root": "lib.rs", "externs": {"b": 1}}"#,
      "externs.b: expected a unit's id, found a number"
    ),
    (#"{"schema": "x/9", "crate": "a"}"#, "schema x/9 is not known"),
    (#"[]"#, "expected an object, found an array"),
  ])
  func mistakes(json: String, message: String) {
    let problem = failure { try readUnit(json) }
    #expect(problem?.message == message)
    #expect(problem?.file?.hasSuffix("/demo-1/unit.json") == true)
    #expect(problem?.line == 1)
  }

  @Test func dumpThatIsNotThere() {
    let json = #"{"crate": "a", "rustc": "1.9.0", "root": "a", "externs": {}, "dumps": {"hir": "ok"}}"#
    #expect(failure { try readUnit(json) }?.message.contains("missing") == true)
    #expect(failure { try readUnit(smallest, dumps: []) }?.message.contains("holds no dump") == true)
  }

  @Test(arguments: [
    ("mir", "", "the dump is empty", 1), ("hir", "", "the dump is empty", 1),
    ("mir", "// x\n\u{0}\u{1}\n", "not a dump: it is no text", 2), ("expanded", "fn a() {}", "the dump is cut off", 1),
    ("mir", "// x\nfn a() -> () {\n    let x\n", "the dump is cut off", 3),
    ("mir", "// x\nfn a() -> () {\n    return;\n", "the dump is cut off", 3),
  ])
  func damagedDumps(form: String, text: String, message: String, line: Int) throws {
    let folder = TemporaryFolder()
    try folder.write(smallest, to: "demo-1/unit.json")
    try folder.write(text, to: "demo-1/\(form)")
    let problem = failure { try DumpFolder(path: folder.path) }
    #expect(problem?.message == message)
    #expect(problem?.line == line)
    #expect(problem?.file == "\(folder.path)/demo-1/\(form)")
    #expect(failure { try DumpFolder(path: folder.path, keepGoing: true) }?.message == message)
  }

  @Test(arguments: [
    "// x\n", "// x\nfn a() -> () {\n}\n\n", "// x\nconst A: u8 = const 1_u8;\n",
    "// x\nalloc1 (static: A, size: 0, align: 1) {}\n",
  ])
  func wholeDumps(text: String) throws {
    let folder = TemporaryFolder()
    try folder.write(smallest, to: "demo-1/unit.json")
    try folder.write(text, to: "demo-1/mir")
    #expect(try DumpFolder(path: folder.path).units.count == 1)
  }
}
